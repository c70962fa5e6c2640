package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.window.Bar;
import com.waickoff.marketdata.window.PriceMoments;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.ValueAreaFinder;
import com.waickoff.marketdata.window.ValueAreaRule;
import com.waickoff.marketdata.window.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Writes the closed bars of one timeframe.
 *
 * <pre>
 *   BARS: lock, then
 *     64              72                 80                    128
 *     +---------------+------------------+---------------------+-------------------------------
 *     | start ms of   | cumulative delta |          0          | N bars of 256 bytes: a window
 *     | the newest    | at its end       |                     | lives in bar (start / length of
 *     +---------------+------------------+---------------------+ timeframe) mod N
 *   a bar
 *     0          8       12         16       24      32      40     48      56        64
 *     +----------+-------+----------+--------+-------+-------+------+-------+---------+----------
 *     | start ms | flags | revision | trades | open  | high  | low  | close | volume  | buy volume
 *     +----------+-------+----------+--------+-------+-------+------+-------+---------+----------
 *     72          80          88             96    104        112   120   128       136
 *     +-----------+-----------+--------------+-----+----------+-----+-----+---------+------------
 *     | min delta | max delta | block volume | rpi | row size | POC | VAL | VAH     |
 *     +-----------+-----------+--------------+-----+----------+-----+-----+---------+------------
 *     136                 152                       176             184            192        256
 *     +-------------------+-------------------------+---------------+--------------+----------+
 *     | sum of price *    | sum of price² *         | tape key of   | of the last  |    0     |
 *     | quantity          | quantity                | first trade   | trade        |          |
 *     +-------------------+-------------------------+---------------+--------------+----------+
 *     flags: those of a window; 0: there is no bar. Sums of several words: the high word first.
 *     POC, VAL, VAH: low edges of rows, by the two-row rule with 70 %; row size 0: not known.
 * </pre>
 *
 * <p>A bar is shown if it starts less than N windows before the newest; what is older is what its
 * place held before. The cumulative delta at the end of an older bar is that of the newest less the
 * deltas of the bars behind it.
 *
 * <p>Threads: one study thread.
 */
public final class BarsSection {
    static final int HEADER_LENGTH = 64;
    static final int NEWEST_START_MS_OFFSET_64 = 0;
    static final int CUMULATIVE_DELTA_OFFSET_64 = NEWEST_START_MS_OFFSET_64 + Long.BYTES;

    static final int START_MS_OFFSET_64 = 0;
    static final int FLAGS_OFFSET_32 = START_MS_OFFSET_64 + Long.BYTES;
    static final int REVISION_OFFSET_32 = FLAGS_OFFSET_32 + Integer.BYTES;
    static final int TRADES_OFFSET_64 = REVISION_OFFSET_32 + Integer.BYTES;
    static final int OPEN_OFFSET_64 = TRADES_OFFSET_64 + Long.BYTES;
    static final int HIGH_OFFSET_64 = OPEN_OFFSET_64 + Long.BYTES;
    static final int LOW_OFFSET_64 = HIGH_OFFSET_64 + Long.BYTES;
    static final int CLOSE_OFFSET_64 = LOW_OFFSET_64 + Long.BYTES;
    static final int VOLUME_OFFSET_64 = CLOSE_OFFSET_64 + Long.BYTES;
    static final int BUY_VOLUME_OFFSET_64 = VOLUME_OFFSET_64 + Long.BYTES;
    static final int MIN_DELTA_OFFSET_64 = BUY_VOLUME_OFFSET_64 + Long.BYTES;
    static final int MAX_DELTA_OFFSET_64 = MIN_DELTA_OFFSET_64 + Long.BYTES;
    static final int BLOCK_VOLUME_OFFSET_64 = MAX_DELTA_OFFSET_64 + Long.BYTES;
    static final int RPI_VOLUME_OFFSET_64 = BLOCK_VOLUME_OFFSET_64 + Long.BYTES;
    static final int ROW_SIZE_OFFSET_64 = RPI_VOLUME_OFFSET_64 + Long.BYTES;
    static final int POC_OFFSET_64 = ROW_SIZE_OFFSET_64 + Long.BYTES;
    static final int VAL_OFFSET_64 = POC_OFFSET_64 + Long.BYTES;
    static final int VAH_OFFSET_64 = VAL_OFFSET_64 + Long.BYTES;
    static final int MOMENTS_OFFSET = VAH_OFFSET_64 + Long.BYTES;
    static final int FIRST_KEY_OFFSET_64 = MOMENTS_OFFSET + MomentsField.LENGTH;
    static final int LAST_KEY_OFFSET_64 = FIRST_KEY_OFFSET_64 + Long.BYTES;
    static final int USED_LENGTH = LAST_KEY_OFFSET_64 + Long.BYTES;

