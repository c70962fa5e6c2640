package com.waickoff.marketdata.drawing;

import com.waickoff.marketdata.report.ProfileReport;
import com.waickoff.marketdata.report.WindowReport.Scales;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Ink.Tone;
import com.waickoff.marketdata.terminal.QuantityColumn;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.ValueArea;
import com.waickoff.marketdata.window.ValueAreaFinder.Choice;
import com.waickoff.marketdata.window.ValueAreaRule;
import com.waickoff.marketdata.window.ValueAreaRule.Side;
import com.waickoff.marketdata.window.ValueAreaTrace;
import com.waickoff.marketdata.window.ValueAreaTrace.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * How a value area came about, as a table.
 *
 * <pre>
 *   step  rows taken           above   below  covered
 *      0  POC  100.1                             14 %
 *      1  up   100.2 – 100.3    3.10    2.20   31.2 %
 * </pre>
 *
 * <p>Threads: all methods are pure.
 */
final class ValueAreaSteps {
    /** As many as a person may follow. */
    private static final int MOST_LINES = 40;
    private static final String GAP = "  ";

    private ValueAreaSteps() {}

    /** The table, below a line that names the rule. */
    static List<String> lines(ProfileReport report, ValueAreaTrace trace, int width, Ink ink,
            Glyphs glyphs) {
        Scales scales = report.window().scales();
        RowVolumes rows = report.rows();
        ValueArea area = trace.area();
        int decimals = ProfileColumns.decimalsOf(rows.rowSize(), scales.priceScale());
        QuantityColumn quantities = QuantityColumn.of(area.total(), scales.quantityScale());
        List<Line> table = new ArrayList<>();
        table.add(new Line("step", "rows taken", "above", "below", "covered"));
        table.add(new Line("0", "POC  " + price(area.poc(), rows, scales, decimals), "", "",
                Figures.percent(rows.volume(area.poc()), area.total())));
        int shown = Math.min(MOST_LINES, trace.steps().size());
        for (int i = 0; i < shown; i++) {
            Step step = trace.steps().get(i);
            String from = price(step.lowTaken(), rows, scales, decimals);
            String to = price(step.highTaken(), rows, scales, decimals);
            table.add(new Line(Integer.toString(i + 1),
                    Shown.left(step.side().label(), "POC  ".length())
                            + (step.lowTaken() == step.highTaken() ? from
                                    : from + ' ' + glyphs.dash() + ' ' + to),
                    weighed(step.above(), step, Side.UP, quantities),
                    weighed(step.below(), step, Side.DOWN, quantities),
                    Figures.percent(step.covered(), area.total())));
        }
        List<String> lines = new ArrayList<>();
        lines.add(ink.paint(Tone.FAINT, String.valueOf(glyphs.rule()).repeat(width)));
        Shown.wrap("value area: " + describe(report.wishes().rule()), width).forEach(lines::add);
        lines.addAll(Line.aligned(table, ink));
        if (trace.stepsTaken() > shown) {
            lines.add(ink.paint(Tone.FAINT, "and " + (trace.stepsTaken() - shown)
                    + " steps more; --json lists up to " + ProfileReport.MOST_STEPS));
        }
        return lines;
    }

    /** A rule in words, such as {@code 70 % by two_row, ties up, tied POC by vwmean}. */
    static String describe(ValueAreaRule rule) {
        return rule.percent() + " % by " + rule.method().label()
                + (rule.method() == ValueAreaRule.Method.STEP_N
                        ? " of " + rule.rowsPerStep() + (rule.rowsPerStep() == 1 ? " row" : " rows")
                        : "")
                + ", ties " + rule.tieSide().label() + ", tied POC by " + rule.pocTie().label();
    }

    /** The sum of a side; a dash where there was none, an equals sign where both were the same. */
    private static String weighed(long sum, Step step, Side side, QuantityColumn quantities) {
        if (step.choice() == Choice.ONLY_SIDE_LEFT && step.side() != side) {
            return "-";
        }
        return (step.choice() == Choice.TIE ? "= " : "") + quantities.format(sum);
    }

    private static String price(long row, RowVolumes rows, Scales scales, int decimals) {
        return Figures.fixed(row * rows.rowSize(), scales.priceScale(), decimals);
    }

    /** A line of the table. */
    private record Line(String step, String taken, String above, String below, String covered) {
        static List<String> aligned(List<Line> table, Ink ink) {
            int steps = table.stream().mapToInt(line -> line.step.length()).max().orElse(0);
            int taken = table.stream().mapToInt(line -> line.taken.length()).max().orElse(0);
            int above = table.stream().mapToInt(line -> line.above.length()).max().orElse(0);
            int below = table.stream().mapToInt(line -> line.below.length()).max().orElse(0);
            int covered = table.stream().mapToInt(line -> line.covered.length()).max().orElse(0);
            List<String> lines = new ArrayList<>();
            for (Line line : table) {
                String text = Shown.right(line.step, steps) + GAP + Shown.left(line.taken, taken)
                        + GAP + Shown.right(line.above, above) + GAP
                        + Shown.right(line.below, below) + GAP
                        + Shown.right(line.covered, covered);
                lines.add(lines.isEmpty() ? ink.paint(Tone.FAINT, text) : text);
            }
            return lines;
        }
    }
}
