package com.waickoff.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.waickoff.marketdata.coverage.CoverageConfig;
import com.waickoff.marketdata.depth.DepthConfig;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.status.Conservation;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.StatusReader;
import com.waickoff.marketdata.window.WindowConfig;
import com.waickoff.venue.serve.PlaySettings;
import com.waickoff.venue.serve.RecordingSource;
import com.waickoff.venue.serve.VenueLimits;
import com.waickoff.venue.serve.VenueServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recordings of real venues over real sockets: what the daemon has journaled of them leads to the
 * rows that an independent program computed, and to the state that a replay of the recording has.
 * {@code -Dlive.speed=1} plays those that are paced as slowly as they were recorded.
 */
class LiveRecordingsTest {
    private static final String AS_FAST_AS_IT_GOES = "max";
    private static final double PACED = Double.parseDouble(System.getProperty("live.speed", "20"));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"bybit-linear_20260809, bybit-linear, INLINE, max",
            "bybit-linear_20260809, bybit-linear, FUSED, max",
            "bybit-linear_20260809, bybit-linear, STAGED, max",
            "bybit-linear_20260809, bybit-linear, INLINE, paced",
            "bybit-linear_20260809, bybit-linear, FUSED, paced",
            "bybit-linear_20260809, bybit-linear, STAGED, paced",
            "binance-usdm_btcusdt_20240808, binance-usdm, INLINE, max",
            "binance-usdm_btcusdt_20240808, binance-usdm, FUSED, max",
            "binance-usdm_btcusdt_20240808, binance-usdm, STAGED, max",
            "binance-usdm_btcusdt_20240808, binance-usdm, INLINE, paced",
            "binance-spot_btcusdt_20240808, binance-spot, INLINE, max",
            "binance-spot_btcusdt_20240808, binance-spot, FUSED, max",
            "binance-spot_btcusdt_20240808, binance-spot, STAGED, max",
            "binance-spot_btcusdt_20240808, binance-spot, STAGED, paced"})
    void shouldComeToTheStateOfAReplay(String recording, String venueCode, Topology topology,
            String speed) throws Exception {
        Path frames = SharedRecordings.file(recording + ".frames.tsv.gz");
        Path instruments = SharedRecordings.file("instruments.csv");
        Venue venue = Venue.of(venueCode);
        Wanted wanted = Wanted.of(venue);
        PlaySettings play = PlaySettings.standard().startingOnSubscribe().holding();
        RecordingSource source = RecordingSource.open(frames);
        // However slowly it is read, it is not cut off.
        VenueLimits limits = VenueLimits.of(source.venue()).withMostPendingBytes(0);
        try (VenueServer server = VenueServer.builder(source).limits(limits)
                .play(speed.equals(AS_FAST_AS_IT_GOES) ? play.unlimited() : play.withSpeed(PACED))
                .open();
                LiveEngine live = LiveEngine.start(LiveEngine.config(directory, topology,
                        LiveEngine.venue(venue, URI.create(base(server.wsUri("/"))),
                                URI.create(base(server.httpUri("/"))), wanted.books,
                                wanted.symbols),
                        InstrumentSource.readCsv(instruments)))) {
            awaitEnd(server, live);
            awaitFrames(live, wanted.count(frames));
            live.stop();

            assertFalse(live.hasFailed());
            assertEquals(0, live.count(Counter.TRADES_MISSING));
            assertConserved(live);
        }
        Path exported = directory.resolve("export");
        String live = replay(new ReplayRequest.Journal(directory.resolve("journal")), exported);
        Path expected = SharedRecordings.file("expected/" + recording);
        int windows = ExportRows.assertSame(expected.resolve("windows.csv"),
                exported.resolve("windows.csv"), ExportRows.WINDOW_COLUMNS);
        int rows = ExportRows.assertSame(expected.resolve("profile.csv.gz"),
                exported.resolve("profile.csv"), ExportRows.PROFILE_COLUMNS);
        int levels = ExportRows.assertSame(expected.resolve("book.csv"),
                exported.resolve("book.csv"), ExportRows.BOOK_COLUMNS);
        assertEquals(replay(new ReplayRequest.Recording(frames, venueCode, instruments), null),
                live);
        System.out.println(recording + ' ' + topology + ' ' + speed + ": " + windows
                + " windows, " + rows + " rows, " + levels + " levels, state " + live);
    }

    /** What is collected of a venue's recording. */
    private record Wanted(String books, Pattern frames, String... symbols) {
        static Wanted of(Venue venue) {
            return switch (venue) {
                case BYBIT_LINEAR -> new Wanted("200",
                        Pattern.compile("\\tR\\t\\{\"topic\":\"(publicTrade|orderbook\\.200)\\."),
                        "BTCUSDT", "ETHUSDT", "SOLUSDT", "DOGEUSDT");
                case BINANCE_USDM -> binance("depth@0ms");
                default -> binance("depth@100ms");
            };
        }

        private static Wanted binance(String stream) {
            return new Wanted(stream,
                    Pattern.compile("\\tR\\t\\{\"stream\":\"btcusdt@(trade|" + stream + ")\""),
                    "BTCUSDT");
        }

        long count(Path file) throws IOException {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
                    Stream<String> lines = reader.lines()) {
                return lines.filter(line -> frames.matcher(line).find()).count();
            }
        }
    }

    private static String base(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    private static void awaitEnd(VenueServer server, LiveEngine live) {
        Awaitility.await("the end of the recording").atMost(8, TimeUnit.MINUTES)
                .pollInterval(10, TimeUnit.MILLISECONDS).failFast(live::hasFailed)
                .until(() -> server.end().isDone());
    }

    private static void awaitFrames(LiveEngine live, long frames) {
        Awaitility.await(frames + " frames").atMost(120, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .until(() -> live.count(Counter.FRAMES_RECEIVED) - live.count(Counter.IGNORED_ACK)
                        - live.count(Counter.IGNORED_HEARTBEAT) >= frames);
    }

    private static void assertConserved(LiveEngine live) throws IOException {
        try (StatusReader status = StatusReader.open(live.config().engine().statusFile())) {
            Conservation sums = status.conservation();
            assertEquals(0, sums.frameDifference());
            assertEquals(0, sums.eventDifference());
        }
    }

    private String replay(ReplayRequest.Source source, @Nullable Path to)
            throws ReplayException {
        EngineConfig config = new EngineConfig(directory.resolve("replayed"),
                directory.resolve("unused"), 16,
                new RingConfig(1 << 14, Topology.INLINE, 1, RingConfig.Idle.SLEEPING),
                JournalConfig.DEFAULT, new WindowConfig(1, 1 << 16, 2_000, 14_400_000),
                DepthConfig.defaults(), CoverageConfig.DEFAULT);
        return ReplayRun.run(new ReplayRequest(source, 0, Long.MAX_VALUE,
                ReplayRequest.AS_FAST_AS_IT_GOES, null, to, config), ReplayProgress.NONE,
                ReplayChild.WALL_CLOCK_NS, System::nanoTime).stateHash();
    }
}
