package com.waickoff.marketdata;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.socket.ClosedPort;
import com.waickoff.marketdata.feed.socket.LoopSettings;
import com.waickoff.marketdata.feed.socket.SocketKind;
import com.waickoff.marketdata.feed.socket.TlsSettings;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.ErrorReading;
import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.status.StatusReader;
import com.waickoff.venue.serve.LineFault;
import com.waickoff.venue.serve.PlaySettings;
import com.waickoff.venue.serve.SyntheticSource;
import com.waickoff.venue.serve.TestAuthority;
import com.waickoff.venue.serve.VenueServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a venue does, the daemon says what is wrong, goes on, and stops cleanly. */
class LiveBadInputTest {
    @TempDir
    private Path directory;

    @Test
    void shouldWaitForAVenueThatIsDown() throws Exception {
        try (ClosedPort closed = new ClosedPort()) {
            String host = "127.0.0.1:" + closed.port();
            try (LiveEngine live = start("ws://" + host, "http://" + host)) {
                awaitBackingOff(live, host);
                live.awaitCount(Counter.CONNECT_FAILURES, 3);
                try (VenueServer server = builder().port(closed.port()).open()) {
                    live.awaitState(FeedState.LIVE);
                    live.awaitCount(Counter.TRADES_DECODED, 1);
                    assertThat(server.counts().connections()).isEqualTo(1);
                    stop(live);
                }
            }
        }
    }

    @Test
    void shouldSayThatAHostIsUnknown() throws Exception {
        try (LiveEngine live = start("ws://venue.invalid", "http://venue.invalid")) {
            awaitBackingOff(live, "venue.invalid");
            stop(live);
        }
    }

    /** State and reason in one look: the next attempt comes soon. */
    private static void awaitBackingOff(LiveEngine live, String because) {
        Awaitility.await("backing off").atMost(120, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS).until(() -> {
                    FeedReading feed = live.feed();
                    return feed.state() == FeedState.BACKING_OFF
                            && feed.detail().contains(because);
                });
    }

    @Test
    void shouldBelieveOnlyWhomItIsToldTo() throws Exception {
        TestAuthority authority = new TestAuthority();
        Path root = directory.resolve("root.pem");
        authority.write(root);
        try (VenueServer server = builder().tls(authority.issue("localhost", "127.0.0.1"), 0)
                .open();
                VenueServer other = builder().tls(authority.issue("elsewhere.example"), 0)
                        .open()) {
            try (LiveEngine live = start("wss://localhost:" + server.tlsPort(),
                    "https://localhost:" + server.tlsPort())) {
                // In the log of errors, because the state is of the attempt that follows soon.
                Awaitility.await("an untrusted certificate").atMost(120, TimeUnit.SECONDS)
                        .until(() -> errors(live).stream().anyMatch(error -> error.detail()
                                .toLowerCase(Locale.ROOT).contains("certificat")));
                stop(live);
            }
            try (LiveEngine live = start("wss://localhost:" + other.tlsPort(),
                    "https://localhost:" + other.tlsPort(), root)) {
                live.awaitState(FeedState.BREAKER_OPEN);
                assertThat(live.count(Counter.CONNECTS)).isZero();
                stop(live);
            }
            try (LiveEngine live = start("wss://localhost:" + server.tlsPort(),
                    "https://localhost:" + server.tlsPort(), root)) {
                live.awaitState(FeedState.LIVE);
                live.awaitCount(Counter.TRADES_DECODED, 1);
                stop(live);
            }
        }
    }

    @Test
    void shouldGoOnAfterRefusedHandshakes() throws Exception {
        try (VenueServer server = builder().open()) {
            server.refuseHandshakes(503, 2);
            try (LiveEngine live = start(server)) {
                live.awaitCount(Counter.CONNECT_FAILURES, 2);
                live.awaitState(FeedState.LIVE);
                assertThat(errors(live)).anyMatch(error -> error.code().contains("503"));
                stop(live);
            }
        }
    }

