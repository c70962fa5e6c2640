package com.waickoff.marketdata.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.mcp.StubService;
import com.waickoff.marketdata.mcp.access.Places;
import com.waickoff.marketdata.mcp.access.StaticTokens;
import com.waickoff.marketdata.mcp.access.TokenCheck;
import com.waickoff.marketdata.mcp.http.Wire.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The server on real sockets: what may be asked is answered, and nothing else says a word. */
@Timeout(300)
class HttpServerTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
            "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";
    private static final String META = """
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}}""";
    private static final String[] NOW = {"MCP-Protocol-Version: 2026-07-28"};

    private static final long SESSION_IDLE_MS = 60_000;
    /** Longer than any test. */
    private static final long IDLE_MS = 600_000;
    private static final long NS_PER_MS = 1_000_000;

    /** Of which nobody but the test makes it later: how slow the machine is does not matter. */
    private final AtomicLong nanoTime = new AtomicLong(1);
    private final StubService service = new StubService();
    private HttpServer server;
    private int port;

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        service.close();
    }

    private void start(TokenCheck tokens, int perSecond, int burst, int maxSessions)
            throws IOException {
        server = new HttpServer(new HttpSettings("127.0.0.1", 0,
                new Places(List.of("md.example.com"), List.of("https://app.example.com")), tokens,
                Map.of("authorization_servers", List.of("https://login.example.com")), "",
                perSecond, burst, maxSessions, SESSION_IDLE_MS, 262_144, IDLE_MS, 64, 50), service,
                Map.of("/health/live", () -> new Page.Content(200, "application/json", "{}")),
                Map.of("/metrics", () -> new Page.Content(200, "text/plain", "up 1\n")),
                nanoTime::get);
        port = server.start();
    }

    private void start() throws IOException {
        start(null, 0, 1, 100);
    }

    private static String modern(String method, String more) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":{" + META
                + more + "}}";
    }

    private static String[] headers(String method, String... more) {
        List<String> headers = new ArrayList<>(List.of(NOW));
        headers.add("Mcp-Method: " + method);
        headers.addAll(List.of(more));
        return headers.toArray(String[]::new);
    }

    @Test
    void shouldServeSessions() throws IOException {
        start();
        try (Wire wire = new Wire(port)) {
            Answer begun = wire.ask(Wire.post(INITIALIZE));
            assertThat(begun.status()).isEqualTo(200);
            assertThat(begun.json().get("result").get("protocolVersion").asString())
                    .isEqualTo("2025-11-25");
            String session = "Mcp-Session-Id: " + begun.headers().get("mcp-session-id");
            assertThat(wire.ask(Wire.post("{\"jsonrpc\":\"2.0\",\"method\":"
                    + "\"notifications/initialized\"}", session)).status()).isEqualTo(202);

            Answer called = wire.ask(Wire.post("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":"
                    + "\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{\"a\":1}}}",
                    session));

            assertThat(called.headers().get("content-type")).isEqualTo("application/json");
            assertThat(called.json().get("result").get("content").get(0).get("text").asString())
                    .isEqualTo("{a=1}");
            assertThat(wire.ask(Wire.request("DELETE", "/mcp", "", session)).status())
                    .isEqualTo(200);
            assertThat(wire.ask(Wire.post("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}",
                    session)).status()).isEqualTo(404);
        }
    }

    @Test
    void shouldServeRequestsWithoutSessions() throws IOException {
        start();
        try (Wire wire = new Wire(port)) {
            Answer known = wire.ask(Wire.post(modern("server/discover", ""),
                    headers("server/discover")));
            assertThat(known.status()).isEqualTo(200);
            JsonNode result = known.json().get("result");
            assertThat(result.get("supportedVersions").get(0).asString()).isEqualTo("2026-07-28");
            assertThat(result.get("resultType").asString()).isEqualTo("complete");
            assertThat(result.get("_meta").get("io.modelcontextprotocol/serverInfo").get("name")
                    .asString()).isEqualTo("stub");

            wire.send(Wire.post(modern("tools/call", ",\"name\":\"echo\""),
                    headers("tools/call", "Mcp-Name: =?base64?ZWNobw==?=")));
            assertThat(wire.streaming()).isEqualTo(200);
            assertThat(wire.event().get("method").asString())
                    .isEqualTo("notifications/progress");
            assertThat(wire.event().get("id").asInt()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v999       | v999       | tools/list | 400 | -32022
            2026-07-28 | v999       | tools/list | 400 | -32020
            ''         | 2026-07-28 | tools/list | 400 | -32020
            2026-07-28 | 2026-07-28 | ping       | 400 | -32020
            2026-07-28 | 2026-07-28 | tools/list | 404 | -32601
            """)
    void shouldRefuseWhatTheRevisionWithoutSessionsRefuses(String header, String meta,
            String method, int status, int code) throws IOException {
        start();
        try (Wire wire = new Wire(port)) {
            Answer answer = wire.ask(Wire.post(modern("tools/list", "").replace("2026-07-28", meta),
                    "MCP-Protocol-Version: " + header, "Mcp-Method: " + method));
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.json().get("error").get("code").asInt()).isEqualTo(code);
            assertThat(answer.json().get("id").asInt()).isEqualTo(7);
            Answer bare = wire.ask(Wire.post(
                    "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"server/discover\"}",
                    headers("server/discover")));
            assertThat(bare.status()).isEqualTo(400);
            assertThat(bare.json().get("error").get("code").asInt()).isEqualTo(-32602);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Host: evil.example.com                      | 421
            Host: localhost.evil.example.com:80         | 421
            Host: md.example.com                        | 401
            Host: 127.0.0.1:8321                        | 401
            Origin: http://evil.example.com             | 403
            Origin: null                                | 403
            Origin: http://localhost.evil.example.com   | 403
            Origin: http://localhost:5173               | 401
            Origin: https://app.example.com             | 401
            Authorization: Bearer 0123456789abcdeF      | 401
            Authorization: Basic 0123456789abcdef       | 401
            Authorization: Bearer 0123456789abcdef      | 200
            authorization: bearer 0123456789abcdef      | 200
            """)
    void shouldAskWhoIsAsking(String header, int status) throws IOException {
        start(new StaticTokens(List.of(TOKEN)), 0, 1, 100);
        try (Wire wire = new Wire(port)) {
            Answer answer = wire.ask(Wire.post(INITIALIZE, header));
            assertThat(answer.status()).isEqualTo(status);
            if (status != 200) {
                assertRefused(answer);
            }
            if (status == 401) {
                assertThat(answer.headers().get("www-authenticate")).startsWith("Bearer ")
                        .contains("resource_metadata=\"http://",
                                "/.well-known/oauth-protected-resource/mcp\"",
                                "scope=\"market:read\"");
            }
            assertThat(wire.ask(Wire.request("GET", "/metrics", "")).status()).isEqualTo(401);
            assertThat(wire.ask(Wire.request("GET", "/health/live", "", "Host: 10.0.0.7"))
                    .status()).isEqualTo(200);
            Answer metadata = wire.ask(
                    Wire.request("GET", "/.well-known/oauth-protected-resource/mcp", ""));
            assertThat(metadata.json().get("resource").asString())
                    .isEqualTo("http://localhost/mcp");
            assertThat(metadata.json().get("authorization_servers").get(0).asString())
                    .isEqualTo("https://login.example.com");
        }
    }

    @Test
    void shouldLetNobodyUseTheSessionOfAnother() throws IOException {
        start(new StaticTokens(List.of(TOKEN, "fedcba9876543210")), 0, 1, 100);
        String mine = "Authorization: Bearer " + TOKEN;
        try (Wire wire = new Wire(port)) {
            String session = "Mcp-Session-Id: "
                    + wire.ask(Wire.post(INITIALIZE, mine)).headers().get("mcp-session-id");
            String ping = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}";

            assertThat(wire.ask(Wire.post(ping, session, mine)).status()).isEqualTo(200);
            assertThat(wire.ask(Wire.post(ping, session,
                    "Authorization: Bearer fedcba9876543210")).status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "[]", "17", "{}", "{\"jsonrpc\":\"2.0\",\"id\":1}",
            "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", " ",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\""
                    + ":\"1\",\"capabilities\":{\"roots\":5},\"clientInfo\":{\"name\":\"a\","
                    + "\"version\":\"b\"}}}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"})
    void shouldAnswerBadMessagesItself(String body) throws IOException {
        start();
        try (Wire wire = new Wire(port)) {
            Answer answer = wire.ask(Wire.post(body));
            assertThat(answer.status()).isEqualTo(400);
            assertRefused(answer);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | /mcp                         | Content-Type: text/plain        | 415
            POST   | /mcp                         | Content-Type:                   | 415
            POST   | /mcp                         | Accept: application/json        | 406
            POST   | /mcp                         | Accept:                         | 406
            POST   | /mcp                         | Mcp-Session-Id: unknown         | 404
            POST   | /mcp                         | MCP-Protocol-Version: 1999-01-01 | 400
            PUT    | /mcp                         | X: y                            | 405
            GET    | /mcp                         | X: y                            | 400
            GET    | /mcp                         | Accept: application/json        | 406
            DELETE | /mcp                         | Mcp-Session-Id: unknown         | 404
            GET    | /                            | X: y                            | 404
            GET    | /mcp/../etc/passwd           | X: y                            | 404
            GET    | /%2e%2e/etc/passwd           | X: y                            | 400
            POST   | /metrics                     | X: y                            | 405
            """)
    void shouldAnswerBadRequestsItself(String method, String path, String header, int status)
            throws IOException {
        start();
        try (Wire wire = new Wire(port)) {
            Answer answer = wire.ask(Wire.request(method, path, method.equals("POST")
                    ? "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}" : "", header));
            assertThat(answer.status()).isEqualTo(status);
            assertRefused(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage\r\n\r\n", "POST /mcp HTTP/1.1\r\n\r\n",
            "GET /mcp HTTP/9.9\r\nHost: localhost\r\n\r\n",
            "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
            "GET /a b c HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "POST /mcp HTTP/1.1\r\nHost: localhost\r\nHost: other\r\n\r\n"})
    void shouldSayNothingOfItselfToWhatIsNoRequest(String raw) throws IOException {
        start();
        try (Wire wire = new Wire(port)) {
            Answer answer = wire.ask(raw);
            assertThat(answer.status()).isBetween(400, 599);
            assertSilent(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRefuseLongBodies(boolean chunked) throws IOException {
        start();
        String body = "{\"jsonrpc\":\"2.0\",\"a\":\"" + "x".repeat(300_000) + "\"}";
        try (Wire wire = new Wire(port)) {
            wire.sendWhatIsTaken(chunked
                    ? Wire.post("", "Content-Type: application/json",
                            "Transfer-Encoding: chunked")
                            + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n"
                    : Wire.post(body));
            Answer answer = wire.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertRefused(answer);
        }
    }

    /** More than the web server has threads: none of them may wait for a body. */
    @Test
    void shouldAnswerWhileOthersDoNotSendTheirBodies() throws IOException {
        start();
        List<Wire> slow = new ArrayList<>();
        try (Wire wire = new Wire(port)) {
            String body = modern("tools/list", "");
            String whole = Wire.post(body, headers("tools/list"));
            int half = whole.length() - body.length() / 2;
            for (int i = 0; i < 20; i++) {
                slow.add(new Wire(port));
                slow.getLast().send(whole.substring(0, half));
            }
            assertThat(wire.ask(whole).json().get("id").asInt()).isEqualTo(7);
            for (Wire late : slow) {
                late.send(whole.substring(half));
                assertThat(late.answer().json().get("id").asInt()).isEqualTo(7);
            }
        } finally {
            for (Wire late : slow) {
                late.close();
            }
        }
    }

    @Test
    void shouldLimitHowOftenAClientAsks() throws IOException {
        start(null, 1, 5, 100);
        try (Wire wire = new Wire(port)) {
            String metrics = Wire.request("GET", "/metrics", "");
            for (int i = 0; i < 5; i++) {
                assertThat(wire.ask(metrics).status()).isEqualTo(200);
            }
            Answer refused = wire.ask(metrics);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.headers().get("retry-after")).isEqualTo("1");
            assertRefused(refused);

            nanoTime.addAndGet(1_000 * NS_PER_MS);
            assertThat(wire.ask(metrics).status()).isEqualTo(200);
            assertThat(wire.ask(metrics).status()).isEqualTo(429);
        }
    }

    @Test
    void shouldLimitSessions() throws IOException {
        start(null, 0, 1, 10);
        try (Wire wire = new Wire(port)) {
            for (int i = 0; i < 10; i++) {
                assertThat(wire.ask(Wire.post(INITIALIZE)).status()).isEqualTo(200);
            }
            Answer answer = wire.ask(Wire.post(INITIALIZE));
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.headers().get("retry-after")).isEqualTo("60");
            assertRefused(answer);
            assertThat(server.sessions()).isEqualTo(10);
            assertThat(wire.ask(Wire.post(modern("server/discover", ""),
                    headers("server/discover"))).status()).isEqualTo(200);

            nanoTime.addAndGet((SESSION_IDLE_MS + 1) * NS_PER_MS);
            assertThat(wire.ask(Wire.post(INITIALIZE)).status()).isEqualTo(200);
            assertThat(server.sessions()).isEqualTo(1);
        }
    }

    @Test
    void shouldStopThoughACallNeverEnds() throws Exception {
        start();
        try (Wire wire = new Wire(port)) {
            wire.send(Wire.post(modern("tools/call", ",\"name\":\"wait\""),
                    headers("tools/call", "Mcp-Name: wait")));
            service.waits.await();

            server.close();

            assertThat(wire.isEnded()).isTrue();
        }
    }

    @Test
    void shouldKeepTheWordsOfExceptionsToItself() throws IOException {
        start();
        try (Wire wire = new Wire(port)) {
            String session = "Mcp-Session-Id: "
                    + wire.ask(Wire.post(INITIALIZE)).headers().get("mcp-session-id");
            Answer sessions = wire.ask(Wire.post("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":"
                    + "\"tools/call\",\"params\":{\"name\":\"broken\"}}", session));
            Answer stateless = wire.ask(Wire.post(modern("tools/call", ",\"name\":\"broken\""),
                    headers("tools/call", "Mcp-Name: broken")));

            assertThat(sessions.json().get("error").get("message").asString())
                    .matches("INTERNAL ref=[0-9a-f]{10}");
            assertThat(stateless.json().get("error").get("message").asString())
                    .matches("INTERNAL ref=[0-9a-f]{10}");
            assertThat(stateless.status()).isEqualTo(500);
        }
    }

    @Test
    void shouldLetPagesOfAllowedOriginsAsk() throws IOException {
        start();
        try (Wire wire = new Wire(port)) {
            Answer asked = wire.ask(Wire.request("OPTIONS", "/mcp", "",
                    "Origin: https://app.example.com", "Access-Control-Request-Method: POST"));
            assertThat(asked.status()).isEqualTo(204);
            assertThat(asked.headers()).containsEntry("access-control-allow-origin",
                    "https://app.example.com");
        }
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.headers().get("content-type")).isEqualTo("application/json");
        assertThat(answer.json().get("jsonrpc").asString()).isEqualTo("2.0");
        assertThat(answer.json().get("error").get("message").asString()).isNotBlank();
        assertSilent(answer);
    }

    private static void assertSilent(Answer answer) {
        assertThat(answer.body().toLowerCase(Locale.ROOT)).doesNotContain("exception",
                "stacktrace", "jetty", "java", "http://", "passwd", "mcp/", "at com.");
        assertThat(answer.headers().keySet()).doesNotContain("server", "x-powered-by");
    }
}
