package com.waickoff.marketdata.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Prices and sums of one window, in the instrument's scaled units.
 *
 * <p>Open, close and the extremes of the running delta follow the tape's order, which is the order
 * of the tape keys: trade ids where ids chain, else match times, ties in order of arrival. Where
 * trades are known to be missing the tape has a seam; a missing trade that comes later takes its
 * place there.
 */
public final class Bar {
    /** Trait of a trade: the aggressor bought. */
    public static final int BUY = 1;
    /** Trait of a trade: a block trade. */
    public static final int BLOCK = 1 << 1;
    /** Trait of a trade: filled against a retail-price-improvement order. */
    public static final int RPI = 1 << 2;

    private static final long NO_TRADES = 0;

    private long trades;
    private long open;
    private long high;
    private long low;
    private long close;
    private long volume;
    private long buyVolume;
    // Of the part behind the last seam, counted from there.
    private long minDelta;
    private long maxDelta;
    private long partFirstKey;
    private boolean atSeam;
    private @Nullable EarlierParts earlier;
    private long blockVolume;
    private long rpiVolume;
    private long firstTapeKey;
    private long lastTapeKey;
    private final PriceMoments moments = new PriceMoments();

    /** Whether {@code quantity} can be added without overflow; all other sums are smaller. */
    boolean fits(long quantity) {
        return volume + quantity >= 0;
    }

    /**
     * Adds a trade that {@link #fits}.
     *
     * @param value price and quantity as sums, computed once for all windows of a trade
     * @param traits bits such as {@link #BUY}
     * @param fills how many trades of the tape this one stands for
     * @return whether its place in the tape is known; if not, the extremes of the delta are those of
     *     the order of arrival
     */
    boolean add(long price, long quantity, PriceMoments value, int traits, long tapeKey,
            long fills) {
        boolean isEarlier = false;
        if (trades == NO_TRADES) {
            open = price;
            high = price;
            low = price;
            close = price;
            firstTapeKey = tapeKey;
            lastTapeKey = tapeKey;
            partFirstKey = tapeKey;
        } else {
            high = Math.max(high, price);
            low = Math.min(low, price);
            if (tapeKey >= lastTapeKey) {
                if (atSeam) {
                    beginPartSlowPath(tapeKey);
                }
                lastTapeKey = tapeKey;
                close = price;
            } else {
                isEarlier = true;
                if (tapeKey < firstTapeKey) {
                    firstTapeKey = tapeKey;
                    open = price;
                }
            }
        }
        trades += fills;
        moments.add(value);
        volume += quantity;
        buyVolume += (traits & BUY) != 0 ? quantity : 0;
        if (traits > BUY) {
            blockVolume += (traits & BLOCK) != 0 ? quantity : 0;
            rpiVolume += (traits & RPI) != 0 ? quantity : 0;
        }
        long signedQuantity = (traits & BUY) != 0 ? quantity : -quantity;
        if (isEarlier && addEarlierSlowPath(tapeKey, signedQuantity)) {
            return true;
        }
        long running = earlier == null ? delta() : delta() - earlier.totalDelta();
        minDelta = Math.min(minDelta, running);
        maxDelta = Math.max(maxDelta, running);
        return !isEarlier;
    }

    /** Adds trades that all {@link #fits}, that follow in the tape, and that no seam is before. */
    void add(TradeRun run) {
        high = Math.max(high, run.high());
        low = Math.min(low, run.low());
        close = run.lastPrice();
        lastTapeKey = run.lastTapeKey();
        long running = earlier == null ? delta() : delta() - earlier.totalDelta();
        minDelta = Math.min(minDelta, running + run.minDelta());
        maxDelta = Math.max(maxDelta, running + run.maxDelta());
        trades += run.fills();
        volume += run.volume();
        buyVolume += run.buyVolume();
        blockVolume += run.blockVolume();
        rpiVolume += run.rpiVolume();
        moments.add(run.moments());
    }

    /** Whether there is a trade and none is known to be missing behind the last one. */
    boolean isBetweenSeams() {
        return trades != NO_TRADES && !atSeam;
    }

    /** Trades are missing behind the last one: what comes next begins another part of the tape. */
    void onGap() {
        atSeam = trades != NO_TRADES;
    }

    private void beginPartSlowPath(long tapeKey) {
        atSeam = false;
        EarlierParts parts = parts();
        parts.append(partFirstKey, lastTapeKey, delta() - parts.totalDelta(), minDelta, maxDelta);
        minDelta = 0;
        maxDelta = 0;
        partFirstKey = tapeKey;
    }

