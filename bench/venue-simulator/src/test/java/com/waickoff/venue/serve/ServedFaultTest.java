package com.waickoff.venue.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.venue.Venue;
import com.waickoff.venue.recording.Json;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on purpose, as a client sees it. */
class ServedFaultTest {
    private static final String PATH = "/ws/btcusdt@trade";
    private static final int FRAMES = 400;
    private static final long SEED = 9;

    private final List<ServedFault> log = new CopyOnWriteArrayList<>();

    @Test
    void shouldDropTheFramesItLogs() throws IOException {
        try (VenueServer server = open(LineFaults.of(LineFault.DROP, 0.1, SEED));
                RawClient client = new RawClient(server.port(), PATH)) {
            List<Long> ids = ids(client, FRAMES);
            long first = firstId();

            // Ids chain: what is missing stands in the log.
            for (ServedFault fault : List.copyOf(log)) {
                assertThat(ids).doesNotContain(first + fault.frame() - 1);
            }
            long missing = ids.getLast() - first + 1 - ids.size();
            assertThat(missing).isBetween(10L, 100L).isEqualTo(log.stream()
                    .filter(fault -> first + fault.frame() - 1 < ids.getLast()).count());
        }
    }

    @Test
    void shouldSendFramesTwiceAtOnce() throws IOException {
        try (VenueServer server = open(LineFaults.of(LineFault.DUPLICATE, 0.2, SEED));
                RawClient client = new RawClient(server.port(), PATH)) {
            List<Long> ids = ids(client, FRAMES);

            assertThat(ids).isSorted();
            assertThat(ids.size() - ids.stream().distinct().count()).isBetween(20L, 150L);
        }
    }

    @Test
    void shouldDelayEverythingInOrder() throws IOException {
        try (VenueServer server = open(LineFaults.of(LineFault.DELAY, 0.05, SEED)
                .withMostDelayMs(20));
                RawClient client = new RawClient(server.port(), PATH)) {
            List<Long> ids = ids(client, FRAMES);

            assertThat(ids).isSorted().doesNotHaveDuplicates();
            assertThat(ids.getLast() - ids.getFirst()).isEqualTo(FRAMES - 1);
            assertThat(log).isNotEmpty();
        }
    }

    @Test
    void shouldSendSingleFramesBehindOthers() throws IOException {
        try (VenueServer server = open(LineFaults.of(LineFault.LATE, 0.1, SEED)
                .withMostDelayMs(50));
                RawClient client = new RawClient(server.port(), PATH)) {
            List<Long> ids = ids(client, 4 * FRAMES);
            List<Long> sorted = ids.stream().sorted().toList();

            assertThat(ids).doesNotHaveDuplicates().isNotEqualTo(sorted);
        }
    }

    @Test
    void shouldSendGarbageInsteadAndGoOn() throws IOException {
        try (VenueServer server = open(LineFaults.of(LineFault.GARBAGE, 0.1, SEED));
                RawClient client = new RawClient(server.port(), PATH)) {
            int garbage = 0;
            int trades = 0;
            while (garbage < 10 || trades < 50) {
                if (client.next().text().startsWith("{\"e\":\"trade\"")) {
                    trades++;
                } else {
                    garbage++;
                }
            }
            assertThat(log.size()).isGreaterThanOrEqualTo(garbage);
        }
    }

    @Test
    void shouldSendAFrameOfManyMegabytesAndThenTheFrame() throws IOException {
        LineFaults faults = LineFaults.of(LineFault.OVERSIZE, 0.05, SEED)
                .withOversizeBytes(3 << 20);
        try (VenueServer server = open(faults);
                RawClient client = new RawClient(server.port(), PATH)) {
            RawClient.Received received = client.next();
            while (received.letters().length() < 1 << 20) {
                received = client.next();
            }
            assertThat(received.text()).hasSize(3 << 20).isBlank();
            assertThat(Json.parse(client.next().text()).get("e").value()).isEqualTo("trade");
        }
    }

