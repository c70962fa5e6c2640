package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.snapshot.SnapshotFormat.Coverage;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Writes how complete an instrument's tape is.
 *
 * <pre>
 *   begin()  tape(…)  gaps(…)  addUncovered(…)…  end(sequence)
 * </pre>
 *
 * <p>Intervals are half-open, in match-time ms; one that lasts ends at {@link #STILL_OPEN}. A bound
 * on them is the study's: the file must have room for all it keeps, or it would promise too much.
 *
 * <p>Threads: one study thread.
 */
public final class CoverageSection {
    /** The end of an uncovered interval that has not ended. */
    public static final long STILL_OPEN = Long.MAX_VALUE;

    private final AtomicBuffer buffer;
    private final int offset;
    private final int capacity;
    private final SeqLock lock;
    private int uncovered;
    private int shownUncovered;

    CoverageSection(AtomicBuffer buffer, int offset, SnapshotConfig config) {
        this.buffer = buffer;
        this.offset = offset;
        capacity = config.coverageIntervals();
        lock = new SeqLock(buffer, offset);
    }

    /** Most intervals. */
    public int capacity() {
        return capacity;
    }

    /** Begins a whole new picture, without intervals. */
    public void begin() {
        lock.beginWrite();
        uncovered = 0;
    }

    /**
     * Says how far the tape has come.
     *
     * @param watermarkNs {@link com.waickoff.marketdata.window.Watermark#NONE} before any trade
     * @param lastReceiveTimeNs when anything of the instrument was last received
     */
    public void tape(TapeState state, long watermarkNs, long lastReceiveTimeNs) {
        buffer.putInt(offset + Coverage.TAPE_STATE_OFFSET_32, state.ordinal());
        buffer.putLong(offset + Coverage.WATERMARK_OFFSET_64, watermarkNs);
        buffer.putLong(offset + Coverage.RECEIVE_TIME_OFFSET_64, lastReceiveTimeNs);
    }

    /**
     * Says how many holes there have been since the journal begins.
     *
     * @param declared holes declared
     * @param repaired of them: holes of which every missing trade was fetched after the fact
     */
    public void gaps(long declared, long repaired) {
        buffer.putLong(offset + Coverage.GAPS_OFFSET_64, declared);
        buffer.putLong(offset + Coverage.REPAIRED_OFFSET_64, repaired);
    }

    /**
     * Adds the next uncovered interval.
     *
     * @throws IllegalStateException if there are more than {@link #capacity()}
     */
    public void addUncovered(long fromMs, long toMs) {
        if (uncovered == capacity) {
            throw new IllegalStateException(
                    "the snapshot file has room for " + capacity + " uncovered intervals only");
        }
        putInterval(uncovered++, fromMs, toMs);
    }

    /**
     * Ends the picture.
     *
     * @param sequence last engine sequence it holds
     */
    public void end(long sequence) {
        buffer.putInt(offset + Coverage.SHOWN_INTERVALS_OFFSET_32, uncovered);
        // Intervals of the last picture that this one does not have.
        for (int i = uncovered; i < shownUncovered; i++) {
            putInterval(i, 0, 0);
        }
        shownUncovered = uncovered;
        lock.endWrite(sequence);
    }

    /**
     * Moves the tape on and leaves the intervals as they are: what happens at most ends of batch.
     *
     * @param sequence last engine sequence applied
     */
    public void writeTape(TapeState state, long watermarkNs, long lastReceiveTimeNs,
            long sequence) {
        lock.beginWrite();
        tape(state, watermarkNs, lastReceiveTimeNs);
        lock.endWrite(sequence);
    }

    private void putInterval(int index, long fromMs, long toMs) {
        int at = offset + Coverage.INTERVALS_OFFSET + index * SnapshotFormat.CELL_LENGTH;
        buffer.putLong(at, fromMs);
        buffer.putLong(at + Long.BYTES, toMs);
    }

    void handOver() {
        lock.handOver();
    }
}
