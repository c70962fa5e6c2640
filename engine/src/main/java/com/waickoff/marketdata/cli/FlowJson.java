package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.cli.FlowReport.FlowBar;
import com.waickoff.marketdata.cli.WindowReport.Bar;
import com.waickoff.marketdata.cli.WindowReport.Quality;
import com.waickoff.marketdata.cli.WindowReport.Scales;
import com.waickoff.marketdata.flow.FlowConfig;
import com.waickoff.marketdata.flow.Imbalances;
import com.waickoff.marketdata.snapshot.FlowMeasures;
import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.snapshot.SignalKind.Field;
import com.waickoff.marketdata.snapshot.SignalKind.Unit;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.Timeframe;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToLongFunction;

/**
 * The order flow as one line of JSON: what is drawn, and every row. Prices, quantities and times are
 * numbers, with their units named.
 */
final class FlowJson {
    private final FlowReport report;
    private final Scales scales;
    private final long rowTicks;
    private final StringBuilder json = new StringBuilder();

    private FlowJson(FlowReport report, long rowTicks) {
        this.report = report;
        this.rowTicks = rowTicks;
        scales = report.scales();
    }

    /**
     * The JSON of a report.
     *
     * @param rowTicks height of a row in ticks, raised to a multiple of what there is; 0 for that
     */
    static String of(FlowReport report, long rowTicks) {
        return new FlowJson(report, rowTicks).write();
    }

    private String write() {
        json.append('{');
        text("instrument", scales.name());
        text("timeframe", report.newest().span().timeframe().label());
        text("price_unit", scales.priceUnit());
        text("quantity_unit", scales.quantityUnit());
        algorithm();
        measures();
        name("windows");
        json.append('[');
        String comma = "";
        for (WindowReport window : report.windows()) {
            json.append(comma);
            window(window);
            comma = ",";
        }
        json.append(']');
        bars();
        signals();
        return json.append('}').toString();
    }

    private void algorithm() {
        FlowConfig.Rows rows = report.config().rows();
        name("algorithm");
        json.append('{');
        text("name", "diagonal_imbalance");
        number("version", 1);
        name("parameters");
        json.append('{');
        value("ratio", Unit.RATIO, rows.ratio());
        number("min_difference_notional", rows.minDifference());
        number("min_volume_notional", rows.minVolume());
        number("stacked_rows", rows.stackedRows());
        json.append("}}");
    }

    private void measures() {
        FlowMeasures measures = report.measures();
        FlowConfig config = report.config();
        name("vpin");
        json.append('{');
        literal("ppm", measures.vpinPpm() < 0 ? "null" : Integer.toString(measures.vpinPpm()));
        value("bucket_volume", Unit.QUANTITY, measures.vpinBucketVolume());
        number("bucket_notional", config.vpin().bucketNotional());
        number("buckets", config.vpin().buckets());
        json.append('}');
        name("speed_of_tape");
        json.append('{');
        literal("trades", measures.speedTrades() < 0 ? "null"
                : Long.toString(measures.speedTrades()));
        number("trades_before", measures.speedTradesBefore());
        number("seconds", config.speed().seconds());
        number("stretches", config.speed().stretches());
        json.append('}');
    }

    private void window(WindowReport window) {
        Bar bar = window.bar();
        json.append('{');
        number("start_ms", window.span().startMs());
        number("end_ms", window.span().endMs());
        literal("closed", Boolean.toString(window.quality().closed()));
        value("open", Unit.PRICE, bar.open());
        value("high", Unit.PRICE, bar.high());
        value("low", Unit.PRICE, bar.low());
        value("close", Unit.PRICE, bar.close());
        value("volume", Unit.QUANTITY, bar.volume());
        value("delta", Unit.QUANTITY, bar.delta());
        value("min_delta", Unit.QUANTITY, bar.minDelta());
        value("max_delta", Unit.QUANTITY, bar.maxDelta());
        Long cvd = window.cumulativeDelta();
        if (cvd == null) {
            literal("cvd", "null");
        } else {
            value("cvd", Unit.QUANTITY, cvd);
        }
        number("trades", bar.trades());
        quality(window);
        rows(window);
        json.append('}');
    }

