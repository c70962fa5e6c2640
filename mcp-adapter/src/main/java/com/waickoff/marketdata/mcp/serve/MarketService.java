package com.waickoff.marketdata.mcp.serve;

import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.catalogue.Catalogue;
import com.waickoff.marketdata.mcp.stateless.Listening;
import com.waickoff.marketdata.mcp.stateless.StatelessServer;
import com.waickoff.marketdata.mcp.subscribe.Fanout;
import com.waickoff.marketdata.mcp.subscribe.Watchable;
import com.waickoff.marketdata.mcp.tool.Tool;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A catalogue, served. */
public final class MarketService implements Service {
    /** What this server is called. */
    public static final String NAME = "waickoff";

    private final ToolCalls calls;
    private final McpJsonMapper mapper;
    private final Incidents incidents;
    private final Fanout fanout;
    private final SessionBinding sessions;
    private final StatelessServer stateless;
    private final Map<String, Tool> tools;

    /**
     * Serves a catalogue.
     *
     * @param version of this program
     * @param signOfLifeNs how often a subscription without news shows that it lives
     */
    public MarketService(Catalogue catalogue, ToolCalls calls, McpJsonMapper mapper,
            Incidents incidents, Fanout fanout, String version, long signOfLifeNs) {
        this.calls = calls;
        this.mapper = mapper;
        this.incidents = incidents;
        this.fanout = fanout;
        sessions = new SessionBinding(catalogue, calls, mapper, NAME, version);
        stateless = new StatelessServer(new StatelessBinding(catalogue, calls)
                .methods(new Listening(fanout, Set.of(), signOfLifeNs)),
                Map.of("name", NAME, "version", version),
                fault -> incidents.record("stateless", fault));
        tools = catalogue.tools().stream()
                .collect(Collectors.toMap(Tool::name, Function.identity()));
    }

    /** The resources of a catalogue that can be watched. */
    public static Watchable watchable(Catalogue catalogue) {
        return new Watchable() {
            @Override
            public boolean isWatchable(String uri) {
                try {
                    if (!catalogue.find(uri).isSubscribable()) {
                        return false;
                    }
                    catalogue.find(uri).version(uri);
                    return true;
                } catch (ToolFailure absent) {
                    return false;
                }
            }

            @Override
            public long version(String uri) {
                try {
                    return catalogue.find(uri).version(uri);
                } catch (ToolFailure away) {
                    // That it is away is a change too, and that it is back.
                    return away.code().ordinal() - Long.MAX_VALUE;
                }
            }
        };
    }

    @Override
    public McpJsonMapper mapper() {
        return mapper;
    }

    @Override
    public void serve(McpServerTransportProvider transport) {
        sessions.bind(McpServer.sync(transport));
    }

    @Override
    public void serve(McpStreamableServerTransportProvider transport) {
        sessions.bind(McpServer.sync(transport));
    }

    @Override
    public StatelessServer stateless() {
        return stateless;
    }

    @Override
    public Set<String> tools() {
        return tools.keySet();
    }

    @Override
    public boolean mayWait(Map<String, Object> params) {
        Tool tool = params.get("name") instanceof String name ? tools.get(name) : null;
        return tool != null && tool.mayWait(arguments(params));
    }

    @Override
    public SessionTools sessionTools() {
        return this::callInSession;
    }

    private @Nullable Map<String, Object> callInSession(Map<String, Object> params,
            boolean mayWait) {
        Tool tool = tools.get(params.get("name"));
        if (tool == null) {
            throw new IllegalArgumentException("params whose shape was not looked at");
        }
        ToolCalls.Result called = calls.call(tool, arguments(params), mayWait);
        if (called == null) {
            return null;
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("content", called.content());
        result.put("isError", called.isError());
        if (!called.isError()) {
            result.put("structuredContent", called.structuredContent());
        }
        return result;
    }

    @SuppressWarnings("unchecked") // in JSON all names are texts
    private static Map<String, Object> arguments(Map<String, Object> params) {
        return params.get("arguments") instanceof Map<?, ?> given ? (Map<String, Object>) given
                : Map.of();
    }

    @Override
    public Fanout fanout() {
        return fanout;
    }

    @Override
    public Incidents incidents() {
        return incidents;
    }

    @Override
    public void close() {
        fanout.close();
    }
}
