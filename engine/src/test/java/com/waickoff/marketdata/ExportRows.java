package com.waickoff.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Export files as sets of rows, numbers by their value. */
final class ExportRows {
    /** Columns of windows.csv that do not depend on how complete the tape was. */
    static final int WINDOW_COLUMNS = 18;
    /** Columns of profile.csv. */
    static final int PROFILE_COLUMNS = 6;
    /** Columns of book.csv. */
    static final int BOOK_COLUMNS = 5;

    private ExportRows() {}

    /** Checks that both files hold the same rows, in whatever order, and says how many. */
    static int assertSame(Path expected, Path actual, int columns) throws IOException {
        TreeSet<String> missing = read(expected, columns);
        TreeSet<String> added = read(actual, columns);
        TreeSet<String> common = new TreeSet<>(missing);
        common.retainAll(added);
        missing.removeAll(common);
        added.removeAll(common);
        assertEquals(some(missing), some(added), actual.getFileName()
                + ": rows that are missing, and rows that should not be there");
        return common.size();
    }

    private static String some(TreeSet<String> rows) {
        return String.join("\n", rows.stream().limit(20).toList());
    }

    /** The first columns of every row of a file, plain or compressed. */
    static TreeSet<String> read(Path file, int columns) throws IOException {
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
