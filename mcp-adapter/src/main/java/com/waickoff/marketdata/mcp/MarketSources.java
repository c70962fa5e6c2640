package com.waickoff.marketdata.mcp;

import com.waickoff.marketdata.cli.EngineFilesOptions.EngineSetup;
import com.waickoff.marketdata.mcp.answer.AnswerWriter;
import com.waickoff.marketdata.mcp.catalogue.Catalogue;
import com.waickoff.marketdata.mcp.catalogue.Freshness;
import com.waickoff.marketdata.mcp.catalogue.Freshness.Scope;
import com.waickoff.marketdata.mcp.catalogue.Resource;
import com.waickoff.marketdata.mcp.catalogue.ResourceTemplate;
import com.waickoff.marketdata.mcp.condition.ConditionReader;
import com.waickoff.marketdata.mcp.history.StoredPast;
import com.waickoff.marketdata.mcp.live.EngineDoor;
import com.waickoff.marketdata.mcp.prompt.MarketCompletions;
import com.waickoff.marketdata.mcp.prompt.Questions;
import com.waickoff.marketdata.mcp.resource.Guide;
import com.waickoff.marketdata.mcp.resource.InstrumentTemplate;
import com.waickoff.marketdata.mcp.resource.InstrumentTemplate.Variable;
import com.waickoff.marketdata.mcp.resource.ToolResource;
import com.waickoff.marketdata.mcp.series.Market;
import com.waickoff.marketdata.mcp.tool.CandlesTool;
import com.waickoff.marketdata.mcp.tool.FootprintTool;
import com.waickoff.marketdata.mcp.tool.HealthTool;
import com.waickoff.marketdata.mcp.tool.ListInstrumentsTool;
import com.waickoff.marketdata.mcp.tool.MarketDepthTool;
import com.waickoff.marketdata.mcp.tool.MarketSnapshotTool;
import com.waickoff.marketdata.mcp.tool.OrderFlowTool;
import com.waickoff.marketdata.mcp.tool.PingTool;
import com.waickoff.marketdata.mcp.tool.PollOrderFlowTool;
import com.waickoff.marketdata.mcp.tool.Tool;
import com.waickoff.marketdata.mcp.tool.TradesTool;
import com.waickoff.marketdata.mcp.tool.VolumeProfileTool;
import com.waickoff.marketdata.storage.HistoryDoor;
import com.waickoff.marketdata.storage.drain.Drain;
import com.waickoff.marketdata.storage.history.HistoryException;
import com.waickoff.marketdata.storage.history.SnapshotHistory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * All that answers are made from, opened by the configuration of the engine: its files, the store of
 * the past, the status file of the drain. None of them need exist.
 *
 * <p>Threads: any.
 */
final class MarketSources implements AutoCloseable {
    static final String INSTRUCTIONS = "Order flow of crypto venues, counted trade by trade by an "
            + "engine on this machine; read-only. Ids are venue:SYMBOL; list_instruments finds "
            + "them. Start with get_market_snapshot; then get_volume_profile, get_order_flow, "
            + "get_footprint; get_candles and get_trades for the past; poll_order_flow to follow. "
            + "With every figure report coverage (ppm 1000000 = no trade known to be missing), "
            + "ageMs and stale, and the time covered, not the time asked for. Times are epoch ms "
            + "UTC; prices and volumes are in the units named; delta is bought minus sold by "
            + "aggressors. If data looks stale or missing, call get_health. Errors name the next "
            + "step. These are measurements, not advice.";

    private static final Freshness LIVE = new Freshness(1_000, Scope.PRIVATE);
    private static final Freshness LISTED = new Freshness(1_000, Scope.PUBLIC);

    private final EngineDoor engine;
    private final StoredPast snapshot;
    private final StoredPast past;
    private final Market market;
    private final ConditionReader condition;
    private final LongSupplier nanoTime;

