package com.waickoff.marketdata.bench.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an engine's export says, against what truly happened.
 *
 * @param trades that truly happened
 * @param missing of them, by windows of a minute
 * @param doubled what there is more of than happened, by windows of a minute
 * @param complete windows of all timeframes that are called complete
 * @param untrue of those, how many are not as they truly were: must be 0
 * @param declared windows that say that they may lack trades
 * @param spared of those, how many lack none
 * @param examples a few rows of what is untrue, each beside what is true
 * @param isBookTrue whether the best levels of every book are as they truly are
 */
record Truth(long trades, long missing, long doubled, int complete, int untrue, int declared,
        int spared, List<String> examples, boolean isBookTrue) {
    private static final int COVERAGE_COLUMN = 18;
    private static final int COMPARED_COLUMNS = 15;
    private static final int TRADES_COLUMN = 14;
    private static final int CVD_COLUMN = 13;
    private static final int BOOK_COLUMNS = 5;
    private static final int MOST_EXAMPLES = 4;
    private static final String WHOLE = "1000000";
    private static final String MINUTE = " 1m ";

    /** Compares the files that an engine exported with those of the truth. */
    static Truth of(Path truth, Path exported) throws IOException {
        Map<String, List<String>> happened = windows(truth);
        Map<String, List<String>> told = windows(exported);
        long trades = 0;
        long missing = 0;
        long doubled = 0;
        for (var window : happened.entrySet()) {
            if (window.getKey().contains(MINUTE)) {
                long true1 = Long.parseLong(window.getValue().get(TRADES_COLUMN));
                List<String> row = told.get(window.getKey());
                long told1 = row == null ? 0 : Long.parseLong(row.get(TRADES_COLUMN));
                trades += true1;
                missing += Math.max(0, true1 - told1);
                doubled += Math.max(0, told1 - true1);
            }
        }
        int complete = 0;
        int untrue = 0;
        int declared = 0;
        int spared = 0;
        List<String> examples = new ArrayList<>();
        for (var window : told.entrySet()) {
            List<String> row = window.getValue();
            List<String> trueRow = happened.get(window.getKey());
            boolean isTrue = trueRow != null && figures(row).equals(figures(trueRow));
            if (row.get(COVERAGE_COLUMN).equals(WHOLE)) {
                complete++;
                untrue += isTrue ? 0 : 1;
                if (!isTrue && examples.size() < MOST_EXAMPLES) {
                    examples.add("told " + row + "\ntrue " + trueRow);
                }
            } else {
                declared++;
                spared += isTrue ? 1 : 0;
            }
        }
        List<String> trueBooks = books(truth);
        List<String> toldBooks = books(exported);
        boolean isBookTrue = trueBooks.equals(toldBooks);
        if (!isBookTrue) {
            examples.add("told " + without(toldBooks, trueBooks) + "\ntrue "
                    + without(trueBooks, toldBooks));
        }
        return new Truth(trades, missing, doubled, complete, untrue, declared, spared, examples,
                isBookTrue);
    }

    /**
     * All but CVD, which carries what earlier windows have lost, and what is of rows, which may be
     * coarser than those of the truth.
     */
    private static List<String> figures(List<String> row) {
        List<String> figures = new ArrayList<>(row.subList(0, COMPARED_COLUMNS));
        figures.remove(CVD_COLUMN);
        return figures;
    }

    private static List<String> without(List<String> all, List<String> these) {
        List<String> rest = new ArrayList<>(all);
        rest.removeAll(these);
        return rest.subList(0, Math.min(MOST_EXAMPLES, rest.size()));
    }

    private static Map<String, List<String>> windows(Path directory) throws IOException {
        Map<String, List<String>> windows = new TreeMap<>();
        for (String row : rows(directory.resolve("windows.csv"))) {
            List<String> cells = List.of(row.split(",", -1));
            windows.put(cells.get(0) + ' ' + cells.get(1) + ' ' + cells.get(2), cells);
        }
        return windows;
    }

    private static List<String> books(Path directory) throws IOException {
        return rows(directory.resolve("book.csv")).stream()
                .map(row -> String.join(",", List.of(row.split(",", -1)).subList(0, BOOK_COLUMNS)))
                .sorted().toList();
    }

    private static List<String> rows(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.subList(1, lines.size());
    }
}
