package com.waickoff.marketdata.storage.history;

import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.storage.effect.WindowRows;
import com.waickoff.marketdata.window.Timeframe;
import java.math.BigInteger;

/**
 * A closed window. Numbers are scaled by {@code priceScale} and {@code quantityScale}.
 *
 * @param definition id of the definition it is in the units of
 * @param startMs included, in ms since the epoch of match times
 * @param flags bits of {@link com.waickoff.marketdata.window.Window}
 * @param revision how often it changed after it closed
 * @param trades an aggregate counts as its fills
 * @param cumulativeDelta buy minus sell quantity up to its end
 * @param notional sum of price times quantity
 * @param squares sum of price squared times quantity
 * @param firstTapeKey id of the first trade where ids chain, else its match time in ns
 * @param area point of control and value area, by the default rule
 * @param coverage how complete it is, as far as is known by now
 * @param rows {@link WindowRows#NONE} if they were not kept or not asked for
 */
public record HistoryWindow(int definition, int priceScale, int quantityScale,
        Timeframe timeframe, long startMs, int flags, int revision, long trades, long open,
        long high, long low, long close, long volume, long buyVolume, long minDelta,
        long maxDelta, long cumulativeDelta, long blockVolume, long rpiVolume, BigInteger notional,
        BigInteger squares, long firstTapeKey, long lastTapeKey, Area area,
        CoverageStamp coverage, WindowRows rows) {
    /**
     * Low edges of rows.
     *
     * @param rowSize height of a row; 0 if there never were rows, and the rest is meaningless
     */
    public record Area(long rowSize, long poc, long val, long vah) {
        /** Of a window that never had rows. */
        public static final Area UNKNOWN = new Area(0, 0, 0, 0);
    }

    /** End, excluded, in ms since the epoch. */
    public long endMs() {
        return startMs + timeframe.lengthMs();
    }

    /** Buy volume minus sell volume. */
    public long delta() {
        return 2 * buyVolume - volume;
    }

    /** The same with another cumulative delta. */
    public HistoryWindow withCumulativeDelta(long newDelta) {
        return new HistoryWindow(definition, priceScale, quantityScale, timeframe, startMs, flags,
                revision, trades, open, high, low, close, volume, buyVolume, minDelta, maxDelta,
                newDelta, blockVolume, rpiVolume, notional, squares, firstTapeKey, lastTapeKey,
                area, coverage, rows);
    }
}
