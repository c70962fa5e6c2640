package com.waickoff.venue.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.venue.ServeVenue;
import com.waickoff.venue.Venue;
import com.waickoff.venue.VenueSession;
import com.waickoff.venue.recording.Json;
import com.waickoff.venue.reference.ReferenceBook;
import com.waickoff.venue.reference.ReferenceExport;
import com.waickoff.venue.reference.ReferenceTape;
import com.waickoff.venue.reference.ReferenceTrade;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a served market says was true, against what a client that knows JSON only received. */
class ServedTruthTest {
    private static final PrintStream NOWHERE = new PrintStream(PrintStream.nullOutputStream(),
            false, StandardCharsets.UTF_8);
    private static final long SEED = 5;

    @TempDir
    Path folder;

    /** Trades by id, and books, as they were received. */
    private static final class Received {
        private final Venue venue;
        private final Map<String, ReferenceTrade> trades = new LinkedHashMap<>();
        private final Map<String, ReferenceBook> books = new TreeMap<>();

        Received(Venue venue) {
            this.venue = venue;
        }

        void take(String text) {
            Json frame = Json.parse(text);
            if (frame.has("topic")) {
                String topic = frame.get("topic").value();
                if (topic.startsWith("publicTrade")) {
                    frame.get("data").list().forEach(trade -> add(trade, "i", "v",
                            trade.get("S").value().equals("Buy")));
                } else {
                    apply(frame.get("data"), frame.get("type").value().equals("snapshot"));
                }
            } else if (frame.has("e") && frame.get("e").value().equals("trade")
                    && (!frame.has("X") || frame.get("X").value().matches("MARKET|RPI"))) {
                add(frame, "t", "q", frame.get("m").value().equals("false"));
            }
        }

        private void add(Json trade, String id, String quantity, boolean buy) {
            String instrument = venue.label() + ":" + trade.get("s").value();
            trades.putIfAbsent(instrument + "," + trade.get(id).value(),
                    ReferenceTrade.of(instrument, Long.parseLong(trade.get("T").value()),
                            new BigDecimal(trade.get("p").value()),
                            new BigDecimal(trade.get(quantity).value()), buy));
        }

        private void apply(Json data, boolean whole) {
            ReferenceBook book = books.computeIfAbsent(
                    venue.label() + ":" + data.get("s").value(), _ -> new ReferenceBook());
            if (whole) {
                book.clear();
            }
            for (String side : List.of("b", "a")) {
                data.get(side).list().forEach(level -> book.set(side.equals("b"),
                        new BigDecimal(level.list().get(0).value()),
                        new BigDecimal(level.list().get(1).value())));
            }
        }

        ReferenceTape tape() {
            ReferenceTape tape = new ReferenceTape(
                    VenueSession.tickSizes(venue, venue.listings()), 1);
            trades.values().forEach(tape::add);
            return tape;
        }
    }

