package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.window.Timeframe;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.agrona.concurrent.AtomicBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the last signals of an instrument: the newest takes the place of the oldest.
 *
 * <pre>
 *   SIGNALS: lock, then S places; signal number n, from 1, is at place (n - 1) mod S
 *     0          8         12         16     18          19     20  24              32
 *     +----------+---------+----------+------+-----------+------+---+---------------+--------------
 *     | sequence | ordinal | revision | kind | timeframe | side | 0 | match time ns | window start…
 *     +----------+---------+----------+------+-----------+------+---+---------------+--------------
 *     32                40      48              80                    120      128
 *     +-----------------+-------+---------------+---------------------+--------+
 *     | window start ms | price | 4 inputs (8)  | 5 parameters (8)    | number |
 *     +-----------------+-------+---------------+---------------------+--------+
 *     number 0: the place is empty
 *     kind: ordinal of {@link SignalKind}, which names units of inputs and parameters
 *     timeframe: ordinal of 1m 5m 15m 1h 4h 1d; -1: a signal of the tape
 *     side: 1 buy, -1 sell, 0 neither
 * </pre>
 *
 * <p>The section is the only place where these signals are kept: a checkpoint copies it.
 *
 * <p>Threads: one study thread.
 */
public final class SignalsSection {
    static final int SEQUENCE_OFFSET_64 = 0;
    static final int ORDINAL_OFFSET_32 = SEQUENCE_OFFSET_64 + Long.BYTES;
    static final int REVISION_OFFSET_32 = ORDINAL_OFFSET_32 + Integer.BYTES;
    static final int KIND_OFFSET_16 = REVISION_OFFSET_32 + Integer.BYTES;
    static final int TIMEFRAME_OFFSET_8 = KIND_OFFSET_16 + Short.BYTES;
    static final int SIDE_OFFSET_8 = TIMEFRAME_OFFSET_8 + Byte.BYTES;
    static final int MATCH_TIME_OFFSET_64 = SIDE_OFFSET_8 + Byte.BYTES + Integer.BYTES;
    static final int WINDOW_START_OFFSET_64 = MATCH_TIME_OFFSET_64 + Long.BYTES;
    static final int PRICE_OFFSET_64 = WINDOW_START_OFFSET_64 + Long.BYTES;
    static final int INPUTS_OFFSET = PRICE_OFFSET_64 + Long.BYTES;
    static final int PARAMETERS_OFFSET = INPUTS_OFFSET + Signal.INPUTS * Long.BYTES;
    static final int NUMBER_OFFSET_64 = PARAMETERS_OFFSET + Signal.PARAMETERS * Long.BYTES;
    /** Bytes of a place. */
    static final int LENGTH = NUMBER_OFFSET_64 + Long.BYTES;
    /** The timeframe of a signal of the tape. */
    static final byte NO_TIMEFRAME = -1;

    static {
        if (LENGTH != SnapshotFormat.SIGNAL_LENGTH) {
            throw new AssertionError("a signal's offsets are not those of its specification");
        }
    }

    private final AtomicBuffer buffer;
    private final int places;
    private final int capacity;
    private final SeqLock lock;
    private long count;

    SignalsSection(AtomicBuffer buffer, int offset, SnapshotConfig config) {
        this.buffer = buffer;
        places = offset + SeqLock.LENGTH;
        capacity = config.history().signals();
        lock = new SeqLock(buffer, offset);
    }

    /** Signals raised so far. */
    public long count() {
        return count;
    }

    /** Appends a signal that has been {@link Signal#number numbered}. */
    public void append(Signal signal) {
        int at = placeOf(count);
        Timeframe timeframe = signal.timeframe();
        lock.beginWrite();
        buffer.putLong(at + SEQUENCE_OFFSET_64, signal.sequence());
        buffer.putInt(at + ORDINAL_OFFSET_32, signal.ordinal());
        buffer.putInt(at + REVISION_OFFSET_32, signal.revision());
        buffer.putShort(at + KIND_OFFSET_16, (short) signal.kind().ordinal());
        buffer.putByte(at + TIMEFRAME_OFFSET_8,
                timeframe == null ? NO_TIMEFRAME : (byte) timeframe.ordinal());
        buffer.putByte(at + SIDE_OFFSET_8, (byte) signal.side());
        buffer.putLong(at + MATCH_TIME_OFFSET_64, signal.matchTimeNs());
        buffer.putLong(at + WINDOW_START_OFFSET_64, signal.windowStartMs());
        buffer.putLong(at + PRICE_OFFSET_64, signal.price());
        for (int i = 0; i < Signal.INPUTS; i++) {
            buffer.putLong(at + INPUTS_OFFSET + i * Long.BYTES, signal.input(i));
        }
        for (int i = 0; i < Signal.PARAMETERS; i++) {
            buffer.putLong(at + PARAMETERS_OFFSET + i * Long.BYTES, signal.parameter(i));
        }
        buffer.putLong(at + NUMBER_OFFSET_64, ++count);
        lock.endWrite(signal.sequence());
    }

    private int placeOf(long number) {
        return places + (int) (number % capacity) * LENGTH;
    }

    /** Writes all signals that are kept. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(capacity);
        out.writeLong(count);
        int used = (int) Math.min(count, capacity);
        for (int at = places; at < places + used * LENGTH; at += Long.BYTES) {
            out.writeLong(buffer.getLong(at));
        }
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IOException if that is of a file with room for more or fewer signals
     */
    public void readFrom(DataInput in) throws IOException {
        int written = in.readInt();
        if (written != capacity) {
            throw new IOException(written + " signals where " + capacity
                    + " are kept: written with another configuration");
        }
        count = in.readLong();
        if (count < 0) {
            throw new IOException(count + " signals");
        }
        int used = (int) Math.min(count, capacity);
        lock.beginWrite();
        for (int at = places; at < places + used * LENGTH; at += Long.BYTES) {
            buffer.putLong(at, in.readLong());
        }
        lock.endWrite(count == 0 ? 0 : buffer.getLong(placeOf(count - 1) + SEQUENCE_OFFSET_64));
    }

    /** The timeframe with this code; null for a signal of the tape, or a torn copy. */
    static @Nullable Timeframe timeframe(byte code) {
        return code >= 0 && code < Timeframe.COUNT ? Timeframe.at(code) : null;
    }

    void handOver() {
        lock.handOver();
    }
}
