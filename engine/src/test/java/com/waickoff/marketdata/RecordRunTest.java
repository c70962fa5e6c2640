package com.waickoff.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.waickoff.marketdata.coverage.CoverageConfig;
import com.waickoff.marketdata.depth.DepthConfig;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.recording.RecorderSettings;
import com.waickoff.marketdata.feed.recording.RecordingFile;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.status.StatusReader;
import com.waickoff.marketdata.window.WindowConfig;
import com.waickoff.venue.TrueTape;
import com.waickoff.venue.TruthFiles;
import com.waickoff.venue.reference.ReferenceTape;
import com.waickoff.venue.serve.LineFault;
import com.waickoff.venue.serve.PlaySettings;
import com.waickoff.venue.serve.RecordingSource;
import com.waickoff.venue.serve.SyntheticSource;
import com.waickoff.venue.serve.VenueLimits;
import com.waickoff.venue.serve.VenueScript;
import com.waickoff.venue.serve.VenueServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Invented markets recorded over real sockets: what a replay of the files computes is what is true,
 * and so is what an engine computes that is served from them.
 */
class RecordRunTest {
    private static final double SPEED = 20;
    /** However long what it waits for takes, the market does not end meanwhile: so it goes on. */
    private static final String SLOWLY = "speed 1";
    /** From this part of the market on. */
    private static final int SLOWLY_FROM = 5;
    private static final String FAST = "speed 200";
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final Duration LIFETIME = Duration.ofHours(20);
    /** Instead of a number of cuts: the connection is renewed. */
    private static final int RENEWED = -1;
    private static final int ROW_CAPACITY = 1 << 15;

    @TempDir
    private Path directory;
    private final AtomicLong skippedNs = new AtomicLong();
    private long trueTrades;

    @ParameterizedTest
    @CsvSource({"bybit-linear, 200, 51", "binance-usdm, depth@100ms, 52",
            "binance-spot, depth@100ms, 53"})
    void shouldRecordWhatIsTrue(String venue, String books, long seed) throws Exception {
        List<Path> files = record(venue, books, seed, 250, 0, 0);

        assertEquals(1, files.size());
        ReplayResult replayed = replay(files.getFirst(), venue, "export");
        assertSameAsTruth("export");
        assertEquals(0, rejected(replayed));
        assertEquals(replayed.stateHash(), stateWhenServed(files.getFirst(), venue, books));
    }

    @ParameterizedTest
    @CsvSource({"bybit-linear, 200, 61", "binance-usdm, depth@100ms, 62",
            "binance-spot, depth@100ms, 63"})
    void shouldMakeEveryFileWhole(String venue, String books, long seed) throws Exception {
        List<Path> files = record(venue, books, seed, 600, 2, 0);

        assertEquals(3, files.size());
        Path unbroken = directory.resolve("unbroken.tsv");
        long trades = 0;
        for (int i = 0; i < files.size(); i++) {
            append(files.get(i), unbroken, i == 0);
            ReplayResult alone = replay(files.get(i), venue, "alone-" + i);
            replay(unbroken, venue, "unbroken-" + i);
            assertEquals(0, rejected(alone));
            assertTrue(sum(alone, Counter.BOOK_READY) >= instruments(venue), "file " + i);
            ExportRows.assertSame(directory.resolve("unbroken-" + i).resolve("book.csv"),
                    directory.resolve("alone-" + i).resolve("book.csv"),
                    ExportRows.BOOK_COLUMNS);
            trades += sum(alone, Counter.TRADES_DECODED);
        }
        assertSameAsTruth("unbroken-" + (files.size() - 1));
        assertEquals(trueTrades, trades, "no trade is lost where a file ends");
        System.out.println(venue + ": " + trades + " trades in " + files.size() + " files");
    }

