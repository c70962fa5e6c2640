package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.mcp.answer.Answer;
import com.waickoff.marketdata.mcp.answer.Scaled;
import com.waickoff.marketdata.mcp.answer.Table;
import com.waickoff.marketdata.mcp.market.Composite;
import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.mcp.market.MarketWindow;
import com.waickoff.marketdata.mcp.series.Quality;
import com.waickoff.marketdata.mcp.series.Stretch;
import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.SummedRows;
import com.waickoff.marketdata.window.ValueArea;
import com.waickoff.marketdata.window.ValueAreaRule;
import com.waickoff.marketdata.window.VolumeNode;
import com.waickoff.marketdata.window.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

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
    private static final int MOST_NODES = 8;

    /**
     * What a client wants of a window.
     *
     * @param rowTicks height of a row; raised to what the window's rows are multiples of
     * @param insists whether the client named that height
     * @param byPrice whether rows come by price, lowest first, or by volume, heaviest first
     */
    record Wish(long rowTicks, boolean insists, ValueAreaRule valueArea, int maxLevels,
            boolean byPrice, Table.Shape shape) {}

    private final Quality quality;
    private final MarketWindow window;
    private final long tick;
    private final @Nullable Composite composite;
    private final Wish wish;
    private final long rowTicks;
    private final RowVolumes rows;

    private ProfileAnswer(MarketWindow window, @Nullable Composite composite, Quality quality,
            Wish wish) {
        this.composite = composite;
        this.quality = quality;
        this.wish = wish;
        Instrument instrument = quality.instrument();
        // Both in the finer units of the two: a tick may have changed since the window was closed.
        this.window = window.rescaled(Math.max(window.priceScale(), instrument.priceScale()),
                Math.max(window.quantityScale(), instrument.quantityScale()));
        tick = instrument.tick()
                * Decimal.powerOfTen(this.window.priceScale() - instrument.priceScale());
        rows = coarser(this.window, wish.rowTicks() * tick);
        rowTicks = Math.max(1, rows.rowSize() / tick);
    }

    private static RowVolumes coarser(MarketWindow window, long wanted) {
        RowVolumes rows = window.rows();
        return rows.isEmpty() || wanted <= rows.rowSize() ? rows
                : SummedRows.coarser(rows, Math.ceilDiv(wanted, rows.rowSize()));
    }

    /** The answer to this wish, of one window. */
    static Answer of(MarketWindow window, Quality quality, Wish wish) {
        return new ProfileAnswer(window, null, quality, wish).answer();
    }

    /** The answer to this wish, of several windows put together. */
    static Answer of(Stretch stretch, Wish wish) {
        Composite composite = stretch.composite();
        return new ProfileAnswer(composite.whole(), composite, stretch.quality(), wish).answer();
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
        parameters.put("nodePct", Schemas.INTEGER);
        Map<String, Object> properties = new LinkedHashMap<>();
        Stamp.describe(properties, parameters);
        properties.put("window", Schemas.TEXT);
        properties.put("startMs", Schemas.INTEGER);
        properties.put("endMs", Schemas.INTEGER);
        properties.put("closed", Schemas.TRUTH);
        properties.put("warnings", Schemas.arrayOf(Schemas.oneOf(List.of(INCOMPLETE, UNORDERED,
                SUSPECT_TIMES, ROWS_GIVEN_UP, OVERFLOW))));
        PRICES.forEach(name -> properties.put(name, Schemas.NUMBER));
        VOLUMES.forEach(name -> properties.put(name, Schemas.NUMBER));
        properties.put("trades", Schemas.INTEGER);
        properties.put("vwap", Schemas.NUMBER_OR_NULL);
        AREA.forEach(name -> properties.put(name, Schemas.NUMBER_OR_NULL));
        properties.put("rowTicks", Schemas.INTEGER);
        properties.put("rowSize", Schemas.NUMBER);
        properties.put("levels", Schemas.INTEGER);
        properties.put("hvn", Schemas.arrayOf(Schemas.NUMBER));
        properties.put("lvn", Schemas.arrayOf(Schemas.NUMBER));
        properties.put("composedOf", Schemas.arrayOf(Schemas.arrayOf(
                Map.of("type", List.of("string", "integer")))));
        Stamp.describeSize(properties);
        properties.put("columns", Schemas.arrayOf(Schemas.TEXT));
        Map<String, Object> columns = new LinkedHashMap<>();
        COLUMNS.forEach(name -> columns.put(name, Schemas.NUMBER));
        properties.put("rows", Schemas.rows(columns));
        List<String> optional = new ArrayList<>(Stamp.OPTIONAL);
        optional.add("columns");
        optional.add("composedOf");
        return Schemas.object(properties, optional);
    }

    private Answer answer() {
        Map<String, Object> json = new LinkedHashMap<>();
        Stamp.write(json, quality, algorithm());
        json.put("window", window.length());
        json.put("startMs", window.startMs());
        json.put("endMs", window.endMs());
        json.put("closed", window.isClosed());
        json.put("warnings", warnings());
        writeBar(json);
        writeArea(json);
        json.put("rowTicks", rowTicks);
        json.put("rowSize", price(rows.rowSize()));
        long[] traded = traded();
        json.put("levels", traded.length);
        List<VolumeNode> nodes = VolumeNode.of(rows, VolumeNode.DEFAULT_PERCENT);
        json.put("hvn", shown(nodes, VolumeNode.Kind.HIGH));
        json.put("lvn", shown(nodes, VolumeNode.Kind.LOW));
        if (composite != null) {
            json.put("composedOf", composite.runs().stream()
                    .map(run -> List.<Object>of(run.length(), run.startMs(), run.count()))
                    .toList());
        }
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
        json.put("vwap", window.averagePrice());
        Long cumulative = window.cumulativeDelta();
        json.put("cvd", cumulative == null ? null : quantity(cumulative));
    }

    private void writeArea(Map<String, Object> json) {
        ValueArea area = rows.isEmpty() ? null : ValueArea.of(rows, wish.valueArea());
        json.put("poc", area == null ? null : price(area.poc() * rows.rowSize()));
        json.put("vah", area == null ? null : price(area.high() * rows.rowSize()));
        json.put("val", area == null ? null : price(area.low() * rows.rowSize()));
        json.put("valueAreaVolume", area == null ? null : quantity(area.covered()));
    }

    /** The heaviest high, or the lightest low ones, by price. */
    private List<Scaled> shown(List<VolumeNode> nodes, VolumeNode.Kind kind) {
        Comparator<VolumeNode> byVolume = Comparator.comparingLong(VolumeNode::volume);
        return nodes.stream().filter(node -> node.kind() == kind)
                .sorted(kind == VolumeNode.Kind.HIGH ? byVolume.reversed() : byVolume)
                .limit(MOST_NODES).sorted(Comparator.comparingLong(VolumeNode::row))
                .map(node -> price(node.row() * rows.rowSize())).toList();
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
        parameters.put("nodePct", VolumeNode.DEFAULT_PERCENT);
        Map<String, Object> algorithm = Stamp.algorithm("volume_profile");
        algorithm.put("parameters", parameters);
        return algorithm;
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        CoverageStamp stamp = quality.coverage();
        boolean unordered = window.has(Window.UNORDERED);
        // Being unordered alone keeps a window from being whole.
        if (stamp.ppm() < CoverageStamp.WHOLE_PPM - (unordered ? 1 : 0) || stamp.gaps() > 0) {
            warnings.add(INCOMPLETE);
        }
        addIf(warnings, unordered, UNORDERED);
        addIf(warnings, window.has(Window.SUSPECT_TIME), SUSPECT_TIMES);
        addIf(warnings, window.has(Window.ROWS_EVICTED)
                || (composite != null && composite.withoutRows() > 0), ROWS_GIVEN_UP);
        addIf(warnings, window.has(Window.OVERFLOW), OVERFLOW);
        return warnings;
    }

    private static void addIf(List<String> warnings, boolean applies, String warning) {
        if (applies) {
            warnings.add(warning);
        }
    }

    /** Rows with volume, lowest first. */
    private long[] traded() {
        return LongStream.rangeClosed(rows.lowRow(), rows.highRow())
                .filter(row -> rows.volume(row) > 0).toArray();
    }

    /** The heaviest rows, lowest first: of two equally heavy ones the lower before the other. */
    private List<Long> heaviest(long[] traded) {
        long[] volumes = new long[traded.length];
        for (int i = 0; i < traded.length; i++) {
            volumes[i] = rows.volume(traded[i]);
        }
        Arrays.sort(volumes);
        int most = Math.min(wish.maxLevels(), traded.length);
        long least = most == 0 ? 0 : volumes[traded.length - most];
        int asLight = 0;
        for (int i = traded.length - most; i < traded.length && volumes[i] == least; i++) {
            asLight++;
        }
        List<Long> heaviest = new ArrayList<>(most);
        for (long row : traded) {
            long volume = rows.volume(row);
            if (volume > least || (volume == least && asLight-- > 0)) {
                heaviest.add(row);
            }
        }
        return heaviest;
    }

    private Table table(long[] traded) {
        List<Long> shown = heaviest(traded);
        if (!wish.byPrice()) {
            shown.sort(Comparator.comparingLong(row -> -rows.volume(row)));
        }
        List<List<Object>> values = new ArrayList<>(shown.size());
        for (long row : shown) {
            values.add(List.of(price(row * rows.rowSize()), quantity(rows.volume(row)),
                    quantity(rows.buyVolume(row)), quantity(rows.sellVolume(row))));
        }
        return new Table(COLUMNS, values, wish.shape(), shown.size() == traded.length,
                "Only the heaviest of " + traded.length + " levels are shown: raise max_levels (up"
                        + " to 200) for more, or row_ticks to add levels up.",
                null, false);
    }

    private List<String> hints() {
        List<String> hints = Stamp.hints(quality);
        if (wish.insists() && rowTicks != wish.rowTicks()) {
            hints.add("row_ticks was raised from " + wish.rowTicks() + " to " + rowTicks
                    + ": rows of this window are multiples of "
                    + Math.max(1, window.rows().rowSize() / tick) + " ticks.");
        }
        return hints;
    }

    private Scaled price(long price) {
        return window.price(price);
    }

    private Scaled quantity(long quantity) {
        return window.quantity(quantity);
    }
}
