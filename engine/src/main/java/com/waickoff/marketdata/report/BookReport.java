package com.waickoff.marketdata.report;

import com.waickoff.marketdata.depth.DepthMeasures;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.DepthView;
import java.util.ArrayList;
import java.util.List;

/**
 * The best levels of a book, as they are shown: values in the instrument's scaled units.
 *
 * @param bids best, which is highest, first
 * @param asks best, which is lowest, first
 */
public record BookReport(BookState state, List<Level> bids, List<Level> asks) {
    /** A price at which orders rest. */
    public record Level(long price, long quantity) {}

    /** A copy of a view. */
    static BookReport of(DepthView view) {
        List<Level> bids = new ArrayList<>();
        for (int i = 0; i < view.bidCount(); i++) {
            bids.add(new Level(view.bidPrice(i), view.bidQuantity(i)));
        }
        List<Level> asks = new ArrayList<>();
        for (int i = 0; i < view.askCount(); i++) {
            asks.add(new Level(view.askPrice(i), view.askQuantity(i)));
        }
        return new BookReport(view.state(), List.copyOf(bids), List.copyOf(asks));
    }

    /** Whether there is something on both sides. */
    public boolean hasBothSides() {
        return !bids.isEmpty() && !asks.isEmpty();
    }

    /** Imbalance of the best levels in ppm, see {@link DepthMeasures#imbalancePpm}. */
    public long imbalancePpm(int levels) {
        return DepthMeasures.imbalancePpm(quantity(bids, levels), quantity(asks, levels));
    }

    private static long quantity(List<Level> side, int levels) {
        long sum = 0;
        for (Level level : side.subList(0, Math.min(levels, side.size()))) {
            sum = DepthMeasures.saturatingAdd(sum, level.quantity());
        }
        return sum;
    }
}
