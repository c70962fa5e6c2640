package com.waickoff.marketdata.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.mcp.StubService;
import com.waickoff.marketdata.mcp.access.Places;
import com.waickoff.marketdata.mcp.subscribe.Fanout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What clients are told while they listen, in both eras, beside others that do not read. */
@Timeout(300)
class StreamsTest {
    private static final int LOOK_MS = 10;
    /** Longer than any test: what does not read is to be dropped, not closed as idle. */
    private static final long IDLE_MS = 600_000;
    private static final int URIS = 60;
    private static final long STALL_NS = 500_000_000L;
    /** A client that reads is never behind by more than two of them. */
    private static final int STEPS_OF_A_STALL = 10;

    /** Of which nobody but the test makes it later: how slow the machine is does not matter. */
    private final AtomicLong nanoTime = new AtomicLong(1);
    private StubService service;
    private HttpServer server;
    private int port;

    @BeforeEach
    void start() throws IOException {
        service = new StubService(
                new Fanout.Settings(LOOK_MS * 1_000_000L, STALL_NS, 8, URIS), nanoTime::get);
        server = new HttpServer(new HttpSettings("127.0.0.1", 0, new Places(List.of(), List.of()),
                null, Map.of(), "", 0, 1, 100, 60_000, 262_144, IDLE_MS, 64, 20), service, Map.of(),
                Map.of(), nanoTime::get);
        port = server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        service.close();
    }

    @Test
    void shouldTellAClientWithoutSession() throws IOException {
        try (Wire wire = listening(StubService.WATCHED)) {
            JsonNode acknowledged = wire.event();
            assertThat(acknowledged.get("method").asString())
                    .isEqualTo("notifications/subscriptions/acknowledged");
            assertThat(acknowledged.get("params").get("notifications")
                    .get("resourceSubscriptions").size()).isEqualTo(1);
            service.version.incrementAndGet();

            JsonNode update = wire.event();

            assertThat(update.get("method").asString())
                    .isEqualTo("notifications/resources/updated");
            assertThat(update.get("params").get("uri").asString())
                    .isEqualTo(StubService.WATCHED);
            assertThat(update.get("params").get("_meta")
                    .get("io.modelcontextprotocol/subscriptionId").asInt()).isEqualTo(9);
            service.fanout().announce("notifications/prompts/list_changed");
            service.fanout().announce("notifications/tools/list_changed");
            assertThat(wire.event().get("method").asString())
                    .isEqualTo("notifications/tools/list_changed");
            service.close();
            assertThat(wire.event().get("result").get("resultType").asString())
                    .isEqualTo("complete");
        }
    }

    @Test
    void shouldTellAClientOfASession() throws IOException {
        try (Wire asking = new Wire(port); Wire wire = new Wire(port)) {
            String session = "Mcp-Session-Id: " + asking.ask(Wire.post("""
                    {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":\
                    "2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}"""))
                    .headers().get("mcp-session-id");
            wire.send(Wire.request("GET", "/mcp", "", session));
            assertThat(wire.streaming()).isEqualTo(200);
            assertThat(asking.ask(Wire.request("GET", "/mcp", "", session)).status())
                    .isEqualTo(409);
            assertThat(asking.ask(subscribe("subscribe", StubService.WATCHED, session)).body())
                    .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}");
            assertThat(asking.ask(subscribe("subscribe", "test://other", session)).json()
                    .get("error").get("code").asInt()).isEqualTo(-32002);
            service.version.incrementAndGet();

            JsonNode update = wire.event();

            assertThat(update.toString()).isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":"
                    + "\"notifications/resources/updated\",\"params\":{\"uri\":\"test://watched\"}}");
            asking.ask(subscribe("unsubscribe", StubService.WATCHED, session));
            service.version.incrementAndGet();
            asking.ask(Wire.request("DELETE", "/mcp", "", session));
        }
    }

    @Test
    void shouldDropAClientThatDoesNotReadAndLetOthersGoOn() throws Exception {
        // Enough to fill the buffers of a socket that nobody reads.
        String[] uris = IntStream.range(0, URIS)
                .mapToObj(i -> StubService.WATCHED + i + "x".repeat(2_000))
                .toArray(String[]::new);
        List<Wire> stalled = new ArrayList<>();
        try (Wire healthy = listening(StubService.WATCHED)) {
            for (int i = 0; i < 3; i++) {
                Wire wire = listening(uris);
                assertThat(wire.event().has("method")).isTrue();
                stalled.add(wire);
            }
            healthy.event();
            int told = 0;
            while (service.fanout().dropped() < stalled.size()) {
                service.version.incrementAndGet();
                assertThat(healthy.event().get("method").asString())
                        .isEqualTo("notifications/resources/updated");
                nanoTime.addAndGet(STALL_NS / STEPS_OF_A_STALL);
                told++;
            }
            // However slow the machine is, the one that reads was told all the while.
            assertThat(told).isGreaterThan(STEPS_OF_A_STALL);
            assertThat(service.fanout().size()).isEqualTo(1);
        } finally {
            for (Wire wire : stalled) {
                wire.close();
            }
        }
    }

    @Test
    void shouldTellABoundedNumberOfClients() throws IOException {
        List<Wire> open = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Wire wire = listening(StubService.WATCHED);
                wire.event();
                open.add(wire);
            }
            try (Wire wire = new Wire(port)) {
                Wire.Answer answer = wire.ask(listen(StubService.WATCHED));
                assertThat(answer.status()).isEqualTo(429);
                assertThat(answer.headers()).containsKey("retry-after");
            }
        } finally {
            for (Wire wire : open) {
                wire.close();
            }
        }
    }

    private Wire listening(String... uris) throws IOException {
        Wire wire = new Wire(port);
        wire.send(listen(uris));
        assertThat(wire.streaming()).isEqualTo(200);
        return wire;
    }

    private static String listen(String... uris) {
        String list = List.of(uris).stream().map(uri -> '"' + uri + '"')
                .collect(Collectors.joining(","));
        return Wire.post("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"subscriptions/listen\","
                + "\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":"
                + "\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}},"
                + "\"notifications\":{\"toolsListChanged\":true,\"promptsListChanged\":true,"
                + "\"resourceSubscriptions\":[" + list + "]}}}",
                "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: subscriptions/listen");
    }

    private static String subscribe(String what, String uri, String session) {
        return Wire.post("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"resources/" + what
                + "\",\"params\":{\"uri\":\"" + uri + "\"}}", session);
    }
}
