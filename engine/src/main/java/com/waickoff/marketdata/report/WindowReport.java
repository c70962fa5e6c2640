package com.waickoff.marketdata.report;

import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.window.KeptParts;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.Session;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Vwap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One window of one instrument, or several as one, as it is shown: values in the instrument's scaled
 * units.
 *
 * @param scales what the numbers mean
 * @param span which window it is
 * @param bar prices and sums
 * @param rows the volume profile
 * @param cumulativeDelta cumulative delta at the end of the window; null if it is not known
 * @param quality how good the numbers are
 */
public record WindowReport(Scales scales, Span span, Bar bar, RowVolumes rows,
        @Nullable Long cumulativeDelta, Quality quality) {
    /**
     * Which window, or windows, it is.
     *
     * @param timeframe of the window, or of those it consists of; that which was asked for where
     *     they differ
     * @param session the session it is; null if it is none
     * @param startMs start, included, in ms since the epoch
     * @param endMs end, excluded, in ms since the epoch
     * @param parts the windows it consists of, oldest first; empty if it is a window itself
     * @param unkeptMs how much of what is over of it is in no window that is kept
     */
    public record Span(Timeframe timeframe, @Nullable Session session, long startMs, long endMs,
            List<KeptParts.Part> parts, long unkeptMs) {
        /** Copies the parts. */
        public Span {
            parts = List.copyOf(parts);
        }

        /** One window. */
        static Span of(Timeframe timeframe, long startMs) {
            return new Span(timeframe, null, startMs, startMs + timeframe.lengthMs(), List.of(),
                    0);
        }

        /** Whether it consists of windows. */
        boolean isComposite() {
            return !parts.isEmpty();
        }

        /** What people call it: {@code 1h}, {@code 24 × 1h}, {@code asia}. */
        public String label(char times) {
            if (session != null) {
                return session.name();
            }
            return isComposite() ? parts.size() + " " + times + ' ' + timeframe.label()
                    : timeframe.label();
        }
    }

    /**
     * What the numbers of an instrument mean.
     *
     * @param name {@code venue:SYMBOL}
     * @param priceScale decimals of prices
     * @param tick smallest price step
     * @param quantityScale decimals of quantities
     */
    public record Scales(String name, int priceScale, long tick, String priceUnit,
            int quantityScale,
            String quantityUnit) {
        private static final String UNKNOWN_PRICE_UNIT = "quote";

        /** Whether the currencies are known; a file of ticks and lots does not name them. */
        public boolean hasUnits() {
            return !priceUnit.isEmpty() && !priceUnit.equals(UNKNOWN_PRICE_UNIT);
        }
    }

    /**
     * Prices and sums of the window; sell volume is the rest of the volume.
     *
     * @param blockVolume the part of the volume that block trades made
     * @param rpiVolume the part filled against retail-price-improvement orders
     */
    public record Bar(long open, long high, long low, long close, long volume, long buyVolume,
            long minDelta, long maxDelta, long trades, long blockVolume, long rpiVolume,
            Vwap vwap) {
        /**
         * The bar of both windows together.
         *
         * @param next the window that comes next
         * @throws ArithmeticException if the volume of both leaves the range of a long
         */
        Bar plus(Bar next) {
            return new Bar(open, Math.max(high, next.high), Math.min(low, next.low), next.close,
                    Math.addExact(volume, next.volume), buyVolume + next.buyVolume,
                    Math.min(minDelta, delta() + next.minDelta),
                    Math.max(maxDelta, delta() + next.maxDelta), trades + next.trades,
                    blockVolume + next.blockVolume, rpiVolume + next.rpiVolume,
                    vwap.plus(next.vwap));
        }

        /** Volume sold by aggressors. */
        long sellVolume() {
            return volume - buyVolume;
        }

        /** Buy volume minus sell volume. */
        public long delta() {
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
    public record Quality(Liveness liveness, boolean closed, boolean unordered, boolean suspectTime,
            boolean overflow, boolean rowsEvicted, long coveredToMs, int coveragePpm, int gaps,
            long repaired, BookState bookState, long asOfMs, long ageMs, long revision,
            long sequence) {}

    /** Who keeps the numbers up to date. */
    public enum Liveness {
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
}
