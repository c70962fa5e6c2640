package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.cli.WindowReport.Bar;
import com.waickoff.marketdata.cli.WindowReport.Quality;
import com.waickoff.marketdata.cli.WindowReport.Scales;
import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.ValueArea;
import com.waickoff.marketdata.window.ValueAreaRule;
import java.util.Locale;

/**
 * A window as one line of JSON: prices, quantities and times as numbers, with their units named;
 * every row that has volume, from the lowest price to the highest.
 */
final class ProfileJson {
    private final WindowReport report;
    private final Scales scales;
    private final StringBuilder json = new StringBuilder();

    private ProfileJson(WindowReport report) {
        this.report = report;
        scales = report.scales();
    }

    /** The JSON of a window. */
    static String of(WindowReport report) {
        return new ProfileJson(report).write();
    }

    /** The JSON that stands in for a window while there is none. */
    static String problem(String instrument, String timeframe, String problem) {
        StringBuilder json = new StringBuilder("{");
        text(json, "instrument", instrument);
        text(json, "timeframe", timeframe);
        text(json, "problem", problem);
        return json.append('}').toString();
    }

    private String write() {
        Bar bar = report.bar();
        json.append('{');
        text("instrument", scales.name());
        text("timeframe", report.timeframe().label());
        number("start_ms", report.startMs());
        number("end_ms", report.endMs());
        literal("closed", Boolean.toString(report.quality().closed()));
        text("price_unit", scales.priceUnit());
        text("quantity_unit", scales.quantityUnit());
        price("open", bar.open());
        price("high", bar.high());
        price("low", bar.low());
        price("close", bar.close());
        quantity("volume", bar.volume());
        quantity("buy_volume", bar.buyVolume());
        quantity("sell_volume", bar.sellVolume());
        quantity("delta", bar.delta());
        quantity("min_delta", bar.minDelta());
        quantity("max_delta", bar.maxDelta());
        Long cvd = report.cumulativeDelta();
        if (cvd == null) {
            literal("cvd", "null");
        } else {
            quantity("cvd", cvd);
        }
        number("trades", bar.trades());
        valueArea();
        quality(report.quality());
        rows();
        return json.append('}').toString();
    }

    private void valueArea() {
        ValueArea area = report.valueArea();
        number("value_area_percent", ValueAreaRule.DEFAULT_PERCENT);
        if (area == null) {
            literal("poc", "null");
            literal("vah", "null");
            literal("val", "null");
        } else {
            price("poc", area.poc() * report.rows().rowSize());
            price("vah", area.high() * report.rows().rowSize());
            price("val", area.low() * report.rows().rowSize());
        }
    }

    private void quality(Quality quality) {
        name("quality");
        json.append('{');
        text("verdict", QualityWords.of(quality).verdict());
        name("coverage");
        json.append('{');
        number("from_ms", report.startMs());
        number("to_ms", quality.coveredToMs());
        number("ppm", quality.coveragePpm());
        number("gaps", quality.gaps());
        number("repaired", quality.repaired());
        json.append('}');
        text("book_state", quality.bookState().label());
        text("source", quality.liveness().name().toLowerCase(Locale.ROOT));
        number("as_of_ms", quality.asOfMs());
        number("age_ms", quality.ageMs());
        number("revision", quality.revision());
        number("sequence", quality.sequence());
        json.append('}');
    }

    private void rows() {
        RowVolumes rows = report.rows();
        price("row_size", rows.rowSize());
        name("rows");
        json.append('[');
        boolean first = true;
        for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
            if (rows.volume(row) > 0) {
                json.append(first ? "{" : ",{");
                price("row_low", row * rows.rowSize());
                quantity("buy_volume", rows.buyVolume(row));
                quantity("sell_volume", rows.sellVolume(row));
                json.append('}');
                first = false;
            }
        }
        json.append(']');
    }

    private void price(String name, long price) {
        literal(name, Decimal.toString(price, scales.priceScale()));
    }

    private void quantity(String name, long quantity) {
        literal(name, Decimal.toString(quantity, scales.quantityScale()));
    }

    private void number(String name, long number) {
        literal(name, Long.toString(number));
    }

    private void literal(String name, String literal) {
        name(name);
        json.append(literal);
    }

    private void text(String name, String text) {
        text(json, name, text);
    }

    private void name(String name) {
        name(json, name);
    }

    private static void text(StringBuilder json, String name, String text) {
        name(json, name);
        string(json, text);
    }

    private static void name(StringBuilder json, String name) {
        char before = json.charAt(json.length() - 1);
        if (before != '{' && before != '[') {
            json.append(',');
        }
        string(json, name);
        json.append(':');
    }

    private static void string(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
