package com.waickoff.marketdata.report;

import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.depth.DepthMeasures;
import com.waickoff.marketdata.report.WindowReport.Scales;
import com.waickoff.marketdata.snapshot.DepthSection;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.WallsView;
import com.waickoff.marketdata.window.DepthBar;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A book as one line of JSON: what {@link DepthDrawing} draws, as numbers with their units named.
 * Averages are by time and have 16 digits.
 */
public final class DepthJson {
    private static final int PPM_DECIMALS = 6;
    private static final long NS_PER_MS = 1_000_000L;
    private static final long US_PER_MS = 1_000L;

    private final DepthReport report;
    private final Scales scales;
    private final Json json = new Json();

    private DepthJson(DepthReport report) {
        this.report = report;
        scales = report.scales();
    }

    /** The JSON of a book. */
    public static String of(DepthReport report) {
        return new DepthJson(report).write();
    }

    private String write() {
        json.open('{');
        json.text("instrument", scales.name());
        json.text("price_unit", scales.priceUnit());
        json.text("quantity_unit", scales.quantityUnit());
        book();
        walls();
        window();
        QualityStamp.write(json, report);
        return json.end('}').toString();
    }

    private void book() {
        DepthView book = report.book();
        json.begin("book", '{');
        json.number("bids_in_book", book.bookBids());
        json.number("asks_in_book", book.bookAsks());
        json.number("update_id", book.updateId());
        if (report.hasBothSides()) {
            price("spread", report.spread());
            json.literal("mid", plain(BigDecimal.valueOf(report.twiceMid(), scales.priceScale())
                    .divide(BigDecimal.TWO)));
            long weighted = report.weightedMid();
            json.literal("weighted_mid", weighted == DepthMeasures.NO_VALUE ? "null"
                    : Decimal.toString(weighted,
                            scales.priceScale() + DepthReport.EXTRA_DECIMALS));
        }
        json.begin("imbalance", '{');
        for (int i = 0; i < DepthBar.TOPS; i++) {
            int top = DepthBar.topLevels(i);
            imbalance("top_" + top, book.bidQuantityOfTop(top), book.askQuantityOfTop(top));
        }
        json.end('}');
        json.begin("within", '[');
        for (int band = 0; band < DepthBar.BANDS; band++) {
            json.open('{');
            json.number("bps", DepthSection.bandBps(band));
            quantity("bids", book.bidQuantityWithin(band));
            quantity("asks", book.askQuantityWithin(band));
            imbalance("imbalance", book.bidQuantityWithin(band), book.askQuantityWithin(band));
            json.literal("bids_reach", Boolean.toString(book.bidsReach(band)));
            json.literal("asks_reach", Boolean.toString(book.asksReach(band)));
            json.end('}');
        }
        json.end(']');
        json.begin("bids", '[');
        for (int i = 0; i < book.bidCount(); i++) {
            level(book.bidPrice(i), book.bidQuantity(i), book.bidQuantityOfTop(i + 1));
        }
        json.end(']');
        json.begin("asks", '[');
        for (int i = 0; i < book.askCount(); i++) {
            level(book.askPrice(i), book.askQuantity(i), book.askQuantityOfTop(i + 1));
        }
        json.end(']');
        json.end('}');
    }

    private void level(long price, long quantity, long sum) {
        json.open('{');
        price("price", price);
        quantity("quantity", quantity);
        quantity("cumulative", sum);
        json.end('}');
    }

    private void walls() {
        WallsView walls = report.walls();
        json.begin("walls", '{');
        json.number("as_of_ms", walls.asOfNs() / NS_PER_MS);
        json.number("multiple_of_median", walls.multiple());
        walls("bids", walls.bids());
        walls("asks", walls.asks());
        json.end('}');
    }

    private void walls(String name, WallsView.Side side) {
        json.begin(name, '{');
        json.number("levels", side.levels());
        quantity("median", side.median());
        json.begin("found", '[');
        for (int i = 0; i < side.count(); i++) {
            json.open('{');
            price("price", side.price(i));
            quantity("quantity", side.quantity(i));
            quantity("largest", side.largest(i));
            json.number("first_seen_ms", side.firstSeenNs(i) / NS_PER_MS);
            json.end('}');
        }
        json.end(']');
        json.end('}');
    }

    private void window() {
        DepthBar bar = report.window();
        if (bar == null) {
            json.literal("window", "null");
            return;
        }
        json.begin("window", '{');
        json.text("timeframe", report.timeframe().label());
        json.number("start_ms", bar.startMs());
        json.number("end_ms", bar.startMs() + report.timeframe().lengthMs());
        json.number("as_of_ms", bar.asOfUs() / US_PER_MS);
        json.literal("closed", Boolean.toString(bar.isClosed()));
        json.number("coverage_ppm", bar.coveragePpm());
        json.number("covered_us", bar.coveredUs());
        json.number("measured_us", bar.measuredUs());
        json.number("updates", bar.updates());
        json.begin("order_flow_imbalance", '[');
        for (int level = 0; level < DepthBar.OFI_LEVELS; level++) {
            json.literal(
                    plain(new BigDecimal(bar.orderFlowImbalance(level), scales.quantityScale())));
        }
        json.end(']');
        if (bar.measuredUs() > 0) {
            averages(bar);
        }
        json.end('}');
    }

    private void averages(DepthBar bar) {
        price("min_spread", bar.minSpread());
        price("max_spread", bar.maxSpread());
        average("average_spread", bar.averageSpread(), scales.priceScale());
        average("average_mid", bar.averageMid(), scales.priceScale());
        average("average_weighted_mid", bar.averageWeightedMid(), scales.priceScale());
        json.begin("average_imbalance", '{');
        for (int i = 0; i < DepthBar.TOPS; i++) {
            average("top_" + DepthBar.topLevels(i), bar.averageImbalance(i), 0);
        }
        json.end('}');
        json.begin("average_within", '[');
        for (int band = 0; band < DepthBar.BANDS; band++) {
            json.open('{');
            json.number("bps", DepthSection.bandBps(band));
            average("bids", bar.averageBidsWithin(band), scales.quantityScale());
            average("asks", bar.averageAsksWithin(band), scales.quantityScale());
            json.number("reached_us", bar.reachedUs(band));
            json.end('}');
        }
        json.end(']');
    }

    private void imbalance(String name, long bids, long asks) {
        long ppm = DepthMeasures.imbalancePpm(bids, asks);
        json.literal(name, ppm == DepthMeasures.NO_VALUE ? "null"
                : Decimal.toString(ppm, PPM_DECIMALS));
    }

    private void price(String name, long price) {
        json.literal(name, Decimal.toString(price, scales.priceScale()));
    }

    private void quantity(String name, long quantity) {
        json.literal(name, Decimal.toString(quantity, scales.quantityScale()));
    }

    private void average(String name, double scaled, int scale) {
        json.literal(name, plain(BigDecimal.valueOf(scaled).movePointLeft(scale)
                .round(MathContext.DECIMAL64)));
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