    @ParameterizedTest
    @CsvSource({"bybit-linear, 200, 71", "binance-spot, depth@100ms, 73"})
    void shouldGoOnInTheSameFileWhenAConnectionIsCut(String venue, String books, long seed)
            throws Exception {
        List<Path> files = record(venue, books, seed, 300, 0, 2);

        assertEquals(1, files.size());
        assertEquals(3, lines(files.getFirst()).stream().filter(line -> line.contains("\tC\tws:"))
                .count());
        ReplayResult replayed = replay(files.getFirst(), venue, "export");
        assertTrue(sum(replayed, Counter.BOOK_READY) >= instruments(venue));
        ExportRows.assertSame(truth("book.csv"), directory.resolve("export/book.csv"),
                ExportRows.BOOK_COLUMNS);
    }

    @ParameterizedTest
    @CsvSource({"bybit-linear, 200, 81", "binance-usdm, depth@100ms, 82",
            "binance-spot, depth@100ms, 83"})
    void shouldBeginAFileForASuccessor(String venue, String books, long seed) throws Exception {
        List<Path> files = record(venue, books, seed, 600, 0, RENEWED);

        assertEquals(2, files.size());
        for (int i = 0; i < files.size(); i++) {
            ReplayResult alone = replay(files.get(i), venue, "alone-" + i);
            assertEquals(0, rejected(alone));
            assertEquals(0, sum(alone, Counter.TRADE_GAPS));
            assertTrue(sum(alone, Counter.BOOK_READY) >= instruments(venue), "file " + i);
        }
        ExportRows.assertSame(truth("book.csv"), directory.resolve("alone-1/book.csv"),
                ExportRows.BOOK_COLUMNS);
    }

    /** Records a market to its end. @return the files in their order */
    private List<Path> record(String venueCode, String books, long seed, int seconds,
            int rotations, int cuts) throws Exception {
        System.out.println(venueCode + " with seed " + seed);
        com.waickoff.venue.Venue invented = com.waickoff.venue.Venue.of(venueCode);
        TrueTape truth = new TrueTape(invented, invented.listings());
        SyntheticSource source = SyntheticSource.builder(invented, seed)
                .length(Duration.ofSeconds(seconds)).truth(truth).build();
        List<Path> files = new ArrayList<>();
        try (VenueServer server = VenueServer.builder(source)
                .play(PlaySettings.standard().withTimes(PlaySettings.Times.REBASED)
                        .withSpeed(SPEED).startingOnSubscribe().holding())
                .limits(VenueLimits.of(invented).withMostPendingBytes(0)) // it waits for readers
                .script(VenueScript.parse("market:" + seconds / SLOWLY_FROM + "s " + SLOWLY))
                .open();
                RecordRun run = start(server, venueCode, books,
                        rotations == 0 ? Long.MAX_VALUE : HOUR_NS)) {
            for (int i = 1; i <= rotations; i++) {
                awaitBooks(run, (long) i * invented.listings().size());
                skippedNs.addAndGet(HOUR_NS);
            }
            awaitBooks(run, (rotations + 1L) * invented.listings().size());
            if (cuts == RENEWED) {
                renew(run, invented.listings().size());
            } else {
                cut(server, run, cuts, seed);
            }
            Awaitility.await("the slow part").atMost(10, TimeUnit.MINUTES)
                    .pollInterval(10, TimeUnit.MILLISECONDS)
                    .until(() -> server.playedTime().toSeconds() >= seconds / SLOWLY_FROM);
            server.order(FAST);
            awaitEnd(server, run, Math.abs(cuts));
            run.stop();
            assertEquals(0, run.totals().linesLost());
            assertEquals(0, run.totals().refusals());
            for (RecordingFile file = run.pollEnded(); file != null; file = run.pollEnded()) {
                assertEquals(file.packedBytes(), Files.size(file.path()));
                files.add(file.path());
            }
            assertEquals(files.size(), run.totals().files());
            ReferenceTape tape = truth.tape();
            tape.shiftTimes(server.timeShiftMs());
            trueTrades = tape.size();
            TruthFiles.write(directory.resolve("truth"), invented, invented.listings(), tape,
                    source::trueBook);
        }
        return files;
    }