    private static final long NS_PER_MS = 1_000_000L;
    private static final int NO_BAR = 0;

    static {
        if (USED_LENGTH != 192 || USED_LENGTH > SnapshotFormat.BAR_LENGTH) {
            throw new AssertionError("the offsets of a bar are not those of its specification");
        }
    }

    private final AtomicBuffer buffer;
    private final Timeframe timeframe;
    private final int count;
    private final int header;
    private final int bars;
    private final SeqLock lock;
    private final ValueAreaFinder finder = new ValueAreaFinder();
    private final PriceMoments sums = new PriceMoments();
    private final PriceMoments late = new PriceMoments();
    private boolean empty = true;
    private long newestIndex;

    BarsSection(AtomicBuffer buffer, int offset, Timeframe timeframe, int count) {
        this.buffer = buffer;
        this.timeframe = timeframe;
        this.count = count;
        header = offset + SeqLock.LENGTH;
        bars = header + HEADER_LENGTH;
        lock = new SeqLock(buffer, offset);
    }

    /** Start of the newest bar in ns, or {@link Long#MIN_VALUE} if there is none. */
    public long newestStartNs() {
        return empty ? Long.MIN_VALUE : newestIndex * timeframe.lengthNs();
    }

    /** Begins a change: readers start over until {@link #end}. */
    public void begin() {
        lock.beginWrite();
    }

    /**
     * Shows the bar of a closed window as it is now, unless it is older than all that are shown.
     * Between {@link #begin} and {@link #end}.
     *
     * <p>Where its rows have been given up, the point of control and the value area stay those that
     * were found while there were rows.
     */
    public void put(Window window) {
        assert window.timeframe() == timeframe
                : window.timeframe() + " written to " + timeframe + ": use that one's section";
        long index = timeframe.indexOf(window.startNs());
        if (isTooOld(index)) {
            return;
        }
        int at = take(index);
        Bar bar = window.bar();
        buffer.putInt(at + FLAGS_OFFSET_32, window.flags());
        buffer.putInt(at + REVISION_OFFSET_32, window.revision());
        buffer.putLong(at + TRADES_OFFSET_64, bar.trades());
        buffer.putLong(at + OPEN_OFFSET_64, bar.open());
        buffer.putLong(at + HIGH_OFFSET_64, bar.high());
        buffer.putLong(at + LOW_OFFSET_64, bar.low());
        buffer.putLong(at + CLOSE_OFFSET_64, bar.close());
        buffer.putLong(at + VOLUME_OFFSET_64, bar.volume());
        buffer.putLong(at + BUY_VOLUME_OFFSET_64, bar.buyVolume());
        buffer.putLong(at + MIN_DELTA_OFFSET_64, bar.minDelta());
        buffer.putLong(at + MAX_DELTA_OFFSET_64, bar.maxDelta());
        buffer.putLong(at + BLOCK_VOLUME_OFFSET_64, bar.blockVolume());
        buffer.putLong(at + RPI_VOLUME_OFFSET_64, bar.rpiVolume());
        MomentsField.put(buffer, at + MOMENTS_OFFSET, bar.moments());
        buffer.putLong(at + FIRST_KEY_OFFSET_64, bar.firstTapeKey());
        buffer.putLong(at + LAST_KEY_OFFSET_64, bar.lastTapeKey());
        if (!window.rows().isEmpty()) {
            putValueArea(at, window);
        }
    }

