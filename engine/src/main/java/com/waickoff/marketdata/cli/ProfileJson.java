package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.cli.WindowReport.Bar;
import com.waickoff.marketdata.cli.WindowReport.Quality;
import com.waickoff.marketdata.cli.WindowReport.Scales;
import com.waickoff.marketdata.cli.WindowReport.Span;
import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.Session;
import com.waickoff.marketdata.window.ValueArea;
import com.waickoff.marketdata.window.ValueAreaRule;
import com.waickoff.marketdata.window.ValueAreaTrace;
import com.waickoff.marketdata.window.VolumeNode;
import com.waickoff.marketdata.window.Vwap;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A profile as one line of JSON: prices, quantities and times as numbers, with their units named;
 * every row that has volume, from the lowest price to the highest; and the algorithm with all that
 * it depends on.
 */
final class ProfileJson {
    private static final int ALGORITHM_VERSION = 1;
    /** Decimals of an average price beyond those of prices. */
    private static final int MORE_DECIMALS = 4;

    private final ProfileReport profile;
    private final WindowReport report;
    private final Scales scales;
    private final StringBuilder json = new StringBuilder();

    private ProfileJson(ProfileReport profile) {
        this.profile = profile;
        report = profile.window();
        scales = report.scales();
    }

    /** The JSON of a profile. */
    static String of(ProfileReport profile) {
        return new ProfileJson(profile).write();
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
        span(report.span());
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
        quantity("block_volume", bar.blockVolume());
        quantity("rpi_volume", bar.rpiVolume());
        quantity("volume_without_block_and_rpi",
                bar.volume() - bar.blockVolume() - bar.rpiVolume());
        Long cvd = report.cumulativeDelta();
        if (cvd == null) {
            literal("cvd", "null");
        } else {
            quantity("cvd", cvd);
        }
        number("trades", bar.trades());
        valueArea();
        vwap();
        nodes();
        naked();
        explain();
        algorithm();
        quality(report.quality());
        rows();
        return json.append('}').toString();
    }

    private void span(Span span) {
        Session session = span.session();
        text("timeframe", span.timeframe().label());
        if (session != null) {
            text("session", session.name());
            text("session_hours_utc", session.hours());
        }
        number("start_ms", span.startMs());
        number("end_ms", span.endMs());
        if (span.isComposite()) {
            list("windows", span.parts(), part -> {
                text("timeframe", part.timeframe().label());
                number("start_ms", part.startMs());
            });
            number("unkept_ms", span.unkeptMs());
        }
    }

    private void valueArea() {
        ValueArea area = profile.area();
        number("value_area_percent", profile.wishes().rule().percent());
        if (area == null) {
            literal("poc", "null");
            literal("vah", "null");
            literal("val", "null");
            literal("value_area_volume", "null");
        } else {
            row("poc", area.poc());
            row("vah", area.high());
            row("val", area.low());
            quantity("value_area_volume", area.covered());
        }
    }

    private void vwap() {
        Vwap vwap = profile.vwap();
        if (vwap == null) {
            return;
        }
        int decimals = scales.priceScale() + MORE_DECIMALS;
        name("vwap");
        json.append('{');
        literal("price", plain(vwap.mean(MORE_DECIMALS)));
        literal("deviation", plain(vwap.deviation(MORE_DECIMALS)));
        number("decimals", decimals);
        List<Integer> bands = new ArrayList<>();
        for (int band = -LadderNotes.BANDS; band <= LadderNotes.BANDS; band++) {
            bands.add(band);
        }
        list("bands", bands, band -> {
            number("deviations", band);
            literal("price", plain(vwap.band(BigDecimal.valueOf(band), MORE_DECIMALS)));
        });
        json.append('}');
    }

    private String plain(BigDecimal scaled) {
        BigDecimal value = scaled.movePointLeft(scales.priceScale()).stripTrailingZeros();
        return value.signum() == 0 ? "0" : value.toPlainString();
    }

    private void nodes() {
        if (profile.wishes().nodes()) {
            list("nodes", profile.nodes(), node -> {
                text("kind", node.kind() == VolumeNode.Kind.HIGH ? "hvn" : "lvn");
                row("row_low", node.row());
                quantity("volume", node.volume());
            });
        }
    }

    private void naked() {
        if (profile.wishes().naked()) {
            list("naked_pocs", profile.naked(), naked -> {
                number("start_ms", naked.startMs());
                price("poc", naked.price());
            });
        }
    }

    private void explain() {
        ValueAreaTrace trace = profile.trace();
        if (trace == null || !profile.wishes().explain()) {
            return;
        }
        name("explain");
        json.append('{');
        quantity("poc_volume", profile.rows().volume(trace.area().poc()));
        quantity("total_volume", trace.area().total());
        number("steps_taken", trace.stepsTaken());
        list("steps", trace.steps(), step -> {
            text("side", step.side().label());
            text("choice", step.choice().name().toLowerCase(Locale.ROOT));
            quantity("above", step.above());
            quantity("below", step.below());
            row("low_taken", step.lowTaken());
            row("high_taken", step.highTaken());
            quantity("covered", step.covered());
        });
        json.append('}');
    }

    private void algorithm() {
        ValueAreaRule rule = profile.wishes().rule();
        name("algorithm");
        json.append('{');
        text("name", "volume_profile");
        number("version", ALGORITHM_VERSION);
        name("parameters");
        json.append('{');
        text("value_area_method", rule.method().label());
        number("value_area_percent", rule.percent());
        number("value_area_rows_per_step", rule.rowsPerStep());
        text("value_area_tie", rule.tieSide().label());
        text("poc_tie", rule.pocTie().label());
        number("row_ticks", profile.rows().rowSize() / scales.tick());
        if (profile.wishes().rowTicks() > 0) {
            number("row_ticks_asked_for", profile.wishes().rowTicks());
        }
        text("row_label", "low_edge");
        if (profile.wishes().nodes()) {
            text("node_kernel", VolumeNode.KERNEL_NAME);
            number("node_prominence_percent", VolumeNode.DEFAULT_PERCENT);
        }
        if (profile.wishes().naked()) {
            text("naked_poc_timeframe", profile.wishes().stretch().timeframe().label());
        }
        json.append("}}");
    }

    private void quality(Quality quality) {
        name("quality");
        json.append('{');
        text("verdict", QualityWords.of(quality, report.span().unkeptMs()).verdict());
        name("coverage");
        json.append('{');
        number("from_ms", report.span().startMs());
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
        RowVolumes rows = profile.rows();
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

    private <T> void list(String name, List<T> items, Consumer<T> fields) {
        name(name);
        json.append('[');
        for (int i = 0; i < items.size(); i++) {
            json.append(i == 0 ? "{" : ",{");
            fields.accept(items.get(i));
            json.append('}');
        }
        json.append(']');
    }

    private void row(String name, long row) {
        price(name, row * profile.rows().rowSize());
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

    /** Appends a member that is a text. */
    static void text(StringBuilder json, String name, String text) {
        name(json, name);
        string(json, text);
    }

    /** Appends the name of a member, after a comma where one is needed. */
    static void name(StringBuilder json, String name) {
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
