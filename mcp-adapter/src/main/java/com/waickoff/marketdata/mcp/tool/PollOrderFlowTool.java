package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.answer.Answer;
import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.Table;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.argument.Parameter;
import com.waickoff.marketdata.mcp.history.Bookmark;
import com.waickoff.marketdata.mcp.market.MarketWindow;
import com.waickoff.marketdata.mcp.series.FlowUpdates;
import com.waickoff.marketdata.mcp.series.FlowUpdates.Position;
import com.waickoff.marketdata.mcp.series.Market;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * {@code poll_order_flow}: what is new since the last call. However much was traded between two calls,
 * a minute is one row, as it stands now.
 */
public final class PollOrderFlowTool implements Tool {
    private static final Parameter.Whole WAIT = new Parameter.Whole("wait_ms", 0, 20_000, 0L,
            null);
    private static final Parameter.Whole MOST_ITEMS = new Parameter.Whole("max_items", 1, 100, 20L,
            null);
    private static final List<String> COLUMNS = List.of("tOffset", "close", "vol", "delta", "cvd",
            "trades", "closed");
    private static final long LOOK_EVERY_NS = 25_000_000L;
    private static final long NS_PER_MS = 1_000_000L;

    private final Market market;
    private final LongSupplier nanoTime;

    /**
     * Follows this market.
     *
     * @param nanoTime a clock that waits are measured by
     */
    public PollOrderFlowTool(Market market, LongSupplier nanoTime) {
        this.market = market;
        this.nanoTime = nanoTime;
    }

    @Override
    public String name() {
        return "poll_order_flow";
    }

    @Override
    public String title() {
        return "Follow order flow";
    }

    @Override
    public String description() {
        return "New order-flow updates since cursor; pass nextCursor back to follow live. wait_ms "
                + "holds the call until something changes.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Asked.INSTRUMENT, Asked.CURSOR, WAIT, MOST_ITEMS);
    }

    @Override
    public boolean mayWait(Map<String, Object> given) {
        return given.get(WAIT.name()) != null;
    }

    @Override
    public Map<String, Object> outputSchema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        Stamp.describe(properties, BarRows.parameters());
        properties.put("t0Ms", Schemas.INTEGER_OR_NULL);
        properties.put("stepMs", Schemas.INTEGER);
        properties.put("changed", Schemas.TRUTH);
        properties.put("dropped", Schemas.INTEGER);
        Stamp.describeSize(properties);
        properties.put("columns", Schemas.arrayOf(Schemas.TEXT));
        properties.put("rows", Schemas.arrayOf(Schemas.row(COLUMNS.size())));
        return Schemas.object(properties, Stamp.OPTIONAL);
    }

    @Override
    public Answer call(Arguments arguments) throws ToolFailure {
        String given = arguments.requiredText(Asked.INSTRUMENT);
        String name = FlowUpdates.name(market, given);
        String question = name() + ' ' + name;
        long nowMs = market.engine().nowMs();
        String cursor = arguments.text(Asked.CURSOR);
        Position since = cursor == null ? Position.NONE
                : Position.parse(Bookmark.position(cursor, question, nowMs));
        int most = (int) arguments.number(MOST_ITEMS);
        long endNs = nanoTime.getAsLong() + arguments.number(WAIT) * NS_PER_MS;
        FlowUpdates updates = FlowUpdates.since(market, name, since, most);
        while (cursor != null && !updates.isNew() && endNs - nanoTime.getAsLong() > 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(Math.min(LOOK_EVERY_NS, endNs - nanoTime.getAsLong()));
            if (FlowUpdates.sequence(market, name) != since.sequence()) {
                updates = FlowUpdates.since(market, name, since, most);
            }
        }
        if (updates.isLost()) {
            throw new ToolFailure(ErrorCode.CURSOR_EXPIRED, "what this cursor points to is no"
                    + " longer in the engine's snapshot, or the engine was started with another"
                    + " journal since: call again without cursor. get_order_flow with timeframe=1m"
                    + " has what is stored.");
        }
        return answer(updates, question);
    }

    private Answer answer(FlowUpdates updates, String question) {
        List<MarketWindow> windows = updates.windows();
        Map<String, Object> json = new LinkedHashMap<>();
        Stamp.write(json, updates.quality(),
                BarRows.algorithm("order_flow_updates", FlowUpdates.TIMEFRAME));
        long t0Ms = windows.isEmpty() ? 0 : windows.getFirst().startMs();
        json.put("t0Ms", windows.isEmpty() ? null : t0Ms);
        json.put("stepMs", FlowUpdates.TIMEFRAME.lengthMs());
        json.put("changed", updates.isNew());
        json.put("dropped", updates.dropped());
        json.put("nextCursor", Bookmark.of(question, updates.position().toText(),
                market.engine().nowMs()));
        List<List<Object>> rows = windows.stream()
                .map(window -> Arrays.<Object>asList(
                        BarRows.offset(window, t0Ms, FlowUpdates.TIMEFRAME),
                        window.price(window.close()), window.quantity(window.volume()),
                        window.quantity(window.delta()), BarRows.cumulativeDelta(window),
                        window.trades(), window.isClosed()))
                .toList();
        List<String> hints = Stamp.hints(updates.quality());
        if (updates.dropped() > 0) {
            hints.add(updates.dropped() + " older minutes were left out: get_order_flow with"
                    + " timeframe=1m has them.");
        }
        return new Answer(json, new Table(COLUMNS, rows, Table.Shape.COMPACT, true,
                "Only the newest minutes fit.", null, true), hints);
    }
}