    /** Lets a connection become so old that it is renewed. */
    private void renew(RecordRun run, int instruments) throws IOException {
        skippedNs.addAndGet(LIFETIME.toNanos());
        Awaitility.await("a successor").atMost(120, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .until(() -> run.totals().files() == 1);
        awaitBooks(run, 2L * instruments);
    }

    /** Waits until books were joined so often, and for some frames then. */
    private void awaitBooks(RecordRun run, long count) {
        Awaitility.await(count + " books").atMost(120, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS).until(() -> booksReady() >= count);
        long frames = run.totals().frames();
        Awaitility.await("frames").atMost(120, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .until(() -> run.totals().frames() > frames + 200);
    }

    private long booksReady() throws IOException {
        try (StatusReader status = StatusReader
                .open(directory.resolve("recordings").resolve(RecordRun.STATUS_FILE))) {
            return status.counters().stream().mapToLong(block -> block.get(Counter.BOOK_READY))
                    .sum();
        }
    }

    private RecordRun start(VenueServer server, String venueCode, String books, long rotateNs)
            throws EngineException {
        com.waickoff.venue.Venue invented = com.waickoff.venue.Venue.of(venueCode);
        // It does not mind when an hour passes at once.
        VenueConfig venue = new VenueConfig(Venue.of(venueCode),
                invented.listings().stream().map(listing -> listing.symbol()).toList(),
                LiveEngine.line(Venue.of(venueCode), base(server.wsUri("/")),
                        base(server.httpUri("/"))).withSilenceTimeoutMs(Integer.MAX_VALUE)
                        .withLifetimeMs(LIFETIME.toMillis()),
                books, false);
        LiveConfig live = LiveEngine.config(directory.resolve("nothing"), Topology.INLINE, venue,
                List.of());
        CountDownLatch failed = new CountDownLatch(1);
        return RecordRun.start(new RecordConfig(live, new RecorderSettings(
                directory.resolve("recordings"), rotateNs, Long.MAX_VALUE,
                RecorderSettings.DEFAULT_BUFFER_BYTES)),
                new LiveWorld(ReplayChild.WALL_CLOCK_NS,
                        () -> System.nanoTime() + skippedNs.get(), new Random(7),
                        note -> {}, failed::countDown));
    }

    private static void cut(VenueServer server, RecordRun run, int cuts, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < cuts; i++) {
            long before = run.totals().frames();
            Awaitility.await("frames after a cut").atMost(120, TimeUnit.SECONDS)
                    .pollInterval(5, TimeUnit.MILLISECONDS)
                    .until(() -> run.totals().frames() > before + 500
                            && run.feeds().getFirst().state() == FeedState.LIVE);
            long epoch = run.feeds().getFirst().epoch();
            server.strikeAll(random.nextBoolean() ? LineFault.CUT : LineFault.CLOSE);
            Awaitility.await("the next connection").atMost(120, TimeUnit.SECONDS)
                    .pollInterval(5, TimeUnit.MILLISECONDS)
                    .until(() -> run.feeds().getFirst().epoch() == epoch + 1
                            && run.feeds().getFirst().state() == FeedState.LIVE);
        }
    }

    private void awaitEnd(VenueServer server, RecordRun run, int cuts) {
        Awaitility.await("the end of the market").atMost(10, TimeUnit.MINUTES)
                .pollInterval(10, TimeUnit.MILLISECONDS).until(() -> server.end().isDone());
        StandStill.await("the last frame", () -> run.totals().frames());
        assertEquals(1L + cuts, run.feeds().getFirst().epoch());
    }

    private ReplayResult replay(Path recording, String venue, String to) throws ReplayException {
        EngineConfig config = new EngineConfig(directory.resolve("replayed"),
                directory.resolve("unused"), 16, RingConfig.DEFAULT, JournalConfig.DEFAULT,
                new WindowConfig(1, ROW_CAPACITY, 2_000, 14_400_000), DepthConfig.defaults(),
                CoverageConfig.DEFAULT);
        ReplayResult result = ReplayRun.run(
                new ReplayRequest(new ReplayRequest.Recording(recording, venue, null), 0,
                        Long.MAX_VALUE, ReplayRequest.AS_FAST_AS_IT_GOES, null,
                        directory.resolve(to), config),
                ReplayProgress.NONE, ReplayChild.WALL_CLOCK_NS, System::nanoTime);
        assertEquals(List.of(), result.notes());
        return result;
    }

    /** The state of an engine that a simulated venue serves from a recording. */
    private String stateWhenServed(Path recording, String venueCode, String books)
            throws Exception {
        com.waickoff.venue.Venue served = com.waickoff.venue.Venue.of(venueCode);
        try (VenueServer server = VenueServer
                .builder(RecordingSource.open(recording, Optional.of(served), List.of()))
                .play(PlaySettings.standard().unlimited().startingOnSubscribe().holding())
                .metadata(recording).open();
                LiveEngine live = LiveEngine.start(LiveEngine.config(directory, Topology.INLINE,
                        LiveEngine.venue(Venue.of(venueCode), base(server.wsUri("/")),
                                base(server.httpUri("/")), books,
                                served.listings().stream().map(listing -> listing.symbol())
                                        .toArray(String[]::new)),
                        List.of(), ROW_CAPACITY))) {
            Awaitility.await("the end of the recording").atMost(5, TimeUnit.MINUTES)
                    .pollInterval(10, TimeUnit.MILLISECONDS).failFast(live::hasFailed)
                    .until(() -> server.end().isDone());
            StandStill.await("the last frame", () -> live.count(Counter.FRAMES_RECEIVED));
            live.stop();
            assertFalse(live.hasFailed());
        }
        EngineConfig config = new EngineConfig(directory.resolve("replayed"),
                directory.resolve("unused"), 16, RingConfig.DEFAULT, JournalConfig.DEFAULT,
                new WindowConfig(1, ROW_CAPACITY, 2_000, 14_400_000), DepthConfig.defaults(),
                CoverageConfig.DEFAULT);
        return ReplayRun.run(
                new ReplayRequest(new ReplayRequest.Journal(directory.resolve("journal")), 0,
                        Long.MAX_VALUE, ReplayRequest.AS_FAST_AS_IT_GOES, null, null, config),
                ReplayProgress.NONE, ReplayChild.WALL_CLOCK_NS, System::nanoTime).stateHash();
    }

    private void assertSameAsTruth(String export) throws IOException {
        Path exported = directory.resolve(export);
        ExportRows.assertSame(truth("windows.csv"), exported.resolve("windows.csv"),
                ExportRows.WINDOW_COLUMNS);
        ExportRows.assertSame(truth("profile.csv"), exported.resolve("profile.csv"),
                ExportRows.PROFILE_COLUMNS);
        ExportRows.assertSame(truth("book.csv"), exported.resolve("book.csv"),
                ExportRows.BOOK_COLUMNS);
    }

    /** The frames of a file behind those of the files before it, as though no file had ended. */
    private static void append(Path file, Path unbroken, boolean isFirst) throws IOException {
        List<String> lines = lines(file);
        if (isFirst) {
            Files.write(unbroken, lines);
        } else {
            Files.write(unbroken,
                    lines.stream().filter(line -> line.matches("[0-9]+\tR\t.*")).toList(),
                    StandardOpenOption.APPEND);
        }
    }

    private static List<String> lines(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static int instruments(String venue) {
        return com.waickoff.venue.Venue.of(venue).listings().size();
    }

    private static long rejected(ReplayResult result) {
        long sum = 0;
        for (Counter counter : Counter.values()) {
            sum += counter.isRejectedFrames() ? sum(result, counter) : 0;
        }
        return sum;
    }

    private static long sum(ReplayResult result, Counter counter) {
        return result.counters().stream().mapToLong(block -> block.get(counter)).sum();
    }

    private Path truth(String name) {
        return directory.resolve("truth").resolve(name);
    }

    private static URI base(URI uri) {
        return URI.create(uri.getScheme() + "://" + uri.getAuthority());
    }
}
