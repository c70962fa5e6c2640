package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.cli.CommandRun.Place;
import com.waickoff.marketdata.replay.ExportTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exported files, as DuckDB reads them. */
class ReplayExportTest {
    @TempDir
    Path directory;
    Place place;

    @BeforeEach
    void setUp() {
        place = Place.in(directory);
    }

    @Test
    void shouldExportTheSameRowsAsCsvAndAsParquet() throws IOException, SQLException {
        export("--format", "csv,parquet", "--tables",
                "windows,profile,book,signals,trades,levels");

        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            for (ExportTable table : ExportTable.values()) {
                Path file = directory.resolve("out").resolve(table.label() + ".parquet");
                List<String> csv = Files
                        .readAllLines(directory.resolve("out").resolve(table.label() + ".csv"));

                assertThat(csv.size()).as(table.label()).isGreaterThan(20);
                assertThat(lines(statement, "SELECT * FROM '" + file + '\''))
                        .as(table.label()).isEqualTo(csv);
                assertThat(metadata(statement, file)).containsEntry("waickoff.table",
                        table.label()).containsEntry("waickoff.version", "1")
                        .containsEntry("waickoff.row_ticks", "1");
            }
            assertThat(lines(statement, "SELECT DISTINCT compression FROM parquet_metadata('"
                    + directory.resolve("out/trades.parquet") + "')"))
                    .containsExactly("compression", "ZSTD");
            // What statistics say of the times is used to skip groups of rows.
            assertThat(lines(statement, "SELECT count(*) n FROM '"
                    + directory.resolve("out/trades.parquet")
                    + "' WHERE receive_time_ns < 1000")).containsExactly("n", "0");
        }
    }

    @Test
    void shouldFindValueAreasByTheRuleThatIsAskedFor() throws IOException {
        export("--value-area-pct", "100", "--value-area-method", "single_row", "--row-ticks", "5");

        Map<String, List<BigDecimal>> rows = new TreeMap<>();
        for (String line : csv("profile")) {
            String[] fields = line.split(",");
            rows.computeIfAbsent(fields[0] + ',' + fields[1] + ',' + fields[2],
                    key -> new ArrayList<>()).add(new BigDecimal(fields[3]));
        }
        assertThat(rows).isNotEmpty();
        for (String line : csv("windows")) {
            String[] fields = line.split(",");
            List<BigDecimal> ofWindow = rows.get(fields[0] + ',' + fields[1] + ',' + fields[2]);
            assertThat(new BigDecimal(fields[16])).isEqualTo(ofWindow.getLast());
            assertThat(new BigDecimal(fields[17])).isEqualTo(ofWindow.getFirst());
        }
    }

    private List<String> csv(String table) throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve("out/" + table + ".csv"));
        return lines.subList(1, lines.size());
    }

    private void export(String... more) {
        List<String> args = new ArrayList<>(List.of("replay", "--recording",
                CommandRun.sampleRecording().toString(), "--venue", "bybit-linear",
                "--instruments", CommandRun.sampleInstruments().toString(), "--export", "out"));
        args.addAll(List.of(more));
        CommandRun run = place.run(args.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    /** Rows as lines of CSV, behind their header. */
    private static List<String> lines(Statement statement, String query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            int columns = rows.getMetaData().getColumnCount();
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                cells.add(rows.getMetaData().getColumnName(i));
            }
            lines.add(String.join(",", cells));
            while (rows.next()) {
                cells.clear();
                for (int i = 1; i <= columns; i++) {
                    cells.add(text(rows.getObject(i)));
                }
                lines.add(String.join(",", cells));
            }
        }
        return lines;
    }

    private static String text(Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof BigDecimal decimal
                ? decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString()
                : value.toString();
    }

    private static Map<String, String> metadata(Statement statement, Path file)
            throws SQLException {
        Map<String, String> metadata = new TreeMap<>();
        try (ResultSet rows = statement.executeQuery(
                "SELECT decode(key), decode(value) FROM parquet_kv_metadata('" + file + "')")) {
            while (rows.next()) {
                metadata.put(rows.getString(1), rows.getString(2));
            }
        }
        return metadata;
    }
}
