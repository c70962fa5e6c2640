package com.waickoff.venue.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.venue.Venue;
import com.waickoff.venue.recording.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When frames are played, and what surrounds them. */
class ServedPlayTest {
    private static final long MINUTE_MS = 60_000;
    private static final String STREAM = "/stream?streams=btcusdt@trade/btcusdt@depth@100ms";
    private static final String ANSWER = "{\"lastUpdateId\":12,\"bids\":[[\"9.00\",\"1.0\"]],"
            + "\"asks\":[[\"11.00\",\"2.0\"]]}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void shouldMoveAllTimesAlikeToThatOfTheStart(Venue venue) throws IOException {
        List<List<Json>> runs = new ArrayList<>();
        long beforeMs = System.currentTimeMillis();
        for (PlaySettings.Times times : PlaySettings.Times.values()) {
            SyntheticSource source = SyntheticSource.builder(venue, 4).fewStreams().build();
            PlaySettings play = PlaySettings.standard().withTimes(times).withSpeed(10)
                    .startingOnFirstSubscription();
            try (VenueServer server = VenueServer.builder(source).play(play).open();
                    RawClient client = new RawClient(server.port(), path(venue))) {
                client.send(subscribe(venue));
                List<Json> trades = new ArrayList<>();
                while (trades.size() < 30) {
                    Json frame = Json.parse(client.next().text());
                    if (frame.has("topic")) {
                        trades.addAll(frame.get("data").list());
                    } else if (frame.has("t")) {
                        trades.add(frame);
                    }
                }
                runs.add(trades);
                assertThat(server.timeShiftMs() == 0).isEqualTo(times == PlaySettings.Times.KEPT);
            }
        }
        List<Json> kept = runs.getFirst();
        List<Json> moved = runs.getLast();
        long shiftMs = timeMs(moved.getFirst()) - timeMs(kept.getFirst());
        for (int i = 0; i < 30; i++) {
            assertThat(timeMs(moved.get(i)) - timeMs(kept.get(i))).isEqualTo(shiftMs);
            assertThat(moved.get(i).get("p")).isEqualTo(kept.get(i).get("p"));
        }
        assertThat(timeMs(moved.getFirst())).isBetween(beforeMs - MINUTE_MS,
                System.currentTimeMillis() + MINUTE_MS);
    }

    @Test
    void shouldSayGoodByeAtTheEndUnlessItHolds() throws Exception {
        for (boolean hold : new boolean[]{false, true}) {
            SyntheticSource source = SyntheticSource.builder(Venue.BINANCE_SPOT, 4)
                    .length(Duration.ofSeconds(5)).build();
            PlaySettings play = PlaySettings.standard().unlimited().startingOnFirstSubscription();
            try (VenueServer server = VenueServer.builder(source)
                    .play(hold ? play.holding() : play).open();
                    RawClient client = new RawClient(server.port(), "/ws/btcusdt@trade")) {
                server.end().get();
                if (hold) {
                    client.send(RawClient.PING, new byte[]{1});
                    assertThat(client.next(RawClient.PONG).payload()).containsExactly(1);
                } else {
                    assertThat(client.next(RawClient.CLOSE).closeCode()).isEqualTo(1000);
                }
                assertThat(server.counts().ended()).isTrue();
            }
        }
    }

    @Test
    void shouldWaitForEveryExpectedStream() throws Exception {
        try (VenueServer server = VenueServer.builder(RecordingSource.open(recording()))
                .play(PlaySettings.standard().unlimited().holding().startingOnSubscribe()).open();
                RawClient client = new RawClient(server.port(), "/stream")) {
            assertThat(server.missingStreams())
                    .containsExactlyInAnyOrder("btcusdt@trade", "btcusdt@depth@100ms");
            client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\"],\"id\":1}");
            assertThat(client.next().text()).contains("\"id\":1");
            assertThat(server.missingStreams()).containsExactly("btcusdt@depth@100ms");
            assertThat(server.counts().played()).isZero();

            client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@depth@100ms\"],\"id\":2}");
            assertThat(client.next().text()).contains("\"id\":2");
            assertThat(client.next().text()).contains("\"t\":1");
        }
    }

    @Test
    void shouldPauseAtARecordedAnswerUntilItIsAskedFor() throws Exception {
        PlaySettings play = PlaySettings.standard().unlimited().holding().startingOnSubscribe();
        try (VenueServer server = VenueServer.builder(RecordingSource.open(recording()))
                .play(play).open();
                RawClient client = new RawClient(server.port(), STREAM)) {
            assertThat(client.next().text()).contains("\"t\":1");
            assertThat(client.next().text()).contains("\"u\":11");
            // Nothing comes before the answer to this, though all is played as fast as it goes.
            client.send(RawClient.PING, new byte[]{1});
            assertThat(client.next().opcode()).isEqualTo(RawClient.PONG);

            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> depth(server));
            List<String> rest = new ArrayList<>();
            while (rest.size() < 2) {
                RawClient.Received received = client.next();
                if (received.opcode() == RawClient.TEXT) {
                    rest.add(received.text());
                } else {
                    client.send(RawClient.PONG, received.payload());
                }
            }
            assertThat(answer.join()).isEqualTo(ANSWER);
            assertThat(rest.getFirst()).contains("\"u\":13");
            assertThat(rest.getLast()).contains("\"t\":2");
            assertThat(depth(server)).isEqualTo("{\"lastUpdateId\":13,\"bids\":"
                    + "[[\"9.50\",\"3.0\"],[\"9.00\",\"1.0\"]],\"asks\":[[\"11.00\",\"2.0\"]]}");
        }
    }

    @Test
    void shouldAnswerFromTheKeptBookWhereThatIsWished() throws Exception {
        PlaySettings play = PlaySettings.standard().unlimited().holding().startingOnSubscribe()
                .withAnswersAsRecorded(false);
        try (VenueServer server = VenueServer.builder(RecordingSource.open(recording()))
                .play(play).open();
                RawClient client = new RawClient(server.port(), STREAM)) {
            server.end().get();
            assertThat(depth(server)).contains("\"lastUpdateId\":13").contains("9.50");
            for (int i = 0; i < 4; i++) {
                assertThat(client.next().opcode()).isEqualTo(RawClient.TEXT);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v3/exchangeInfo"})
    void shouldAnswerMetadataAsRecorded(String path) throws Exception {
        String body = "{\"symbols\":[],\"recorded\":true}";
        Path metadata = Files.writeString(folder.resolve("meta.tsv"),
                "1\tH\thttps://api.binance.com" + path + "\t" + body + "\n");
        try (VenueServer server = VenueServer.builder(RecordingSource.open(recording()))
                .metadata(metadata).open()) {
            assertThat(TestClient.body(server.httpUri(path + "?symbol=BTCUSDT"))).isEqualTo(body);
        }
    }

    @Test
    void shouldPlayOnForWhoComesAgain() throws IOException {
        SyntheticSource source = SyntheticSource.builder(Venue.BYBIT_LINEAR, 4).build();
        PlaySettings play = PlaySettings.standard().withSpeed(10).startingOnFirstSubscription();
        try (VenueServer server = VenueServer.builder(source).play(play).open()) {
            long last = 0;
            for (int i = 0; i < 3; i++) {
                try (RawClient client = new RawClient(server.port(), "/v5/public/linear")) {
                    client.send("{\"op\":\"subscribe\",\"args\":[\"orderbook.50.BTCUSDT\"]}");
                    assertThat(client.next().text()).contains("\"success\":true");
                    Json first = Json.parse(client.next().text());
                    Json second = Json.parse(client.next().text());
                    long id = updateId(first);

                    assertThat(first.get("type").value()).isEqualTo("snapshot");
                    // Equal where nothing changed while the client was away: a snapshot is the book
                    // as it is.
                    assertThat(id).isGreaterThanOrEqualTo(last);
                    assertThat(updateId(second)).isEqualTo(id + 1);
                    last = id + 1;
                }
            }
        }
    }

    private static long updateId(Json frame) {
        return Long.parseLong(frame.get("data").get("u").value());
    }

    private static String depth(VenueServer server) {
        try {
            return TestClient.body(
                    server.httpUri("/api/v3/depth?symbol=BTCUSDT&limit=1000"));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A trade, a difference, an answer, a difference, a trade. */
    private Path recording() throws IOException {
        return Files.writeString(folder.resolve("small.frames.tsv"), String.join("\n",
                "1000\tR\t" + trade(1), "2000\tR\t" + difference(11, "10.00", "0.0"),
                "3000\tH\thttps://api.binance.com/api/v3/depth?symbol=BTCUSDT&limit=1000\t"
                        + ANSWER,
                "4000\tR\t" + difference(13, "9.50", "3.0"), "5000\tR\t" + trade(2), ""));
    }

    private static String trade(long id) {
        return "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1700000000001,"
                + "\"s\":\"BTCUSDT\",\"t\":" + id + ",\"p\":\"10.00\",\"q\":\"1.0\","
                + "\"T\":1700000000000,\"m\":true,\"M\":true}}";
    }

    private static String difference(long id, String bid, String quantity) {
        return "{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\","
                + "\"E\":1700000000001,\"s\":\"BTCUSDT\",\"U\":" + id + ",\"u\":" + id
                + ",\"b\":[[\"" + bid + "\",\"" + quantity + "\"]],\"a\":[]}}";
    }

    private static long timeMs(Json trade) {
        return Long.parseLong(trade.get("T").value());
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
