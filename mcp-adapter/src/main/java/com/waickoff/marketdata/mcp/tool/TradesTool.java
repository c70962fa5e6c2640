package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.answer.Answer;
import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.Scaled;
import com.waickoff.marketdata.mcp.answer.Table;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.argument.Parameter;
import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.mcp.series.Market;
import com.waickoff.marketdata.mcp.series.TradePage;
import com.waickoff.marketdata.storage.history.HistoryTrade;
import com.waickoff.marketdata.window.Timeframe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code get_trades}: single trades, as the store has them. */
public final class TradesTool implements Tool {
    private static final Parameter.Whole FROM = new Parameter.Whole("from_ms", 0,
            Parameter.Whole.UNBOUNDED, null, null, true);
    private static final Parameter.Whole TO = new Parameter.Whole("to_ms", 0,
            Parameter.Whole.UNBOUNDED, null, "End, at most 1 h later", true);
    private static final Parameter.Whole LIMIT = new Parameter.Whole("limit", 1, 400, 50L, null);
    private static final Parameter.Amount MIN_QUANTITY = new Parameter.Amount("min_qty");
    private static final List<String> COLUMNS = List.of("tOffsetMs", "price", "qty", "side", "id");
    private static final long MOST_MS = Timeframe.H1.lengthMs();
    private static final long NS_PER_MS = 1_000_000L;

    private final Market market;

    /** Reads the trades of this market. */
    public TradesTool(Market market) {
        this.market = market;
    }

    @Override
    public String name() {
        return "get_trades";
    }

    @Override
    public String title() {
        return "Trades";
    }

    @Override
    public String description() {
        return "Raw trades of at most one hour, for audit. Prefer get_order_flow for analysis.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Asked.INSTRUMENT, FROM, TO, LIMIT, MIN_QUANTITY, Asked.CURSOR);
    }

    @Override
    public boolean mayWait(Map<String, Object> given) {
        return market.past().isKept();
    }

    @Override
    public Map<String, Object> outputSchema() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("order", Schemas.TEXT);
        parameters.put("minQty", Schemas.NUMBER);
        Map<String, Object> properties = new LinkedHashMap<>();
        Stamp.describe(properties, parameters);
        properties.put("t0Ms", Schemas.INTEGER);
        Stamp.describeSize(properties);
        properties.put("columns", Schemas.arrayOf(Schemas.TEXT));
        properties.put("rows", Schemas.arrayOf(Schemas.row(COLUMNS.size())));
        return Schemas.object(properties, Stamp.OPTIONAL);
    }

    @Override
    public Answer call(Arguments arguments) throws ToolFailure {
        long fromMs = arguments.number(FROM);
        long toMs = arguments.number(TO);
        Asked.checkRange(fromMs, toMs);
        if (toMs - fromMs > MOST_MS) {
            throw new ToolFailure(ErrorCode.RANGE_TOO_LARGE, "from_ms to to_ms is "
                    + (toMs - fromMs) + " ms, at most " + MOST_MS + " are answered: ask hour by"
                    + " hour, or use get_order_flow.");
        }
        Instrument instrument = market.find(arguments.requiredText(Asked.INSTRUMENT));
        TradePage page = TradePage.read(market, instrument, fromMs, toMs,
                (int) arguments.number(LIMIT), arguments.amount(MIN_QUANTITY),
                arguments.text(Asked.CURSOR));
        Map<String, Object> json = new LinkedHashMap<>();
        Stamp.write(json, page.quality(), Stamp.algorithm("trades", "order", "as_journaled",
                "minQty", page.minQuantity()));
        json.put("t0Ms", fromMs);
        List<List<Object>> rows = page.trades().stream()
                .map(trade -> row(trade, fromMs)).toList();
        String next = page.next();
        Table table = new Table(COLUMNS, rows, Table.Shape.COMPACT, next == null,
                "More follow: pass nextCursor as cursor, or ask for less time or a larger min_qty.",
                next == null ? null : last -> next, false);
        List<String> hints = Stamp.hints(page.quality());
        if (rows.isEmpty()) {
            hints.add(next == null ? "No such trades in this range."
                    : "None of those looked at so far is as large: go on with nextCursor.");
        }
        return new Answer(json, table, hints);
    }

    private static List<Object> row(HistoryTrade trade, long t0Ms) {
        return List.of(Math.floorDiv(trade.matchTimeNs(), NS_PER_MS) - t0Ms,
                new Scaled(trade.price(), trade.priceScale()),
                new Scaled(trade.quantity(), trade.quantityScale()),
                trade.isBuy() ? "buy" : "sell",
                // A text: it has more digits than a client's numbers hold.
                Long.toString(trade.tradeId()));
    }
}
