package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.snapshot.SnapshotFormat.Coverage;
import com.waickoff.marketdata.window.Watermark;
import com.waickoff.marketdata.window.Window;
import org.agrona.DirectBuffer;

/**
 * A copy of what is known about the completeness of an instrument's tape: reusable, filled by
 * {@link SnapshotReader}.
 *
 * <p>Threads: one.
 */
public final class CoverageView {
    /** Flags of windows that are never called whole, even if no trade is missing. */
    private static final int NEVER_WHOLE = Window.UNORDERED | Window.OUTDATED;
    private static final long NS_PER_MS = 1_000_000L;

    private final Copied uncovered = new Copied();
    private long sequence;
    private TapeState state = TapeState.NEVER;
    private long watermarkNs;
    private long lastReceiveTimeNs;
    private long gapsDeclared;
    private long gapsRepaired;

    private static final class Copied implements CoverageStamp.Intervals {
        private int count;
        private long[] bounds = {};

        private void copyFrom(DirectBuffer buffer, int at, int shown, int capacity) {
            if (bounds.length < 2 * capacity) {
                bounds = new long[2 * capacity];
            }
            // A torn copy may hold any count: never more intervals than there is room for.
            count = Math.clamp(shown, 0, capacity);
            for (int i = 0; i < 2 * count; i++) {
                bounds[i] = buffer.getLong(at + i * Long.BYTES);
            }
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public long fromMs(int index) {
            return bounds[2 * index];
        }

        @Override
        public long toMs(int index) {
            return bounds[2 * index + 1];
        }
    }

    void copyFrom(DirectBuffer buffer, int at, SnapshotConfig config) {
        int capacity = config.coverageIntervals();
        state = TapeState.of(buffer.getInt(at + Coverage.TAPE_STATE_OFFSET_32));
        watermarkNs = buffer.getLong(at + Coverage.WATERMARK_OFFSET_64);
        lastReceiveTimeNs = buffer.getLong(at + Coverage.RECEIVE_TIME_OFFSET_64);
        gapsDeclared = buffer.getLong(at + Coverage.GAPS_OFFSET_64);
        gapsRepaired = buffer.getLong(at + Coverage.REPAIRED_OFFSET_64);
        uncovered.copyFrom(buffer, at + Coverage.INTERVALS_OFFSET,
                buffer.getInt(at + Coverage.SHOWN_INTERVALS_OFFSET_32), capacity);
    }

    void sequence(long copied) {
        sequence = copied;
    }

    /** Last engine sequence of the copy; 0 if nothing was ever written. */
    public long sequence() {
        return sequence;
    }

    /** Whether trades arrive. */
    public TapeState state() {
        return state;
    }

    /** How far the tape has come, in ns of match time; {@link Watermark#NONE} before any trade. */
    public long watermarkNs() {
        return sequence == 0 ? Watermark.NONE : watermarkNs;
    }

    /** When anything of the instrument was last received, in ns since the epoch; 0 for never. */
    public long lastReceiveTimeNs() {
        return lastReceiveTimeNs;
    }

    /** Time since anything of the instrument was received. */
    public long ageMs(long nowMs) {
        return nowMs - lastReceiveTimeNs / NS_PER_MS;
    }

    /** Holes declared since the journal begins. */
    public long gapsDeclared() {
        return gapsDeclared;
    }

    /** Of them: holes of which every missing trade was fetched after the fact. */
    public long gapsRepaired() {
        return gapsRepaired;
    }

    /** The uncovered intervals. */
    public CoverageStamp.Intervals uncovered() {
        return uncovered;
    }

    /** The stamp of a window. */
    public CoverageStamp stamp(WindowView window) {
        return stamp(window.startMs(), window.endMs(), window.has(NEVER_WHOLE));
    }

    /** The stamp of a closed bar. */
    public CoverageStamp stamp(BarsView bars, int bar) {
        return stamp(bars.startMs(bar), bars.endMs(bar), bars.has(bar, NEVER_WHOLE));
    }

    /**
     * The stamp of a stretch of match time.
     *
     * @param unordered whether trades in it came out of tape order, or too late for some numbers
     */
    public CoverageStamp stamp(long startMs, long endMs, boolean unordered) {
        if (sequence == 0) {
            // Nothing is known, so nothing is covered.
            return new CoverageStamp(startMs, startMs, 0, 0, 0);
        }
        return CoverageStamp.of(startMs, endMs, watermarkNs, unordered, uncovered,
                gapsRepaired);
    }
}
