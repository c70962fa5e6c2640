package com.waickoff.marketdata.mcp.market;

import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.mcp.answer.Scaled;
import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.WindowView;
import com.waickoff.marketdata.storage.effect.WindowRows;
import com.waickoff.marketdata.storage.history.HistoryWindow;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Vwap;
import com.waickoff.marketdata.window.Window;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A window or a stretch made of several, open or closed. Prices and quantities are scaled by its own
 * scales, which are those of its instrument's definition at that time.
 *
 * @param definition id of the instrument's definition that it is of; of a stretch that of the last
 * @param length the window's length such as {@code 5m}; of a stretch {@code custom}
 * @param startMs included, in ms since the epoch of match times
 * @param endMs excluded
 * @param flags bits of {@link Window}
 * @param revision how often it changed after it closed; of a stretch the most of its windows
 * @param minDelta smallest running delta, at most 0; {@code maxDelta} the largest, at least 0
 * @param cumulativeDelta at its end; null if it is not known
 * @param coverage how complete it is
 * @param rows volume by price; empty if it was not kept or not asked for
 * @param isStored whether it was read from the store of the past
 */
public record MarketWindow(int definition, int priceScale, int quantityScale, String length,
        long startMs, long endMs, int flags, int revision, long trades, long open, long high,
        long low, long close, long volume, long buyVolume, long minDelta, long maxDelta,
        @Nullable Long cumulativeDelta, Vwap vwap, CoverageStamp coverage, RowVolumes rows,
        boolean isStored) {
    /** What a stretch of several windows is called. */
    public static final String CUSTOM = "custom";

    private static final Comparator<MarketWindow> OLDEST_FIRST = Comparator
            .comparingLong(MarketWindow::startMs).thenComparingInt(MarketWindow::definition);

    /** What there is one window of: where a tick changes, two of one start meet. */
    private record Place(int definition, long startMs) {}

    /** A closed window. */
    public static MarketWindow of(HistoryWindow of, boolean isStored) {
        return new MarketWindow(of.definition(), of.priceScale(), of.quantityScale(),
                of.timeframe().label(), of.startMs(), of.endMs(), of.flags() | Window.CLOSED,
                of.revision(), of.trades(), of.open(), of.high(), of.low(), of.close(),
                of.volume(), of.buyVolume(), of.minDelta(), of.maxDelta(), of.cumulativeDelta(),
                new Vwap(of.notional(), of.squares(), BigInteger.valueOf(of.volume())),
                of.coverage(), of.rows(), isStored);
    }

    /** A window as the engine shows it, open or just closed; its rows are copied. */
    public static MarketWindow of(WindowView of, SnapshotInstrument units,
            @Nullable Long cumulativeDelta, CoverageStamp coverage) {
        return new MarketWindow(units.id(), units.priceScale(), units.quantityScale(),
                of.timeframe().label(), of.startMs(), of.endMs(), of.flags(), of.revision(),
                of.trades(), of.open(),
                of.high(), of.low(), of.close(), of.volume(), of.buyVolume(), of.minDelta(),
                of.maxDelta(), cumulativeDelta, of.vwap(), coverage,
                // Empty rows must keep their height: it is what answers are multiples of.
                of.isEmpty() ? new WindowRows(of.rowSize(), 0, new long[0], new long[0])
                        : WindowRows.of(of),
                false);
    }

    /**
     * Windows from two sides, each once, oldest first.
     *
     * @param first whose windows are taken where both have them
     */
    public static List<MarketWindow> joined(List<MarketWindow> first,
            List<MarketWindow> second) {
        Set<Place> known = first.stream().map(MarketWindow::place).collect(Collectors.toSet());
        List<MarketWindow> joined = new ArrayList<>(first);
        second.stream().filter(window -> !known.contains(window.place())).forEach(joined::add);
        joined.sort(OLDEST_FIRST);
        return joined;
    }

    private Place place() {
        return new Place(definition, startMs);
    }

    /** Whether all of {@code flag} is set. */
    public boolean has(int flag) {
        return (flags & flag) == flag;
    }

    /** Whether its time is over and late trades, too, had theirs. */
    public boolean isClosed() {
        return has(Window.CLOSED);
    }

    /** Buy volume minus sell volume. */
    public long delta() {
        return 2 * buyVolume - volume;
    }

    /** Quantity sold by aggressors. */
    public long sellVolume() {
        return volume - buyVolume;
    }

    /** A price of it as it is written. */
    public Scaled price(long price) {
        return new Scaled(price, priceScale);
    }

    /** A quantity of it as it is written. */
    public Scaled quantity(long quantity) {
        return new Scaled(quantity, quantityScale);
    }

    /** Its average price as it is written, to a tenth of the last decimal; null without volume. */
    public @Nullable BigDecimal averagePrice() {
        return vwap.isEmpty() ? null
                : vwap.mean(1).scaleByPowerOfTen(-priceScale).stripTrailingZeros();
    }

    /** The timeframe of a window; null of a stretch. */
    public @Nullable Timeframe timeframe() {
        return Timeframe.ofLabel(length);
    }

    /**
     * The same in finer units: exactly.
     *
     * @param newPriceScale at least {@link #priceScale}
     * @param newQuantityScale at least {@link #quantityScale}
     */
    public MarketWindow rescaled(int newPriceScale, int newQuantityScale) {
        if (newPriceScale == priceScale && newQuantityScale == quantityScale) {
            return this;
        }
        long prices = Decimal.powerOfTen(newPriceScale - priceScale);
        long quantities = Decimal.powerOfTen(newQuantityScale - quantityScale);
        BigInteger price = BigInteger.valueOf(prices);
        BigInteger quantity = BigInteger.valueOf(quantities);
        Long cumulative = cumulativeDelta;
        return new MarketWindow(definition, newPriceScale, newQuantityScale, length, startMs,
                endMs, flags, revision, trades, times(open, prices), times(high, prices),
                times(low, prices),
                times(close, prices), times(volume, quantities), times(buyVolume, quantities),
                times(minDelta, quantities), times(maxDelta, quantities),
                cumulative == null ? null : (Long) times(cumulative, quantities),
                new Vwap(vwap.notional().multiply(price).multiply(quantity),
                        vwap.squares().multiply(price).multiply(price).multiply(quantity),
                        vwap.volume().multiply(quantity)),
                coverage, new FinerUnits(rows, prices, quantities), isStored);
    }

    private static long times(long value, long factor) {
        return Math.multiplyExact(value, factor);
    }

    /** Rows of the same number, with height and volume in finer units. */
    private record FinerUnits(RowVolumes rows, long prices, long quantities)
            implements
                RowVolumes {
        @Override
        public long lowRow() {
            return rows.lowRow();
        }

        @Override
        public long highRow() {
            return rows.highRow();
        }

        @Override
        public long rowSize() {
            return times(rows.rowSize(), prices);
        }

        @Override
        public long buyVolume(long row) {
            return times(rows.buyVolume(row), quantities);
        }

        @Override
        public long sellVolume(long row) {
            return times(rows.sellVolume(row), quantities);
        }
    }
}
