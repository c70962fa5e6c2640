package com.waickoff.venue.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.venue.Venue;
import com.waickoff.venue.recording.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a venue allows, and what it counts of those who ask for more. */
class ServedLimitsTest {
    private static final String BYBIT = "/v5/public/linear";
    /** A window of weights whose edge no test meets. */
    private static final int NO_EDGE_S = 1_000_000;

    @ParameterizedTest
    @CsvSource({"BINANCE_SPOT, 5", "BINANCE_USDM, 10"})
    void shouldCountPingsAndPongsAndTextsAlike(Venue venue, int most) throws IOException {
        try (VenueServer server = open(venue, VenueLimits.of(venue), VenueClock.still());
                RawClient client = new RawClient(server.port(), "/ws")) {
            for (int i = 0; i <= most; i++) {
                switch (i % 3) {
                    case 0 -> client.send(RawClient.PING, new byte[0]);
                    case 1 -> client.send(RawClient.PONG, new byte[0]);
                    default -> client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}");
                }
            }

            assertThat(client.next(RawClient.CLOSE).closeCode()).isEqualTo(1008);
            assertThat(server.counts().violations(Limit.MESSAGES_PER_SECOND)).isEqualTo(1);
            assertThat(server.counts().peak(Limit.MESSAGES_PER_SECOND)).isEqualTo(most + 1L);
        }
    }

    @Test
    void shouldCountThePongsOfHeartbeatsAndTheirDelays() throws IOException {
        VenueLimits limits = VenueLimits.of(Venue.BINANCE_SPOT).withPings(20, 60_000)
                .withMessagesPerSecond(3);
        try (VenueServer server = open(Venue.BINANCE_SPOT, limits);
                RawClient client = new RawClient(server.port(), "/ws")) {
            for (int i = 0; i < 4; i++) {
                client.send(RawClient.PONG, client.next(RawClient.PING).payload());
            }

            // Four within a second, unless this test is very slow: then a later one is too many.
            while (server.counts().violations(Limit.MESSAGES_PER_SECOND) == 0) {
                client.send(RawClient.PONG, "again".getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(client.next(RawClient.CLOSE).closeCode()).isEqualTo(1008);
            PongDelays pongs = server.counts().pongs();
            assertThat(pongs.count()).isBetween(3L, 4L);
            assertThat(pongs.mostUs()).isPositive().isGreaterThanOrEqualTo(pongs.p99Us());
            assertThat(pongs.p99Us()).isGreaterThanOrEqualTo(pongs.medianUs());
        }
    }

    @Test
    void shouldCountWhoDoesNotPong() throws IOException {
        VenueLimits limits = VenueLimits.of(Venue.BINANCE_SPOT).withPings(20, 60);
        try (VenueServer server = open(Venue.BINANCE_SPOT, limits);
                RawClient mute = new RawClient(server.port(), "/ws")) {
            assertThat(mute.next(RawClient.CLOSE).closeCode()).isEqualTo(1008);
            assertThat(server.counts().violations(Limit.PONG_MS)).isEqualTo(1);
        }
    }

    @Test
    void shouldCountEveryLetterOfTheArguments() throws IOException {
        // Two topics of 19 letters, each with its quotes and a comma.
        VenueLimits limits = VenueLimits.of(Venue.BYBIT_LINEAR).withArgsCharacters(44);
        try (VenueServer server = open(Venue.BYBIT_LINEAR, limits);
                RawClient client = new RawClient(server.port(), BYBIT);
                RawClient other = new RawClient(server.port(), BYBIT)) {
            assertThat(subscribe(client, "publicTrade.BTCUSDT")).isTrue();
            assertThat(subscribe(client, "orderbook.50.ETHUSDT")).isFalse();
            assertThat(subscribe(client, "publicTrade.ETHUSDT")).isTrue();
            // Every connection has its own.
            assertThat(subscribe(other, "orderbook.50.ETHUSDT")).isTrue();
            assertThat(server.counts().violations(Limit.ARGS_CHARACTERS)).isEqualTo(1);
            assertThat(server.counts().peak(Limit.ARGS_CHARACTERS)).isEqualTo(45);
        }
    }

    @Test
    void shouldLimitTheArgumentsOfARequest() throws IOException {
        VenueLimits limits = VenueLimits.of(Venue.BYBIT_LINEAR).withArgsPerRequest(2);
        try (VenueServer server = open(Venue.BYBIT_LINEAR, limits);
                RawClient client = new RawClient(server.port(), BYBIT)) {
            assertThat(subscribe(client, "publicTrade.BTCUSDT", "publicTrade.ETHUSDT",
                    "publicTrade.SOLUSDT")).isFalse();
            assertThat(subscribe(client, "publicTrade.BTCUSDT", "publicTrade.ETHUSDT")).isTrue();
            assertThat(subscribe(client, "publicTrade.SOLUSDT")).isTrue();
            assertThat(server.counts().violations(Limit.ARGS_PER_REQUEST)).isEqualTo(1);
        }
    }

    @Test
    void shouldLimitTheConnectionsAtATime() throws IOException {
        VenueLimits limits = VenueLimits.of(Venue.BYBIT_LINEAR).withConnections(2);
        try (VenueServer server = open(Venue.BYBIT_LINEAR, limits);
                RawClient first = new RawClient(server.port(), BYBIT);
                RawClient second = new RawClient(server.port(), BYBIT);
                RawClient third = new RawClient(server.port(), BYBIT)) {
            assertThat(third.status()).startsWith("HTTP/1.1 403");
            first.close();
            TestClient.await(() -> server.counts().connections() == 1);
            try (RawClient fourth = new RawClient(server.port(), BYBIT)) {
                assertThat(fourth.status()).startsWith("HTTP/1.1 101");
            }
            assertThat(second.status()).startsWith("HTTP/1.1 101");
            assertThat(server.counts().violations(Limit.CONNECTIONS)).isEqualTo(1);
        }
    }

    @Test
    void shouldCountWhoConnectsBeforeHeIsToldTo() throws IOException {
        VenueLimits limits = VenueLimits.of(Venue.BINANCE_SPOT);
        try (VenueServer server = open(Venue.BINANCE_SPOT, limits)) {
            server.refuseHandshakes(429, 1, 3_600);
            try (RawClient refused = new RawClient(server.port(), "/ws");
                    RawClient hasty = new RawClient(server.port(), "/ws")) {
                assertThat(refused.status()).startsWith("HTTP/1.1 429")
                        .contains("retry-after: 3600");
                assertThat(hasty.status()).startsWith("HTTP/1.1 101");
                assertThat(server.counts().violations(Limit.RETRY_AFTER)).isEqualTo(1);
                assertThat(server.counts().refused()).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldLimitTheStreamsThatAUrlAsksFor() throws IOException {
        VenueLimits limits = VenueLimits.of(Venue.BINANCE_SPOT).withStreamsPerConnection(2);
        try (VenueServer server = open(Venue.BINANCE_SPOT, limits);
                RawClient client = new RawClient(server.port(), "/stream?streams=a@x/b@x/c@x")) {
            assertThat(client.next(RawClient.CLOSE).closeCode()).isEqualTo(1008);
            assertThat(server.counts().violations(Limit.STREAMS_PER_CONNECTION)).isEqualTo(1);
        }
    }

    @Test
    void shouldBanFromRestUntilTheBanIsOver() throws Exception {
        VenueLimits limits = VenueLimits.of(Venue.BINANCE_SPOT).withRestWeight(10, NO_EDGE_S)
                .withRestBanMs(300);
        VenueClock clock = VenueClock.still();
        try (VenueServer server = open(Venue.BINANCE_SPOT, limits, clock)) {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                statuses.add(get(server, "/api/v3/depth?symbol=BTCUSDT").statusCode());
            }
            assertThat(statuses).containsExactly(200, 200, 429, 418);
            assertThat(server.counts().violations(Limit.REST_WEIGHT)).isEqualTo(2);
            assertThat(server.counts().violations(Limit.RETRY_AFTER)).isEqualTo(1);
            assertThat(server.counts().peak(Limit.REST_WEIGHT)).isEqualTo(20);
        }
    }

    @Test
    void shouldBanAtOnceWhereTheVenueDoes() throws Exception {
        VenueLimits limits = VenueLimits.of(Venue.BYBIT_LINEAR).withRestWeight(2, 1)
                .withRestBanMs(3_600_000);
        VenueClock clock = VenueClock.still();
        try (VenueServer server = open(Venue.BYBIT_LINEAR, limits, clock)) {
            assertThat(get(server, "/v5/market/time").statusCode()).isEqualTo(200);
            assertThat(get(server, "/v5/market/time").statusCode()).isEqualTo(200);
            assertThat(get(server, "/v5/market/time").statusCode()).isEqualTo(403);
            clock.pass(Duration.ofMillis(1_100));
            assertThat(get(server, "/v5/market/time").statusCode()).isEqualTo(403);
            assertThat(server.counts().violations(Limit.RETRY_AFTER)).isEqualTo(1);
        }
    }

    @Test
    void shouldSayWhatTheVenuesDocument() {
        VenueLimits spot = VenueLimits.of(Venue.BINANCE_SPOT);
        VenueLimits usdm = VenueLimits.of(Venue.BINANCE_USDM);
        VenueLimits bybit = VenueLimits.of(Venue.BYBIT_LINEAR);

        assertThat(List.of(spot.messagesPerSecond(), usdm.messagesPerSecond())).containsExactly(5,
                10);
        assertThat(List.of(spot.restWeight(), usdm.restWeight(), spot.restSeconds()))
                .containsExactly(6_000, 2_400, 60);
        assertThat(List.of(spot.streamsPerConnection(), spot.connectsPerFiveMinutes()))
                .containsExactly(1_024, 300);
        assertThat(List.of(bybit.restWeight(), bybit.restSeconds(), bybit.argsCharacters(),
                bybit.connectsPerFiveMinutes(), bybit.connections()))
                .containsExactly(600, 5, 21_000, 500, 1_000);
    }

    private static HttpResponse<String> get(VenueServer server, String path) throws Exception {
        return TestClient.get(server.httpUri(path));
    }

    private static boolean subscribe(RawClient client, String... topics) throws IOException {
        client.send("{\"op\":\"subscribe\",\"args\":[\"" + String.join("\",\"", topics) + "\"]}");
        Json answer = Json.parse(client.next().text());
        while (!answer.has("success")) {
            answer = Json.parse(client.next().text());
        }
        return answer.get("success").value().equals("true");
    }

    private static VenueServer open(Venue venue, VenueLimits limits) throws IOException {
        return open(venue, limits, VenueClock.OF_THE_MACHINE);
    }

    private static VenueServer open(Venue venue, VenueLimits limits, VenueClock clock)
            throws IOException {
        SyntheticSource source = SyntheticSource.builder(venue, 31).build();
        return VenueServer.builder(source).limits(limits)
                .play(PlaySettings.standard().withClock(clock)).open();
    }
}
