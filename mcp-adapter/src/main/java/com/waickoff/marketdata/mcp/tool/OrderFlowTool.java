package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.answer.Answer;
import com.waickoff.marketdata.mcp.answer.Table;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.argument.Parameter;
import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.mcp.market.MarketWindow;
import com.waickoff.marketdata.mcp.series.Market;
import com.waickoff.marketdata.mcp.series.Series;
import com.waickoff.marketdata.snapshot.SignalKind;
import com.waickoff.marketdata.window.Timeframe;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code get_order_flow}: who was the aggressor, bar by bar. */
public final class OrderFlowTool implements Tool {
    private static final Parameter.Choice TIMEFRAME = new Parameter.Choice("timeframe",
            Asked.UP_TO_AN_HOUR, Timeframe.M5.label());
    private static final Parameter.Whole BARS = new Parameter.Whole("bars", 1, 300, 30L, null);
    private static final List<String> COLUMNS = List.of("tOffset", "close", "vol", "delta", "cvd",
            "trades");
    private static final int MOST_DIVERGENCES = 40;

    private final Market market;

    /** Reads the windows of this market. */
    public OrderFlowTool(Market market) {
        this.market = market;
    }

    @Override
    public String name() {
        return "get_order_flow";
    }

    @Override
    public String title() {
        return "Order flow";
    }

    @Override
    public String description() {
        return "Aggressor buy/sell volume, delta, cumulative delta (CVD) and trade count per bar, "
                + "measured from the exchange aggressor flag. For price-level detail use "
                + "get_footprint.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Asked.INSTRUMENT, TIMEFRAME, BARS, Asked.END, Asked.FORMAT);
    }

    @Override
    public Tool atOnce() {
        return new OrderFlowTool(market.atOnce());
    }

    @Override
    public Map<String, Object> outputSchema() {
        Map<String, Object> more = new LinkedHashMap<>();
        Map<String, Object> totals = new LinkedHashMap<>();
        List.of("volume", "buyVolume", "sellVolume", "delta", "trades").forEach(
                name -> totals.put(name, Schemas.NUMBER));
        totals.put("buySharePct", Schemas.NUMBER_OR_NULL);
        more.put("totals", Schemas.object(totals, List.of()));
        more.put("divergences", Schemas.table(FlowSignals.COLUMNS.size()));
        return BarRows.schema(COLUMNS.size(), more);
    }

    @Override
    public Answer call(Arguments arguments) throws ToolFailure {
        Instrument instrument = market.find(arguments.requiredText(Asked.INSTRUMENT));
        Timeframe timeframe = Asked.timeframe(arguments, TIMEFRAME);
        Series series = FlowSignals.newest(market, instrument, timeframe,
                (int) arguments.number(BARS), arguments.number(Asked.END, -1), false);
        List<MarketWindow> windows = series.windows();
        long t0Ms = windows.getFirst().startMs();
        Map<String, Object> json = new LinkedHashMap<>();
        Stamp.write(json, series.quality(), BarRows.algorithm("order_flow", timeframe));
        BarRows.writeHead(json, timeframe, windows);
        json.put("totals", totals(instrument, windows));
        json.put("divergences", FlowSignals.table(market, instrument, timeframe, windows,
                kind -> kind == SignalKind.DELTA_DIVERGENCE, MOST_DIVERGENCES).json());
        boolean verbose = Asked.shape(arguments) == Table.Shape.VERBOSE;
        List<List<Object>> rows = windows.stream()
                .map(window -> verbose ? BarRows.verbose(window)
                        : Arrays.<Object>asList(BarRows.offset(window, t0Ms, timeframe),
                                window.price(window.close()), window.quantity(window.volume()),
                                window.quantity(window.delta()),
                                BarRows.cumulativeDelta(window), window.trades()))
                .toList();
        Table table = new Table(verbose ? BarRows.VERBOSE : COLUMNS, rows, Asked.shape(arguments),
                true, "Only the newest bars fit: ask for fewer bars, format=compact, or older ones"
                        + " with end_ms.",
                null, true);
        return new Answer(json, table, Stamp.hints(series.quality()));
    }

    private static Map<String, Object> totals(Instrument instrument, List<MarketWindow> windows) {
        long volume = 0;
        long buyVolume = 0;
        long trades = 0;
        for (MarketWindow window : windows) {
            MarketWindow same = window.rescaled(
                    Math.max(window.priceScale(), instrument.priceScale()),
                    Math.max(window.quantityScale(), instrument.quantityScale()));
            volume += same.volume();
            buyVolume += same.buyVolume();
            trades += same.trades();
        }
        Map<String, Object> totals = new LinkedHashMap<>();
        totals.put("volume", instrument.quantity(volume));
        totals.put("buyVolume", instrument.quantity(buyVolume));
        totals.put("sellVolume", instrument.quantity(volume - buyVolume));
        totals.put("delta", instrument.quantity(2 * buyVolume - volume));
        totals.put("trades", trades);
        totals.put("buySharePct", BarRows.percent(buyVolume, volume));
        return totals;
    }
}
