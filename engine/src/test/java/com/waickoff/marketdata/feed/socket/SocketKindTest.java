package com.waickoff.marketdata.feed.socket;

import static com.waickoff.marketdata.feed.socket.RawServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.waickoff.marketdata.feed.socket.RawServer.Script;
import com.waickoff.marketdata.status.Counter;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same on every interface to sockets that this machine has. */
class SocketKindTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CONNECTIONS = 10;

    private NotingProtocol protocol;

    /** Skips, with its reason, what this machine cannot do. */
    static void assumeThereIs(SocketKind kind) {
        assumeTrue(kind != SocketKind.IO_URING || IoUring.isAvailable(),
                () -> "no io_uring on this machine: " + IoUring.unavailabilityCause());
        assumeTrue(kind != SocketKind.EPOLL || Epoll.isAvailable(),
                () -> "no epoll on this machine: " + Epoll.unavailabilityCause());
    }

    /**
     * Each connection ends in the middle of a frame, and the next begins at once: what was under way
     * must not be found in it.
     */
    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void shouldReceiveInPlaceFromOneConnectionAfterTheOther(SocketKind kind) throws IOException {
        assumeThereIs(kind);
        List<Script> scripts = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= CONNECTIONS; i++) {
            String small = "small " + i;
            String big = ("big " + i + ' ').repeat(10_000);
            byte[] part = Arrays.copyOf(text(big), 50_000);
            boolean isLast = i == CONNECTIONS;
            int number = i;
            scripts.add(line -> {
                line.upgrade().send(text(small), text(big), text(small), part);
                if (isLast) {
                    line.drain();
                } else if (number % 2 == 0) {
                    line.reset();
                }
            });
            expected.add("frame " + small);
        }
        try (RawServer server = new RawServer(scripts.toArray(Script[]::new));
                FeedRig rig = new FeedRig(new LoopSettings(kind, TlsSettings.SYSTEM), 1)) {
            rig.startRaw(FeedSettings.of("feed", server.uri("ws"),
                    URI.create("http://127.0.0.1:1")).withBackOffMs(1, 5), transport -> {
                        protocol = new NotingProtocol(transport, rig.counters, _ -> {}, 0);
                        return protocol;
                    });
            await().atMost(PATIENCE).until(() -> protocol.heard.stream()
                    .filter(("frame small " + CONNECTIONS)::equals).count() >= 2);
            // A reset may take away what was not read yet, so of most connections only the beginning.
            assertThat(protocol.heard).filteredOn(note -> note.startsWith("frame small"))
                    .allMatch(note -> expected.contains(note));
            assertThat(rig.count(Counter.PROTOCOL_VIOLATIONS)).isZero();
            assertThat(server.troubles).isEmpty();
            assertThat(rig.failures).isEmpty();
        }
    }

    @Test
    void shouldSayWhatIsNotThere() {
        assumeTrue(!IoUring.isAvailable(), "io_uring is there, so nothing is missing");
        assertThatThrownBy(() -> Sockets.of(SocketKind.IO_URING)).isInstanceOf(IOException.class)
                .hasMessageContaining("io_uring is not there: ")
                .hasMessageContaining("feeds.transport: auto takes what there is");
    }
}
