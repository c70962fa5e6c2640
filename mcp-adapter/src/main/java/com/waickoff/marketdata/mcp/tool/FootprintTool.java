package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.answer.Answer;
import com.waickoff.marketdata.mcp.answer.Scaled;
import com.waickoff.marketdata.mcp.answer.Table;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.argument.Parameter;
import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.mcp.market.MarketWindow;
import com.waickoff.marketdata.mcp.series.Market;
import com.waickoff.marketdata.mcp.series.Series;
import com.waickoff.marketdata.snapshot.SignalKind;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.SummedRows;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.ValueArea;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code get_footprint}: who traded at which price, bar by bar. */
public final class FootprintTool implements Tool {
    private static final Parameter.Choice TIMEFRAME = new Parameter.Choice("timeframe",
            Asked.UP_TO_AN_HOUR, Timeframe.M5.label());
    private static final Parameter.Whole BARS = new Parameter.Whole("bars", 1, 20, 3L, null);
    private static final Parameter.Whole LEVELS = new Parameter.Whole("levels", 1, 40, 12L,
            "Price rows per bar");
    private static final Parameter.Switch SIGNALS = new Parameter.Switch("signals", true);
    private static final List<String> COLUMNS = List.of("bar", "price", "bidVol", "askVol");
    private static final List<String> BAR_COLUMNS = List.of("tOffset", "o", "h", "l", "c", "vol",
            "delta", "poc", "trades");
    private static final int MOST_SIGNALS = 40;

    private final Market market;

    /** Reads the windows of this market. */
    public FootprintTool(Market market) {
        this.market = market;
    }

    @Override
    public String name() {
        return "get_footprint";
    }

    @Override
    public String title() {
        return "Footprint";
    }

