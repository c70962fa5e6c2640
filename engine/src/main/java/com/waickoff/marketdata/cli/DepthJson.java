package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.cli.WindowReport.Scales;
import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.depth.DepthMeasures;
import com.waickoff.marketdata.snapshot.DepthSection;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.WallsView;
import com.waickoff.marketdata.window.DepthBar;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * A book as one line of JSON: what {@link DepthDrawing} draws, as numbers with their units named.
 * Averages are by time and have 16 digits.
 */
final class DepthJson {
    private static final int PPM_DECIMALS = 6;
    private static final long NS_PER_MS = 1_000_000L;
    private static final long US_PER_MS = 1_000L;

    private final DepthReport report;
    private final Scales scales;
    private final StringBuilder json = new StringBuilder();

    private DepthJson(DepthReport report) {
        this.report = report;
        scales = report.scales();
    }

    /** The JSON of a book. */
    static String of(DepthReport report) {
        return new DepthJson(report).write();
    }

    private String write() {
        json.append('{');
        text("instrument", scales.name());
        text("price_unit", scales.priceUnit());
        text("quantity_unit", scales.quantityUnit());
        book();
        walls();
        window();
        quality();
        return json.append('}').toString();
    }

    private void book() {
        DepthView book = report.book();
        open("book", '{');
        number("bids_in_book", book.bookBids());
        number("asks_in_book", book.bookAsks());
        number("update_id", book.updateId());
        if (report.hasBothSides()) {
            price("spread", report.spread());
            literal("mid", plain(BigDecimal.valueOf(report.twiceMid(), scales.priceScale())
                    .divide(BigDecimal.TWO)));
            long weighted = report.weightedMid();
            literal("weighted_mid", weighted == DepthMeasures.NO_VALUE ? "null"
                    : Decimal.toString(weighted,
                            scales.priceScale() + DepthReport.EXTRA_DECIMALS));
        }
        open("imbalance", '{');
        for (int i = 0; i < DepthBar.TOPS; i++) {
            int top = DepthBar.topLevels(i);
            imbalance("top_" + top, book.bidQuantityOfTop(top), book.askQuantityOfTop(top));
        }
        close('}');
        open("within", '[');
        for (int band = 0; band < DepthBar.BANDS; band++) {
            open('{');
            number("bps", DepthSection.bandBps(band));
            quantity("bids", book.bidQuantityWithin(band));
            quantity("asks", book.askQuantityWithin(band));
            imbalance("imbalance", book.bidQuantityWithin(band), book.askQuantityWithin(band));
            literal("bids_reach", Boolean.toString(book.bidsReach(band)));
            literal("asks_reach", Boolean.toString(book.asksReach(band)));
            close('}');
        }
        close(']');
        open("bids", '[');
        for (int i = 0; i < book.bidCount(); i++) {
            level(book.bidPrice(i), book.bidQuantity(i), book.bidQuantityOfTop(i + 1));
        }
        close(']');
        open("asks", '[');
        for (int i = 0; i < book.askCount(); i++) {
            level(book.askPrice(i), book.askQuantity(i), book.askQuantityOfTop(i + 1));
        }
        close(']');
        close('}');
    }

    private void level(long price, long quantity, long sum) {
        open('{');
        price("price", price);
        quantity("quantity", quantity);
        quantity("cumulative", sum);
        close('}');
    }

    private void walls() {
        WallsView walls = report.walls();
        open("walls", '{');
        number("as_of_ms", walls.asOfNs() / NS_PER_MS);
        number("multiple_of_median", walls.multiple());
        walls("bids", walls.bids());
        walls("asks", walls.asks());
        close('}');
    }

    private void walls(String name, WallsView.Side side) {
        open(name, '{');
        number("levels", side.levels());
        quantity("median", side.median());
        open("found", '[');
        for (int i = 0; i < side.count(); i++) {
            open('{');
            price("price", side.price(i));
            quantity("quantity", side.quantity(i));
            quantity("largest", side.largest(i));
            number("first_seen_ms", side.firstSeenNs(i) / NS_PER_MS);
            close('}');
        }
        close(']');
        close('}');
    }