    private void quality(WindowReport window) {
        Quality quality = window.quality();
        name("quality");
        json.append('{');
        text("verdict", QualityWords.of(quality).verdict());
        name("coverage");
        json.append('{');
        number("from_ms", window.span().startMs());
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

    private void rows(WindowReport window) {
        long rowSize = window.rows().rowSize();
        long grouping = Math.max(1, Math.ceilDiv(rowTicks * scales.tick(), rowSize));
        RowVolumes rows = PriceLadder.coarse(window.rows(), grouping);
        Imbalances.Rule rule = report.rule(window);
        Footprint footprint = new Footprint(rows, rule, report.config().rows().stackedRows());
        value("row_size", Unit.PRICE, rows.rowSize());
        value("min_difference", Unit.QUANTITY, rule.minDifference());
        value("min_volume", Unit.QUANTITY, rule.minVolume());
        name("rows");
        json.append('[');
        for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
            if (rows.volume(row) > 0) {
                json.append(json.charAt(json.length() - 1) == '[' ? "{" : ",{");
                value("row_low", Unit.PRICE, row * rows.rowSize());
                value("sell_volume", Unit.QUANTITY, rows.sellVolume(row));
                value("buy_volume", Unit.QUANTITY, rows.buyVolume(row));
                text("sell_mark", footprint.sell(row).name().toLowerCase(Locale.ROOT));
                text("buy_mark", footprint.buy(row).name().toLowerCase(Locale.ROOT));
                json.append('}');
            }
        }
        json.append(']');
    }

    private void bars() {
        name("bars");
        json.append('[');
        for (FlowBar bar : report.bars()) {
            json.append(json.charAt(json.length() - 1) == '[' ? "{" : ",{");
            number("start_ms", bar.startMs());
            literal("closed", Boolean.toString(bar.closed()));
            value("close", Unit.PRICE, bar.close());
            value("delta", Unit.QUANTITY, bar.delta());
            value("cvd", Unit.QUANTITY, bar.cumulativeDelta());
            json.append('}');
        }
        json.append(']');
    }

    private void signals() {
        name("signals");
        json.append('[');
        for (Signal signal : report.signals()) {
            json.append(json.charAt(json.length() - 1) == '[' ? "{" : ",{");
            Timeframe timeframe = signal.timeframe();
            text("id", signal.sequence() + "-" + signal.ordinal());
            number("time_ms", Math.floorDiv(signal.matchTimeNs(), 1_000_000L));
            text("kind", signal.kind().label());
            text("side", SignalText.side(signal));
            value("price", Unit.PRICE, signal.price());
            if (timeframe != null) {
                text("timeframe", timeframe.label());
                number("start_ms", signal.windowStartMs());
            }
            number("revision", signal.revision());
            values("inputs", signal.kind().inputs(), signal::input);
            values("parameters", signal.kind().parameters(), signal::parameter);
            json.append('}');
        }
        json.append(']');
    }

    private void values(String name, List<Field> fields, IntToLongFunction value) {
        name(name);
        json.append('{');
        for (int i = 0; i < fields.size(); i++) {
            value(fields.get(i).name(), fields.get(i).unit(), value.applyAsLong(i));
        }
        json.append('}');
    }

    private void value(String name, Unit unit, long value) {
        literal(name, SignalText.number(unit, value, scales));
    }

    private void number(String name, long number) {
        literal(name, Long.toString(number));
    }

    private void literal(String name, String literal) {
        name(name);
        json.append(literal);
    }

    private void text(String name, String text) {
        ProfileJson.text(json, name, text);
    }

    private void name(String name) {
        ProfileJson.name(json, name);
    }
}
