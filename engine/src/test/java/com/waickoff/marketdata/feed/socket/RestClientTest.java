package com.waickoff.marketdata.feed.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.waickoff.marketdata.feed.VenueTransport;
import com.waickoff.marketdata.feed.socket.RawServer.Line;
import com.waickoff.marketdata.status.Counter;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REST requests beside a WebSocket that stays open. */
class RestClientTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private NotingProtocol protocol;

    private FeedRig rig(RawServer socket, URI rest, long seed, Consumer<VenueTransport> asks)
            throws IOException {
        FeedRig rig = new FeedRig(LoopSettings.DEFAULTS, seed);
        FeedSettings settings = FeedRig.patient(
                FeedSettings.of("feed", socket.uri("ws"), rest).withBackOffMs(1, 20)
                        .withRest(1, 0, 10_000));
        return rig.startRaw(settings, transport -> {
            protocol = new NotingProtocol(transport, rig.counters, asks, 0);
            return protocol;
        });
    }

    private static RawServer webSocket() throws IOException {
        return new RawServer(line -> line.upgrade().drain());
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private void awaitHeard(String... notes) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(protocol.heard)
                .containsSubsequence(notes));
    }

    private static void answerAll(Line line) throws IOException {
        while (true) {
            line.send(ok(path(line)));
        }
    }

    private static String path(Line line) throws IOException {
        return line.request().split(" ", 3)[1];
    }

    @Test
    void shouldAskInOrderOnOneConnection() throws IOException {
        List<String> requests = new CopyOnWriteArrayList<>();
        try (RawServer socket = webSocket(); RawServer rest = new RawServer(line -> {
            while (true) {
                String request = line.request();
                requests.add(request);
                line.send(ok("answer to " + request.split(" ", 3)[1]));
            }
        }); FeedRig rig = rig(socket, URI.create(rest.uri("http") + "/below/"), 1, transport -> {
            transport.httpGet("/a?x=%22");
            transport.httpGet("/b");
            transport.httpGet("/c");
        })) {
            awaitHeard("http /a?x=%22 answer to /below/a?x=%22", "http /b answer to /below/b",
                    "http /c answer to /below/c");
            assertThat(rest.connections()).isEqualTo(1);
            assertThat(requests.getFirst()).startsWith("GET /below/a?x=%22 HTTP/1.1\r\n")
                    .containsIgnoringCase("host: " + rest.uri("http").getAuthority());
            assertThat(rig.count(Counter.HTTP_REQUESTS)).isEqualTo(3);
        }
    }

    @Test
    void shouldAskOnceForWhatIsAskedForTwice() throws IOException {
        try (RawServer socket = webSocket();
                RawServer rest = new RawServer(
                        RestClientTest::answerAll);
                FeedRig rig = rig(socket, rest.uri("http"), 11,
                        transport -> List.of("/a", "/b", "/a", "/b", "/c")
                                .forEach(transport::httpGet))) {
            awaitHeard("http /a /a", "http /b /b", "http /c /c");
            assertThat(rig.count(Counter.HTTP_REQUESTS)).isEqualTo(3);
            assertThat(rig.errorCodes()).isEmpty();
        }
    }

    @Test
    void shouldTakeChunksAndAnswersThatEndTheConnection() throws IOException {
        try (RawServer socket = webSocket(); RawServer rest = new RawServer(line -> {
            line.request();
            line.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "3\r\nabc\r\n",
                    "2\r\nde\r\n", "0\r\n\r\n");
            line.request();
            line.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end");
        }, RestClientTest::answerAll);
                FeedRig rig = rig(socket, rest.uri("http"), 2,
                        transport -> List.of("/a", "/b", "/c").forEach(transport::httpGet))) {
            awaitHeard("http /a abcde", "http /b until the end", "http /c /c");
            assertThat(rig.errorCodes()).isEmpty();
        }
    }

    @Test
    void shouldAskAgainWhereTheKeptConnectionProvesDead() throws IOException {
        try (RawServer socket = webSocket(); RawServer rest = new RawServer(line -> {
            line.send(ok(path(line)));
            line.request(); // and ends without an answer
        }, RestClientTest::answerAll);
                FeedRig rig = rig(socket, rest.uri("http"), 3,
                        transport -> List.of("/a", "/b").forEach(transport::httpGet))) {
            awaitHeard("http /a /a", "http /b /b");
            assertThat(rest.connections()).isEqualTo(2);
            assertThat(rig.errorCodes()).isEmpty();
        }
    }

    @Test
    void shouldSayWhatCameToNothingAndGoOn() throws IOException {
        CountDownLatch isLate = new CountDownLatch(1);
        try (RawServer socket = webSocket(); RawServer rest = new RawServer(line -> {
            line.request();
            line.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno");
            line.request();
            line.send("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n");
            line.request();
            line.send("\1\2 garbage\r\n\r\n").drain();
        }, line -> {
            line.request();
            isLate.countDown();
            line.drain(); // no answer in time
        }, line -> {
            line.request();
            line.send("HTTP/1.1 200 OK\r\nContent-Length: 10001\r\n\r\n" + "x".repeat(10_001))
                    .drain();
        }, line -> line.request(), line -> line.request(), RestClientTest::answerAll);
                FeedRig rig = rig(socket, rest.uri("http"), 4, transport -> List
                        .of("/400", "/302", "/garbage", "/late", "/long", "/cut", "/ok")
                        .forEach(transport::httpGet))) {
            await().atMost(PATIENCE).until(() -> isLate.getCount() == 0);
            rig.hurryUntil(() -> protocol.heard.contains("http failed /late 0"));
            awaitHeard("http failed /400 400", "http failed /302 302", "http failed /garbage 0",
                    "http failed /late 0", "http failed /long 0", "http failed /cut 0",
                    "http /ok /ok");
            assertThat(rig.errorCodes()).containsExactly("rest_status_400", "rest_status_302",
                    "rest_no_http", "rest_timeout", "answer_too_long", "rest_connection_lost");
            assertThat(rig.count(Counter.CONNECTS)).isEqualTo(1);
            assertThat(rig.count(Counter.DISCONNECTS)).isZero();
            assertThat(rig.failures).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 418})
    void shouldNotAskBeforeItMay(int status) throws IOException {
        try (RawServer socket = webSocket(); RawServer rest = new RawServer(line -> {
            line.request();
            long refusedNs = System.nanoTime(); // no later than the client hears of it
            line.send("HTTP/1.1 " + status
                    + " X\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n");
            line.request();
            line.send(ok(Boolean.toString(System.nanoTime() - refusedNs >= 1_000_000_000L)))
                    .drain();
        });
                FeedRig rig = rig(socket, rest.uri("http"), 5,
                        transport -> List.of("/a", "/b").forEach(transport::httpGet))) {
            awaitHeard("http failed /a " + status, "http /b true");
            assertThat(rig.detail()).doesNotContain("REST");
        }
    }

    @Test
    void shouldShowThatRestIsDownWhileTheFeedIsUp() throws IOException {
        try (ClosedPort closed = new ClosedPort();
                RawServer socket = webSocket();
                FeedRig rig = rig(socket,
                        URI.create("http://127.0.0.1:" + closed.port()), 6,
                        transport -> transport.httpGet("/a"))) {
            awaitHeard("http failed /a 0");
            rig.awaitDetail("REST: connection refused by 127.0.0.1:" + closed.port());
            assertThat(rig.count(Counter.CONNECTS)).isEqualTo(1);
        }
    }
}
