package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.cli.Ink.Tone;
import com.waickoff.marketdata.cli.PriceLadder.Step;
import com.waickoff.marketdata.cli.WindowReport.Bar;
import com.waickoff.marketdata.cli.WindowReport.Liveness;
import com.waickoff.marketdata.cli.WindowReport.Quality;
import com.waickoff.marketdata.cli.WindowReport.Scales;
import com.waickoff.marketdata.window.ValueArea;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A volume profile as lines of text.
 *
 * <pre>
 *   instrument, timeframe, window
 *   ───────────────────────────────
 *   prices, sums, value area
 *   ● how good the numbers are
 *   ───────────────────────────────
 *       price │ buy, sell       volume  delta
 *   VAH 101.5 ┃ ████████░░░░      12.5   +3.1
 *   POC 101.0 ┃ ██████████░░░░░   15.0   +5.0
 *   VAL 100.5 ┃ ███░░              5.0   +1.0
 *       100.0 │ █                  1.0   +1.0
 * </pre>
 *
 * <p>Threads: immutable; a drawing depends on nothing but its report, unless it is drawn steadily.
 */
final class ProfileDrawing {
    /** Fewer columns cannot hold a profile. */
    static final int MIN_WIDTH = 60;
    /** More columns make bars that say nothing more. */
    static final int MAX_WIDTH = 400;
    /** Fewer lines of prices say nothing; what does not fit scrolls. */
    static final int MIN_ROWS = 5;

    private static final String GAP = "  ";
    /** Most lines below the prices. */
    private static final int FOOT_LINES = 2;

    private final int width;
    private final int height;
    private final int rows;
    private final Ink ink;
    private final Glyphs glyphs;

    /**
     * Drawings of one size.
     *
     * @param width columns, {@link #MIN_WIDTH} to {@link #MAX_WIDTH}
     * @param height lines that the whole drawing may take
     * @param rows lines of prices; 0 for as many as fit into the height
     */
    ProfileDrawing(int width, int height, int rows, Ink ink, Glyphs glyphs) {
        this.width = width;
        this.height = height;
        this.rows = rows;
        this.ink = ink;
        this.glyphs = glyphs;
    }

    /** Columns of the drawing. */
    int width() {
        return width;
    }

    /** What it is coloured with. */
    Ink ink() {
        return ink;
    }

    /** The drawing, line by line. */
    List<String> draw(WindowReport report) {
        return draw(report, null);
    }

    /** The drawing, its prices where they were in the drawing before. */
    List<String> drawSteadily(WindowReport report, SteadyPrices prices) {
        return draw(report, prices);
    }

    private List<String> draw(WindowReport report, @Nullable SteadyPrices prices) {
        List<String> lines = new ArrayList<>();
        addTitle(lines, report);
        lines.add(rule());
        addFigures(lines, report);
        addQuality(lines, report);
        lines.add(rule());
        if (report.rows().isEmpty()) {
            lines.add(ink.paint(Tone.FAINT, "no rows to draw"));
            return lines;
        }
        int free = height - lines.size();
        PriceLadder ladder = prices == null ? ladder(report, free)
                : prices.ladder(report.rows(), report.startMs(), steps(free));
        addLadder(lines, report, ladder, prices != null);
        lines.addAll(foot(report, ladder));
        lines.replaceAll(String::stripTrailing);
        return lines;
    }

    /** Lines of prices that leave room for titles above and any foot below. */
    private int steps(int free) {
        return rows > 0 ? rows : Math.max(MIN_ROWS, free - 1 - FOOT_LINES);
    }

    private PriceLadder ladder(WindowReport report, int free) {
        if (rows > 0) {
            return PriceLadder.of(report.rows(), rows);
        }
        // One line of titles above, and the foot below, which says more of a coarser ladder.
        PriceLadder finest = PriceLadder.of(report.rows(), Math.max(MIN_ROWS, free - 2));
        int left = free - 1 - foot(report, finest).size();
        return left >= finest.steps().size() ? finest
                : PriceLadder.of(report.rows(), Math.max(MIN_ROWS, left));
    }

    private void addTitle(List<String> lines, WindowReport report) {
        String from = Figures.minute(report.startMs());
        String to = Figures.minute(report.endMs());
        int day = from.indexOf(' ') + 1;
        String end = from.regionMatches(0, to, 0, day) ? to.substring(day) : to;
        String window = report.timeframe().label() + GAP + from + ' ' + glyphs.dash() + ' ' + end
                + " UTC" + GAP + (report.quality().closed() ? "closed" : "open");
        String name = Shown.plain(report.scales().name());
        if (Shown.width(name) + GAP.length() + Shown.width(window) <= width) {
            lines.add(ink.paint(Tone.STRONG, name) + GAP + window);
        } else {
            Shown.wrap(name, width).forEach(line -> lines.add(ink.paint(Tone.STRONG, line)));
            Shown.wrap(window, width).forEach(lines::add);
        }
    }

