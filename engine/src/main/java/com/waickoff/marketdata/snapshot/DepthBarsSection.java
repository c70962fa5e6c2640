package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.NativeMemory;
import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.window.DepthBar;
import com.waickoff.marketdata.window.Timeframe;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Writes what the book was like in the windows of one timeframe: those that closed and the one that
 * is open.
 *
 * <pre>
 *   DEPTH_BARS: lock, then one more slot than closed bars are kept, n in all
 *     64                 64 + 384           64 + 2 * 384            64 + n * 384
 *     +------------------+------------------+---  …  ---------------+
 *     | window           | window           |                       |
 *     +------------------+------------------+---  …  ---------------+
 *     a window lives in slot (start / length of timeframe) mod n until a later one needs the slot,
 *     as the 48 words of 8 bytes of {@link DepthBar}. A slot whose words are all 0 never held one.
 *     A window in which the book never followed its venue is not there.
 * </pre>
 *
 * <p>Threads: one study thread.
 */
public final class DepthBarsSection {
    /** Bytes of a window. */
    static final int BAR_LENGTH = DepthBar.WORDS * Long.BYTES;
    private final AtomicBuffer buffer;
    private final int slotsOffset;
    /** Of the mapped file: checked once, so that each word need not be. */
    private final long address;
    private final int slots;
    private final Timeframe timeframe;
    private final SeqLock lock;
    private final DepthBar shown = new DepthBar();

    DepthBarsSection(AtomicBuffer buffer, int offset, Timeframe timeframe, SnapshotConfig config) {
        this.buffer = buffer;
        this.timeframe = timeframe;
        slotsOffset = offset + SeqLock.LENGTH;
        slots = slots(config, timeframe);
        buffer.boundsCheck(offset, length(config, timeframe));
        address = buffer.addressOffset();
        lock = new SeqLock(buffer, offset);
    }

    /** Windows of which there is room: the open one, and those that closed. */
    static int slots(SnapshotConfig config, Timeframe timeframe) {
        return config.history().bars(timeframe) + 1;
    }

    /** Bytes of a section. */
    static int length(SnapshotConfig config, Timeframe timeframe) {
        return SeqLock.LENGTH + slots(config, timeframe) * BAR_LENGTH;
    }

    /**
     * Shows a window.
     *
     * @param sequence last engine sequence it holds
     */
    public void write(DepthBar bar, long sequence) {
        int at = slotAt(bar.startMs());
        lock.beginWrite();
        put(at, bar);
        lock.endWrite(sequence);
    }

    /** Writes all windows: a part of a checkpoint, because they are nowhere else. */
    public void writeTo(DataOutput out) throws IOException {
        int used = 0;
        for (int slot = 0; slot < slots; slot++) {
            used += read(offsetOf(slot)) ? 1 : 0;
        }
        out.writeInt(used);
        for (int slot = 0; slot < slots; slot++) {
            if (read(offsetOf(slot))) {
                shown.writeTo(out);
            }
        }
    }

    /**
     * Shows windows that {@link #writeTo} wrote, as many of the newest as there is room for.
     *
     * @throws IOException if they cannot be windows of this timeframe
     */
    public void readFrom(DataInput in) throws IOException {
        int used = in.readInt();
        DepthBar bar = new DepthBar();
        for (int i = 0; i < used; i++) {
            bar.readFrom(in);
            if (bar.startMs() % timeframe.lengthMs() != 0 || bar.isEmpty()) {
                throw new IOException("a window of depth that starts at " + bar.startMs()
                        + " ms is none of " + timeframe.label());
            }
            int at = slotAt(bar.startMs());
            if (!read(at) || shown.startMs() < bar.startMs()) {
                put(at, bar);
            }
        }
    }

    private void put(int at, DepthBar bar) {
        for (int word = 0; word < DepthBar.WORDS; word++) {
            NativeMemory.putLong(address + at + (long) word * Long.BYTES, bar.word(word));
        }
    }

    /** Looks at a slot. @return whether it holds a window */
    private boolean read(int at) {
        copy(buffer, at, shown);
        return !shown.isEmpty();
    }

    static void copy(DirectBuffer from, int at, DepthBar to) {
        for (int word = 0; word < DepthBar.WORDS; word++) {
            to.word(word, from.getLong(at + word * Long.BYTES));
        }
    }

    private int slotAt(long startMs) {
        return offsetOf((int) Math.floorMod(startMs / timeframe.lengthMs(), (long) slots));
    }

    private int offsetOf(int slot) {
        return slotsOffset + slot * BAR_LENGTH;
    }

    void handOver() {
        lock.handOver();
    }
}
