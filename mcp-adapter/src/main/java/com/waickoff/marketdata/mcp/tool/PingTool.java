package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.answer.Answer;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.argument.Parameter;
import com.waickoff.marketdata.mcp.live.EngineDoor;
import com.waickoff.marketdata.mcp.live.LiveReading;
import com.waickoff.marketdata.mcp.live.Liveness;
import com.waickoff.marketdata.snapshot.CoverageView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.FeedState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ping}: whether the engine lives, and how old what it knows is. */
public final class PingTool implements Tool {
    private static final long NS_PER_MS = 1_000_000L;

    private final EngineDoor engine;

    /** Asks this engine. */
    public PingTool(EngineDoor engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "ping";
    }

    @Override
    public String title() {
        return "Ping";
    }

    @Override
    public String description() {
        return "Is the engine alive and how old is its data. Cheapest call.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Map<String, Object> outputSchema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("ok", Schemas.TRUTH);
        Stamp.describeAge(properties);
        properties.put("engineSeq", Schemas.INTEGER);
        properties.put("heartbeatAgeMs", Schemas.INTEGER);
        properties.put("snapshotEpoch", Schemas.TEXT);
        properties.put("instruments", Schemas.INTEGER);
        properties.put("feedsLive", Schemas.INTEGER_OR_NULL);
        properties.put("feeds", Schemas.INTEGER_OR_NULL);
        Stamp.describeSize(properties);
        return Schemas.object(properties, Stamp.OPTIONAL);
    }

    @Override
    public Answer call(Arguments arguments) throws ToolFailure {
        List<FeedReading> feeds = engine.feeds();
        return engine.look((reader, nowMs) -> answer(reader, nowMs, feeds));
    }

    private static Answer answer(SnapshotReader reader, long nowMs,
            @Nullable List<FeedReading> feeds) throws ToolFailure, IOException {
        long sequence = 0;
        long newestMs = 0;
        List<SnapshotEntry> instruments = reader.instruments();
        for (SnapshotEntry entry : instruments) {
            CoverageView coverage = LiveReading.coverage(reader, entry);
            sequence = Math.max(sequence, coverage.sequence());
            newestMs = Math.max(newestMs, coverage.lastReceiveTimeNs() / NS_PER_MS);
        }
        Liveness liveness = Liveness.of(reader, nowMs);
        long feedsLive = feeds == null ? 0
                : feeds.stream().filter(feed -> feed.state() == FeedState.LIVE).count();
        if (liveness == Liveness.LIVE && feeds != null && feedsLive == 0) {
            liveness = Liveness.FEED_DOWN;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ok", !liveness.isStale());
        Stamp.writeAge(json, liveness, newestMs, nowMs - newestMs);
        json.put("engineSeq", sequence);
        json.put("heartbeatAgeMs", Math.max(0, Liveness.heartbeatAgeMs(reader, nowMs)));
        // A text: it has more digits than a client's numbers hold.
        json.put("snapshotEpoch", Long.toString(reader.run().epoch()));
        json.put("instruments", instruments.size());
        json.put("feedsLive", feeds == null ? null : feedsLive);
        json.put("feeds", feeds == null ? null : feeds.size());
        return new Answer(json, null, hints(liveness));
    }

    private static List<String> hints(Liveness liveness) {
        return switch (liveness) {
            case LIVE -> List.of();
            case ENGINE_STOPPED -> List.of(
                    "The engine is not running: other tools give the last known numbers.");
            case FEED_DOWN, BOOK_DOWN, SILENT -> List.of(
                    "No feed is live: other tools give the last known numbers.");
        };
    }
}
