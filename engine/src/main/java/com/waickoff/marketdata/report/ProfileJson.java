package com.waickoff.marketdata.report;

import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.report.WindowReport.Bar;
import com.waickoff.marketdata.report.WindowReport.Scales;
import com.waickoff.marketdata.report.WindowReport.Span;
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
public final class ProfileJson {
    private static final int ALGORITHM_VERSION = 1;
    /** Decimals of an average price beyond those of prices. */
    private static final int MORE_DECIMALS = 4;

    private final ProfileReport profile;
    private final WindowReport report;
    private final Scales scales;
    private final Json json = new Json();

    private ProfileJson(ProfileReport profile) {
        this.profile = profile;
        report = profile.window();
        scales = report.scales();
    }

    /** The JSON of a profile. */
    public static String of(ProfileReport profile) {
        return new ProfileJson(profile).write();
    }

    /** The JSON that stands in for a window while there is none. */
    public static String problem(String instrument, String timeframe, String problem) {
        return new Json().open('{').text("instrument", instrument).text("timeframe", timeframe)
                .text("problem", problem).end('}').toString();
    }

    private String write() {
        Bar bar = report.bar();
        json.open('{');
        json.text("instrument", scales.name());
        span(report.span());
        json.literal("closed", Boolean.toString(report.quality().closed()));
        json.text("price_unit", scales.priceUnit());
        json.text("quantity_unit", scales.quantityUnit());
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
            json.literal("cvd", "null");
        } else {
            quantity("cvd", cvd);
        }
        json.number("trades", bar.trades());
        valueArea();
        vwap();
        nodes();
        naked();
        explain();
        algorithm();
        QualityStamp.write(json, report);
        rows();
        return json.end('}').toString();
    }

    private void span(Span span) {
        Session session = span.session();
        json.text("timeframe", span.timeframe().label());
        if (session != null) {
            json.text("session", session.name());
            json.text("session_hours_utc", session.hours());
        }
        json.number("start_ms", span.startMs());
        json.number("end_ms", span.endMs());
        if (span.isComposite()) {
            list("windows", span.parts(), part -> {
                json.text("timeframe", part.timeframe().label());
                json.number("start_ms", part.startMs());
            });
            json.number("unkept_ms", span.unkeptMs());
        }
    }

    private void valueArea() {
        ValueArea area = profile.area();
        json.number("value_area_percent", profile.wishes().rule().percent());
        if (area == null) {
            json.literal("poc", "null");
            json.literal("vah", "null");
            json.literal("val", "null");
            json.literal("value_area_volume", "null");
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
        json.begin("vwap", '{');
        json.literal("price", plain(vwap.mean(MORE_DECIMALS)));
        json.literal("deviation", plain(vwap.deviation(MORE_DECIMALS)));
        json.number("decimals", decimals);
        List<Integer> bands = new ArrayList<>();
        for (int band = -ProfileReport.BANDS; band <= ProfileReport.BANDS; band++) {
            bands.add(band);
        }
        list("bands", bands, band -> {
            json.number("deviations", band);
            json.literal("price", plain(vwap.band(BigDecimal.valueOf(band), MORE_DECIMALS)));
        });
        json.end('}');
    }

    private String plain(BigDecimal scaled) {
        BigDecimal value = scaled.movePointLeft(scales.priceScale()).stripTrailingZeros();
        return value.signum() == 0 ? "0" : value.toPlainString();
    }

    private void nodes() {
        if (profile.wishes().nodes()) {
            list("nodes", profile.nodes(), node -> {
                json.text("kind", node.kind() == VolumeNode.Kind.HIGH ? "hvn" : "lvn");
                row("row_low", node.row());
                quantity("volume", node.volume());
            });
        }
    }

    private void naked() {
        if (profile.wishes().naked()) {
            list("naked_pocs", profile.naked(), naked -> {
                json.number("start_ms", naked.startMs());
                price("poc", naked.price());
            });
        }
    }

    private void explain() {
        ValueAreaTrace trace = profile.trace();
        if (trace == null || !profile.wishes().explain()) {
            return;
        }
        json.begin("explain", '{');
        quantity("poc_volume", profile.rows().volume(trace.area().poc()));
        quantity("total_volume", trace.area().total());
        json.number("steps_taken", trace.stepsTaken());
        list("steps", trace.steps(), step -> {
            json.text("side", step.side().label());
            json.text("choice", step.choice().name().toLowerCase(Locale.ROOT));
            quantity("above", step.above());
            quantity("below", step.below());
            row("low_taken", step.lowTaken());
            row("high_taken", step.highTaken());
            quantity("covered", step.covered());
        });
        json.end('}');
    }

    private void algorithm() {
        ValueAreaRule rule = profile.wishes().rule();
        json.begin("algorithm", '{');
        json.text("name", "volume_profile");
        json.number("version", ALGORITHM_VERSION);
        json.begin("parameters", '{');
        json.text("value_area_method", rule.method().label());
        json.number("value_area_percent", rule.percent());
        json.number("value_area_rows_per_step", rule.rowsPerStep());
        json.text("value_area_tie", rule.tieSide().label());
        json.text("poc_tie", rule.pocTie().label());
        json.number("row_ticks", profile.rows().rowSize() / scales.tick());
        if (profile.wishes().rowTicks() > 0) {
            json.number("row_ticks_asked_for", profile.wishes().rowTicks());
        }
        json.text("row_label", "low_edge");
        if (profile.wishes().nodes()) {
            json.text("node_kernel", VolumeNode.KERNEL_NAME);
            json.number("node_prominence_percent", VolumeNode.DEFAULT_PERCENT);
        }
        if (profile.wishes().naked()) {
            json.text("naked_poc_timeframe", profile.wishes().stretch().timeframe().label());
        }
        json.end('}').end('}');
    }

    private void rows() {
        RowVolumes rows = profile.rows();
        price("row_size", rows.rowSize());
        json.begin("rows", '[');
        for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
            if (rows.volume(row) > 0) {
                json.open('{');
                price("row_low", row * rows.rowSize());
                quantity("buy_volume", rows.buyVolume(row));
                quantity("sell_volume", rows.sellVolume(row));
                json.end('}');
            }
        }
        json.end(']');
    }

    private <T> void list(String name, List<T> items, Consumer<T> fields) {
        json.begin(name, '[');
        for (T item : items) {
            json.open('{');
            fields.accept(item);
            json.end('}');
        }
        json.end(']');
    }

    private void row(String name, long row) {
        price(name, row * profile.rows().rowSize());
    }

    private void price(String name, long price) {
        json.literal(name, Decimal.toString(price, scales.priceScale()));
    }

    private void quantity(String name, long quantity) {
        json.literal(name, Decimal.toString(quantity, scales.quantityScale()));
    }
}
