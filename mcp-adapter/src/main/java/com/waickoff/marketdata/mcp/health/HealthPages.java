package com.waickoff.marketdata.mcp.health;

import com.waickoff.marketdata.mcp.condition.Condition;
import com.waickoff.marketdata.mcp.condition.Condition.Component;
import com.waickoff.marketdata.mcp.condition.Condition.Level;
import com.waickoff.marketdata.mcp.condition.ConditionReader;
import com.waickoff.marketdata.mcp.condition.ConditionReader.Depth;
import com.waickoff.marketdata.mcp.http.Page;
import com.waickoff.marketdata.mcp.http.Page.Content;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What probes ask. All of it is read from files, so an answer takes microseconds whatever is away.
 *
 * <p>Threads: any.
 */
public final class HealthPages {
    private static final String JSON = "application/json";

    private final ConditionReader condition;
    private final Function<Object, String> toText;

    /**
     * Pages about this.
     *
     * @param toText writes JSON
     */
    public HealthPages(ConditionReader condition, Function<Object, String> toText) {
        this.condition = condition;
        this.toText = toText;
    }

    /** {@code /health/live}, {@code /health/ready}: for everybody who can connect, one word each. */
    public Map<String, Page> probes() {
        return Map.of("/health/live", () -> word(Level.OK), "/health/ready",
                () -> word(condition.read(Depth.FILES).level()));
    }

    /** {@code /health}: everything, with a code of why where something is not well. */
    public Page all() {
        return () -> {
            Condition read = condition.read(Depth.FILES);
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("status", read.level().label());
            json.put("atMs", read.atMs());
            List<Map<String, Object>> components = new ArrayList<>();
            for (Component component : read.components()) {
                components.add(described(component));
            }
            json.put("components", components);
            return new Content(status(read.level()), JSON, toText.apply(json));
        };
    }

    private static Map<String, Object> described(Component component) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", component.kind().label());
        if (!component.name().isEmpty()) {
            json.put("name", component.name());
        }
        json.put("status", component.level().label());
        json.put("reason", component.reason());
        if (component.lagMs() != null) {
            json.put("lagMs", component.lagMs());
        }
        return json;
    }

    private static Content word(Level level) {
        return new Content(status(level), JSON, "{\"status\":\"" + level.label() + "\"}");
    }

    /** What is missing a part can still be asked: only what does nothing is taken out. */
    private static int status(Level level) {
        return level == Level.DOWN ? 503 : 200;
    }
}