    @Test
    void shouldCutBetweenFramesOrWithinOne() throws IOException {
        for (LineFault fault : List.of(LineFault.CUT, LineFault.CUT_IN_FRAME)) {
            try (VenueServer server = open(LineFaults.none());
                    RawClient client = new RawClient(server.port(), PATH)) {
                assertThat(ids(client, 20)).hasSize(20);
                assertThat(server.strike(1, fault)).isTrue();
                assertThat(server.strike(2, fault)).isFalse();

                assertThatThrownBy(() -> ids(client, Integer.MAX_VALUE))
                        .isInstanceOf(EOFException.class);
                TestClient.await(() -> server.counts().connections() == 0);
                assertThat(server.counts().faults()).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldReset() throws IOException {
        try (VenueServer server = open(LineFaults.none());
                RawClient client = new RawClient(server.port(), PATH)) {
            assertThat(ids(client, 20)).hasSize(20);
            server.strikeAll(LineFault.RESET);

            assertThatThrownBy(() -> ids(client, Integer.MAX_VALUE))
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void shouldCloseWithAStatus() throws IOException {
        try (VenueServer server = open(LineFaults.none().withCloseCode(1013));
                RawClient client = new RawClient(server.port(), PATH)) {
            assertThat(ids(client, 20)).hasSize(20);
            server.strikeAll(LineFault.CLOSE);

            assertThat(client.next(RawClient.CLOSE).closeCode()).isEqualTo(1013);
        }
    }

    @Test
    void shouldFreezeAndThawWithNothingOfWhatWasBetween() throws Exception {
        VenueClock clock = VenueClock.still();
        SyntheticSource source = SyntheticSource.builder(Venue.BINANCE_SPOT, SEED).fewStreams()
                .build();
        PlaySettings play = PlaySettings.standard().withSpeed(20).withClock(clock)
                .startingOnFirstSubscription();
        try (VenueServer server = VenueServer.builder(source).play(play)
                .faults(LineFaults.none().withFreezeMs(150)).open();
                RawClient client = new RawClient(server.port(), PATH)) {
            TestClient.await(() -> server.counts().played() > 0); // no time passes before
            clock.pass(Duration.ofSeconds(2));
            long last = ids(client, 20).getLast();
            server.strikeAll(LineFault.FREEZE);
            client.send(RawClient.PING, new byte[]{1});
            // Who comes in and is answered behind the ping: it has been read by then.
            assertThat(TestClient.body(server.httpUri("/api/v3/ping"))).isEqualTo("{}");
            Thread time = Thread.ofPlatform().daemon().start(() -> {
                while (!Thread.interrupted()) {
                    clock.pass(Duration.ofMillis(50));
                    LockSupport.parkNanos(10_000_000);
                }
            });
            long next = ids(client, 1).getFirst();
            while (next == last + 1) {
                last = next;
                next = ids(client, 1).getFirst();
            }
            client.send(RawClient.PING, new byte[]{2});
            assertThat(next).isGreaterThan(last + 1);
            assertThat(client.next(RawClient.PONG).payload()).containsExactly(2);
            time.interrupt();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDoTheSameToTheSameFrames(Venue venue) throws IOException {
        LineFaults faults = LineFaults.parse("drop=0.05,duplicate=0.05,garbage=0.05")
                .withSeed(SEED);
        List<Map<Long, LineFault>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            log.clear();
            try (VenueServer server = open(venue, faults);
                    RawClient client = new RawClient(server.port(), path(venue))) {
                client.send(subscribe(venue));
                for (int i = 0; i < FRAMES; i++) {
                    client.next();
                }
            }
            Map<Long, LineFault> byFrame = new TreeMap<>();
            log.stream().filter(fault -> fault.frame() < FRAMES / 2)
                    .forEach(fault -> byFrame.put(fault.frame(), fault.fault()));
            runs.add(byFrame);
        }
        assertThat(runs.getFirst()).hasSizeGreaterThan(10).isEqualTo(runs.getLast());
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 429, 503})
    void shouldRefuseHandshakes(int status) throws IOException {
        try (VenueServer server = open(LineFaults.none())) {
            server.refuseHandshakes(status, 2);
            for (int i = 0; i < 2; i++) {
                try (RawClient client = new RawClient(server.port(), PATH)) {
                    assertThat(client.status()).startsWith("HTTP/1.1 " + status);
                }
            }
            try (RawClient client = new RawClient(server.port(), PATH)) {
                assertThat(client.status()).startsWith("HTTP/1.1 101");
            }
            assertThat(server.counts().refused()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseSubscriptions(Venue venue) throws IOException {
        try (VenueServer server = open(venue, LineFaults.none());
                RawClient client = new RawClient(server.port(), path(venue))) {
            server.nack("*rade*");
            String answer = client.send(subscribe(venue)).next().text();

            assertThat(answer).contains(venue.isBybit()
                    ? "\"success\":false"
                    : "\"code\":2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAcknowledgeWhatStaysSilent(Venue venue) throws IOException {
        try (VenueServer server = open(venue, LineFaults.none());
                RawClient client = new RawClient(server.port(), path(venue))) {
            server.silence("*rade*");
            String answer = client.send(subscribe(venue)).next().text();
            TestClient.await(() -> server.counts().played() > FRAMES);
            client.send(RawClient.PING, new byte[]{1});

            assertThat(answer).doesNotContain("false").doesNotContain("code");
            assertThat(client.next().opcode()).isEqualTo(RawClient.PONG);
        }
    }

    @Test
    void shouldCutWhoDoesNotRead() throws IOException {
        VenueLimits limits = VenueLimits.of(Venue.BINANCE_SPOT).withMostPendingBytes(1 << 20);
        SyntheticSource source = SyntheticSource.builder(Venue.BINANCE_SPOT, SEED).build();
        PlaySettings play = PlaySettings.standard().withFramesPerSecond(20_000)
                .startingOnFirstSubscription();
        try (VenueServer server = VenueServer.builder(source).play(play).limits(limits).open();
                RawClient client = new RawClient(server.port(), PATH)) {
            TestClient.await(() -> server.counts().slowClients() == 1);

            assertThatThrownBy(() -> ids(client, Integer.MAX_VALUE))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldServeTheSameOverTlsToWhoTrustsIt() throws Exception {
        TestAuthority authority = new TestAuthority();
        SyntheticSource source = SyntheticSource.builder(Venue.BINANCE_SPOT, SEED).build();
        try (VenueServer server = VenueServer.builder(source)
                .tls(authority.issue("localhost"), 0).open()) {
            URI uri = URI.create("wss://localhost:" + server.tlsPort() + PATH);
            try (TestClient client = new TestClient(TestClient.trusting(authority.root()), uri)) {
                assertThat(Json.parse(client.awaitTexts(5).getFirst()).get("e").value())
                        .isEqualTo("trade");
            }
            assertThatThrownBy(() -> new TestClient(uri).close())
                    .hasRootCauseInstanceOf(Exception.class)
                    .hasStackTraceContaining(SSLException.class.getPackageName());
            assertThatThrownBy(() -> new TestClient(TestClient.trusting(authority.root()),
                    URI.create("wss://127.0.0.1:" + server.tlsPort() + PATH)).close())
                    .hasStackTraceContaining("No subject alternative names matching IP");
        }
    }

    private long firstId() throws IOException {
        try (VenueServer server = open(LineFaults.none());
                RawClient client = new RawClient(server.port(), PATH)) {
            return ids(client, 1).getFirst();
        }
    }

    private static List<Long> ids(RawClient client, int count) throws IOException {
        List<Long> ids = new ArrayList<>();
        while (ids.size() < count) {
            ids.add(Long.parseLong(
                    Json.parse(client.next(RawClient.TEXT).text()).get("t").value()));
        }
        return ids;
    }

    private VenueServer open(LineFaults faults) throws IOException {
        return open(Venue.BINANCE_SPOT, faults);
    }

    private VenueServer open(Venue venue, LineFaults faults) throws IOException {
        SyntheticSource source = SyntheticSource.builder(venue, SEED).fewStreams().build();
        PlaySettings play = PlaySettings.standard().withSpeed(20).startingOnFirstSubscription();
        return VenueServer.builder(source).play(play).faults(faults).faultLog(log::add).open();
    }

    private static String path(Venue venue) {
        return venue.isBybit() ? "/v5/public/" + venue.category() : "/ws";
    }

    private static String subscribe(Venue venue) {
        String symbol = venue.listings().getFirst().symbol();
        return venue.isBybit()
                ? "{\"op\":\"subscribe\",\"args\":[\"publicTrade." + symbol + "\"]}"
                : "{\"method\":\"SUBSCRIBE\",\"params\":[\"" + symbol.toLowerCase(Locale.ROOT)
                        + "@trade\"],\"id\":1}";
    }
}
