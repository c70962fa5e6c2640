package com.waickoff.venue.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.venue.Venue;
import com.waickoff.venue.recording.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendLogTest {
    private static final long PLENTY = 1 << 20;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
            "BYBIT_LINEAR, /v5/public/linear, publicTrade.BTCUSDT, orderbook.200.BTCUSDT",
            "BINANCE_USDM, /public/stream, btcusdt@trade, btcusdt@depth@0ms",
            "BINANCE_USDM, /market/ws, btcusdt@aggTrade, btcusdt@aggTrade",
            "BINANCE_SPOT, /ws, btcusdt@trade, btcusdt@depth@100ms"})
    void shouldHoldEveryFrameBeforeItArrives(Venue venue, String path, String tape, String book)
            throws IOException {
        Path file = folder.resolve("sends");
        long startNs = System.nanoTime();
        try (VenueServer server = open(venue, file, PLENTY, LineFaults.none());
                SendLogReader log = SendLogReader.open(file);
                RawClient client = new RawClient(server.port(), path)) {
            subscribe(client, venue, tape, book);
            Map<String, Long> items = new HashMap<>();
            long lastNs = startNs;
            for (int n = 0; n < 500;) {
                String text = client.next().text();
                if (!text.contains("\"topic\"") && !text.contains("\"e\"")) {
                    continue;
                }
                long receiveNs = System.nanoTime();
                assertThat(log.read(n++)).isTrue();
                Json frame = Json.parse(text);
                Json payload = frame.has("stream") ? frame.get("data") : frame;
                String stream = log.streams().get(log.stream());
                long count = payload.has("topic") && stream.equals(tape)
                        ? payload.get("data").list().size()
                        : 1;

                assertThat(log.id()).isEqualTo(Long.parseLong(id(payload).value()));
                assertThat(stream).isIn(tape, book);
                assertThat(log.items()).isEqualTo(items.merge(stream, count, Long::sum));
                assertThat(log.connection()).isEqualTo(1);
                assertThat(log.sendTimeNs()).isBetween(lastNs, receiveNs);
                lastNs = log.sendTimeNs();
            }
            assertThat(items.keySet()).isEqualTo(new TreeSet<>(List.of(tape, book)));
        }
    }

    @Test
    void shouldWriteOverTheOldest() throws IOException {
        Path file = folder.resolve("sends");
        int capacity = 10;
        try (VenueServer server = open(Venue.BINANCE_SPOT, file, capacity * 32L, LineFaults.none());
                SendLogReader log = SendLogReader.open(file);
                RawClient client = new RawClient(server.port(), "/ws/btcusdt@trade")) {
            assertThat(log.capacity()).isEqualTo(capacity);
            assertThat(log.read(0)).isFalse();
            long last = 0;
            for (int i = 0; i < 5 * capacity; i++) {
                last = Long.parseLong(Json.parse(client.next().text()).get("t").value());
            }
            assertThat(log.read(0)).isFalse();
            long n = 5L * capacity - 1;
            while (log.written() < n + 1 + capacity && log.read(n) && log.id() < last) {
                n++;
            }
            // What has arrived is there, unless it has been written over since.
            assertThat(log.written() > n + capacity || log.id() == last).isTrue();
            assertThat(log.read(log.written())).isFalse();
            assertThat(log.read(-1)).isFalse();
        }
    }

    @Test
    void shouldHoldOnlyWhatWentOut() throws IOException {
        Path file = folder.resolve("sends");
        LineFaults faults = LineFaults.of(LineFault.DROP, 0.3, 1).with(LineFault.DUPLICATE, 0.3)
                .with(LineFault.DELAY, 0.1).withMostDelayMs(5);
        try (VenueServer server = open(Venue.BINANCE_SPOT, file, PLENTY, faults);
                SendLogReader log = SendLogReader.open(file);
                RawClient client = new RawClient(server.port(), "/ws/btcusdt@trade")) {
            for (int n = 0; n < 300; n++) {
                long id = Long.parseLong(Json.parse(client.next().text()).get("t").value());

                assertThat(log.read(n)).isTrue();
                assertThat(log.id()).isEqualTo(id);
                assertThat(log.items()).isEqualTo(n + 1);
            }
        }
    }

    @Test
    void shouldRefuseWhatIsNoSendLog() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "x".repeat(1_000));
        Path empty = Files.createFile(folder.resolve("empty"));

        for (Path file : List.of(other, empty)) {
            assertThatThrownBy(() -> SendLogReader.open(file)).isInstanceOf(IOException.class)
                    .hasMessageContaining("no send log");
        }
    }

    private static Json id(Json payload) {
        if (!payload.has("topic")) {
            return payload.get(payload.has("t") ? "t" : payload.has("f") ? "a" : "u");
        }
        return payload.get("topic").value().startsWith("publicTrade")
                ? payload.get("data").list().getLast().get("seq")
                : payload.get("data").get("u");
    }

    private static void subscribe(RawClient client, Venue venue, String... streams)
            throws IOException {
        String names = "[\"" + String.join("\",\"", new TreeSet<>(List.of(streams)))
                + "\"]";
        client.send(venue.isBybit()
                ? "{\"op\":\"subscribe\",\"args\":" + names + "}"
                : "{\"method\":\"SUBSCRIBE\",\"params\":" + names + ",\"id\":1}");
    }

    private static VenueServer open(Venue venue, Path file, long bytes, LineFaults faults)
            throws IOException {
        SyntheticSource source = SyntheticSource.builder(venue, 3).build();
        PlaySettings play = PlaySettings.standard().withSpeed(10).startingOnFirstSubscription();
        return VenueServer.builder(source).play(play).sendLog(file, bytes).faults(faults).open();
    }
}