    private void putValueArea(int at, Window window) {
        finder.find(window.rows(), ValueAreaRule.DEFAULT);
        long rowSize = window.rows().rowSize();
        buffer.putLong(at + ROW_SIZE_OFFSET_64, rowSize);
        buffer.putLong(at + POC_OFFSET_64, finder.poc() * rowSize);
        buffer.putLong(at + VAL_OFFSET_64, finder.low() * rowSize);
        buffer.putLong(at + VAH_OFFSET_64, finder.high() * rowSize);
    }

    /**
     * Ends a change.
     *
     * @param cumulativeDelta at the end of the newest bar
     * @param sequence last engine sequence that the bars hold
     */
    public void end(long cumulativeDelta, long sequence) {
        buffer.putLong(header + CUMULATIVE_DELTA_OFFSET_64, cumulativeDelta);
        lock.endWrite(sequence);
    }

    /**
     * Adds a trade to a bar whose window is no longer kept in memory. Sums, extremes, open and close
     * are exact; the extremes of the delta, the point of control and the value area lack the trade,
     * and the bar says so: {@link Window#OUTDATED}.
     */
    public void addLate(long startNs, long price, long quantity, int traits, long tapeKey,
            long fills, long sequence) {
        if (empty) {
            return;
        }
        long index = timeframe.indexOf(startNs);
        long signed = (traits & Bar.BUY) != 0 ? quantity : -quantity;
        lock.beginWrite();
        add(header + CUMULATIVE_DELTA_OFFSET_64, signed);
        if (!isTooOld(index)) {
            addLate(take(index), price, quantity, traits, tapeKey, fills);
        }
        lock.endWrite(sequence);
    }

    private void addLate(int at, long price, long quantity, int traits, long tapeKey,
            long fills) {
        int flags = buffer.getInt(at + FLAGS_OFFSET_32);
        buffer.putInt(at + REVISION_OFFSET_32, buffer.getInt(at + REVISION_OFFSET_32) + 1);
        if (buffer.getLong(at + VOLUME_OFFSET_64) + quantity < 0) {
            buffer.putInt(at + FLAGS_OFFSET_32, flags | Window.OVERFLOW | Window.OUTDATED);
            return;
        }
        buffer.putInt(at + FLAGS_OFFSET_32, flags | Window.CLOSED | Window.OUTDATED);
        boolean first = flags == NO_BAR;
        if (first || price > buffer.getLong(at + HIGH_OFFSET_64)) {
            buffer.putLong(at + HIGH_OFFSET_64, price);
        }
        if (first || price < buffer.getLong(at + LOW_OFFSET_64)) {
            buffer.putLong(at + LOW_OFFSET_64, price);
        }
        if (first || tapeKey < buffer.getLong(at + FIRST_KEY_OFFSET_64)) {
            buffer.putLong(at + FIRST_KEY_OFFSET_64, tapeKey);
            buffer.putLong(at + OPEN_OFFSET_64, price);
        }
        if (first || tapeKey >= buffer.getLong(at + LAST_KEY_OFFSET_64)) {
            buffer.putLong(at + LAST_KEY_OFFSET_64, tapeKey);
            buffer.putLong(at + CLOSE_OFFSET_64, price);
        }
        add(at + TRADES_OFFSET_64, fills);
        add(at + VOLUME_OFFSET_64, quantity);
        add(at + BUY_VOLUME_OFFSET_64, (traits & Bar.BUY) != 0 ? quantity : 0);
        add(at + BLOCK_VOLUME_OFFSET_64, (traits & Bar.BLOCK) != 0 ? quantity : 0);
        add(at + RPI_VOLUME_OFFSET_64, (traits & Bar.RPI) != 0 ? quantity : 0);
        late.set(price, quantity);
        MomentsField.get(buffer, at + MOMENTS_OFFSET, sums);
        sums.add(late);
        MomentsField.put(buffer, at + MOMENTS_OFFSET, sums);
    }

