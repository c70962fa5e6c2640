package com.waickoff.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.waickoff.marketdata.coverage.CoverageConfig;
import com.waickoff.marketdata.depth.DepthConfig;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.window.WindowConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real recordings against rows that an independent program computed from them. */
class ExpectedRecordingsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"bybit-linear_20260809, bybit-linear",
            "binance-usdm_btcusdt_20240808, binance-usdm",
            "binance-spot_btcusdt_20240808, binance-spot"})
    void shouldComputeEveryExpectedRow(String recording, String venue)
            throws IOException, ReplayException {
        Path frames = SharedRecordings.file(recording + ".frames.tsv.gz");
        Path expected = SharedRecordings.file("expected/" + recording);
        Path exported = directory.resolve("export");

        ReplayResult result = ReplayRun.run(
                new ReplayRequest(
                        new ReplayRequest.Recording(frames, venue,
                                SharedRecordings.file("instruments.csv")),
                        0, Long.MAX_VALUE, ReplayRequest.AS_FAST_AS_IT_GOES, null, exported,
                        config()),
                ReplayProgress.NONE, ReplayChild.WALL_CLOCK_NS, System::nanoTime);

        assertEquals(List.of(), result.notes());
        int windows = ExportRows.assertSame(expected.resolve("windows.csv"),
                exported.resolve("windows.csv"), ExportRows.WINDOW_COLUMNS);
        int rows = ExportRows.assertSame(expected.resolve("profile.csv.gz"),
                exported.resolve("profile.csv"), ExportRows.PROFILE_COLUMNS);
        int levels = ExportRows.assertSame(expected.resolve("book.csv"),
                exported.resolve("book.csv"), ExportRows.BOOK_COLUMNS);
        System.out.println(recording + ": " + windows + " windows, " + rows + " rows and " + levels
                + " levels are as expected");
    }

    private EngineConfig config() {
        return new EngineConfig(directory.resolve("data"), directory.resolve("journal"), 16,
                new RingConfig(1 << 14, Topology.INLINE, 1, RingConfig.Idle.SLEEPING),
                JournalConfig.DEFAULT, new WindowConfig(1, 1 << 16, 2_000, 14_400_000),
                DepthConfig.defaults(), CoverageConfig.DEFAULT);
    }
}
