package com.waickoff.marketdata.mcp.health;

import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.condition.Condition;
import com.waickoff.marketdata.mcp.condition.Condition.Component;
import com.waickoff.marketdata.mcp.condition.Condition.Level;
import com.waickoff.marketdata.mcp.condition.ConditionReader;
import com.waickoff.marketdata.mcp.condition.ConditionReader.Depth;
import com.waickoff.marketdata.mcp.http.Page;
import com.waickoff.marketdata.mcp.live.EngineDoor;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterReading;
import com.waickoff.marketdata.status.StatusReader;
import com.waickoff.marketdata.status.StatusReader.OwnedLatency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /metrics}: counters and latencies of the engine's status file, the condition of everything,
 * and how much this server itself is used.
 *
 * <p>Threads: any.
 */
public final class MetricsPage implements Page {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsPage.class);
    private static final double NS_PER_SECOND = 1e9;
    private static final double MS_PER_SECOND = 1e3;
    private static final List<String> QUANTILES = List.of("0.5", "0.9", "0.99", "0.999");
    private static final String LATENCY = "waickoff_latency_seconds";

    private final EngineDoor engine;
    private final ConditionReader condition;
    private final Map<String, IntSupplier> gauges;
    private final LongSupplier dropped;

    /**
     * Metrics of these.
     *
     * @param gauges what this server has at the moment, by name
     * @param dropped subscribers that were dropped so far
     */
    public MetricsPage(EngineDoor engine, ConditionReader condition,
            Map<String, IntSupplier> gauges, LongSupplier dropped) {
        this.engine = engine;
        this.condition = condition;
        this.gauges = new TreeMap<>(gauges);
        this.dropped = dropped;
    }

    @Override
    public Content content() {
        Exposition text = new Exposition();
        Condition read = condition.read(Depth.FILES);
        text.family("waickoff_up", "gauge", "1 while the engine gives signs of life")
                .sample("waickoff_up", read.level() == Level.DOWN ? 0 : 1);
        components(text, read);
        try {
            engine.lookAtStatus((status, nowMs) -> {
                counters(text, status);
                latencies(text, status);
                return true;
            });
        } catch (ToolFailure away) {
            LOG.debug("no status to measure", away);
        }
        gauges.forEach((name, value) -> text.family(name, "gauge", "how many there are")
                .sample(name, value.getAsInt()));
        text.family("waickoff_mcp_subscribers_dropped_total", "counter",
                "subscribers dropped because they did not read")
                .sample("waickoff_mcp_subscribers_dropped_total", dropped.getAsLong());
        return new Content(200, Exposition.TYPE, text.toString());
    }

    private static void components(Exposition text, Condition read) {
        text.family("waickoff_component_ok", "gauge",
                "1 if a part is well or off on purpose, 0 if not; reason says why");
        for (Component component : read.components()) {
            boolean well = component.level() == Level.OK || component.level() == Level.OFF;
            text.sample("waickoff_component_ok", well ? 1 : 0, "kind", component.kind().label(),
                    "name", component.name(), "reason", component.reason());
        }
        text.family("waickoff_component_lag_seconds", "gauge",
                "how old what a part last gave is, or how far it is behind");
        for (Component component : read.components()) {
            if (component.lagMs() != null) {
                text.seconds("waickoff_component_lag_seconds", component.lagMs() / MS_PER_SECOND,
                        "kind", component.kind().label(), "name", component.name());
            }
        }
    }

    private static void counters(Exposition text, StatusReader status) {
        List<CounterReading> owners = status.counters();
        for (Counter counter : Counter.values()) {
            if (owners.stream().noneMatch(owner -> owner.get(counter) > 0)) {
                continue;
            }
            String name = "waickoff_" + counter.label() + "_total";
            text.family(name, "counter", counter.description());
            for (CounterReading owner : owners) {
                if (owner.get(counter) > 0) {
                    text.sample(name, owner.get(counter), "owner", owner.owner());
                }
            }
        }
    }

    private static void latencies(Exposition text, StatusReader status) {
        text.family(LATENCY, "summary", "what was measured since the engine's start");
        for (OwnedLatency owned : status.latencies()) {
            if (owned.reading().count() == 0) {
                continue;
            }
            String what = owned.latency().label();
            for (String quantile : QUANTILES) {
                double percent = 100 * Double.parseDouble(quantile);
                text.seconds(LATENCY, owned.reading().percentileNs(percent) / NS_PER_SECOND,
                        "owner", owned.owner(), "latency", what, "quantile", quantile);
            }
            text.seconds(LATENCY + "_sum", owned.reading().sumNs() / NS_PER_SECOND, "owner",
                    owned.owner(), "latency", what);
            text.sample(LATENCY + "_count", owned.reading().count(), "owner", owned.owner(),
                    "latency", what);
        }
    }
}
