package com.waickoff.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.waickoff.marketdata.coverage.CoverageConfig;
import com.waickoff.marketdata.depth.DepthConfig;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.window.WindowConfig;
import com.waickoff.venue.TrueTape;
import com.waickoff.venue.TruthFiles;
import com.waickoff.venue.reference.ReferenceTape;
import com.waickoff.venue.serve.LineFault;
import com.waickoff.venue.serve.PlaySettings;
import com.waickoff.venue.serve.SyntheticSource;
import com.waickoff.venue.serve.VenueLimits;
import com.waickoff.venue.serve.VenueScript;
import com.waickoff.venue.serve.VenueServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An invented market over real sockets, faster than it happens, against what it knows to be true;
 * whole, and with its connection cut again and again.
 *
 * <p>{@code -Dlive.market-seconds=3600 -Dlive.speed=20 -Dlive.cuts=100} is the long run.
 */
class LiveSyntheticTest {
    private static final long MARKET_SECONDS = Long.getLong("live.market-seconds", 900);
    private static final int CUTS = Integer.getInteger("live.cuts", 3);
    private static final double SPEED = Double.parseDouble(System.getProperty("live.speed", "100"));
    /** So slow that nothing is over before it is looked for. */
    private static final String SLOWLY = "speed 0.2";
    /** What part of the market may be cut: nothing that is lost is found behind its end. */
    private static final long LAST_CUT_MS = MARKET_SECONDS * 800;
    /** More than any price of these markets moves, so that rows are never merged. */
    private static final int ROW_CAPACITY = 1 << 15;
    private static final int COVERAGE_COLUMN = 18;
    private static final int CVD_COLUMN = 13;
    private static final String WHOLE = ",1000000";
    private static final LineFault[] ENDS = {LineFault.CUT, LineFault.CUT_IN_FRAME,
            LineFault.RESET, LineFault.CLOSE};

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"bybit-linear, 200, 31", "binance-usdm, depth@100ms, 32",
            "binance-spot, depth@100ms, 33"})
    void shouldComputeWhatIsTrue(String venueCode, String books, long seed) throws Exception {
        play(venueCode, books, seed, 0);

        ExportRows.assertSame(truth("windows.csv"), exported("windows.csv"),
                ExportRows.WINDOW_COLUMNS);
        ExportRows.assertSame(truth("profile.csv"), exported("profile.csv"),
                ExportRows.PROFILE_COLUMNS);
        ExportRows.assertSame(truth("book.csv"), exported("book.csv"), ExportRows.BOOK_COLUMNS);
    }

    @ParameterizedTest
    @CsvSource({"bybit-linear, 200, 41", "binance-usdm, depth@100ms, 42",
            "binance-spot, depth@100ms, 43"})
    void shouldSayWhichWindowsLostTrades(String venueCode, String books, long seed)
            throws Exception {
        play(venueCode, books, seed, CUTS);

        SortedMap<String, String> truth = byWindow(truth("windows.csv"),
                ExportRows.WINDOW_COLUMNS);
        SortedMap<String, String> exported = byWindow(exported("windows.csv"),
                COVERAGE_COLUMN + 1);
        assertEquals(Set.of(), without(exported.keySet(), truth.keySet()), "invented windows");
        // Of a window that lost all its trades there is nothing: the longer ones around it tell.
        int gone = without(truth.keySet(), exported.keySet()).size();
        int complete = 0;
        int declared = 0;
        int spared = 0;
        for (var window : exported.entrySet()) {
            boolean isTrue = figures(window.getValue())
                    .equals(figures(truth.get(window.getKey())));
            if (window.getValue().endsWith(WHOLE)) {
                complete++;
                assertTrue(isTrue, "called complete and not true: " + window.getValue()
                        + "\nthe truth: " + truth.get(window.getKey()));
            } else {
                declared++;
                spared += isTrue ? 1 : 0;
            }
        }
        assertTrue(complete > 0, "some windows must be complete");
        assertTrue(declared > 0, "some windows must have lost trades");
        ExportRows.assertSame(truth("book.csv"), exported("book.csv"), ExportRows.BOOK_COLUMNS);
        System.out.println(venueCode + ": " + CUTS + " cuts; " + complete
                + " windows are complete and true, " + declared + " say that they may lack trades, "
                + spared + " of which lack none, " + gone + " lost all");
    }

    private void play(String venueCode, String books, long seed, int cuts) throws Exception {
        System.out.println(venueCode + " with seed " + seed + ", " + MARKET_SECONDS
                + " s of market, " + cuts + " cuts");
        com.waickoff.venue.Venue invented = com.waickoff.venue.Venue.of(venueCode);
        TrueTape truth = new TrueTape(invented, invented.listings());
        SyntheticSource source = SyntheticSource.builder(invented, seed)
                .length(Duration.ofSeconds(MARKET_SECONDS)).truth(truth).build();
        Venue venue = Venue.of(venueCode);
        Random random = new Random(seed);
        long[] placesMs = LongStream
                .concat(random.longs(cuts, 0, LAST_CUT_MS), LongStream.of(LAST_CUT_MS)).sorted()
                .toArray();
        try (VenueServer server = VenueServer.builder(source)
                .play(PlaySettings.standard().withTimes(PlaySettings.Times.REBASED)
                        .withSpeed(SPEED).startingOnSubscribe().holding())
                .limits(VenueLimits.of(invented).withMostPendingBytes(0)) // it waits for readers
                .script(slowlyFrom(placesMs)).tellUnsentTrades().open();
                LiveEngine live = LiveEngine.start(LiveEngine.config(directory, Topology.INLINE,
                        LiveEngine.venue(venue, URI.create(base(server.wsUri("/"))),
                                URI.create(base(server.httpUri("/"))), books,
                                invented.listings().stream().map(listing -> listing.symbol())
                                        .toArray(String[]::new)),
                        List.of(), ROW_CAPACITY))) {
            cut(server, live, Arrays.copyOf(placesMs, cuts), random);
            // Its end comes when all is whole again, however long that takes.
            awaitPlace(server, LAST_CUT_MS);
            live.awaitBooks(invented.listings().size());
            server.order("speed " + SPEED);
            Awaitility.await("the end of the market").atMost(30, TimeUnit.MINUTES)
                    .pollInterval(10, TimeUnit.MILLISECONDS).failFast(live::hasFailed)
                    .until(() -> server.end().isDone());
            StandStill.await("the last frame", () -> live.count(Counter.FRAMES_DECODED));
            assertTrue(live.count(Counter.DISCONNECTS) >= cuts);
            live.stop();
            assertFalse(live.hasFailed());
            ReferenceTape tape = truth.tape();
            tape.shiftTimes(server.timeShiftMs());
            TruthFiles.write(directory.resolve("truth"), invented, invented.listings(), tape,
                    source::trueBook);
        }
        exportJournal();
    }

    private static VenueScript slowlyFrom(long[] placesMs) {
        return VenueScript.parse(Arrays.stream(placesMs)
                .mapToObj(placeMs -> "market:" + placeMs + "ms " + SLOWLY)
                .collect(Collectors.joining(";")));
    }

    /** Ends the connection at these places of the market, each time when it is up again. */
    private static void cut(VenueServer server, LiveEngine live, long[] placesMs, Random random) {
        live.awaitCount(Counter.FRAMES_DECODED, 1);
        for (int i = 0; i < placesMs.length; i++) {
            awaitPlace(server, placesMs[i]);
            live.awaitState(FeedState.LIVE);
            server.strikeAll(ENDS[random.nextInt(ENDS.length)]);
            // What it misses it misses of a market in a hurry.
            server.order("speed " + SPEED);
            live.awaitCount(Counter.DISCONNECTS, i + 1L);
        }
    }

    private static void awaitPlace(VenueServer server, long placeMs) {
        Awaitility.await("the next place").atMost(30, TimeUnit.MINUTES)
                .pollInterval(2, TimeUnit.MILLISECONDS)
                .until(() -> server.playedTime().toMillis() >= placeMs);
    }

    private void exportJournal() throws ReplayException {
        EngineConfig config = new EngineConfig(directory.resolve("replayed"),
                directory.resolve("unused"), 16, RingConfig.DEFAULT, JournalConfig.DEFAULT,
                new WindowConfig(1, ROW_CAPACITY, 2_000, 14_400_000), DepthConfig.defaults(),
                CoverageConfig.DEFAULT);
        ReplayRun.run(
                new ReplayRequest(new ReplayRequest.Journal(directory.resolve("journal")), 0,
                        Long.MAX_VALUE, ReplayRequest.AS_FAST_AS_IT_GOES, null,
                        directory.resolve("export"), config),
                ReplayProgress.NONE, ReplayChild.WALL_CLOCK_NS, System::nanoTime);
    }

    private static String base(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    /** Rows of windows.csv by instrument, timeframe and start. */
    private static SortedMap<String, String> byWindow(Path file, int columns) throws IOException {
        SortedMap<String, String> rows = new TreeMap<>();
        for (String row : ExportRows.read(file, columns)) {
            String[] cells = row.split(",", 4);
            rows.put(cells[0] + ' ' + cells[1] + ' ' + cells[2], row);
        }
        return rows;
    }

    private static Set<String> without(Set<String> windows, Set<String> others) {
        Set<String> rest = new TreeSet<>(windows);
        rest.removeAll(others);
        return rest;
    }

    /** All but CVD, which carries what earlier windows have lost, and coverage. */
    private static List<String> figures(String row) {
        List<String> cells = new ArrayList<>(List.of(row.split(",", -1)));
        cells.remove(CVD_COLUMN);
        return cells.subList(0, ExportRows.WINDOW_COLUMNS - 1);
    }

    private Path truth(String name) {
        return directory.resolve("truth").resolve(name);
    }

    private Path exported(String name) {
        return directory.resolve("export").resolve(name);
    }
}
