package com.waickoff.marketdata.terminal;

import com.waickoff.marketdata.terminal.Ink.Tone;
import java.util.ArrayList;
import java.util.List;

/**
 * Text in columns: the first to the left, the others as their header says.
 *
 * <p>Threads: one.
 */
public final class Table {
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A column.
     *
     * @param header its title; empty for none
     * @param right whether its cells are flush right, as numbers are
     */
    public record Column(String header, boolean right) {}

    /** A table with these columns; one without any title has no header line. */
    public Table(Column... columns) {
        this.columns = List.of(columns);
    }

    /** A column flush left. */
    public static Column left(String header) {
        return new Column(header, false);
    }

    /** A column flush right. */
    public static Column right(String header) {
        return new Column(header, true);
    }

    /** Adds a row, one cell for each column. */
    public Table row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells for " + columns.size() + " columns");
        }
        List<String> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(Shown.plain(cell));
        }
        rows.add(row);
        return this;
    }

    /** Whether it has no rows. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The table as lines without blanks at their ends. */
    public List<String> lines(Ink ink) {
        int[] widths = new int[columns.size()];
        boolean titled = false;
        for (int i = 0; i < widths.length; i++) {
            titled |= !columns.get(i).header().isEmpty();
            widths[i] = Shown.width(columns.get(i).header());
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], Shown.width(row.get(i)));
            }
        }
        List<String> lines = new ArrayList<>();
        if (titled) {
            lines.add(ink.paint(Tone.FAINT,
                    line(columns.stream().map(Column::header).toList(), widths)));
        }
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            line.append(i == 0 ? "" : GAP)
                    .append(columns.get(i).right() ? Shown.right(cell, widths[i])
                            : Shown.left(cell, widths[i]));
        }
        return line.toString().stripTrailing();
    }
}
