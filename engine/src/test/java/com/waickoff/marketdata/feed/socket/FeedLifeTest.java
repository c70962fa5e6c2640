package com.waickoff.marketdata.feed.socket;

import static com.waickoff.marketdata.feed.socket.RawServer.close;
import static com.waickoff.marketdata.feed.socket.RawServer.frame;
import static com.waickoff.marketdata.feed.socket.RawServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.waickoff.marketdata.feed.VenueTransport;
import com.waickoff.marketdata.feed.socket.RawServer.Frame;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.ErrorReading;
import com.waickoff.marketdata.status.FeedState;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers can do to a connection, on real sockets, byte by byte. */
class FeedLifeTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MAX_FRAME = 1 << 16;

    private NotingProtocol protocol;

    private FeedRig rig(URI webSocket, long seed) throws IOException {
        return rig(settings(webSocket), seed, transport -> {}, 0);
    }

    private FeedRig rig(FeedSettings settings, long seed, Consumer<VenueTransport> onConnect,
            int messagesPerSecond) throws IOException {
        FeedRig rig = new FeedRig(LoopSettings.DEFAULTS, seed);
        return rig.startRaw(settings, transport -> {
            protocol = new NotingProtocol(transport, rig.counters, onConnect, messagesPerSecond);
            return protocol;
        });
    }

    private static FeedSettings settings(URI webSocket) {
        return FeedRig.patient(
                FeedSettings.of("feed", webSocket, URI.create("http://127.0.0.1:1")))
                .withMaxFrameBytes(MAX_FRAME).withBackOffMs(1, 20);
    }

    private void awaitHeard(String... notes) {
        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(protocol.heard).startsWith(notes));
    }

    @Test
    void shouldHandOnWhatFollowsTheHandshakeInTheSamePacket() throws IOException {
        try (RawServer server = new RawServer(line -> line
                .upgrade("", text("one"), text("two"), frame(0x89, "now")).drain());
                FeedRig rig = rig(server.uri("ws"), 1)) {
            awaitHeard("connect 1", "frame one", "frame two");
            rig.awaitState(FeedState.LIVE);
            rig.awaitCount(Counter.PINGS_ANSWERED, 1);
        }
    }

    @Test
    void shouldPutFragmentsTogetherAndAnswerPingsBetweenThem() throws IOException {
        List<Frame> received = new CopyOnWriteArrayList<>();
        try (RawServer server = new RawServer(line -> {
            line.upgrade().send(frame(0x01, "frag"), frame(0x89, "a ping"), frame(0x00, ""),
                    frame(0x00, "men"), frame(0x8a, "unasked"), frame(0x80, "ts"), text("whole"));
            received.add(line.receive());
            line.drain();
        }); FeedRig rig = rig(server.uri("ws"), 2)) {
            awaitHeard("connect 1", "frame fragments", "frame whole");
            await().atMost(PATIENCE).until(() -> !received.isEmpty());
            assertThat(received.getFirst().opcode()).isEqualTo(0x8a);
            assertThat(received.getFirst().text()).isEqualTo("a ping");
            assertThat(rig.count(Counter.PINGS_ANSWERED)).isEqualTo(1);
        }
    }

    @Test
    void shouldReadFramesThatComeByteByByte() throws IOException {
        try (RawServer server = new RawServer(line -> {
            line.upgrade();
            for (byte[] frame : List.of(text("x".repeat(300)), frame(0x01, "a"),
                    frame(0x80, "b"))) {
                for (byte one : frame) {
                    line.send(new byte[]{one});
                }
            }
            line.drain();
        }); FeedRig rig = rig(server.uri("ws"), 3)) {
            awaitHeard("connect 1", "frame 300 bytes of x", "frame ab");
            rig.awaitState(FeedState.LIVE);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            81 85 01 02 03 04 69 67 6f 6f 6e | 1002 | a masked frame
            c1 01 61                         | 1002 | reserved bits
            83 01 61                         | 1002 | unknown type
            8b 00                            | 1002 | unknown type
            09 01 61                         | 1002 | fragmented control frame
            89 7e 00 7e                      | 1002 | more than 125 bytes
            81 7e 00 05 61 61 61 61 61       | 1002 | not written as it must be
            81 7f 00 00 00 00 00 00 00 05    | 1002 | not written as it must be
            81 7f ff ff ff ff ff ff ff ff    | 1002 | not written as it must be
            80 01 61                         | 1002 | continuation of nothing
            01 01 61 81 01 62                | 1002 | new message within
            81 7f 00 00 00 00 04 00 00 00    | 1009 | longer than the configured bound
            81 7f 7f ff ff ff ff ff ff ff    | 1009 | longer than the configured bound
            81 02 c3 28                      | 1007 | not UTF-8
            01 01 c3 80 01 28                | 1007 | not UTF-8
            82 01 61                         | 1003 | a binary message
            88 01 03                         | 1002 | without a valid code
            88 02 03 ed                      | 1002 | without a valid code
            88 03 03 e8 ff                   | 1007 | not UTF-8
            """)
    void shouldRefuseWhatBreaksTheProtocol(String bytes, int code, String detail)
            throws IOException {
        List<Frame> answers = new CopyOnWriteArrayList<>();
        try (RawServer server = new RawServer(line -> {
            line.upgrade().send(text("fine"), bytes(bytes), text("never heard"));
            answers.add(line.receive());
            line.drain();
        }, line -> line.upgrade().send(text("again")).drain());
                FeedRig rig = rig(server.uri("ws"), 4)) {
            awaitHeard("connect 1", "frame fine", "disconnect DISCONNECTED", "connect 2",
                    "frame again");
            rig.awaitState(FeedState.LIVE);
            assertThat(rig.errors.read()).anySatisfy(
                    error -> assertThat(error.detail()).contains(detail));
            assertThat(rig.count(Counter.PROTOCOL_VIOLATIONS)).isEqualTo(1);
            await().atMost(PATIENCE).until(() -> !answers.isEmpty());
            assertThat(answers.getFirst().opcode()).isEqualTo(0x88);
            assertThat(answers.getFirst().code()).isEqualTo(code);
        }
    }

    private static String host(RawServer server) {
        return server.uri("ws").getAuthority();
    }

    private static byte[] bytes(String hex) {
        String[] parts = hex.strip().split(" +", -1);
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i], 16);
        }
        return bytes;
    }

    @Test
    void shouldRefuseFragmentsThatAreTooLongTogether() throws IOException {
        byte[] half = new byte[MAX_FRAME / 2 + 1];
        try (RawServer server = new RawServer(
                line -> line.upgrade().send(frame(0x01, half), frame(0x80, half)).drain());
                FeedRig rig = rig(server.uri("ws"), 5)) {
            rig.awaitCount(Counter.PROTOCOL_VIOLATIONS, 1);
            assertThat(protocol.heard).noneMatch(note -> note.startsWith("frame"));
        }
    }

    @Test
    void shouldTakeTheLongestMessageThatIsAllowed() throws IOException {
        byte[] most = "m".repeat(MAX_FRAME).getBytes(StandardCharsets.US_ASCII);
        byte[] half = "h".repeat(MAX_FRAME / 2)
                .getBytes(StandardCharsets.US_ASCII);
        try (RawServer server = new RawServer(line -> line.upgrade().send(text("a"),
                frame(0x81, most), frame(0x01, half), frame(0x89, "p"), frame(0x80, half),
                frame(0x81, most), text("z")).drain());
                FeedRig rig = rig(server.uri("ws"), 6)) {
            awaitHeard("connect 1", "frame a", "frame 65536 bytes of m", "frame 65536 bytes of h",
                    "frame 65536 bytes of m", "frame z");
            assertThat(rig.count(Counter.PROTOCOL_VIOLATIONS)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, bye", "1001, ''", "1012, 'service restart'", "4000, 'of its own'"})
    void shouldAnswerACloseFrameAndComeBack(int code, String reason) throws IOException {
        List<Frame> answers = new CopyOnWriteArrayList<>();
        try (RawServer server = new RawServer(line -> {
            line.upgrade().send(text("one"), close(code, reason), text("never heard"));
            answers.add(line.receive());
            line.drain();
        }, line -> line.upgrade().send(text("two")).drain());
                FeedRig rig = rig(server.uri("ws"), 7)) {
            awaitHeard("connect 1", "frame one", "disconnect DISCONNECTED", "connect 2",
                    "frame two");
            await().atMost(PATIENCE).until(() -> !answers.isEmpty());
            assertThat(answers.getFirst().code()).isEqualTo(code);
            assertThat(rig.errorCodes()).containsExactly("closed_by_venue");
            assertThat(rig.count(Counter.DISCONNECTS)).isEqualTo(1);
        }
    }

    @Test
    void shouldComeBackAfterACutInMidFrame() throws IOException {
        byte[] whole = text("never whole");
        byte[] part = Arrays.copyOf(whole, whole.length - 3);
        try (RawServer server = new RawServer(line -> line.upgrade().send(text("one"), part),
                line -> {
                    line.upgrade().send(text("two"), part);
                    line.reset();
                }, line -> line.upgrade().send(text("three")).drain());
                FeedRig rig = rig(server.uri("ws"), 8)) {
            awaitHeard("connect 1", "frame one", "disconnect DISCONNECTED", "connect 2");
            await().atMost(PATIENCE).until(() -> protocol.heard.contains("frame three"));
            assertThat(protocol.heard).doesNotContain("frame never whole");
            rig.awaitState(FeedState.LIVE);
            assertThat(rig.count(Counter.CONNECTS)).isEqualTo(3);
            assertThat(rig.errors.read()).extracting(ErrorReading::detail).containsExactly(
                    host(server) + " cut the connection without a word",
                    "the connection to " + host(server) + " broke: Connection reset by peer");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP/1.1 403 Forbidden\\r\\nContent-Length: 2\\r\\n\\r\\nno | refused by | HTTP 403
            HTTP/1.1 302 Found\\r\\nLocation: http://x/\\r\\n\\r\\n     | refused by | HTTP 302
            HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n          | refused by | HTTP 200
            \\0\\1\\2 garbage\\r\\n\\r\\n                               | answered the handshake with | no HTTP
            HTTP/1.1 101 X\\r\\nUpgrade: h2c\\r\\nConnection: Upgrade\\r\\n\\r\\n | with | something else
            HTTP/1.1 101 X\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: no\\r\\n\\r\\n | with | another handshake
            """)
    void shouldSayWhyAHandshakeFailed(String answer, String first, String second)
            throws IOException {
        String bytes = answer.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0")
                .replace("\\1", "\1").replace("\\2", "\2");
        try (RawServer server = new RawServer(line -> {
            line.request();
            line.send(bytes).drain();
        });
                FeedRig rig = rig(settings(server.uri("ws")).withBackOffMs(1, 500)
                        .withBreakerMs(1), 9,
                        transport -> {}, 0)) {
            rig.awaitDetail(second);
            assertThat(rig.errors.read().getFirst().detail()).contains(first).contains(second);
            rig.awaitCount(Counter.CONNECT_FAILURES, 3); // it goes on
            assertThat(rig.failures).isEmpty();
            assertThat(protocol.heard).isEmpty();
        }
    }

    @Test
    void shouldNotTakeAnExtensionItDidNotOffer() throws IOException {
        try (RawServer server = new RawServer(line -> line
                .upgrade("Sec-WebSocket-Extensions: permessage-deflate\r\n").drain());
                FeedRig rig = rig(server.uri("ws"), 10)) {
            rig.awaitDetail("not offered");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 418, 503})
    void shouldWaitAsLongAsItIsTold(int status) throws IOException {
        try (RawServer server = new RawServer(line -> {
            line.request();
            line.send("HTTP/1.1 " + status + " X\r\nRetry-After: 3600\r\n\r\n").drain();
        }); FeedRig rig = rig(server.uri("ws"), 11)) {
            rig.awaitState(status == 503 ? FeedState.BACKING_OFF : FeedState.BREAKER_OPEN);
            assertThat(rig.detail()).contains("HTTP " + status).contains("3600.0 s");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void shouldEndASlowHandshake() throws IOException {
        try (RawServer server = new RawServer(line -> {
            line.request();
            line.send("HTTP/1.1 101 Swi").drain();
        });
                FeedRig rig = rig(settings(server.uri("ws")).withConnectTimeoutsMs(1_000, 150), 12,
                        transport -> {}, 0)) {
            rig.awaitDetail("did not finish the handshake in time");
            rig.awaitCount(Counter.CONNECT_FAILURES, 2);
        }
    }

    @Test
    void shouldKeepTryingWhereNobodyListens() throws IOException {
        try (ClosedPort closed = new ClosedPort();
                FeedRig rig = rig(URI.create("ws://127.0.0.1:" + closed.port()), 13)) {
            rig.awaitCount(Counter.CONNECT_FAILURES, 5);
            rig.awaitDetail("connection refused by 127.0.0.1:" + closed.port());
            assertThat(rig.errorCodes()).containsExactly("connection_refused");
        }
    }

    @Test
    void shouldNameAHostThatDoesNotExist() throws IOException {
        try (FeedRig rig = rig(URI.create("ws://no-such-host.invalid:9"), 14)) {
            rig.awaitDetail("no address is known for no-such-host.invalid:9");
        }
    }

    @Test
    void shouldPingASilentVenueAndThenLeaveIt() throws IOException {
        List<Frame> received = new CopyOnWriteArrayList<>();
        try (RawServer server = new RawServer(line -> {
            line.upgrade().send(text("one"));
            received.add(line.receive());
            line.drain();
        });
                FeedRig rig = rig(settings(server.uri("ws")).withSilenceTimeoutMs(400), 15,
                        transport -> {}, 0)) {
            rig.awaitCount(Counter.SILENCE_TIMEOUTS, 1);
            await().atMost(PATIENCE).until(() -> !received.isEmpty());
            assertThat(received.getFirst().opcode()).isEqualTo(0x89);
            awaitHeard("connect 1", "frame one", "disconnect DISCONNECTED", "connect 2");
        }
    }

    @Test
    void shouldLeaveAVenueThatNeverCompletesAFrame() throws IOException {
        byte[] frame = text("slow".repeat(50_000 / 4));
        try (RawServer server = new RawServer(line -> {
            line.upgrade().send(text("one"));
            for (byte one : frame) {
                line.send(new byte[]{one}); // bytes all the time, and never a message
                LockSupport.parkNanos(1_000_000);
            }
        });
                FeedRig rig = rig(settings(server.uri("ws")).withSilenceTimeoutMs(400), 21,
                        transport -> {}, 0)) {
            rig.awaitCount(Counter.SILENCE_TIMEOUTS, 1);
            awaitHeard("connect 1", "frame one", "disconnect DISCONNECTED", "connect 2");
        }
    }

    @Test
    void shouldTellAQuietVenueFromADeadOne() throws IOException {
        try (RawServer server = new RawServer(line -> {
            line.upgrade().send(text("one"));
            while (true) {
                Frame asked = line.receive();
                line.send(frame(0x8a, asked.payload()));
            }
        });
                FeedRig rig = rig(settings(server.uri("ws")).withSilenceTimeoutMs(100_000), 16,
                        transport -> {}, 0)) {
            rig.awaitState(FeedState.LIVE);
            for (int pings = 1; pings <= 3; pings++) { // each of them answered
                int most = pings;
                long heardNs = rig.status.read().lastFrameNs();
                rig.hurryUntil(() -> rig.count(Counter.MESSAGES_SENT) >= most);
                await().atMost(PATIENCE).until(() -> rig.status.read().lastFrameNs() > heardNs);
            }
            rig.awaitState(FeedState.SILENT);
            assertThat(rig.count(Counter.SILENCE_TIMEOUTS)).isZero();
            assertThat(rig.count(Counter.CONNECTS)).isEqualTo(1);
        }
    }

    @Test
    void shouldSendInOrderAndNoFasterThanTheVenueTakes() throws IOException {
        List<String> texts = new CopyOnWriteArrayList<>();
        AtomicLong upgradedNs = new AtomicLong();
        AtomicLong lastNs = new AtomicLong();
        try (RawServer server = new RawServer(line -> {
            upgradedNs.set(System.nanoTime()); // before the client can send
            line.upgrade();
            while (true) {
                String text = line.receive().text();
                lastNs.set(System.nanoTime());
                texts.add(text);
            }
        }); FeedRig rig = rig(settings(server.uri("ws")), 17, transport -> {
            for (int i = 0; i < 5; i++) {
                transport.sendText(0, "message " + i + "x".repeat(i * 20_000));
            }
        }, 10)) {
            await().atMost(PATIENCE).until(() -> texts.size() == 5);
            for (int i = 0; i < 5; i++) {
                assertThat(texts.get(i)).startsWith("message " + i).hasSize(9 + i * 20_000);
            }
            assertThat(lastNs.get() - upgradedNs.get()).as("four tenths of a second between five")
                    .isGreaterThanOrEqualTo(400_000_000);
            assertThat(rig.count(Counter.MESSAGES_DROPPED)).isZero();
        }
    }

    @Test
    void shouldCountMessagesThatFindNoRoom() throws IOException {
        try (RawServer server = new RawServer(line -> line.upgrade().drain());
                FeedRig rig = rig(settings(server.uri("ws")), 18, transport -> {
                    for (int i = 0; i < 1_030; i++) {
                        transport.sendText(0, "many");
                    }
                }, 5)) {
            rig.awaitCount(Counter.MESSAGES_DROPPED, 6);
            assertThat(rig.errorCodes()).contains("message_dropped");
        }
    }

    @Test
    void shouldEndLoudlyWhenWhatItFeedsFails() throws IOException {
        try (RawServer server = new RawServer(line -> {
            line.upgrade().send(text("one"));
            line.receive(); // its ping
            line.send(text("two")).drain();
        });
                FeedRig rig = rig(settings(server.uri("ws")).withSilenceTimeoutMs(600), 19,
                        transport -> {}, 0)) {
            awaitHeard("connect 1", "frame one");
            protocol.trouble = new IllegalStateException("the ring has failed");
            await().atMost(PATIENCE).until(() -> !rig.failures.isEmpty());
            assertThat(rig.failures).containsExactly(protocol.trouble);
            rig.awaitState(FeedState.STOPPED);
            assertThat(rig.detail()).contains("the ring has failed");
        }
    }

    @Test
    void shouldSayGoodByeWhenItIsStopped() throws IOException {
        List<Frame> received = new CopyOnWriteArrayList<>();
        try (RawServer server = new RawServer(line -> {
            line.upgrade().send(text("one"));
            received.add(line.receive());
            line.drain();
        }); FeedRig rig = rig(server.uri("ws"), 20)) {
            awaitHeard("connect 1", "frame one");
            rig.stop();
            assertThat(protocol.heard).containsExactly("connect 1", "frame one",
                    "disconnect ENGINE_STOPPED");
            await().atMost(PATIENCE).until(() -> !received.isEmpty());
            assertThat(received.getFirst().code()).isEqualTo(1001);
            assertThat(rig.state()).isEqualTo(FeedState.STOPPED);
        }
    }
}
