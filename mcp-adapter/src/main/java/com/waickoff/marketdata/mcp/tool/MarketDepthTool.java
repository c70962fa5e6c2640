package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.answer.Answer;
import com.waickoff.marketdata.mcp.answer.Table;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.argument.Parameter;
import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.mcp.series.BookReading;
import com.waickoff.marketdata.mcp.series.Market;
import com.waickoff.marketdata.snapshot.WallsView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code get_market_depth}: the order book as it stands. */
public final class MarketDepthTool implements Tool {
    private static final Parameter.Whole LEVELS = new Parameter.Whole("levels", 1, 100, 10L,
            "Per side");
    private static final Parameter.Whole AGGREGATE_TICKS = new Parameter.Whole("aggregate_ticks",
            1, 1000, 1L, null);
    private static final List<String> COLUMNS = List.of("price", "qty", "cum");
    private static final List<String> WALL_COLUMNS = List.of("side", "price", "qty", "seenMs");
    private static final long NS_PER_MS = 1_000_000L;
    private static final int MOST_WALLS = 8;

    private final Market market;

    /** Reads the books of this market. */
    public MarketDepthTool(Market market) {
        this.market = market;
    }

    @Override
    public String name() {
        return "get_market_depth";
    }

    @Override
    public String title() {
        return "Market depth";
    }

    @Override
    public String description() {
        return "Live order book: best bid/ask, spread, levels, cumulative size, imbalance. Live "
                + "only, no history.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Asked.INSTRUMENT, LEVELS, AGGREGATE_TICKS, Asked.FORMAT);
    }

    @Override
    public Map<String, Object> outputSchema() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("aggregateTicks", Schemas.INTEGER);
        parameters.put("imbalance", Schemas.TEXT);
        parameters.put("wallMultiple", Schemas.INTEGER);
        Map<String, Object> properties = new LinkedHashMap<>();
        Stamp.describe(properties, parameters);
        BookFigures.describe(properties);
        properties.put("bookTimeMs", Schemas.INTEGER_OR_NULL);
        properties.put("bookBids", Schemas.INTEGER);
        properties.put("bookAsks", Schemas.INTEGER);
        properties.put("walls", Schemas.table(WALL_COLUMNS.size()));
        Stamp.describeSize(properties);
        properties.put("columns", Schemas.arrayOf(Schemas.TEXT));
        Map<String, Object> columns = new LinkedHashMap<>();
        COLUMNS.forEach(name -> columns.put(name, Schemas.NUMBER));
        properties.put("bids", Schemas.rows(columns));
        properties.put("asks", Schemas.rows(columns));
        List<String> optional = new ArrayList<>(Stamp.OPTIONAL);
        optional.add("columns");
        return Schemas.object(properties, optional);
    }

    @Override
    public Answer call(Arguments arguments) throws ToolFailure {
        int levels = (int) arguments.number(LEVELS);
        long ticks = arguments.number(AGGREGATE_TICKS);
        BookReading book = BookReading.of(market, arguments.requiredText(Asked.INSTRUMENT));
        Instrument instrument = book.quality().instrument();
        Map<String, Object> json = new LinkedHashMap<>();
        Stamp.write(json, book.quality(), Stamp.algorithm("market_depth", "aggregateTicks", ticks,
                "imbalance", "(bids-asks)/(bids+asks)", "wallMultiple",
                book.walls().multiple()));
        BookFigures.write(json, instrument, book.depth());
        json.put("bookTimeMs", book.depth().matchTimeNs() == 0 ? null
                : book.depth().matchTimeNs() / NS_PER_MS);
        json.put("bookBids", book.depth().bookBids());
        json.put("bookAsks", book.depth().bookAsks());
        json.put("walls", walls(instrument, book.walls()).json());
        long rowSize = ticks * instrument.tick();
        List<List<Object>> bids = BookFigures.levels(instrument, book.depth(), true, rowSize,
                levels);
        List<List<Object>> asks = BookFigures.levels(instrument, book.depth(), false, rowSize,
                levels);
        Table.Shape shape = Asked.shape(arguments);
        Map<String, Object> bidTable = new Table(COLUMNS, bids, shape, true, "", null, false)
                .json();
        if (shape == Table.Shape.COMPACT) {
            json.put("columns", COLUMNS);
        }
        json.put("bids", bidTable.get("rows"));
        json.put("asks", new Table(COLUMNS, asks, shape, true, "", null, false).json()
                .get("rows"));
        return new Answer(json, null, hints(book, levels, bids.size(), asks.size()));
    }

    private static List<String> hints(BookReading book, int levels, int bids, int asks) {
        List<String> hints = Stamp.hints(book.quality());
        if (Math.max(bids, asks) < levels) {
            hints.add("The snapshot holds " + book.depth().bidCount() + " bids and "
                    + book.depth().askCount() + " asks: no more levels can be shown.");
        }
        return hints;
    }

    private static Table walls(Instrument instrument, WallsView walls) {
        List<List<Object>> rows = new ArrayList<>();
        add(rows, "bid", walls.bids(), instrument);
        add(rows, "ask", walls.asks(), instrument);
        return new Table(WALL_COLUMNS, rows, Table.Shape.COMPACT, true, "", null, false);
    }

    private static void add(List<List<Object>> rows, String side, WallsView.Side walls,
            Instrument instrument) {
        for (int i = 0; i < Math.min(walls.count(), MOST_WALLS); i++) {
            rows.add(List.of(side, instrument.price(walls.price(i)),
                    instrument.quantity(walls.quantity(i)), walls.firstSeenNs(i) / NS_PER_MS));
        }
    }
}
