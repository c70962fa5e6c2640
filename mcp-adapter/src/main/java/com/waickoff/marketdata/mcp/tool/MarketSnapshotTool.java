package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.answer.Answer;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.argument.Parameter;
import com.waickoff.marketdata.mcp.live.LiveReading;
import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.mcp.market.MarketWindow;
import com.waickoff.marketdata.mcp.series.BookReading;
import com.waickoff.marketdata.mcp.series.Market;
import com.waickoff.marketdata.mcp.series.Quality;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.ValueArea;
import com.waickoff.marketdata.window.ValueAreaRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code get_market_snapshot}: one instrument at a glance. */
public final class MarketSnapshotTool implements Tool {
    private static final List<String> NUMBERS = List.of("open", "high", "low", "close", "volume",
            "buyVolume", "sellVolume", "delta");
    private static final List<String> UNSURE = List.of("cvd", "vwap", "poc", "vah", "val");
    private static final List<Timeframe> RECENT = List.of(Timeframe.M5, Timeframe.H1);

    private final Market market;

    /** Looks at this market. */
    public MarketSnapshotTool(Market market) {
        this.market = market;
    }

    @Override
    public String name() {
        return "get_market_snapshot";
    }

    @Override
    public String title() {
        return "Market snapshot";
    }

    @Override
    public String description() {
        return "One-call overview: last price, spread, session volume, delta, CVD, POC, value "
                + "area, book imbalance. Start here.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Asked.INSTRUMENT);
    }

    @Override
    public Map<String, Object> outputSchema() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("session", Schemas.TEXT);
        parameters.put("valueAreaPct", Schemas.INTEGER);
        parameters.put("valueAreaMethod", Schemas.TEXT);
        parameters.put("imbalance", Schemas.TEXT);
        Map<String, Object> properties = new LinkedHashMap<>();
        Stamp.describe(properties, parameters);
        properties.put("last", Schemas.NUMBER);
        Map<String, Object> book = new LinkedHashMap<>();
        BookFigures.describe(book);
        properties.put("book", Schemas.object(book, List.of()));
        properties.put("session", window(true));
        Map<String, Object> recent = new LinkedHashMap<>();
        RECENT.forEach(timeframe -> recent.put(timeframe.label(), window(false)));
        properties.put("recent", Schemas.object(recent, RECENT.stream().map(Timeframe::label)
                .toList()));
        Stamp.describeSize(properties);
        return Schemas.object(properties, Stamp.OPTIONAL);
    }

    private static Map<String, Object> window(boolean whole) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("startMs", Schemas.INTEGER);
        properties.put("closed", Schemas.TRUTH);
        (whole ? NUMBERS : List.of("volume", "delta")).forEach(
                name -> properties.put(name, Schemas.NUMBER));
        properties.put("trades", Schemas.INTEGER);
        properties.put("buySharePct", Schemas.NUMBER_OR_NULL);
        if (whole) {
            UNSURE.forEach(name -> properties.put(name, Schemas.NUMBER_OR_NULL));
        }
        return Schemas.object(properties, List.of());
    }

    @Override
    public Answer call(Arguments arguments) throws ToolFailure {
        BookReading book = BookReading.of(market, arguments.requiredText(Asked.INSTRUMENT));
        Instrument instrument = book.quality().instrument();
        LiveReading day = market.live(instrument.name(), Timeframe.D1);
        MarketWindow session = day.newest();
        Quality quality = Quality.of(day, session.coverage(), session.revision())
                .with(book.quality().liveness());
        Map<String, Object> json = new LinkedHashMap<>();
        Stamp.write(json, quality, Stamp.algorithm("market_snapshot", "session", "utc_day",
                "valueAreaPct", ValueAreaRule.DEFAULT_PERCENT, "valueAreaMethod",
                ValueAreaRule.DEFAULT.method().label(), "imbalance", "(bids-asks)/(bids+asks)"));
        json.put("last", session.price(session.close()));
        Map<String, Object> depth = new LinkedHashMap<>();
        BookFigures.write(depth, instrument, book.depth());
        json.put("book", depth);
        json.put("session", session(session));
        Map<String, Object> recent = new LinkedHashMap<>();
        for (Timeframe timeframe : RECENT) {
            LiveReading reading = market.live(instrument.name(), timeframe);
            if (!reading.shown().isEmpty()) {
                recent.put(timeframe.label(), brief(reading.newest()));
            }
        }
        json.put("recent", recent);
        return new Answer(json, null, Stamp.hints(quality));
    }

    private static Map<String, Object> session(MarketWindow window) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("startMs", window.startMs());
        json.put("closed", window.isClosed());
        json.put("open", window.price(window.open()));
        json.put("high", window.price(window.high()));
        json.put("low", window.price(window.low()));
        json.put("close", window.price(window.close()));
        json.put("volume", window.quantity(window.volume()));
        json.put("buyVolume", window.quantity(window.buyVolume()));
        json.put("sellVolume", window.quantity(window.sellVolume()));
        json.put("delta", window.quantity(window.delta()));
        json.put("trades", window.trades());
        json.put("buySharePct", BarRows.percent(window.buyVolume(), window.volume()));
        json.put("cvd", BarRows.cumulativeDelta(window));
        json.put("vwap", window.averagePrice());
        RowVolumes rows = window.rows();
        ValueArea area = rows.isEmpty() ? null : ValueArea.of(rows);
        json.put("poc", area == null ? null : window.price(area.poc() * rows.rowSize()));
        json.put("vah", area == null ? null : window.price(area.high() * rows.rowSize()));
        json.put("val", area == null ? null : window.price(area.low() * rows.rowSize()));
        return json;
    }

    private static Map<String, Object> brief(MarketWindow window) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("startMs", window.startMs());
        json.put("closed", window.isClosed());
        json.put("volume", window.quantity(window.volume()));
        json.put("delta", window.quantity(window.delta()));
        json.put("trades", window.trades());
        json.put("buySharePct", BarRows.percent(window.buyVolume(), window.volume()));
        return json;
    }
}
