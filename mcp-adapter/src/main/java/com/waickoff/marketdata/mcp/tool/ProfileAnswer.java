package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.answer.Answer;
import com.waickoff.marketdata.mcp.answer.Table;
import com.waickoff.marketdata.mcp.live.WindowReading;
import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.WindowView;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.SummedRows;
import com.waickoff.marketdata.window.ValueArea;
import com.waickoff.marketdata.window.ValueAreaRule;
import com.waickoff.marketdata.window.Window;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The volume profile of a window as JSON. */
final class ProfileAnswer {
    private static final List<String> COLUMNS = List.of("price", "vol", "buy", "sell");
    private static final List<String> PRICES = List.of("open", "high", "low", "close");
    private static final List<String> VOLUMES = List.of("volume", "buyVolume", "sellVolume",
            "delta", "minDelta", "maxDelta");
    private static final List<String> AREA = List.of("cvd", "poc", "vah", "val",
            "valueAreaVolume");
    private static final String INCOMPLETE = "incomplete";
    private static final String UNORDERED = "unordered";
    private static final String SUSPECT_TIMES = "suspect_times";
    private static final String ROWS_GIVEN_UP = "rows_given_up";
    private static final String OVERFLOW = "overflow";
    private static final int VERSION = 1;

    /**
     * What a client wants of a window.
     *
     * @param rowTicks height of a row; raised to what the window's rows are multiples of
     * @param insists whether the client named that height
     * @param byPrice whether rows come by price, lowest first, or by volume, heaviest first
     */
    record Wish(long rowTicks, boolean insists, ValueAreaRule valueArea, int maxLevels,
            boolean byPrice, Table.Shape shape) {}

    private final WindowReading reading;
    private final WindowView window;
    private final SnapshotInstrument instrument;
    private final Wish wish;
    private final long rowTicks;
    private final RowVolumes rows;

    private ProfileAnswer(WindowReading reading, Wish wish) {
        this.reading = reading;
        this.wish = wish;
        window = reading.window();
        instrument = reading.instrument();
        long windowTicks = window.rowSize() / instrument.tick();
        long factor = Math.ceilDiv(wish.rowTicks(), windowTicks);
        rowTicks = factor * windowTicks;
        rows = factor == 1 || window.isEmpty() ? window : SummedRows.coarser(window, factor);
    }

    /** The answer to this wish. */
    static Answer of(WindowReading reading, Wish wish) {
        return new ProfileAnswer(reading, wish).answer();
    }

