package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.market.MarketWindow;
import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.window.Timeframe;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bars as rows: what answers made of them have in common. */
final class BarRows {
    /** What an object of a verbose answer has. */
    static final List<String> VERBOSE = List.of("startMs", "open", "high", "low", "close",
            "volume", "buyVolume", "sellVolume", "delta", "minDelta", "maxDelta", "cvd", "vwap",
            "trades", "coveragePpm", "revision", "closed");

    private BarRows() {}

    /** The row of a verbose answer. */
    static List<Object> verbose(MarketWindow window) {
        return Arrays.asList(window.startMs(), window.price(window.open()),
                window.price(window.high()), window.price(window.low()),
                window.price(window.close()), window.quantity(window.volume()),
                window.quantity(window.buyVolume()), window.quantity(window.sellVolume()),
                window.quantity(window.delta()), window.quantity(window.minDelta()),
                window.quantity(window.maxDelta()), cumulativeDelta(window),
                window.averagePrice(), window.trades(), window.coverage().ppm(),
                window.revision(), window.isClosed());
    }

    /** Cumulative delta at the end of a window as it is written; null if it is not known. */
    static @Nullable Object cumulativeDelta(MarketWindow window) {
        Long cumulative = window.cumulativeDelta();
        return cumulative == null ? null : window.quantity(cumulative);
    }

    /** How many bars a window starts after the first one. */
    static long offset(MarketWindow window, long t0Ms, Timeframe timeframe) {
        return (window.startMs() - t0Ms) / timeframe.lengthMs();
    }

    /** By which rules bars are made. */
    static Map<String, Object> algorithm(String name, Timeframe timeframe) {
        return Stamp.algorithm(name, "timeframe", timeframe.label(), "aligned", "utc", "delta",
                "aggressor_buy_minus_sell");
    }

    /** The schema of {@link #algorithm}'s parameters. */
    static Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        List.of("timeframe", "aligned", "delta").forEach(name -> parameters.put(name,
                Schemas.TEXT));
        return parameters;
    }

    /** Says what rows are about: {@code startMs = t0Ms + tOffset * stepMs}. */
    static void writeHead(Map<String, Object> json, Timeframe timeframe,
            List<MarketWindow> windows) {
        json.put("timeframe", timeframe.label());
        json.put("t0Ms", windows.getFirst().startMs());
        json.put("stepMs", timeframe.lengthMs());
        json.put("bars", windows.size());
        json.put("lastBarClosed", windows.getLast().isClosed());
        json.put("barsNotWhole", windows.stream()
                .filter(window -> window.coverage().ppm() < CoverageStamp.WHOLE_PPM).count());
    }

    /** The schema of what {@link #writeHead} writes. */
    static void describeHead(Map<String, Object> properties) {
        properties.put("timeframe", Schemas.TEXT);
        properties.put("t0Ms", Schemas.INTEGER);
        properties.put("stepMs", Schemas.INTEGER);
        properties.put("bars", Schemas.INTEGER);
        properties.put("lastBarClosed", Schemas.TRUTH);
        properties.put("barsNotWhole", Schemas.INTEGER);
    }

    /**
     * The schema of answers whose rows are bars.
     *
     * @param compact values of a row of a compact answer
     * @param more what such an answer has beside the rows
     */
    static Map<String, Object> schema(int compact, Map<String, Object> more) {
        Map<String, Object> properties = new LinkedHashMap<>();
        Stamp.describe(properties, parameters());
        describeHead(properties);
        properties.putAll(more);
        Stamp.describeSize(properties);
        properties.put("columns", Schemas.arrayOf(Schemas.TEXT));
        Map<String, Object> columns = new LinkedHashMap<>();
        VERBOSE.forEach(name -> columns.put(name, switch (name) {
            case "closed" -> Schemas.TRUTH;
            case "cvd", "vwap" -> Schemas.NUMBER_OR_NULL;
            default -> Schemas.NUMBER;
        }));
        properties.put("rows", Schemas.rows(compact, columns));
        List<String> optional = new ArrayList<>(Stamp.OPTIONAL);
        optional.add("columns");
        return Schemas.object(properties, optional);
    }

    /** A share in percent, to a tenth; null of nothing. */
    static @Nullable Object percent(long part, long whole) {
        return whole == 0 ? null
                : BigDecimal.valueOf(Math.round(1_000.0 * part / whole)).movePointLeft(1)
                        .stripTrailingZeros();
    }
}