    @Test
    void shouldSayThatASubscriptionWasRefused() throws Exception {
        try (VenueServer server = builder().open()) {
            server.nack("*");
            try (LiveEngine live = start(server)) {
                live.awaitCount(Counter.REJECTED_REFUSAL, 1);
                Awaitility.await("a refusal in the log").atMost(120, TimeUnit.SECONDS)
                        .until(() -> errors(live).stream().anyMatch(
                                error -> error.code().equals(Counter.REJECTED_REFUSAL.label())));
                assertThat(live.count(Counter.TRADES_DECODED)).isZero();
                assertThat(live.feed().state()).isNotEqualTo(FeedState.LIVE);
                stop(live);
            }
        }
    }

    @Test
    void shouldGiveUpASilentConnection() throws Exception {
        try (VenueServer server = builder().open();
                LiveEngine live = startImpatient(server)) {
            live.awaitState(FeedState.LIVE);
            server.strikeAll(LineFault.FREEZE);
            live.awaitCount(Counter.SILENCE_TIMEOUTS, 1);
            live.awaitCount(Counter.CONNECTS, 2);
            live.awaitState(FeedState.LIVE);
            stop(live);
        }
    }

    @ParameterizedTest
    @EnumSource(value = LineFault.class, names = {"GARBAGE", "OVERSIZE", "CUT", "CUT_IN_FRAME",
            "RESET", "CLOSE"})
    void shouldGoOnAfterWhateverHappensToALine(LineFault fault) throws Exception {
        try (VenueServer server = builder().open();
                LiveEngine live = start(server)) {
            live.awaitCount(Counter.TRADES_DECODED, 1);
            server.strikeAll(fault);
            if (fault == LineFault.GARBAGE) {
                live.awaitCount(Counter.REJECTED_MALFORMED, 1);
            } else {
                live.awaitCount(Counter.CONNECTS, 2);
                live.awaitCount(Counter.DISCONNECTS, 1);
            }
            live.awaitState(FeedState.LIVE);
            long trades = live.count(Counter.TRADES_DECODED);
            live.awaitCount(Counter.TRADES_DECODED, trades + 1);
            stop(live);
        }
    }

    private static VenueServer.Builder builder() {
        return VenueServer
                .builder(SyntheticSource.builder(com.waickoff.venue.Venue.BYBIT_LINEAR, 5)
                        .symbols("BTCUSDT").build())
                .play(PlaySettings.standard().withTimes(PlaySettings.Times.REBASED)
                        .startingOnFirstSubscription());
    }

    private LiveEngine start(VenueServer server) throws EngineException {
        return start("ws://127.0.0.1:" + server.port(), "http://127.0.0.1:" + server.port());
    }

    private LiveEngine start(String webSocket, String rest) throws EngineException {
        return LiveEngine.start(config(webSocket, rest));
    }

    private LiveEngine start(String webSocket, String rest, Path authority)
            throws EngineException {
        LiveConfig config = config(webSocket, rest);
        return LiveEngine.start(new LiveConfig(config.engine(), config.venues(),
                new LoopSettings(SocketKind.AUTO, new TlsSettings(authority))));
    }

    private LiveConfig config(String webSocket, String rest) {
        return LiveEngine.config(directory, Topology.INLINE,
                LiveEngine.venue(Venue.BYBIT_LINEAR, URI.create(webSocket), URI.create(rest),
                        "200", "BTCUSDT"),
                List.of());
    }

    /** Takes silence soon for its end. */
    private LiveEngine startImpatient(VenueServer server) throws EngineException {
        LiveConfig config = config("ws://127.0.0.1:" + server.port(),
                "http://127.0.0.1:" + server.port());
        return LiveEngine.start(new LiveConfig(config.engine(),
                config.venues().stream().map(LiveEngine::impatient).toList(), config.loop()));
    }

    private static void stop(LiveEngine live) throws Exception {
        assertThat(live.hasFailed()).isFalse();
        live.stop();
        assertThat(live.feed().state()).isEqualTo(FeedState.STOPPED);
        try (StatusReader status = StatusReader.open(live.config().engine().statusFile())) {
            assertThat(status.conservation().frameDifference()).isZero();
            assertThat(status.conservation().eventDifference()).isZero();
        }
    }

    private static List<ErrorReading> errors(LiveEngine live) throws IOException {
        try (StatusReader status = StatusReader.open(live.config().engine().statusFile())) {
            return status.errors();
        }
    }
}
