package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Writes the rows of closed windows of one timeframe: as many of the newest as there is room for.
 *
 * <pre>
 *   ROWS: lock, then
 *     64           68           72          128                                          128 + H
 *     +------------+------------+-----------+----------------+----------------+---+------+
 *     | bytes used | windows    |     0     | oldest window  | next window    | … |  0   |
 *     +------------+------------+-----------+----------------+----------------+---+------+
 *   a window, in multiples of 8 bytes
 *     0        4       8          16         20     24         32        40     48
 *     +--------+-------+----------+----------+------+----------+---------+------+----------------
 *     | length | flags | start ms | revision | rows | row size | low row | unit | rows with volume
 *     +--------+-------+----------+----------+------+----------+---------+------+----------------
 *   a row with volume: three numbers of 7 bits a byte, lowest first, top bit set in all but the last
 *     byte: rows without volume between the last one (the low row at first) and this one; buy
 *     volume / unit; sell volume / unit.
 *   rows: how many there are with volume. flags and revision: the window's when it was written.
 * </pre>
 *
 * <p>Windows stand in the order of their starts. The oldest make room, also for a revision whose
 * rows take more bytes; a window whose rows alone exceed H is not kept.
 *
 * <p>Threads: one study thread.
 */
public final class RowsSection {
    static final int HEADER_LENGTH = 64;
    static final int USED_OFFSET_32 = 0;
    static final int COUNT_OFFSET_32 = USED_OFFSET_32 + Integer.BYTES;

    private final AtomicBuffer buffer;
    private final Timeframe timeframe;
    private final int capacity;
    private final long lot;
    private final int header;
    private final int windows;
    private final SeqLock lock;
    private int used;
    private int count;

    RowsSection(AtomicBuffer buffer, int offset, Timeframe timeframe, int capacity, long lot) {
        this.buffer = buffer;
        this.timeframe = timeframe;
        this.capacity = capacity;
        this.lot = lot;
        header = offset + SeqLock.LENGTH;
        windows = header + HEADER_LENGTH;
        lock = new SeqLock(buffer, offset);
    }

    /**
     * Keeps the rows of a closed window as they are now, in place of what was kept of it before.
     *
     * @param encoder where they are put together; of this thread
     * @param sequence last engine sequence the window holds
     */
    public void write(Window window, RowsEncoder encoder, long sequence) {
        assert window.timeframe() == timeframe
                : window.timeframe() + " written to " + timeframe + ": use that one's section";
        int length = encoder.encode(window, lot, capacity);
        long startMs = window.startNs() / RowsEncoder.NS_PER_MS;
        int position = 0;
        while (position < used && startMs(position) < startMs) {
            position += length(position);
        }
        boolean isThere = position < used && startMs(position) == startMs;
        int old = isThere ? length(position) : 0;
        lock.beginWrite();
        replace(position, old, length, encoder);
        buffer.putInt(header + USED_OFFSET_32, used);
        buffer.putInt(header + COUNT_OFFSET_32, count);
        lock.endWrite(sequence);
    }

    /** Puts {@code length} bytes where {@code old} are, and drops the oldest windows if need be. */
    private void replace(int position, int old, int length, RowsEncoder encoder) {
        int usedBefore = used;
        int kept = length <= capacity ? length : 0;
        int excess = used - old + kept - capacity;
        int dropped = 0;
        while (dropped < excess && dropped < position) {
            dropped += length(dropped);
            count--;
        }
        if (dropped < excess) {
            kept = 0; // itself the oldest of all that fit
        }
        int end = position + old;
        int to = position - dropped;
        move(dropped, 0, to);
        move(end, to + kept, usedBefore - end);
        if (kept > 0) {
            buffer.putBytes(windows + to, encoder.buffer(), 0, kept);
        }
        count += (kept > 0 ? 1 : 0) - (old > 0 ? 1 : 0);
        used = usedBefore - dropped - old + kept;
        if (used < usedBefore) {
            buffer.setMemory(windows + used, usedBefore - used, (byte) 0);
        }
    }

    private void move(int from, int to, int length) {
        if (from != to && length > 0) {
            buffer.putBytes(windows + to, buffer, windows + from, length);
        }
    }

    private long startMs(int position) {
        return buffer.getLong(windows + position + RowsEncoder.START_MS_OFFSET_64);
    }

    private int length(int position) {
        return buffer.getInt(windows + position + RowsEncoder.LENGTH_OFFSET_32);
    }

    /** Writes all that is kept. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(used);
        out.writeInt(count);
        byte[] bytes = new byte[used];
        buffer.getBytes(windows, bytes);
        out.write(bytes);
    }

    /**
     * Keeps what {@link #writeTo} wrote.
     *
     * @param sequence last engine sequence that the rows hold
     * @throws IOException if there was room for more
     */
    public void readFrom(DataInput in, long sequence) throws IOException {
        int written = in.readInt();
        if (written < 0 || written > capacity) {
            throw new IOException(written + " bytes of closed rows of " + timeframe.label()
                    + " where " + capacity + " are kept: written with another configuration");
        }
        int writtenCount = in.readInt();
        byte[] bytes = new byte[written];
        in.readFully(bytes);
        if (written == 0) {
            return;
        }
        lock.beginWrite();
        used = written;
        count = writtenCount;
        buffer.putBytes(windows, bytes);
        buffer.putInt(header + USED_OFFSET_32, used);
        buffer.putInt(header + COUNT_OFFSET_32, count);
        lock.endWrite(sequence);
    }

    void handOver() {
        lock.handOver();
    }
}
