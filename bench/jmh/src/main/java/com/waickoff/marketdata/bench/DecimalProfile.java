package com.waickoff.marketdata.bench;

import com.waickoff.marketdata.window.Bar;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import java.math.BigDecimal;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Bars and rows of six timeframes as they are written first: a sorted map of exact decimals for each
 * window. It keeps what the engine's windows keep of a tape that is in order.
 */
final class DecimalProfile {
    private final @Nullable DecimalWindow[] windows = new DecimalWindow[Timeframe.COUNT];
    private final boolean keepsPoc;
    private BigDecimal cumulativeDelta = BigDecimal.ZERO;

    DecimalProfile(boolean keepsPoc) {
        this.keepsPoc = keepsPoc;
    }

    BigDecimal onTrade(long timeNs, BigDecimal price, BigDecimal quantity, boolean buy) {
        for (int i = 0; i < windows.length; i++) {
            DecimalWindow window = windows[i];
            if (window == null || timeNs < window.startNs || timeNs >= window.endNs) {
                window = new DecimalWindow(Timeframe.at(i), timeNs, price);
                windows[i] = window;
            }
            window.add(price, quantity, buy, keepsPoc);
        }
        cumulativeDelta = buy ? cumulativeDelta.add(quantity) : cumulativeDelta.subtract(quantity);
        return cumulativeDelta;
    }

    /** Whether the newest window of a timeframe holds what the engine's holds. */
    boolean isLike(Window other) {
        DecimalWindow window = windows[other.timeframe().ordinal()];
        return window != null && window.isLike(other);
    }

    private static final class Row {
        private BigDecimal buy = BigDecimal.ZERO;
        private BigDecimal sell = BigDecimal.ZERO;
    }

    private static final class DecimalWindow {
        private final TreeMap<BigDecimal, Row> rows = new TreeMap<>();
        private final long startNs;
        private final long endNs;
        private final BigDecimal open;
        private BigDecimal high;
        private BigDecimal low;
        private BigDecimal close;
        private BigDecimal volume = BigDecimal.ZERO;
        private BigDecimal buyVolume = BigDecimal.ZERO;
        private BigDecimal delta = BigDecimal.ZERO;
        private BigDecimal minDelta = BigDecimal.ZERO;
        private BigDecimal maxDelta = BigDecimal.ZERO;
        private BigDecimal poc;
        private BigDecimal pocVolume = BigDecimal.ZERO;
        private long trades;

        DecimalWindow(Timeframe timeframe, long timeNs, BigDecimal price) {
            startNs = timeframe.startOf(timeNs);
            endNs = startNs + timeframe.lengthNs();
            open = price;
            high = price;
            low = price;
            close = price;
            poc = price;
        }

        void add(BigDecimal price, BigDecimal quantity, boolean buy, boolean keepsPoc) {
            high = high.max(price);
            low = low.min(price);
            close = price;
            trades++;
            volume = volume.add(quantity);
            Row row = rows.computeIfAbsent(price, unused -> new Row());
            if (buy) {
                buyVolume = buyVolume.add(quantity);
                delta = delta.add(quantity);
                maxDelta = maxDelta.max(delta);
                row.buy = row.buy.add(quantity);
            } else {
                delta = delta.subtract(quantity);
                minDelta = minDelta.min(delta);
                row.sell = row.sell.add(quantity);
            }
            if (keepsPoc) {
                BigDecimal rowVolume = row.buy.add(row.sell);
                if (rowVolume.compareTo(pocVolume) > 0) {
                    pocVolume = rowVolume;
                    poc = price;
                }
            }
        }

        boolean isLike(Window other) {
            Bar bar = other.bar();
            BigDecimal rowsVolume = BigDecimal.ZERO;
            for (Row row : rows.values()) {
                rowsVolume = rowsVolume.add(row.buy).add(row.sell);
            }
            return startNs == other.startNs() && trades == bar.trades()
                    && isPrice(open, bar.open()) && isPrice(high, bar.high())
                    && isPrice(low, bar.low()) && isPrice(close, bar.close())
                    && isQuantity(volume, bar.volume()) && isQuantity(delta, bar.delta())
                    && isQuantity(buyVolume, bar.buyVolume())
                    && isQuantity(minDelta, bar.minDelta())
                    && isQuantity(maxDelta, bar.maxDelta()) && rowsVolume.equals(volume)
                    && rows.containsKey(poc);
        }

        private static boolean isPrice(BigDecimal decimal, long scaled) {
            return decimal.compareTo(BigDecimal.valueOf(scaled, TradeTape.PRICE_SCALE)) == 0;
        }

        private static boolean isQuantity(BigDecimal decimal, long scaled) {
            return decimal.compareTo(BigDecimal.valueOf(scaled, TradeTape.QUANTITY_SCALE)) == 0;
        }
    }
}
