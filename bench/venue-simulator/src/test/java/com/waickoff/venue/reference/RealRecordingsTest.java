package com.waickoff.venue.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.venue.ProjectFiles;
import com.waickoff.venue.RecordingReader;
import com.waickoff.venue.Venue;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference against what another program made of recordings of real venues. */
class RealRecordingsTest {
    @ParameterizedTest
    @CsvSource({"BYBIT_LINEAR, bybit-linear_20260809",
            "BINANCE_USDM, binance-usdm_btcusdt_20240808",
            "BINANCE_SPOT, binance-spot_btcusdt_20240808"})
    void shouldAgreeWithAnotherProgram(Venue venue, String recording) throws IOException {
        RecordingReader reader = new RecordingReader(venue, tickSizes())
                .read(ProjectFiles.sharedRecording(recording + ".frames.tsv.gz"));

        List<ReferenceWindow> windows = reader.tape().windows();
        List<String> windowRows = ReferenceExport.windows(windows);
        List<String> profileRows = ReferenceExport.profiles(windows);
        List<String> bookRows = ReferenceExport.books(reader.books());
        System.out.println(recording + ": " + reader.frames() + " frames, " + reader.tape().size()
                + " trades, " + (windowRows.size() - 1) + " windows, " + (profileRows.size() - 1)
                + " rows, " + (bookRows.size() - 1) + " levels, " + reader.bestPricesChecked()
                + " best prices checked");

        assertThat(reader.unreadable()).isZero();
        assertThat(reader.brokenChains()).isZero();
        assertThat(reader.bestPricesWrong()).isZero();
        assertSameRows(windowRows, expected(recording, "windows.csv"));
        assertSameRows(profileRows, expected(recording, "profile.csv.gz"));
        assertSameRows(bookRows, expected(recording, "book.csv"));
    }

    private static void assertSameRows(List<String> actual, List<String> expected) {
        assertThat(byValue(actual)).hasSizeGreaterThan(1)
                .containsExactlyInAnyOrderElementsOf(byValue(expected));
    }

    /** Rows with numbers by value, without the columns that the reference does not know. */
    private static List<String> byValue(List<String> rows) {
        List<String> header = List.of(rows.getFirst().split(",", -1));
        List<String> values = new ArrayList<>();
        for (String row : rows) {
            List<String> cells = new ArrayList<>(Arrays.asList(row.split(",", -1)));
            for (int i = header.size() - 1; i >= 0; i--) {
                if (header.get(i).equals("coverage_ppm") || header.get(i).equals("revision")) {
                    cells.remove(i);
                }
            }
            values.add(cells.stream().map(RealRecordingsTest::byValue)
                    .collect(Collectors.joining(",")));
        }
        return values;
    }

    private static String byValue(String cell) {
        return cell.matches("-?\\d+(\\.\\d+)?") ? ReferenceExport.plain(new BigDecimal(cell))
                : cell;
    }

    private static List<String> expected(String recording, String file) throws IOException {
        return ProjectFiles
                .lines(ProjectFiles.sharedRecording("expected/" + recording + "/" + file));
    }

    private static Map<String, BigDecimal> tickSizes() throws IOException {
        Map<String, BigDecimal> tickSizes = new HashMap<>();
        ProjectFiles.lines(ProjectFiles.sharedRecording("instruments.csv")).stream().skip(1)
                .map(line -> line.split(",", -1))
                .forEach(cells -> tickSizes.put(cells[0], new BigDecimal(cells[1])));
        return tickSizes;
    }
}