    /** The schema of all answers. */
    static Map<String, Object> schema() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("valueAreaMethod", Schemas.TEXT);
        parameters.put("valueAreaPct", Schemas.INTEGER);
        parameters.put("valueAreaTie", Schemas.TEXT);
        parameters.put("pocTie", Schemas.TEXT);
        parameters.put("rowTicks", Schemas.INTEGER);
        parameters.put("rowLabel", Schemas.TEXT);
        Map<String, Object> properties = new LinkedHashMap<>();
        Stamp.describeWindow(properties, parameters);
        properties.put("window", Schemas.TEXT);
        properties.put("startMs", Schemas.INTEGER);
        properties.put("endMs", Schemas.INTEGER);
        properties.put("closed", Schemas.TRUTH);
        properties.put("warnings", Schemas.arrayOf(Schemas.oneOf(List.of(INCOMPLETE, UNORDERED,
                SUSPECT_TIMES, ROWS_GIVEN_UP, OVERFLOW))));
        PRICES.forEach(name -> properties.put(name, Schemas.NUMBER));
        VOLUMES.forEach(name -> properties.put(name, Schemas.NUMBER));
        properties.put("trades", Schemas.INTEGER);
        AREA.forEach(name -> properties.put(name, Schemas.NUMBER_OR_NULL));
        properties.put("rowTicks", Schemas.INTEGER);
        properties.put("rowSize", Schemas.NUMBER);
        properties.put("levels", Schemas.INTEGER);
        Stamp.describeSize(properties);
        properties.put("columns", Schemas.arrayOf(Schemas.TEXT));
        Map<String, Object> columns = new LinkedHashMap<>();
        COLUMNS.forEach(name -> columns.put(name, Schemas.NUMBER));
        properties.put("rows", Schemas.rows(columns));
        List<String> optional = new ArrayList<>(Stamp.OPTIONAL);
        optional.add("columns");
        return Schemas.object(properties, optional);
    }

    private Answer answer() {
        Map<String, Object> json = new LinkedHashMap<>();
        Stamp.writeWindow(json, reading, algorithm());
        json.put("window", window.timeframe().label());
        json.put("startMs", window.startMs());
        json.put("endMs", window.endMs());
        json.put("closed", window.has(Window.CLOSED));
        json.put("warnings", warnings());
        writeBar(json);
        writeArea(json);
        json.put("rowTicks", rowTicks);
        json.put("rowSize", price(rowTicks * instrument.tick()));
        List<Long> traded = traded();
        json.put("levels", traded.size());
        return new Answer(json, table(traded), hints());
    }

    private void writeBar(Map<String, Object> json) {
        json.put("open", price(window.open()));
        json.put("high", price(window.high()));
        json.put("low", price(window.low()));
        json.put("close", price(window.close()));
        json.put("volume", quantity(window.volume()));
        json.put("buyVolume", quantity(window.buyVolume()));
        json.put("sellVolume", quantity(window.sellVolume()));
        json.put("delta", quantity(window.delta()));
        json.put("minDelta", quantity(window.minDelta()));
        json.put("maxDelta", quantity(window.maxDelta()));
        json.put("trades", window.trades());
        Long cumulative = reading.cumulativeDelta();
        json.put("cvd", cumulative == null ? null : quantity(cumulative));
    }

    private void writeArea(Map<String, Object> json) {
        ValueArea area = rows.isEmpty() ? null : ValueArea.of(rows, wish.valueArea());
        json.put("poc", area == null ? null : price(area.poc() * rows.rowSize()));
        json.put("vah", area == null ? null : price(area.high() * rows.rowSize()));
        json.put("val", area == null ? null : price(area.low() * rows.rowSize()));
        json.put("valueAreaVolume", area == null ? null : quantity(area.covered()));
    }

    private Map<String, Object> algorithm() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        ValueAreaRule rule = wish.valueArea();
        parameters.put("valueAreaMethod", rule.method().label());
        parameters.put("valueAreaPct", rule.percent());
        parameters.put("valueAreaTie", rule.tieSide().label());
        parameters.put("pocTie", "nearest_to_mean_then_lower");
        parameters.put("rowTicks", rowTicks);
        parameters.put("rowLabel", "low_edge");
        Map<String, Object> algorithm = new LinkedHashMap<>();
        algorithm.put("name", "volume_profile");
        algorithm.put("version", VERSION);
        algorithm.put("parameters", parameters);
        return algorithm;
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        CoverageStamp stamp = reading.stamp();
        boolean unordered = window.has(Window.UNORDERED);
        // Being unordered alone keeps a window from being whole.
        if (stamp.ppm() < CoverageStamp.WHOLE_PPM - (unordered ? 1 : 0) || stamp.gaps() > 0) {
            warnings.add(INCOMPLETE);
        }
        addIf(warnings, unordered, UNORDERED);
        addIf(warnings, window.has(Window.SUSPECT_TIME), SUSPECT_TIMES);
        addIf(warnings, window.has(Window.ROWS_EVICTED), ROWS_GIVEN_UP);
        addIf(warnings, window.has(Window.OVERFLOW), OVERFLOW);
        return warnings;
    }

    private static void addIf(List<String> warnings, boolean applies, String warning) {
        if (applies) {
            warnings.add(warning);
        }
    }

    private List<Long> traded() {
        List<Long> traded = new ArrayList<>();
        for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
            if (rows.volume(row) > 0) {
                traded.add(row);
            }
        }
        return traded;
    }

    /** The heaviest rows, however they are ordered: of two equally heavy ones the lower first. */
    private Table table(List<Long> traded) {
        List<Long> shown = new ArrayList<>(traded);
        shown.sort(Comparator.comparingLong((Long row) -> -rows.volume(row))
                .thenComparingLong(row -> row));
        shown = shown.subList(0, Math.min(wish.maxLevels(), shown.size()));
        if (wish.byPrice()) {
            shown = shown.stream().sorted().toList();
        }
        List<List<Object>> values = new ArrayList<>(shown.size());
        for (long row : shown) {
            values.add(List.of(price(row * rows.rowSize()), quantity(rows.volume(row)),
                    quantity(rows.buyVolume(row)), quantity(rows.sellVolume(row))));
        }
        return new Table(COLUMNS, values, wish.shape(), shown.size() == traded.size(),
                "Only the heaviest of " + traded.size() + " levels are shown: raise max_levels (up"
                        + " to 200) for more, or row_ticks to add levels up.",
                null);
    }

    private List<String> hints() {
        List<String> hints = new ArrayList<>();
        switch (reading.liveness()) {
            case LIVE -> {}
            case ENGINE_STOPPED ->
                hints.add("The engine is not running: these are the last known numbers.");
            case FEED_DOWN, SILENT ->
                hints.add("Nothing arrives for this instrument: these are the last known numbers.");
        }
        if (wish.insists() && rowTicks != wish.rowTicks()) {
            hints.add("row_ticks was raised from " + wish.rowTicks() + " to " + rowTicks
                    + ": rows of this window are multiples of "
                    + window.rowSize() / instrument.tick() + " ticks.");
        }
        return hints;
    }

    private BigDecimal price(long price) {
        return Stamp.decimal(price, instrument.priceScale());
    }

    private BigDecimal quantity(long quantity) {
        return Stamp.decimal(quantity, instrument.quantityScale());
    }
}
