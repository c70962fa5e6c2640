package com.waickoff.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.waickoff.marketdata.coverage.CoverageConfig;
import com.waickoff.marketdata.depth.DepthConfig;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.status.Conservation;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.WindowConfig;
import com.waickoff.venue.MakeRecording;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Invented venues against what they know to be true. */
class SyntheticMarketsTest {
    private static final int COVERAGE_COLUMN = 18;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"bybit-linear, 1", "bybit-linear, 2", "binance-usdm, 3", "binance-usdm, 4",
            "binance-spot, 5", "binance-spot, 6"})
    void shouldComputeWhatIsTrue(String venue, long seed) throws IOException, ReplayException {
        make(venue, seed, "--seconds", "400", "--snapshot-every", "150");

        replay(venue);

        ExportRows.assertSame(truth("windows.csv"), exported("windows.csv"),
                ExportRows.WINDOW_COLUMNS);
        ExportRows.assertSame(truth("profile.csv"), exported("profile.csv"),
                ExportRows.PROFILE_COLUMNS);
        ExportRows.assertSame(truth("book.csv"), exported("book.csv"), ExportRows.BOOK_COLUMNS);
    }

    @ParameterizedTest
    @CsvSource({"bybit-linear, 11, 0", "binance-usdm, 12, 0.01", "binance-spot, 13, 0.01"})
    void shouldComputeTheSameFromWhateverFormTheFramesHave(String venue, long seed,
            String duplicates) throws IOException, ReplayException {
        make(venue, seed, "--seconds", "200", "--faults",
                "unknown-keys=0.3,white-space=0.3,key-order=0.3,duplicate=" + duplicates);

        replay(venue);

        ExportRows.assertSame(truth("windows.csv"), exported("windows.csv"),
                ExportRows.WINDOW_COLUMNS);
        ExportRows.assertSame(truth("profile.csv"), exported("profile.csv"),
                ExportRows.PROFILE_COLUMNS);
        ExportRows.assertSame(truth("book.csv"), exported("book.csv"), ExportRows.BOOK_COLUMNS);
    }

    @ParameterizedTest
    @CsvSource({"bybit-linear, 21, 0.0008", "bybit-linear, 22, 0.0008",
            "binance-usdm, 23, 0.0002", "binance-usdm, 24, 0.0002", "binance-spot, 25, 0.00004",
            "binance-spot, 26, 0.00004"})
    void shouldNeverCallAWindowCompleteThatIsNotTrue(String venue, long seed, String rate)
            throws IOException, ReplayException {
        make(venue, seed, "--seconds", "1500", "--rate", "120", "--snapshot-every", "60",
                "--faults", "truncate=" + rate + ",garbage=" + rate + ",misfit=" + rate);

        ReplayResult result = replay(venue);

        TreeSet<String> truth = ExportRows.read(truth("windows.csv"), ExportRows.WINDOW_COLUMNS);
        int complete = 0;
        int incomplete = 0;
        for (String row : ExportRows.read(exported("windows.csv"), COVERAGE_COLUMN + 1)) {
            String window = row.substring(0, row.lastIndexOf(','));
            if (row.endsWith(",1000000")) {
                complete++;
                assertTrue(truth.contains(window) || cvdDiffersOnly(truth, window), row);
            } else {
                incomplete++;
            }
        }
        assertTrue(complete > 0, "some windows must be complete");
        assertTrue(incomplete > 0, "some windows must be incomplete");
        for (CounterBlock counters : result.counters()) {
            assertEquals(0, Conservation.of(List.of(counters)).frameDifference(), counters.owner());
        }
    }

    /** The cumulative delta carries the trades that earlier windows have lost. */
    private static boolean cvdDiffersOnly(TreeSet<String> truth, String window) {
        List<String> cells = withoutCvd(window);
        return truth.stream().anyMatch(row -> withoutCvd(row).equals(cells));
    }

    private static List<String> withoutCvd(String row) {
        List<String> cells = new ArrayList<>(List.of(row.split(",", -1)));
        cells.remove(13);
        return cells;
    }

    private void make(String venue, long seed, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--venue", venue, "--seed",
                Long.toString(seed), "--out", recording().toString(), "--truth",
                directory.resolve("truth").toString()));
        arguments.addAll(List.of(more));
        System.out.println("MakeRecording " + String.join(" ", arguments));
        MakeRecording.run(arguments.toArray(String[]::new), new PrintStream(
                OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    private ReplayResult replay(String venue) throws ReplayException {
        EngineConfig config = new EngineConfig(directory.resolve("data"),
                directory.resolve("journal"), 16, RingConfig.DEFAULT, JournalConfig.DEFAULT,
                new WindowConfig(1, 1 << 16, 2_000, 14_400_000), DepthConfig.defaults(),
                CoverageConfig.DEFAULT);
        return ReplayRun.run(
                new ReplayRequest(
                        new ReplayRequest.Recording(recording(), venue,
                                truth("instruments.csv")),
                        0, Long.MAX_VALUE, ReplayRequest.AS_FAST_AS_IT_GOES, null,
                        directory.resolve("export"), config),
                ReplayProgress.NONE, ReplayChild.WALL_CLOCK_NS, System::nanoTime);
    }

    private Path recording() {
        return directory.resolve("recording.tsv");
    }

    private Path truth(String name) {
        Path file = directory.resolve("truth").resolve(name);
        assertTrue(Files.exists(file), file.toString());
        return file;
    }

    private Path exported(String name) {
        return directory.resolve("export").resolve(name);
    }
}
