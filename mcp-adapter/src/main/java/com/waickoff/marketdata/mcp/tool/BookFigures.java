package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.snapshot.DepthView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures of a book as JSON: what answers made of it have in common. */
final class BookFigures {
    private static final List<Integer> TOPS = List.of(5, 10, 20);
    private static final double SHARE_STEPS = 10_000.0;
    private static final int SHARE_DECIMALS = 4;

    private BookFigures() {}

    /** Best prices, spread, and which side weighs more; null where there is no such side. */
    static void write(Map<String, Object> json, Instrument instrument, DepthView depth) {
        boolean bids = depth.bidCount() > 0;
        boolean asks = depth.askCount() > 0;
        json.put("bestBid", bids ? instrument.price(depth.bidPrice(0)) : null);
        json.put("bestAsk", asks ? instrument.price(depth.askPrice(0)) : null);
        long spread = bids && asks ? depth.askPrice(0) - depth.bidPrice(0) : 0;
        json.put("spread", bids && asks ? instrument.price(spread) : null);
        json.put("spreadTicks", bids && asks ? spread / instrument.tick() : null);
        json.put("mid", bids && asks
                // Half a tick may take one decimal more.
                ? BigDecimal.valueOf(depth.askPrice(0)).add(BigDecimal.valueOf(depth.bidPrice(0)))
                        .divide(BigDecimal.TWO).scaleByPowerOfTen(-instrument.priceScale())
                        .stripTrailingZeros()
                : null);
        Map<String, Object> imbalance = new LinkedHashMap<>();
        for (int top : TOPS) {
            imbalance.put("top" + top, imbalance(depth, top));
        }
        json.put("imbalance", imbalance);
    }

    /** The schema of what {@link #write} writes. */
    static void describe(Map<String, Object> properties) {
        properties.put("bestBid", Schemas.NUMBER_OR_NULL);
        properties.put("bestAsk", Schemas.NUMBER_OR_NULL);
        properties.put("spread", Schemas.NUMBER_OR_NULL);
        properties.put("spreadTicks", Schemas.INTEGER_OR_NULL);
        properties.put("mid", Schemas.NUMBER_OR_NULL);
        Map<String, Object> imbalance = new LinkedHashMap<>();
        TOPS.forEach(top -> imbalance.put("top" + top, Schemas.NUMBER_OR_NULL));
        properties.put("imbalance", Schemas.object(imbalance, List.of()));
    }

    /** From -1, only asks, to 1, only bids; null of an empty book. */
    private static @Nullable BigDecimal imbalance(DepthView depth, int top) {
        double bids = depth.bidQuantityOfTop(top);
        double asks = depth.askQuantityOfTop(top);
        return bids + asks == 0 ? null
                : BigDecimal.valueOf(Math.round(SHARE_STEPS * (bids - asks) / (bids + asks)))
                        .movePointLeft(SHARE_DECIMALS).stripTrailingZeros();
    }

    /**
     * Levels of one side added up to rows, the best first: price, quantity, quantity up to here. Bids
     * are rounded down to a row's price, asks up, so that no row looks better than it is.
     *
     * @param rowSize in the scaled price
     */
    static List<List<Object>> levels(Instrument instrument, DepthView depth, boolean bids,
            long rowSize, int most) {
        List<List<Object>> rows = new ArrayList<>();
        int count = bids ? depth.bidCount() : depth.askCount();
        long total = 0;
        int level = 0;
        while (level < count && rows.size() < most) {
            long row = row(depth, bids, rowSize, level);
            long quantity = 0;
            while (level < count && row(depth, bids, rowSize, level) == row) {
                quantity += bids ? depth.bidQuantity(level) : depth.askQuantity(level);
                level++;
            }
            total += quantity;
            rows.add(List.of(instrument.price(row * rowSize), instrument.quantity(quantity),
                    instrument.quantity(total)));
        }
        return rows;
    }

    private static long row(DepthView depth, boolean bids, long rowSize, int level) {
        return bids ? Math.floorDiv(depth.bidPrice(level), rowSize)
                : Math.ceilDiv(depth.askPrice(level), rowSize);
    }
}
