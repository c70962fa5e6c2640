package com.waickoff.marketdata.feed.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.waickoff.marketdata.feed.socket.RawServer.Frame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The close handshake on real sockets, from the client's end. */
class FarewellTest {
    private static final int MAX = 1 << 16;
    private static final int LONG_MS = 120_000;
    private static final int SHORT_MS = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A socket that is closed with unread bytes in it is reset, and its last word lost. */
    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void shouldBeHeardThoughTheServerGoesOnSending(SocketKind kind) throws Exception {
        SocketKindTest.assumeThereIs(kind);
        List<Frame> received = new CopyOnWriteArrayList<>();
        byte[] much = RawServer.text("x".repeat(MAX));
        try (RawServer server = new RawServer(line -> {
            line.upgrade().send(new byte[]{(byte) 0x81, (byte) 0x80});
            for (int i = 0; i < 200; i++) {
                line.send(much);
            }
            received.add(line.receive());
        }); EchoClient client = new EchoClient(kind, MAX, LONG_MS)) {
            client.echo(server.uri("ws"), "/").get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            await().atMost(PATIENCE).until(() -> !received.isEmpty());
            assertThat(received.getFirst().code()).isEqualTo(CloseCode.PROTOCOL_ERROR);
            assertThat(server.troubles).isEmpty();
        }
    }

    @Test
    void shouldLeaveTheEndOfTheConnectionToTheServer() throws Exception {
        List<String> events = new CopyOnWriteArrayList<>();
        try (RawServer server = new RawServer(line -> {
            line.upgrade().send(RawServer.close(CloseCode.NORMAL, "bye"));
            events.add("answer " + line.receive().code());
            events.add("left open " + line.send(RawServer.text("late")).isLeftOpen(SHORT_MS));
        }); EchoClient client = new EchoClient(SocketKind.AUTO, MAX, LONG_MS)) {
            client.echo(server.uri("ws"), "/").get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            await().atMost(PATIENCE).until(() -> events.size() == 2);
            assertThat(events).containsExactly("answer " + CloseCode.NORMAL, "left open true");
        }
    }

    @Test
    void shouldNotWaitForEverForTheServer() throws Exception {
        try (RawServer server = new RawServer(line -> {
            line.upgrade().send(RawServer.close(CloseCode.NORMAL, "bye"));
            line.drain(); // until the client has had enough
        }); EchoClient client = new EchoClient(SocketKind.AUTO, MAX, SHORT_MS)) {
            client.echo(server.uri("ws"), "/").get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
