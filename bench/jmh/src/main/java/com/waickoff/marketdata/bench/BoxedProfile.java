package com.waickoff.marketdata.bench;

import com.waickoff.marketdata.window.Bar;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/**
 * Bars and rows of six timeframes with scaled longs and a hash map for each window: the version that
 * is written once decimals have proved slow. It keeps what the engine's windows keep of a tape that
 * is in order.
 */
final class BoxedProfile {
    private final @Nullable BoxedWindow[] windows = new BoxedWindow[Timeframe.COUNT];
    private final boolean keepsPoc;
    private long cumulativeDelta;

    BoxedProfile(boolean keepsPoc) {
        this.keepsPoc = keepsPoc;
    }

    long onTrade(long timeNs, long price, long quantity, boolean buy) {
        for (int i = 0; i < windows.length; i++) {
            BoxedWindow window = windows[i];
            if (window == null || timeNs < window.startNs || timeNs >= window.endNs) {
                window = new BoxedWindow(Timeframe.at(i), timeNs, price);
                windows[i] = window;
            }
            window.add(price, quantity, buy, keepsPoc);
        }
        cumulativeDelta += buy ? quantity : -quantity;
        return cumulativeDelta;
    }

    /** Whether the newest window of a timeframe holds what the engine's holds. */
    boolean isLike(Window other) {
        BoxedWindow window = windows[other.timeframe().ordinal()];
        return window != null && window.isLike(other);
    }

    private static final class Row {
        private long buy;
        private long sell;
    }

    private static final class BoxedWindow {
        private final HashMap<Long, Row> rows = new HashMap<>();
        private final long startNs;
        private final long endNs;
        private final long open;
        private long high;
        private long low;
        private long close;
        private long volume;
        private long buyVolume;
        private long delta;
        private long minDelta;
        private long maxDelta;
        private long poc;
        private long pocVolume;
        private long trades;

        BoxedWindow(Timeframe timeframe, long timeNs, long price) {
            startNs = timeframe.startOf(timeNs);
            endNs = startNs + timeframe.lengthNs();
            open = price;
            high = price;
            low = price;
            close = price;
            poc = price;
        }

        void add(long price, long quantity, boolean buy, boolean keepsPoc) {
            high = Math.max(high, price);
            low = Math.min(low, price);
            close = price;
            trades++;
            volume += quantity;
            Row row = rows.computeIfAbsent(price, unused -> new Row());
            if (buy) {
                buyVolume += quantity;
                delta += quantity;
                maxDelta = Math.max(maxDelta, delta);
                row.buy += quantity;
            } else {
                delta -= quantity;
                minDelta = Math.min(minDelta, delta);
                row.sell += quantity;
            }
            if (keepsPoc && row.buy + row.sell > pocVolume) {
                pocVolume = row.buy + row.sell;
                poc = price;
            }
        }

        boolean isLike(Window other) {
            Bar bar = other.bar();
            long rowsVolume = 0;
            for (Row row : rows.values()) {
                rowsVolume += row.buy + row.sell;
            }
            return startNs == other.startNs() && trades == bar.trades() && open == bar.open()
                    && high == bar.high() && low == bar.low() && close == bar.close()
                    && volume == bar.volume() && delta == bar.delta()
                    && buyVolume == bar.buyVolume() && minDelta == bar.minDelta()
                    && maxDelta == bar.maxDelta() && rowsVolume == volume
                    && rows.containsKey(poc);
        }
    }
}
