package com.waickoff.marketdata.storage.effect;

import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.window.Bar;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.ValueArea;
import com.waickoff.marketdata.window.Window;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A closed window as it is at one moment, in the instrument's scaled units.
 *
 * @param startMs included, in ms since the epoch of match times
 * @param flags bits such as {@link Window#UNORDERED}
 * @param revision how often it changed after it closed
 * @param trades an aggregate counts as its fills
 * @param minDelta smallest running delta, at most 0
 * @param maxDelta largest running delta, at least 0
 * @param cumulativeDelta buy minus sell quantity of all trades up to its end
 * @param blockVolume the part of the volume that block trades made
 * @param rpiVolume the part filled against retail-price-improvement orders
 * @param notional sum of price times quantity
 * @param squares sum of price squared times quantity
 * @param firstTapeKey id of the first trade where ids chain, else its match time in ns
 * @param lastTapeKey that of the last trade
 * @param coverage as far as it was known at that moment; the ledger has the last word
 */
public record WindowState(Timeframe timeframe, long startMs, int flags, int revision, long trades,
        long open, long high, long low, long close, long volume, long buyVolume, long minDelta,
        long maxDelta, long cumulativeDelta, long blockVolume, long rpiVolume, BigInteger notional,
        BigInteger squares, long firstTapeKey, long lastTapeKey, CoverageStamp coverage,
        WindowRows rows) {
    private static final long NS_PER_MS = 1_000_000L;

    /** A copy of a window that goes on changing. */
    public static WindowState of(Window window, long cumulativeDelta, CoverageStamp coverage) {
        Bar bar = window.bar();
        return new WindowState(window.timeframe(), window.startNs() / NS_PER_MS, window.flags(),
                window.revision(), bar.trades(), bar.open(), bar.high(), bar.low(), bar.close(),
                bar.volume(), bar.buyVolume(), bar.minDelta(), bar.maxDelta(), cumulativeDelta,
                bar.blockVolume(), bar.rpiVolume(), bar.moments().notional(),
                bar.moments().squares(), bar.firstTapeKey(), bar.lastTapeKey(), coverage,
                WindowRows.of(window.rows()));
    }

    /** The same with another stamp. */
    public WindowState withCoverage(CoverageStamp other) {
        return new WindowState(timeframe, startMs, flags, revision, trades, open, high, low, close,
                volume, buyVolume, minDelta, maxDelta, cumulativeDelta, blockVolume, rpiVolume,
                notional, squares, firstTapeKey, lastTapeKey, other, rows);
    }

    /** End, excluded, in ms since the epoch of match times. */
    public long endMs() {
        return startMs + timeframe.lengthMs();
    }

    /** End, excluded, in ns since the epoch of match times. */
    public long endNs() {
        return endMs() * NS_PER_MS;
    }

    /** Whether any bit of {@code flag} is set. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Quantity sold by aggressors. */
    public long sellVolume() {
        return volume - buyVolume;
    }

    /** Buy volume minus sell volume. */
    public long delta() {
        return buyVolume - sellVolume();
    }

    /** Point of control and value area by the default rule; null without rows. */
    public @Nullable ValueArea valueArea() {
        return rows.isEmpty() ? null : ValueArea.of(rows);
    }
}
