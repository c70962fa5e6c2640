package com.waickoff.marketdata.mcp;

import com.waickoff.marketdata.mcp.message.Rpc;
import com.waickoff.marketdata.mcp.message.RpcFailure;
import com.waickoff.marketdata.mcp.serve.Incidents;
import com.waickoff.marketdata.mcp.serve.MarketServer;
import com.waickoff.marketdata.mcp.serve.Service;
import com.waickoff.marketdata.mcp.stateless.Listening;
import com.waickoff.marketdata.mcp.stateless.Method;
import com.waickoff.marketdata.mcp.stateless.StatelessServer;
import com.waickoff.marketdata.mcp.subscribe.Fanout;
import com.waickoff.marketdata.mcp.subscribe.Watchable;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServer.SyncSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A service of a test's own, with what a real one never has: tools that throw, that wait for ever, and a
 * resource that changes when the test says so.
 */
public final class StubService implements Service {
    public static final String WATCHED = "test://watched";
    public static final String SECRET = "mongodb://user:password@host";

    public final AtomicLong version = new AtomicLong();
    public final CountDownLatch waits = new CountDownLatch(1);
    public final CountDownLatch interrupted = new CountDownLatch(1);

    private final McpJsonMapper mapper = MarketServer.mapper();
    private final Incidents incidents = new Incidents(7);
    private final Fanout fanout;

    /** Without a trace: the SDK writes all of it to the log. */
    private static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1;

        Fault() {
            super(SECRET, null, false, false);
        }
    }

    /** With a clock that stands still: nobody is dropped for being slow. */
    public StubService() {
        this(Fanout.Settings.DEFAULT, () -> 1);
    }

    /** By this clock, in ns, a subscriber is too slow. */
    public StubService(Fanout.Settings settings, LongSupplier nanoTime) {
        fanout = new Fanout(new Watchable() {
            @Override
            public boolean isWatchable(String uri) {
                return uri.startsWith(WATCHED);
            }

            @Override
            public long version(String uri) {
                return version.get();
            }
        }, settings, nanoTime);
    }

    @Override
    public McpJsonMapper mapper() {
        return mapper;
    }

    @Override
    public void serve(McpServerTransportProvider transport) {
        bind(McpServer.sync(transport));
    }

    @Override
    public void serve(McpStreamableServerTransportProvider transport) {
        bind(McpServer.sync(transport));
    }

    private void bind(SyncSpecification<?> server) {
        server.jsonMapper(mapper).immediateExecution(true)
                .capabilities(ServerCapabilities.builder().tools(false).resources(true, false)
                        .build())
                .toolCall(tool("broken"), (exchange, request) -> {
                    throw new Fault();
                })
                .toolCall(tool("echo"), (exchange, request) -> CallToolResult.builder()
                        .addTextContent(String.valueOf(request.arguments())).build())
                .toolCall(tool("wait"), (exchange, request) -> CallToolResult.builder()
                        .addTextContent(sleep()).build())
                .build();
    }

    private static Tool tool(String name) {
        return Tool.builder(name, Map.of("type", "object")).build();
    }

    private String sleep() {
        waits.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException ended) {
            interrupted.countDown();
        }
        return "woken";
    }

    @Override
    public StatelessServer stateless() {
        Map<String, Method> methods = new HashMap<>();
        methods.put("server/discover", StatelessServer.discover(Map.of(), "", 1));
        methods.put("tools/call", request -> {
            switch (request.requiredText("name")) {
                case "broken" -> throw new Fault();
                case "echo" -> {
                    request.notify("notifications/progress", Map.of("progress", 1));
                    return Map.of("content", List.of());
                }
                case "wait" -> {
                    return Map.of("content", List.of(), "said", sleep());
                }
                default -> throw new RpcFailure(Rpc.INVALID_PARAMS, "Unknown tool.");
            }
        });
        methods.put("subscriptions/listen",
                new Listening(fanout, Set.of("toolsListChanged"), 20_000_000L));
        return new StatelessServer(methods, Map.of("name", "stub", "version", "1"),
                fault -> incidents.record("stub", fault));
    }

    @Override
    public Set<String> tools() {
        return Set.of("broken", "echo", "wait");
    }

    @Override
    public boolean mayWait(Map<String, Object> params) {
        return "wait".equals(params.get("name")) || "echo".equals(params.get("name"));
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