    /** Whether the place of a trade before the last one is known. */
    private boolean addEarlierSlowPath(long tapeKey, long signedQuantity) {
        boolean isBeforePart = tapeKey < partFirstKey
                || (tapeKey == partFirstKey && earlier != null && !earlier.isEmpty());
        return isBeforePart && parts().add(tapeKey, signedQuantity);
    }

    private EarlierParts parts() {
        EarlierParts parts = earlier;
        if (parts == null) {
            parts = new EarlierParts();
            earlier = parts;
        }
        return parts;
    }

    void clear() {
        trades = NO_TRADES;
        open = 0;
        high = 0;
        low = 0;
        close = 0;
        volume = 0;
        buyVolume = 0;
        minDelta = 0;
        maxDelta = 0;
        blockVolume = 0;
        rpiVolume = 0;
        firstTapeKey = 0;
        lastTapeKey = 0;
        partFirstKey = 0;
        atSeam = false;
        moments.clear();
        if (earlier != null) {
            earlier.clear();
        }
    }

    /** Number of trades; an aggregate counts as its fills. */
    public long trades() {
        return trades;
    }

    /** Price of the first trade in tape order. */
    public long open() {
        return open;
    }

    /** Highest price. */
    public long high() {
        return high;
    }

    /** Lowest price. */
    public long low() {
        return low;
    }

    /** Price of the last trade in tape order. */
    public long close() {
        return close;
    }

    /** Quantity traded. */
    public long volume() {
        return volume;
    }

    /** Quantity bought by aggressors. */
    public long buyVolume() {
        return buyVolume;
    }

    /** Quantity sold by aggressors. */
    public long sellVolume() {
        return volume - buyVolume;
    }

    /** Buy volume minus sell volume. */
    public long delta() {
        return buyVolume - (volume - buyVolume);
    }

    /** Smallest running delta, at most 0. */
    public long minDelta() {
        return earlier == null ? minDelta : earlier.minDelta(minDelta);
    }

    /** Largest running delta, at least 0. */
    public long maxDelta() {
        return earlier == null ? maxDelta : earlier.maxDelta(maxDelta);
    }

    /** The part of the volume that block trades made. */
    public long blockVolume() {
        return blockVolume;
    }

    /** The part of the volume filled against retail-price-improvement orders. */
    public long rpiVolume() {
        return rpiVolume;
    }

    /** Sums of price by quantity: for the volume-weighted average price. */
    public PriceMoments moments() {
        return moments;
    }

    /** Tape key of the first trade: its id where ids chain, else its match time. */
    public long firstTapeKey() {
        return firstTapeKey;
    }

    /** Tape key of the last trade. */
    public long lastTapeKey() {
        return lastTapeKey;
    }

    void writeTo(DataOutput out) throws IOException {
        moments.writeTo(out);
        out.writeLong(trades);
        out.writeLong(open);
        out.writeLong(high);
        out.writeLong(low);
        out.writeLong(close);
        out.writeLong(volume);
        out.writeLong(buyVolume);
        out.writeLong(minDelta);
        out.writeLong(maxDelta);
        out.writeLong(blockVolume);
        out.writeLong(rpiVolume);
        out.writeLong(firstTapeKey);
        out.writeLong(lastTapeKey);
        out.writeLong(partFirstKey);
        out.writeBoolean(atSeam);
        out.writeInt(earlier == null ? 0 : earlier.count());
        if (earlier != null) {
            earlier.writeTo(out);
        }
    }

    void readFrom(DataInput in) throws IOException {
        moments.readFrom(in);
        trades = in.readLong();
        open = in.readLong();
        high = in.readLong();
        low = in.readLong();
        close = in.readLong();
        volume = in.readLong();
        buyVolume = in.readLong();
        minDelta = in.readLong();
        maxDelta = in.readLong();
        blockVolume = in.readLong();
        rpiVolume = in.readLong();
        firstTapeKey = in.readLong();
        lastTapeKey = in.readLong();
        partFirstKey = in.readLong();
        atSeam = in.readBoolean();
        int parts = in.readInt();
        if (parts < 0 || parts > EarlierParts.CAPACITY) {
            throw new IOException("a window with " + parts + " seams of its tape");
        }
        if (parts > 0 || earlier != null) {
            parts().readFrom(parts, in);
        }
    }
}