    @Override
    public String description() {
        return "Bid and ask volume at each price inside each bar, with stacked imbalance and "
                + "absorption flags. Large: keep bars x levels small.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Asked.INSTRUMENT, TIMEFRAME, BARS, LEVELS, Asked.END, SIGNALS,
                Asked.FORMAT);
    }

    @Override
    public Tool atOnce() {
        return new FootprintTool(market.atOnce());
    }

    @Override
    public Map<String, Object> outputSchema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        Map<String, Object> parameters = BarRows.parameters();
        parameters.put("rowTicks", Schemas.INTEGER);
        parameters.put("bidVol", Schemas.TEXT);
        parameters.put("askVol", Schemas.TEXT);
        Stamp.describe(properties, parameters);
        BarRows.describeHead(properties);
        properties.put("rowTicks", Schemas.INTEGER);
        properties.put("rowSize", Schemas.NUMBER);
        properties.put("barsWithoutRows", Schemas.INTEGER);
        properties.put("barTable", Schemas.table(BAR_COLUMNS.size()));
        properties.put("signals", Schemas.table(FlowSignals.COLUMNS.size()));
        Stamp.describeSize(properties);
        properties.put("columns", Schemas.arrayOf(Schemas.TEXT));
        Map<String, Object> columns = new LinkedHashMap<>();
        COLUMNS.forEach(name -> columns.put(name, Schemas.NUMBER));
        properties.put("rows", Schemas.rows(columns));
        List<String> optional = new ArrayList<>(Stamp.OPTIONAL);
        optional.addAll(List.of("columns", "signals"));
        return Schemas.object(properties, optional);
    }

    @Override
    public Answer call(Arguments arguments) throws ToolFailure {
        Instrument instrument = market.find(arguments.requiredText(Asked.INSTRUMENT));
        Timeframe timeframe = Asked.timeframe(arguments, TIMEFRAME);
        Series series = FlowSignals.newest(market, instrument, timeframe,
                (int) arguments.number(BARS), arguments.number(Asked.END, -1), true);
        Bars bars = new Bars(instrument, series.windows(), arguments.number(LEVELS));
        long t0Ms = series.windows().getFirst().startMs();
        Map<String, Object> json = new LinkedHashMap<>();
        Stamp.write(json, series.quality(), Stamp.algorithm("footprint", "timeframe",
                timeframe.label(), "aligned", "utc", "delta", "aggressor_buy_minus_sell",
                "rowTicks", bars.rowTicks(), "bidVol", "aggressor_sold", "askVol",
                "aggressor_bought"));
        BarRows.writeHead(json, timeframe, series.windows());
        json.put("rowTicks", bars.rowTicks());
        json.put("rowSize", instrument.price(bars.rowSize));
        json.put("barsWithoutRows", bars.withoutRows);
        json.put("barTable", new Table(BAR_COLUMNS, bars.heads(t0Ms, timeframe),
                Table.Shape.COMPACT, true, "", null, true).json());
        if (arguments.isOn(SIGNALS)) {
            json.put("signals", FlowSignals.table(market, instrument, timeframe, series.windows(),
                    SignalKind::isOfWindow, MOST_SIGNALS).json());
        }
        Table table = new Table(COLUMNS, bars.cells(t0Ms, timeframe), Asked.shape(arguments), true,
                "Only the newest cells fit: ask for fewer bars or levels, or format=compact.",
                null, true);
        List<String> hints = Stamp.hints(series.quality());
        if (bars.withoutRows > 0) {
            hints.add("Rows of " + bars.withoutRows + " bars are no longer kept: only their sums"
                    + " are known.");
        }
        return new Answer(json, table, hints);
    }

    /** Bars on one grid, coarse enough that none has more rows than wanted. */
    private static final class Bars {
        private final Instrument instrument;
        private final List<MarketWindow> windows;
        /** Of each window, on the common grid; empty where there are none. */
        private final List<RowVolumes> grids;
        private final long rowSize;
        private int withoutRows;

        Bars(Instrument instrument, List<MarketWindow> windows, long levels) {
            this.instrument = instrument;
            // A window of an older definition is shown in the units of the newest one.
            this.windows = windows.stream().map(window -> window.rescaled(
                    Math.max(window.priceScale(), instrument.priceScale()),
                    Math.max(window.quantityScale(), instrument.quantityScale()))).toList();
            List<RowVolumes> rows = new ArrayList<>();
            for (MarketWindow window : this.windows) {
                if (!window.rows().isEmpty()) {
                    rows.add(window.rows());
                } else if (window.volume() > 0) {
                    withoutRows++;
                }
            }
            rowSize = rowSize(rows, instrument.tick(), levels);
            grids = this.windows.stream().map(MarketWindow::rows).map(one -> one.isEmpty() ? one
                    : SummedRows.coarser(one, rowSize / one.rowSize())).toList();
        }

        private static long rowSize(List<RowVolumes> rows, long tick, long levels) {
            if (rows.isEmpty()) {
                return tick;
            }
            long common = SummedRows.commonRowSize(rows);
            long factor = 1;
            for (RowVolumes one : rows) {
                factor = Math.max(factor, factor(one, common, levels));
            }
            return factor * common;
        }

        /** The smallest multiple of a height at which a profile has at most so many rows. */
        private static long factor(RowVolumes rows, long common, long levels) {
            long low = rows.lowRow() * rows.rowSize();
            long high = rows.highRow() * rows.rowSize();
            long factor = Math.max(1, (high - low) / (common * levels));
            while (Math.floorDiv(high, common * factor) - Math.floorDiv(low, common * factor)
                    + 1 > levels) {
                factor++;
                if (levels == 1 && Math.floorDiv(high, common * factor) != Math
                        .floorDiv(low, common * factor) && factor > high) {
                    break; // Zero lies between them: no height makes one row of it.
                }
            }
            return factor;
        }

        long rowTicks() {
            return Math.max(1, rowSize / instrument.tick());
        }

        List<List<Object>> heads(long t0Ms, Timeframe timeframe) {
            List<List<Object>> heads = new ArrayList<>();
            for (int i = 0; i < windows.size(); i++) {
                MarketWindow window = windows.get(i);
                RowVolumes rows = grids.get(i);
                Scaled poc = rows.isEmpty() ? null
                        : window.price(ValueArea.of(rows).poc() * rowSize);
                heads.add(Arrays.asList(BarRows.offset(window, t0Ms, timeframe),
                        window.price(window.open()), window.price(window.high()),
                        window.price(window.low()), window.price(window.close()),
                        window.quantity(window.volume()), window.quantity(window.delta()), poc,
                        window.trades()));
            }
            return heads;
        }

        /** Bar by bar, from the highest price down, as a footprint is drawn. */
        List<List<Object>> cells(long t0Ms, Timeframe timeframe) {
            List<List<Object>> cells = new ArrayList<>();
            for (int i = 0; i < windows.size(); i++) {
                MarketWindow window = windows.get(i);
                RowVolumes rows = grids.get(i);
                long bar = BarRows.offset(window, t0Ms, timeframe);
                for (long row = rows.highRow(); row >= rows.lowRow(); row--) {
                    if (rows.volume(row) > 0) {
                        cells.add(List.of(bar, window.price(row * rowSize),
                                window.quantity(rows.sellVolume(row)),
                                window.quantity(rows.buyVolume(row))));
                    }
                }
            }
            return cells;
        }
    }
}
