package com.waickoff.venue.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.venue.ProjectFiles;
import com.waickoff.venue.Venue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings of real venues, served and received again. */
class ServedRecordingTest {
    private static final PlaySettings AT_ONCE = PlaySettings.standard().startingOnSubscribe()
            .unlimited().holding();

    @ParameterizedTest
    @CsvSource({"bybit-linear_20260809, BYBIT_LINEAR",
            "binance-usdm_btcusdt_20240808, BINANCE_USDM",
            "binance-spot_btcusdt_20240808, BINANCE_SPOT"})
    void shouldDeliverEveryStreamLetterByLetter(String name, Venue venue) throws Exception {
        Path file = ProjectFiles.sharedRecording(name + ".frames.tsv.gz");
        Map<String, List<String>> recorded = byStream(ProjectFiles.lines(file));
        RecordingSource source = RecordingSource.open(file);

        assertThat(source.venue()).isEqualTo(venue);
        assertThat(source.streams()).isEqualTo(recorded.keySet());
        try (VenueServer server = VenueServer.builder(source).play(AT_ONCE).open();
                TestClient client = new TestClient(server.wsUri(path(venue)))) {
            client.send(subscribe(venue, recorded.keySet().stream().toList()));
            if (!venue.isBybit()) {
                TestClient.body(server.httpUri(depthPath(venue) + "?symbol=BTCUSDT&limit=1000"));
            }
            server.end().get();
            List<String> texts = client
                    .awaitTexts(1 + recorded.values().stream().mapToInt(List::size).sum());

            assertThat(texts.getFirst()).contains(venue.isBybit()
                    ? "\"success\":true"
                    : "\"result\":null");
            assertThat(texts.subList(1, texts.size()))
                    .isEqualTo(frames(ProjectFiles.lines(file)));
            assertThat(server.counts().connections()).isEqualTo(1);
        }
    }

    @Test
    void shouldDeliverNothingThatWasNotSubscribed() throws Exception {
        Path file = ProjectFiles.sharedRecording("bybit-linear_20260809.frames.tsv.gz");
        List<String> trades = byStream(ProjectFiles.lines(file)).get("publicTrade.SOLUSDT");
        PlaySettings play = PlaySettings.standard().unlimited().holding()
                .startingOnSubscribe(List.of("publicTrade.SOLUSDT"));
        try (VenueServer server = VenueServer.builder(RecordingSource.open(file)).play(play).open();
                TestClient client = new TestClient(server.wsUri("/v5/public/linear"))) {
            client.send(subscribe(Venue.BYBIT_LINEAR, List.of("publicTrade.SOLUSDT")));
            server.end().get();
            client.awaitTexts(1 + trades.size());
            client.send("{\"op\":\"ping\"}");
            client.await(text -> text.contains("pong"));

            List<String> texts = client.texts();
            assertThat(texts.subList(1, texts.size() - 1)).isEqualTo(trades);
        }
    }

    private static String path(Venue venue) {
        return switch (venue) {
            case BYBIT_LINEAR -> "/v5/public/linear";
            case BINANCE_USDM -> "/public/stream";
            default -> "/stream";
        };
    }

    private static String depthPath(Venue venue) {
        return venue == Venue.BINANCE_USDM ? "/fapi/v1/depth" : "/api/v3/depth";
    }

    private static String subscribe(Venue venue, List<String> streams) {
        String names = "[\"" + String.join("\",\"", streams) + "\"]";
        return venue.isBybit()
                ? "{\"req_id\":\"1\",\"op\":\"subscribe\",\"args\":" + names + "}"
                : "{\"method\":\"SUBSCRIBE\",\"params\":" + names + ",\"id\":1}";
    }

    private static List<String> frames(List<String> lines) throws IOException {
        return lines.stream().map(line -> line.split("\t", 3))
                .filter(line -> line[1].equals("R") && !stream(line[2]).isEmpty())
                .map(line -> line[2]).toList();
    }

    private static Map<String, List<String>> byStream(List<String> lines) throws IOException {
        Map<String, List<String>> byStream = new TreeMap<>();
        for (String frame : frames(lines)) {
            byStream.computeIfAbsent(stream(frame), _ -> new ArrayList<>()).add(frame);
        }
        return byStream;
    }

    private static String stream(String frame) {
        return frame.startsWith("{\"topic\":\"") || frame.startsWith("{\"stream\":\"")
                ? frame.split("\"", 5)[3]
                : "";
    }
}