    @ParameterizedTest
    @CsvSource({"BYBIT_LINEAR, kept", "BYBIT_LINEAR, rebased", "BINANCE_SPOT, rebased",
            "BINANCE_USDM, kept", "BINANCE_USDM, rebased"})
    void shouldTellWhatAFaultlessClientReceives(Venue venue, String times) throws Exception {
        Path truth = folder.resolve("truth");
        Received received = new Received(venue);
        try (Served served = serve(venue, "--few-streams", "--market-seconds", "90", "--speed",
                "max", "--thin",
                "--times", times, "--truth", truth.toString());
                RawClient client = new RawClient(served.port, path(venue))) {
            client.send(subscribe(venue));
            Json played = readAll(served, client, received);

            assertThat(played.get("timeShiftMs").value().equals("0")).isEqualTo(
                    times.equals("kept"));
        }
        assertThat(received.trades).hasSizeGreaterThan(50);
        assertThat(Files.readAllLines(truth.resolve("windows.csv")))
                .isEqualTo(ReferenceExport.windows(received.tape().windows()));
        assertThat(Files.readAllLines(truth.resolve("profile.csv")))
                .isEqualTo(ReferenceExport.profiles(received.tape().windows()));
        if (venue.isBybit()) {
            assertThat(Files.readAllLines(truth.resolve("book.csv")))
                    .isEqualTo(ReferenceExport.books(new TreeMap<>(received.books)));
        }
        assertThat(Files.readAllLines(truth.resolve("lost.csv"))).hasSize(1);
        assertThat(Files.readAllLines(truth.resolve("instruments.csv")))
                .hasSize(1 + venue.listings().size());
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellEachTradeThatCutsAndDropsAndGarbageTookAway(Venue venue) throws Exception {
        Path truth = folder.resolve("truth");
        Path log = folder.resolve("faults.csv");
        Received received = new Received(venue);
        int connections = 0;
        try (Served served = serve(venue, "--few-streams", "--market-seconds", "120", "--speed",
                "40", "--rate",
                "100", "--times", "kept", "--truth", truth.toString(), "--fault-log",
                log.toString(), "--delay-ms", "20", "--faults",
                "cut=0.001,cut-in-frame=0.001,drop=0.01,garbage=0.01,duplicate=0.01,late=0.01")) {
            while (!served.hasPlayed()) {
                try (RawClient client = new RawClient(served.port, path(venue))) {
                    connections++;
                    client.send(subscribe(venue));
                    readAll(served, client, received);
                } catch (EOFException e) {
                    // Cut; what was whole has been taken.
                }
            }
        }
        TreeSet<String> all = new TreeSet<>(received.trades.keySet());
        List<String> lost = Files.readAllLines(truth.resolve("lost.csv"));
        for (String line : lost.subList(1, lost.size())) {
            assertThat(all.add(line.substring(0, line.lastIndexOf(',')))).as(line).isTrue();
        }
        Map<String, Integer> trueTrades = trades(Files.readAllLines(truth.resolve("windows.csv")));
        Map<String, Integer> told = new HashMap<>();
        all.forEach(key -> told.merge(key.substring(0, key.indexOf(',')), 1, Integer::sum));
        List<String> faults = Files.readAllLines(log);

        assertThat(told).isEqualTo(trueTrades);
        assertThat(lost).hasSizeGreaterThan(10);
        assertThat(connections).isGreaterThan(2);
        assertThat(faults.getFirst()).isEqualTo("connection,frame,time_ms,fault,stream");
        assertThat(faults.subList(1, faults.size())).allMatch(
                line -> line.matches("\\d+,\\d+,\\d{13},[a-z-]+,[A-Za-z0-9._@]+"));
        assertThat(faults.stream().filter(line -> line.contains(",cut")).count())
                .isGreaterThanOrEqualTo(connections - 1);
    }

    @Test
    void shouldCountATradeWithinAnAggregateAsSent() throws Exception {
        Path truth = folder.resolve("truth");
        try (Served served = serve(Venue.BINANCE_USDM, "--market-seconds", "60", "--speed", "max",
                "--thin", "--expect", "btcusdt@aggTrade", "--truth", truth.toString());
                RawClient client = new RawClient(served.port,
                        "/market/ws/btcusdt@aggTrade")) {
            readAll(served, client, new Received(Venue.BINANCE_USDM));
        }
        List<String> lost = Files.readAllLines(truth.resolve("lost.csv"));

        assertThat(lost).hasSizeGreaterThan(1)
                .noneMatch(line -> line.startsWith("binance-usdm:BTCUSDT"))
                .anyMatch(line -> line.startsWith("binance-usdm:ETHUSDT"));
    }

    /** Trades by instrument, of the windows of a day. */
    private static Map<String, Integer> trades(List<String> windows) {
        Map<String, Integer> trades = new HashMap<>();
        for (String line : windows) {
            String[] fields = line.split(",", -1);
            if (fields[1].equals("1d")) {
                trades.merge(fields[0], Integer.parseInt(fields[14]), Integer::sum);
            }
        }
        return trades;
    }

    /** Reads until the venue says that all is played, and what it sent before it pongs. */
    private static Json readAll(Served served, RawClient client, Received received)
            throws IOException {
        // Where the connection is cut before it can be asked, its end is read instead.
        var _ = served.played.thenAccept(_ -> {
            try {
                client.send(RawClient.PING, new byte[]{'!'});
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        RawClient.Received next = client.next();
        while (next.opcode() != RawClient.PONG) {
            if (next.opcode() == RawClient.TEXT && isMarketData(next.text())) {
                received.take(next.text());
            }
            next = client.next();
        }
        return served.played.join();
    }

    private static boolean isMarketData(String text) {
        return text.startsWith("{\"topic\":") || text.startsWith("{\"e\":\"");
    }

    private static String path(Venue venue) {
        return venue.isBybit()
                ? "/v5/public/" + venue.category()
                : venue == Venue.BINANCE_USDM ? "/public/ws" : "/ws";
    }

    private static String subscribe(Venue venue) {
        List<String> names = new ArrayList<>();
        venue.listings().forEach(listing -> venue.streamNames(listing, false).stream()
                .filter(name -> !name.contains("ticker") && !name.contains("bookTicker"))
                .forEach(name -> names.add('"' + name + '"')));
        String list = "[" + String.join(",", names) + "]";
        return venue.isBybit()
                ? "{\"op\":\"subscribe\",\"args\":" + list + "}"
                : "{\"method\":\"SUBSCRIBE\",\"params\":" + list + ",\"id\":1}";
    }

    private static Served serve(Venue venue, String... more) throws Exception {
        List<String> args = new ArrayList<>(List.of("--synthetic", "--venue", venue.label(),
                "--seed", Long.toString(SEED), "--start-on-subscribe", "--hold",
                "--end-with-stdin", "--limits", "messages=0"));
        args.addAll(List.of(more));
        System.out.println(args);
        return new Served(args.toArray(String[]::new));
    }

    /** The command, run on a thread of its own until its standard input is closed. */
    private static final class Served implements AutoCloseable {
        private final PipedOutputStream stdin = new PipedOutputStream();
        private final BufferedReader out;
        private final FutureTask<Boolean> task;
        private final CompletableFuture<Json> played;
        private final int port;

        Served(String... args) throws IOException {
            InputStream in = new PipedInputStream(stdin);
            PipedOutputStream printed = new PipedOutputStream();
            this.out = new BufferedReader(
                    new InputStreamReader(new PipedInputStream(printed), StandardCharsets.UTF_8));
            this.task = new FutureTask<>(() -> {
                try (PrintStream print = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
                    ServeVenue.run(args, in, print, NOWHERE);
                }
                return true;
            });
            Thread.ofPlatform().name("served").start(task);
            this.port = Integer.parseInt(Json.parse(out.readLine()).get("port").value());
            this.played = CompletableFuture.supplyAsync(this::readPlayed,
                    task -> Thread.ofPlatform().name("served-out").start(task));
        }

        boolean hasPlayed() {
            return played.isDone();
        }

        private Json readPlayed() {
            try {
                return Json.parse(out.readLine());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws Exception {
            stdin.close();
            assertThat(task.get()).isTrue();
            out.close();
        }
    }
}
