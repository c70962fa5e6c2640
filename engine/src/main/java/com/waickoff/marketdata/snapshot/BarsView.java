package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.window.PriceMoments;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Vwap;
import com.waickoff.marketdata.window.Window;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the closed bars of one timeframe, oldest first, in the instrument's scaled units:
 * reusable, filled by {@link SnapshotReader}.
 *
 * <pre>
 *   reader.read(entry, Timeframe.M5, bars);
 *   for (int i = 0; i &lt; bars.count(); i++) … bars.startMs(i), bars.close(i)
 * </pre>
 *
 * <p>Windows without trades have no bar: neighbours need not be next to each other in time.
 *
 * <p>Threads: one.
 */
public final class BarsView {
    private static final long NS_PER_MS = 1_000_000L;

    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[0]);
    private Timeframe timeframe = Timeframe.M1;
    private long sequence;
    private @Nullable CopyMark mark;
    private long newestStartMs;
    private long newestCumulativeDelta;
    private int[] places = {};
    private long[] cumulativeDeltas = {};
    private int count;

    void copyFrom(DirectBuffer buffer, int section, Timeframe ofTimeframe, int kept) {
        timeframe = ofTimeframe;
        int header = section + SeqLock.LENGTH;
        newestStartMs = buffer.getLong(header + BarsSection.NEWEST_START_MS_OFFSET_64);
        newestCumulativeDelta = buffer.getLong(header + BarsSection.CUMULATIVE_DELTA_OFFSET_64);
        int length = kept * SnapshotFormat.BAR_LENGTH;
        if (bytes.capacity() < length) {
            bytes.wrap(new byte[length]);
            places = new int[kept];
            cumulativeDeltas = new long[kept];
        }
        buffer.getBytes(header + BarsSection.HEADER_LENGTH, bytes, 0, length);
    }

    /** Finds the bars in a copy that is whole. */
    void arrange(long copied, int kept) {
        sequence = copied;
        count = 0;
        long newest = timeframe.indexOf(newestStartMs * NS_PER_MS);
        for (long index = newest - kept + 1; index <= newest; index++) {
            int place = (int) Math.floorMod(index, (long) kept) * SnapshotFormat.BAR_LENGTH;
            if (bytes.getInt(place + BarsSection.FLAGS_OFFSET_32) != 0 && bytes.getLong(
                    place + BarsSection.START_MS_OFFSET_64) == index * timeframe.lengthMs()) {
                places[count++] = place;
            }
        }
        long cumulative = newestCumulativeDelta;
        for (int bar = count - 1; bar >= 0; bar--) {
            cumulativeDeltas[bar] = cumulative;
            cumulative -= delta(bar);
        }
    }

    /** What this is a whole copy of; null of nothing. */
    @Nullable
    CopyMark mark() {
        return mark;
    }

    void mark(@Nullable CopyMark of) {
        mark = of;
    }

    /** Last engine sequence of the copy; 0 if nothing was ever written. */
    public long sequence() {
        return sequence;
    }

    /** Length of each window. */
    public Timeframe timeframe() {
        return timeframe;
    }

    /** Number of bars; 0 is the oldest. */
    public int count() {
        return count;
    }

    /** Index of the bar of the window with this start, or a negative number. */
    public int indexOf(long startMs) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compare(startMs(middle), startMs);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** Start, included, in ms since the epoch of match times. */
    public long startMs(int bar) {
        return at(bar, BarsSection.START_MS_OFFSET_64);
    }

    /** End, excluded, in ms since the epoch of match times. */
    public long endMs(int bar) {
        return startMs(bar) + timeframe.lengthMs();
    }

    /** Bits such as {@link Window#UNORDERED}. */
    public int flags(int bar) {
        return bytes.getInt(place(bar) + BarsSection.FLAGS_OFFSET_32);
    }

    /** Whether any bit of {@code flag} is set. */
    public boolean has(int bar, int flag) {
        return (flags(bar) & flag) != 0;
    }

    /** How often the window changed after it closed. */
    public int revision(int bar) {
        return bytes.getInt(place(bar) + BarsSection.REVISION_OFFSET_32);
    }

    /** Number of trades. */
    public long trades(int bar) {
        return at(bar, BarsSection.TRADES_OFFSET_64);
    }

    /** Price of the first trade in tape order. */
    public long open(int bar) {
        return at(bar, BarsSection.OPEN_OFFSET_64);
    }

    /** Highest price. */
    public long high(int bar) {
        return at(bar, BarsSection.HIGH_OFFSET_64);
    }

    /** Lowest price. */
    public long low(int bar) {
        return at(bar, BarsSection.LOW_OFFSET_64);
    }

    /** Price of the last trade in tape order. */
    public long close(int bar) {
        return at(bar, BarsSection.CLOSE_OFFSET_64);
    }

    /** Quantity traded. */
    public long volume(int bar) {
        return at(bar, BarsSection.VOLUME_OFFSET_64);
    }

    /** Quantity bought by aggressors. */
    public long buyVolume(int bar) {
        return at(bar, BarsSection.BUY_VOLUME_OFFSET_64);
    }

    /** Quantity sold by aggressors. */
    public long sellVolume(int bar) {
        return volume(bar) - buyVolume(bar);
    }

    /** Buy volume minus sell volume. */
    public long delta(int bar) {
        return buyVolume(bar) - sellVolume(bar);
    }

    /** Smallest running delta, at most 0. */
    public long minDelta(int bar) {
        return at(bar, BarsSection.MIN_DELTA_OFFSET_64);
    }

    /** Largest running delta, at least 0. */
    public long maxDelta(int bar) {
        return at(bar, BarsSection.MAX_DELTA_OFFSET_64);
    }

    /** The part of the volume that block trades made. */
    public long blockVolume(int bar) {
        return at(bar, BarsSection.BLOCK_VOLUME_OFFSET_64);
    }

    /** The part of the volume filled against retail-price-improvement orders. */
    public long rpiVolume(int bar) {
        return at(bar, BarsSection.RPI_VOLUME_OFFSET_64);
    }

    /** Whether the point of control and the value area are known. */
    public boolean hasValueArea(int bar) {
        return rowSize(bar) > 0;
    }

    /** Height of a row, or 0 if no rows were there to find a point of control in. */
    public long rowSize(int bar) {
        return at(bar, BarsSection.ROW_SIZE_OFFSET_64);
    }

    /** Low edge of the point of control's row. */
    public long poc(int bar) {
        return at(bar, BarsSection.POC_OFFSET_64);
    }

    /** Low edge of the lowest row of the value area: two-row rule, 70 %. */
    public long val(int bar) {
        return at(bar, BarsSection.VAL_OFFSET_64);
    }

    /** Low edge of the highest row of the value area: two-row rule, 70 %. */
    public long vah(int bar) {
        return at(bar, BarsSection.VAH_OFFSET_64);
    }

    /** Sums of price by quantity. */
    public PriceMoments moments(int bar) {
        PriceMoments moments = new PriceMoments();
        MomentsField.get(bytes, place(bar) + BarsSection.MOMENTS_OFFSET, moments);
        return moments;
    }

    /** Volume-weighted average price. */
    public Vwap vwap(int bar) {
        return Vwap.of(moments(bar), volume(bar));
    }

    /** Tape key of the first trade: its id where ids chain, else its match time in ns. */
    public long firstTapeKey(int bar) {
        return at(bar, BarsSection.FIRST_KEY_OFFSET_64);
    }

    /** Tape key of the last trade. */
    public long lastTapeKey(int bar) {
        return at(bar, BarsSection.LAST_KEY_OFFSET_64);
    }

    /**
     * Buy minus sell quantity of all trades since the anchor, up to the end of a bar: that of the
     * newest bar less the deltas of the later bars, so that a revision carries forward by itself.
     */
    public long cumulativeDelta(int bar) {
        return cumulativeDeltas[Objects.checkIndex(bar, count)];
    }

    /** The bar as it stands in the file. */
    public byte[] toBytes(int bar) {
        byte[] copy = new byte[SnapshotFormat.BAR_LENGTH];
        bytes.getBytes(place(bar), copy);
        return copy;
    }

    private long at(int bar, int field) {
        return bytes.getLong(place(bar) + field);
    }

    private int place(int bar) {
        return places[Objects.checkIndex(bar, count)];
    }
}