    private String rule() {
        return ink.paint(Tone.FAINT, String.valueOf(glyphs.rule()).repeat(width));
    }

    private void addFigures(List<String> lines, WindowReport report) {
        Scales scales = report.scales();
        Bar bar = report.bar();
        ValueArea area = report.valueArea();
        int priceDecimals = ProfileColumns.decimalsOf(scales.tick(), scales.priceScale());
        FigureGrid grid = new FigureGrid();
        grid.add("open", price(bar.open(), scales, priceDecimals));
        grid.add("high", price(bar.high(), scales, priceDecimals));
        grid.add("low", price(bar.low(), scales, priceDecimals));
        grid.add("close", price(bar.close(), scales, priceDecimals));
        grid.add("volume", Figures.exact(bar.volume(), scales.quantityScale()));
        grid.add("delta", signed(bar.delta(), scales), ProfileColumns.toneOf(bar.delta()));
        Long cvd = report.cumulativeDelta();
        grid.add("CVD", cvd == null ? "unknown" : signed(cvd, scales),
                cvd == null ? null : ProfileColumns.toneOf(cvd));
        grid.add("trades", Figures.count(bar.trades()));
        grid.add("POC", edge(area == null ? null : area.poc(), report, priceDecimals));
        grid.add("VAH", edge(area == null ? null : area.high(), report, priceDecimals));
        grid.add("VAL", edge(area == null ? null : area.low(), report, priceDecimals));
        grid.add("in VA", area == null ? "-" : Figures.percent(area.covered(), area.total()));
        lines.addAll(grid.lines(width, ink));
    }

    private void addQuality(List<String> lines, WindowReport report) {
        Quality quality = report.quality();
        QualityWords words = QualityWords.of(quality);
        List<String> stamp = new ArrayList<>();
        stamp.add("coverage " + Figures.percentOfPpm(quality.coveragePpm()));
        stamp.add(quality.gaps() + (quality.gaps() == 1 ? " gap" : " gaps")
                + (quality.repaired() == 0 ? "" : " (" + quality.repaired() + " repaired)"));
        stamp.add("book " + quality.bookState().label());
        stamp.add("revision " + quality.revision());
        stamp.add(age(quality));
        stamp.addAll(words.reasons());
        String verdict = glyphs.bullet() + " " + words.verdict();
        // Broken as bare text, coloured afterwards: the verdict is at the start of the first line.
        List<String> broken = Flow.of(verdict, stamp, width);
        lines.add(ink.paint(words.tone(), verdict) + broken.getFirst().substring(verdict.length()));
        lines.addAll(broken.subList(1, broken.size()));
    }

    private static String age(Quality quality) {
        if (quality.asOfMs() == 0) {
            return "nothing received yet";
        }
        return quality.liveness() == Liveness.REPLAYED
                ? "replayed, as of " + Figures.second(quality.asOfMs()) + " UTC"
                : "age " + Figures.duration(quality.ageMs() * 1_000_000L);
    }

    private void addLadder(List<String> lines, WindowReport report, PriceLadder ladder,
            boolean withLast) {
        Long last = withLast && !report.quality().closed() ? report.bar().close() : null;
        ProfileColumns columns = new ProfileColumns(ladder, report.scales(), last, width, ink,
                glyphs);
        lines.add(columns.header());
        for (Step step : ladder.steps()) {
            lines.add(columns.line(step));
        }
    }

    private List<String> foot(WindowReport report, PriceLadder ladder) {
        Scales scales = report.scales();
        String rowSize = Figures.exact(report.rows().rowSize(), scales.priceScale());
        String priceUnit = scales.hasUnits() ? ' ' + Shown.plain(scales.priceUnit()) : "";
        List<String> parts = new ArrayList<>();
        String head;
        if (ladder.grouping() > 1) {
            head = "a line is " + Figures.exact(ladder.stepSize(), scales.priceScale()) + priceUnit
                    + ": " + Figures.count(ladder.grouping()) + " rows of " + rowSize;
            parts.add("marks are of lines, the figures above of rows");
        } else {
            head = "a line is a row of " + rowSize + priceUnit;
        }
        if (scales.hasUnits()) {
            parts.add("volume in " + Shown.plain(scales.quantityUnit()));
        }
        return Flow.of(head, parts, width).stream()
                .map(line -> ink.paint(Tone.FAINT, line))
                .toList();
    }

    private static String price(long price, Scales scales, int decimals) {
        return Figures.fixed(price, scales.priceScale(), decimals);
    }

    private static String edge(@Nullable Long row, WindowReport report, int decimals) {
        return row == null ? "-"
                : price(row * report.rows().rowSize(), report.scales(), decimals);
    }

    private static String signed(long quantity, Scales scales) {
        return Figures.signed(quantity, Figures.exact(quantity, scales.quantityScale()));
    }
}
