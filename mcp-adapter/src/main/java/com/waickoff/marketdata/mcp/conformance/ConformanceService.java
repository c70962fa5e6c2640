package com.waickoff.marketdata.mcp.conformance;

import com.waickoff.marketdata.mcp.serve.Incidents;
import com.waickoff.marketdata.mcp.serve.Service;
import com.waickoff.marketdata.mcp.stateless.StatelessServer;
import com.waickoff.marketdata.mcp.subscribe.Fanout;
import com.waickoff.marketdata.mcp.subscribe.Watchable;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What the official suite tests, over the very transports that serve the market. */
public final class ConformanceService implements Service {
    private final McpJsonMapper mapper;
    private final Incidents incidents;
    private final Fanout fanout;
    private final SessionFixtures sessions;
    private final StatelessServer stateless;
    private final Set<String> tools;

    /**
     * A service of fixtures.
     *
     * @param signOfLifeNs how often a subscription without news shows that it lives
     */
    public ConformanceService(McpJsonMapper mapper, Incidents incidents, long signOfLifeNs) {
        this.mapper = mapper;
        this.incidents = incidents;
        fanout = new Fanout(new Watchable() {
            @Override
            public boolean isWatchable(String uri) {
                return uri.equals(Fixtures.WATCHED);
            }

            @Override
            public long version(String uri) {
                return 0;
            }
        }, Fanout.Settings.DEFAULT, System::nanoTime);
        sessions = new SessionFixtures(mapper);
        StatelessFixtures fixtures = new StatelessFixtures(fanout);
        stateless = new StatelessServer(fixtures.methods(signOfLifeNs),
                Map.of("name", "waickoff-conformance", "version", "1"),
                fault -> incidents.record("conformance", fault));
        tools = new LinkedHashSet<>(sessions.tools());
        tools.addAll(fixtures.tools());
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
        return tools;
    }

    @Override
    public boolean mayWait(Map<String, Object> params) {
        return true;
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