    private void add(int at, long more) {
        buffer.putLong(at, buffer.getLong(at) + more);
    }

    private boolean isTooOld(long index) {
        return !empty && index <= newestIndex - count;
    }

    /** Place of the bar with this index; zeroes if another one had it. */
    private int take(long index) {
        int at = bars + (int) Math.floorMod(index, (long) count) * SnapshotFormat.BAR_LENGTH;
        long startMs = index * timeframe.lengthMs();
        boolean isThere = buffer.getInt(at + FLAGS_OFFSET_32) != NO_BAR
                && buffer.getLong(at + START_MS_OFFSET_64) == startMs;
        if (!isThere) {
            buffer.setMemory(at, SnapshotFormat.BAR_LENGTH, (byte) 0);
            buffer.putLong(at + START_MS_OFFSET_64, startMs);
        }
        if (empty || index > newestIndex) {
            empty = false;
            newestIndex = index;
            buffer.putLong(header + NEWEST_START_MS_OFFSET_64, startMs);
        }
        return at;
    }

    /** Writes all that is shown, in about 100 bytes a bar. */
    public void writeTo(DataOutput out) throws IOException {
        int used = 0;
        for (int i = 0; i < count; i++) {
            used += buffer.getInt(barAt(i) + FLAGS_OFFSET_32) == NO_BAR ? 0 : 1;
        }
        out.writeInt(used);
        if (used == 0) {
            return;
        }
        out.writeLong(newestIndex);
        out.writeLong(buffer.getLong(header + CUMULATIVE_DELTA_OFFSET_64));
        for (int i = 0; i < count; i++) {
            if (buffer.getInt(barAt(i) + FLAGS_OFFSET_32) != NO_BAR) {
                for (int at = 0; at < USED_LENGTH; at += Long.BYTES) {
                    Varint.write(out, Varint.zigZag(buffer.getLong(barAt(i) + at)));
                }
            }
        }
    }

    /**
     * Shows what {@link #writeTo} wrote.
     *
     * @param sequence last engine sequence that the bars hold
     * @throws IOException if another number of bars was kept
     */
    public void readFrom(DataInput in, long sequence) throws IOException {
        int used = in.readInt();
        if (used < 0 || used > count) {
            throw new IOException(used + " closed bars of " + timeframe.label() + " where " + count
                    + " are kept: written with another configuration");
        }
        if (used == 0) {
            return;
        }
        empty = false;
        newestIndex = in.readLong();
        lock.beginWrite();
        buffer.putLong(header + NEWEST_START_MS_OFFSET_64, newestIndex * timeframe.lengthMs());
        buffer.putLong(header + CUMULATIVE_DELTA_OFFSET_64, in.readLong());
        for (int i = 0; i < used; i++) {
            long startMs = Varint.unZigZag(Varint.read(in));
            int at = barAt((int) Math.floorMod(timeframe.indexOf(startMs * NS_PER_MS),
                    (long) count));
            buffer.putLong(at, startMs);
            for (int field = Long.BYTES; field < USED_LENGTH; field += Long.BYTES) {
                buffer.putLong(at + field, Varint.unZigZag(Varint.read(in)));
            }
        }
        lock.endWrite(sequence);
    }

    private int barAt(int place) {
        return bars + place * SnapshotFormat.BAR_LENGTH;
    }

    void handOver() {
        lock.handOver();
    }
}
