package com.waickoff.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.waickoff.marketdata.coverage.CoverageConfig;
import com.waickoff.marketdata.depth.DepthConfig;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.window.WindowConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
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
                ReplayProgress.NONE, System::currentTimeMillis, System::nanoTime);

        assertEquals(List.of(), result.notes());
        assertSameRows(expected.resolve("windows.csv"), exported.resolve("windows.csv"), 18);
        assertSameRows(expected.resolve("profile.csv.gz"), exported.resolve("profile.csv"), 6);
        assertSameRows(expected.resolve("book.csv"), exported.resolve("book.csv"), 5);
    }

    private EngineConfig config() {
        return new EngineConfig(directory.resolve("data"), directory.resolve("journal"), 16,
                new RingConfig(1 << 14, Topology.INLINE, 1, RingConfig.Idle.SLEEPING),
                JournalConfig.DEFAULT, new WindowConfig(1, 1 << 16, 2_000, 14_400_000),
                DepthConfig.defaults(), CoverageConfig.DEFAULT);
    }

    private static void assertSameRows(Path expected, Path actual, int columns)
            throws IOException {
        TreeSet<String> missing = rows(expected, columns);
        TreeSet<String> added = rows(actual, columns);
        TreeSet<String> common = new TreeSet<>(missing);
        common.retainAll(added);
        missing.removeAll(common);
        added.removeAll(common);
        assertEquals("", String.join("\n", missing), "rows that are missing");
        assertEquals("", String.join("\n", added), "rows that should not be there");
        System.out.println(actual.getFileName() + ": " + common.size() + " rows equal");
    }

    private static TreeSet<String> rows(Path file, int columns) throws IOException {
        TreeSet<String> rows = new TreeSet<>();
        try (InputStream in = Files.newInputStream(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in,
                        StandardCharsets.UTF_8));
                Stream<String> lines = reader.lines()) {
            lines.skip(1).forEach(line -> rows.add(byValue(line, columns)));
        }
        return rows;
    }

    /** The first columns of a line, numbers without trailing zeros. */
    private static String byValue(String line, int columns) {
        String[] cells = line.split(",", -1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < columns; i++) {
            text.append(i == 0 ? "" : ",").append(normal(cells[i]));
        }
        return text.toString();
    }

    private static String normal(String cell) {
        return cell.matches("-?[0-9]+(\\.[0-9]+)?")
                ? new BigDecimal(cell).stripTrailingZeros().toPlainString() : cell;
    }
}
