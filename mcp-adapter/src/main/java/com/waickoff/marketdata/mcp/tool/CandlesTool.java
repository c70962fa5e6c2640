package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.answer.Answer;
import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.Table;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.argument.Parameter;
import com.waickoff.marketdata.mcp.history.Bookmark;
import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.mcp.market.MarketWindow;
import com.waickoff.marketdata.mcp.series.Market;
import com.waickoff.marketdata.mcp.series.Series;
import com.waickoff.marketdata.window.Timeframe;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code get_candles}: open, high, low, close, volume and delta, page by page. */
public final class CandlesTool implements Tool {
    private static final Parameter.Choice TIMEFRAME = new Parameter.Choice("timeframe",
            Timeframe.ALL.stream().map(Timeframe::label).toList(), Timeframe.H1.label());
    private static final Parameter.Whole FROM = new Parameter.Whole("from_ms", 0,
            Parameter.Whole.UNBOUNDED, null, "Default: limit bars back");
    private static final Parameter.Whole TO = new Parameter.Whole("to_ms", 0,
            Parameter.Whole.UNBOUNDED, null, "Default now");
    private static final Parameter.Whole LIMIT = new Parameter.Whole("limit", 1, 500, 100L, null);
    private static final List<String> COLUMNS = List.of("tOffset", "o", "h", "l", "c", "v",
            "delta");

    private final Market market;

    /** What a page is about: where it begins, and where the last one ends. */
    private record Span(long fromMs, long toMs, String question) {}

    /** Reads the windows of this market. */
    public CandlesTool(Market market) {
        this.market = market;
    }

    @Override
    public String name() {
        return "get_candles";
    }

    @Override
    public String title() {
        return "Candles";
    }

    @Override
    public String description() {
        return "Historical OHLCV with delta, oldest first. Page with cursor.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Asked.INSTRUMENT, TIMEFRAME, FROM, TO, LIMIT, Asked.CURSOR, Asked.FORMAT);
    }

    @Override
    public Tool atOnce() {
        return new CandlesTool(market.atOnce());
    }

    @Override
    public Map<String, Object> outputSchema() {
        return BarRows.schema(COLUMNS.size(), Map.of());
    }

    @Override
    public Answer call(Arguments arguments) throws ToolFailure {
        Instrument instrument = market.find(arguments.requiredText(Asked.INSTRUMENT));
        Timeframe timeframe = Asked.timeframe(arguments, TIMEFRAME);
        int limit = (int) arguments.number(LIMIT);
        Span span = span(arguments, instrument, timeframe, limit);
        Series series = market.series(instrument, timeframe, span.fromMs, span.toMs, limit,
                false);
        List<MarketWindow> windows = series.windows();
        long t0Ms = windows.getFirst().startMs();
        Map<String, Object> json = new LinkedHashMap<>();
        Stamp.write(json, series.quality(), BarRows.algorithm("candles", timeframe));
        BarRows.writeHead(json, timeframe, windows);
        boolean verbose = Asked.shape(arguments) == Table.Shape.VERBOSE;
        List<List<Object>> rows = windows.stream()
                .map(window -> verbose ? BarRows.verbose(window)
                        : Arrays.<Object>asList(BarRows.offset(window, t0Ms, timeframe),
                                window.price(window.open()), window.price(window.high()),
                                window.price(window.low()), window.price(window.close()),
                                window.quantity(window.volume()),
                                window.quantity(window.delta())))
                .toList();
        Table table = new Table(verbose ? BarRows.VERBOSE : COLUMNS, rows, Asked.shape(arguments),
                series.isComplete(), "More follow: pass nextCursor as cursor, or ask for a longer"
                        + " timeframe or a shorter range.",
                last -> Bookmark.of(span.question, behind(last, verbose, t0Ms, timeframe) + ":"
                        + span.toMs, market.engine().nowMs()),
                false);
        return new Answer(json, table, Stamp.hints(series.quality()));
    }

    /** Where the page after a row begins. */
    private static long behind(List<Object> row, boolean verbose, long t0Ms, Timeframe timeframe) {
        long first = ((Number) row.getFirst()).longValue();
        long startMs = verbose ? first : t0Ms + first * timeframe.lengthMs();
        return startMs + timeframe.lengthMs();
    }

    private Span span(Arguments arguments, Instrument instrument, Timeframe timeframe, int limit)
            throws ToolFailure {
        long nowMs = market.engine().nowMs();
        String question = String.join(" ", name(), instrument.name(), timeframe.label(),
                String.valueOf(arguments.number(FROM, -1)),
                String.valueOf(arguments.number(TO, -1)));
        String cursor = arguments.text(Asked.CURSOR);
        if (cursor != null) {
            String[] position = Bookmark.position(cursor, question, nowMs).split(":", -1);
            return new Span(Long.parseLong(position[0]), Long.parseLong(position[1]), question);
        }
        long toMs = arguments.number(TO, nowMs + 1);
        long back = limit * timeframe.lengthMs();
        long lastStartMs = Math.floorDiv(toMs - 1, timeframe.lengthMs()) * timeframe.lengthMs();
        long fromMs = arguments.number(FROM,
                Math.max(0, lastStartMs + timeframe.lengthMs() - back));
        if (toMs == 0) {
            throw new ToolFailure(ErrorCode.INVALID_ARGUMENT, "to_ms is 0: nothing was before it.");
        }
        Asked.checkRange(fromMs, toMs);
        return new Span(fromMs, toMs, question);
    }
}
