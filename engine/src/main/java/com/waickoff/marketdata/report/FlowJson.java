package com.waickoff.marketdata.report;

import com.waickoff.marketdata.flow.FlowConfig;
import com.waickoff.marketdata.flow.Imbalances;
import com.waickoff.marketdata.report.FlowReport.FlowBar;
import com.waickoff.marketdata.report.WindowReport.Bar;
import com.waickoff.marketdata.report.WindowReport.Scales;
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
public final class FlowJson {
    private final FlowReport report;
    private final Scales scales;
    private final long rowTicks;
    private final Json json = new Json();

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
    public static String of(FlowReport report, long rowTicks) {
        return new FlowJson(report, rowTicks).write();
    }

    private String write() {
        json.open('{');
        json.text("instrument", scales.name());
        json.text("timeframe", report.newest().span().timeframe().label());
        json.text("price_unit", scales.priceUnit());
        json.text("quantity_unit", scales.quantityUnit());
        algorithm();
        measures();
        json.begin("windows", '[');
        report.windows().forEach(this::window);
        json.end(']');
        bars();
        signals();
        return json.end('}').toString();
    }

    private void algorithm() {
        FlowConfig.Rows rows = report.config().rows();
        json.begin("algorithm", '{');
        json.text("name", "diagonal_imbalance");
        json.number("version", 1);
        json.begin("parameters", '{');
        value("ratio", Unit.RATIO, rows.ratio());
        json.number("min_difference_notional", rows.minDifference());
        json.number("min_volume_notional", rows.minVolume());
        json.number("stacked_rows", rows.stackedRows());
        json.end('}').end('}');
    }

    private void measures() {
        FlowMeasures measures = report.measures();
        FlowConfig config = report.config();
        json.begin("vpin", '{');
        json.literal("ppm", measures.vpinPpm() < 0 ? "null" : Integer.toString(measures.vpinPpm()));
        value("bucket_volume", Unit.QUANTITY, measures.vpinBucketVolume());
        json.number("bucket_notional", config.vpin().bucketNotional());
        json.number("buckets", config.vpin().buckets());
        json.end('}');
        json.begin("speed_of_tape", '{');
        json.literal("trades", measures.speedTrades() < 0 ? "null"
                : Long.toString(measures.speedTrades()));
        json.number("trades_before", measures.speedTradesBefore());
        json.number("seconds", config.speed().seconds());
        json.number("stretches", config.speed().stretches());
        json.end('}');
    }

    private void window(WindowReport window) {
        Bar bar = window.bar();
        json.open('{');
        json.number("start_ms", window.span().startMs());
        json.number("end_ms", window.span().endMs());
        json.literal("closed", Boolean.toString(window.quality().closed()));
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
            json.literal("cvd", "null");
        } else {
            value("cvd", Unit.QUANTITY, cvd);
        }
        json.number("trades", bar.trades());
        QualityStamp.write(json, window);
        rows(window);
        json.end('}');
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
        json.begin("rows", '[');
        for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
            if (rows.volume(row) > 0) {
                json.open('{');
                value("row_low", Unit.PRICE, row * rows.rowSize());
                value("sell_volume", Unit.QUANTITY, rows.sellVolume(row));
                value("buy_volume", Unit.QUANTITY, rows.buyVolume(row));
                json.text("sell_mark", footprint.sell(row).name().toLowerCase(Locale.ROOT));
                json.text("buy_mark", footprint.buy(row).name().toLowerCase(Locale.ROOT));
                json.end('}');
            }
        }
        json.end(']');
    }

    private void bars() {
        json.begin("bars", '[');
        for (FlowBar bar : report.bars()) {
            json.open('{');
            json.number("start_ms", bar.startMs());
            json.literal("closed", Boolean.toString(bar.closed()));
            value("close", Unit.PRICE, bar.close());
            value("delta", Unit.QUANTITY, bar.delta());
            value("cvd", Unit.QUANTITY, bar.cumulativeDelta());
            json.end('}');
        }
        json.end(']');
    }

    private void signals() {
        json.begin("signals", '[');
        for (Signal signal : report.signals()) {
            json.open('{');
            Timeframe timeframe = signal.timeframe();
            json.text("id", signal.sequence() + "-" + signal.ordinal());
            json.number("time_ms", Math.floorDiv(signal.matchTimeNs(), 1_000_000L));
            json.text("kind", signal.kind().label());
            json.text("side", SignalFigures.side(signal));
            value("price", Unit.PRICE, signal.price());
            if (timeframe != null) {
                json.text("timeframe", timeframe.label());
                json.number("start_ms", signal.windowStartMs());
            }
            json.number("revision", signal.revision());
            values("inputs", signal.kind().inputs(), signal::input);
            values("parameters", signal.kind().parameters(), signal::parameter);
            json.end('}');
        }
        json.end(']');
    }

    private void values(String name, List<Field> fields, IntToLongFunction value) {
        json.begin(name, '{');
        for (int i = 0; i < fields.size(); i++) {
            value(fields.get(i).name(), fields.get(i).unit(), value.applyAsLong(i));
        }
        json.end('}');
    }

    private void value(String name, Unit unit, long value) {
        json.literal(name, SignalFigures.number(unit, value, scales));
    }
}
