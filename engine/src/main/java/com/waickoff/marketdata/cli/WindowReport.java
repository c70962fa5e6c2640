package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.ValueArea;
import org.jspecify.annotations.Nullable;

/**
 * One window of one instrument, as it is shown: values in the instrument's scaled units.
 *
 * @param scales what the numbers mean
 * @param startMs start, included, in ms since the epoch
 * @param bar prices and sums
 * @param rows the volume profile
 * @param cumulativeDelta cumulative delta at the end of the window; null if it is not known
 * @param quality how good the numbers are
 */
record WindowReport(Scales scales, Timeframe timeframe, long startMs, Bar bar, RowVolumes rows,
        @Nullable Long cumulativeDelta, Quality quality) {
    /**
     * What the numbers of an instrument mean.
     *
     * @param name {@code venue:SYMBOL}
     * @param priceScale decimals of prices
     * @param tick smallest price step
     * @param quantityScale decimals of quantities
     */
    record Scales(String name, int priceScale, long tick, String priceUnit, int quantityScale,
            String quantityUnit) {
        private static final String UNKNOWN_PRICE_UNIT = "quote";

        /** Whether the currencies are known; a file of ticks and lots does not name them. */
        boolean hasUnits() {
            return !priceUnit.isEmpty() && !priceUnit.equals(UNKNOWN_PRICE_UNIT);
        }
    }

    /** Prices and sums of the window; sell volume is the rest of the volume. */
    record Bar(long open, long high, long low, long close, long volume, long buyVolume,
            long minDelta, long maxDelta, long trades) {
        /** Volume sold by aggressors. */
        long sellVolume() {
            return volume - buyVolume;
        }

        /** Buy volume minus sell volume. */
        long delta() {
            return buyVolume - sellVolume();
        }
    }

    /**
     * How good the numbers are.
     *
     * @param liveness who keeps the numbers up to date
     * @param closed whether the window is over
     * @param unordered whether trades came out of tape order
     * @param suspectTime whether trades came whose times are not believed
     * @param overflow whether a sum left the range of a long
     * @param rowsEvicted whether the rows were given up because history is bounded
     * @param coveredToMs end of what could be there: the window's, or as far as the tape has come
     * @param coveragePpm parts per million of that time without a known hole
     * @param gaps number of holes in it
     * @param repaired number of holes in it that were filled again
     * @param asOfMs when anything of the instrument was last received; 0 for never
     * @param ageMs how long ago that was
     * @param revision how often the window changed after it closed
     * @param sequence last engine sequence the window holds
     */
    record Quality(Liveness liveness, boolean closed, boolean unordered, boolean suspectTime,
            boolean overflow, boolean rowsEvicted, long coveredToMs, int coveragePpm, int gaps,
            long repaired, BookState bookState, long asOfMs, long ageMs, long revision,
            long sequence) {}

    /** Who keeps the numbers up to date. */
    enum Liveness {
        /** A running engine whose feed is up. */
        LIVE,
        /** A running engine whose feed is down. */
        INTERRUPTED,
        /** A running engine, but no time passes in it: the window should be over and is not. */
        SILENT,
        /** Nobody: the engine that wrote them has stopped. */
        STOPPED,
        /** Nobody, and nobody should: a recording or a journal that was replayed. */
        REPLAYED
    }

    /** End, excluded, in ms since the epoch. */
    long endMs() {
        return startMs + timeframe.lengthMs();
    }

    /** Point of control and value area; null if there are no rows. */
    @Nullable
    ValueArea valueArea() {
        return rows.isEmpty() ? null : ValueArea.of(rows);
    }
}