    private void window() {
        DepthBar bar = report.window();
        if (bar == null) {
            literal("window", "null");
            return;
        }
        open("window", '{');
        text("timeframe", report.timeframe().label());
        number("start_ms", bar.startMs());
        number("end_ms", bar.startMs() + report.timeframe().lengthMs());
        number("as_of_ms", bar.asOfUs() / US_PER_MS);
        literal("closed", Boolean.toString(bar.isClosed()));
        number("coverage_ppm", bar.coveragePpm());
        number("covered_us", bar.coveredUs());
        number("measured_us", bar.measuredUs());
        number("updates", bar.updates());
        open("order_flow_imbalance", '[');
        for (int level = 0; level < DepthBar.OFI_LEVELS; level++) {
            element(plain(new BigDecimal(bar.orderFlowImbalance(level), scales.quantityScale())));
        }
        close(']');
        if (bar.measuredUs() > 0) {
            averages(bar);
        }
        close('}');
    }

    private void averages(DepthBar bar) {
        price("min_spread", bar.minSpread());
        price("max_spread", bar.maxSpread());
        average("average_spread", bar.averageSpread(), scales.priceScale());
        average("average_mid", bar.averageMid(), scales.priceScale());
        average("average_weighted_mid", bar.averageWeightedMid(), scales.priceScale());
        open("average_imbalance", '{');
        for (int i = 0; i < DepthBar.TOPS; i++) {
            average("top_" + DepthBar.topLevels(i), bar.averageImbalance(i), 0);
        }
        close('}');
        open("average_within", '[');
        for (int band = 0; band < DepthBar.BANDS; band++) {
            open('{');
            number("bps", DepthSection.bandBps(band));
            average("bids", bar.averageBidsWithin(band), scales.quantityScale());
            average("asks", bar.averageAsksWithin(band), scales.quantityScale());
            number("reached_us", bar.reachedUs(band));
            close('}');
        }
        close(']');
    }

    private void quality() {
        open("quality", '{');
        text("book_state", report.book().state().label());
        text("source", report.liveness().name().toLowerCase(Locale.ROOT));
        number("as_of_ms", report.asOfMs());
        number("match_time_ms", report.book().matchTimeNs() / NS_PER_MS);
        number("age_ms", report.ageMs());
        number("sequence", report.book().sequence());
        close('}');
    }

    private void imbalance(String name, long bids, long asks) {
        long ppm = DepthMeasures.imbalancePpm(bids, asks);
        literal(name, ppm == DepthMeasures.NO_VALUE ? "null"
                : Decimal.toString(ppm, PPM_DECIMALS));
    }

    private void price(String name, long price) {
        literal(name, Decimal.toString(price, scales.priceScale()));
    }

    private void quantity(String name, long quantity) {
        literal(name, Decimal.toString(quantity, scales.quantityScale()));
    }

    private void average(String name, double scaled, int scale) {
        literal(name, plain(BigDecimal.valueOf(scaled).movePointLeft(scale)
                .round(MathContext.DECIMAL64)));
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private void number(String name, long number) {
        literal(name, Long.toString(number));
    }

    /** Without control characters, so that quotes and backslashes are all there is to escape. */
    private void text(String name, String text) {
        literal(name, '"' + Shown.plain(text).replace("\\", "\\\\").replace("\"", "\\\"")
                .replace("\n", "\\n") + '"');
    }

    private void literal(String name, String literal) {
        element('"' + name + "\":" + literal);
    }

    private void element(String text) {
        comma();
        json.append(text);
    }

    private void open(String name, char bracket) {
        element('"' + name + "\":" + bracket);
    }

    private void open(char bracket) {
        comma();
        json.append(bracket);
    }

    private void close(char bracket) {
        json.append(bracket);
    }

    private void comma() {
        char before = json.charAt(json.length() - 1);
        if (before != '{' && before != '[') {
            json.append(',');
        }
    }
}