    MarketSources(EngineDoor engine, StoredPast snapshot, StoredPast past, Path drainDirectory,
            LongSupplier nanoTime) {
        this.engine = engine;
        this.snapshot = snapshot;
        this.past = past;
        this.nanoTime = nanoTime;
        market = new Market(engine, snapshot, past);
        condition = new ConditionReader(engine, drainDirectory, past);
    }

    /**
     * What a configuration names.
     *
     * @param epochMs the time, in ms since the epoch
     * @param nanoTime a clock that waits are measured by
     * @param deadline of each question to the history
     */
    static MarketSources open(EngineSetup setup, LongSupplier epochMs, LongSupplier nanoTime,
            Duration deadline) {
        Path file = setup.engine().snapshotFile();
        return new MarketSources(new EngineDoor(file, setup.engine().statusFile(), epochMs),
                StoredPast.of(new SnapshotHistory(file, epochMs), deadline),
                past(setup, epochMs, deadline), Drain.directory(setup.engine()), nanoTime);
    }

    private static StoredPast past(EngineSetup setup, LongSupplier epochMs,
            Duration deadline) {
        HistoryDoor door = HistoryDoor.open(setup, epochMs, deadline);
        try {
            if (!door.isConfigured()) {
                return StoredPast.NONE;
            }
            if (door.isHostedByDrain()) {
                return StoredPast.hostedByDrain(door, deadline);
            }
        } catch (HistoryException unreadable) {
            // The file that names the server may be readable later; each question looks again.
        }
        return StoredPast.of(door, deadline);
    }

    /** How everything is doing: for agents, probes and monitoring. */
    ConditionReader condition() {
        return condition;
    }

    /** The engine's files. */
    EngineDoor engine() {
        return engine;
    }

    /** All there is to ask. */
    Catalogue catalogue(AnswerWriter writer) {
        Tool instruments = new ListInstrumentsTool(market);
        Tool health = new HealthTool(condition);
        Tool glance = new MarketSnapshotTool(market);
        Tool profile = new VolumeProfileTool(market);
        Tool depth = new MarketDepthTool(market);
        Tool poll = new PollOrderFlowTool(market, nanoTime);
        List<Tool> tools = List.of(new PingTool(engine), health, instruments, glance, profile,
                new OrderFlowTool(market), new FootprintTool(market), depth,
                new CandlesTool(market), new TradesTool(market), poll);
        List<Resource> resources = List.of(
                new ToolResource(instruments, writer, "market://instruments",
                        Map.of("status", "all", "limit", 100), LISTED),
                new ToolResource(health, writer, "market://health", Map.of("detail", "full"),
                        LIVE),
                new Guide());
        Variable window = new Variable("window", "window", VolumeProfileTool.LIVE_WINDOWS);
        List<ResourceTemplate> templates = List.of(
                new InstrumentTemplate(glance, writer, "snapshot", "snapshot", null,
                        glance.description(), Map.of(),
                        (instrument, value) -> market.version(instrument, "1d")
                                + market.bookVersion(instrument)),
                new InstrumentTemplate(depth, writer, "depth", "depth", null, depth.description(),
                        Map.of("levels", 20),
                        (instrument, value) -> market.bookVersion(instrument)),
                new InstrumentTemplate(poll, writer, "orderflow_live", "orderflow/live", null,
                        "The newest minutes of the order flow; subscribe to be told of changes.",
                        Map.of("max_items", 5),
                        (instrument, value) -> market.version(instrument, "1m")),
                new InstrumentTemplate(profile, writer, "profile", "profile", window,
                        "Volume profile of a live window.", Map.of(), market::version));
        return new Catalogue(INSTRUCTIONS, tools, resources, templates, Questions.of(market),
                new MarketCompletions(market, VolumeProfileTool.LIVE_WINDOWS));
    }

    @Override
    public void close() {
        engine.close();
        snapshot.close();
        past.close();
    }
}
