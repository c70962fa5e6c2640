package com.waickoff.marketdata.drawing;

import com.waickoff.marketdata.report.PriceLadder;
import com.waickoff.marketdata.report.PriceLadder.Step;
import com.waickoff.marketdata.report.ProfileReport;
import com.waickoff.marketdata.report.ProfileReport.NakedPoc;
import com.waickoff.marketdata.report.ProfileWishes.Stretch;
import com.waickoff.marketdata.report.QualityWords;
import com.waickoff.marketdata.report.WindowReport;
import com.waickoff.marketdata.report.WindowReport.Bar;
import com.waickoff.marketdata.report.WindowReport.Liveness;
import com.waickoff.marketdata.report.WindowReport.Quality;
import com.waickoff.marketdata.report.WindowReport.Scales;
import com.waickoff.marketdata.terminal.FigureGrid;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Flow;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Ink.Tone;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.ValueArea;
import com.waickoff.marketdata.window.ValueAreaRule;
import com.waickoff.marketdata.window.ValueAreaTrace;
import com.waickoff.marketdata.window.Vwap;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
 *   VAL 100.5 ┃ ███░░              5.0   +1.0  HVN
 *       100.0 │ █                  1.0   +1.0
 * </pre>
 *
 * <p>Threads: immutable; a drawing depends on nothing but its report, unless it is drawn steadily.
 */
public final class ProfileDrawing {
    /** Fewer columns cannot hold a profile. */
    public static final int MIN_WIDTH = 60;
    /** More columns make bars that say nothing more. */
    public static final int MAX_WIDTH = 400;
    /** Fewer lines of prices say nothing; what does not fit scrolls. */
    static final int MIN_ROWS = 5;

    private static final String GAP = "  ";
    /** Most lines below the prices. */
    private static final int FOOT_LINES = 2;
    /** Naked points of control that are named, the newest. */
    private static final int MOST_NAKED = 8;
    /** Where the month begins in a date. */
    private static final int MONTH = "2026-".length();

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
    public ProfileDrawing(int width, int height, int rows, Ink ink, Glyphs glyphs) {
        this.width = width;
        this.height = height;
        this.rows = rows;
        this.ink = ink;
        this.glyphs = glyphs;
    }

    /** What stands there while there is no window. */
    public List<String> waiting(String instrument, Timeframe timeframe, String why) {
        return NothingToDraw.lines(width, ink, instrument, timeframe.label(), why);
    }

    /** The drawing, line by line. */
    public List<String> draw(ProfileReport report) {
        return draw(report, null);
    }

    /** The drawing, its prices where they were in the drawing before. */
    public List<String> drawSteadily(ProfileReport report, SteadyPrices prices) {
        return draw(report, prices);
    }

    private List<String> draw(ProfileReport report, @Nullable SteadyPrices prices) {
        WindowReport window = report.window();
        List<String> lines = new ArrayList<>();
        addTitle(lines, window);
        lines.add(rule());
        addFigures(lines, report);
        addQuality(lines, report);
        lines.add(rule());
        ValueAreaTrace trace = report.trace();
        if (trace == null) {
            lines.add(ink.paint(Tone.FAINT, "no rows to draw"));
            return lines;
        }
        List<String> naked = nakedPocs(report);
        int free = height - lines.size() - naked.size();
        PriceLadder ladder = prices == null ? ladder(report, free)
                : prices.ladder(report.rows(), window.span().startMs(), steps(free),
                        report.wishes().rule());
        addLadder(lines, report, ladder, prices != null);
        lines.addAll(foot(report, ladder));
        lines.addAll(naked);
        if (report.wishes().explain()) {
            lines.addAll(ValueAreaSteps.lines(report, trace, width, ink, glyphs));
        }
        lines.replaceAll(String::stripTrailing);
        return lines;
    }

    /** Lines of prices that leave room for titles above and any foot below. */
    private int steps(int free) {
        return rows > 0 ? rows : Math.max(MIN_ROWS, free - 1 - FOOT_LINES);
    }

    private PriceLadder ladder(ProfileReport report, int free) {
        ValueAreaRule rule = report.wishes().rule();
        if (rows > 0) {
            return PriceLadder.of(report.rows(), rows, rule);
        }
        // One line of titles above, and the foot below, which says more of a coarser ladder.
        PriceLadder finest = PriceLadder.of(report.rows(), Math.max(MIN_ROWS, free - 2), rule);
        int left = free - 1 - foot(report, finest).size();
        return left >= finest.steps().size() ? finest
                : PriceLadder.of(report.rows(), Math.max(MIN_ROWS, left), rule);
    }

    private void addTitle(List<String> lines, WindowReport report) {
        String from = Figures.minute(report.span().startMs());
        String to = Figures.minute(report.span().endMs());
        int day = from.indexOf(' ') + 1;
        String end = from.regionMatches(0, to, 0, day) ? to.substring(day) : to;
        String window = report.span().label(glyphs.times()) + GAP + from + ' ' + glyphs.dash()
                + ' ' + end + " UTC" + GAP + (report.quality().closed() ? "closed" : "open");
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

    private void addFigures(List<String> lines, ProfileReport report) {
        WindowReport window = report.window();
        Scales scales = window.scales();
        Bar bar = window.bar();
        ValueArea area = report.area();
        int priceDecimals = ProfileColumns.decimalsOf(scales.tick(), scales.priceScale());
        FigureGrid grid = new FigureGrid();
        grid.add("open", price(bar.open(), scales, priceDecimals));
        grid.add("high", price(bar.high(), scales, priceDecimals));
        grid.add("low", price(bar.low(), scales, priceDecimals));
        grid.add("close", price(bar.close(), scales, priceDecimals));
        grid.add("volume", Figures.exact(bar.volume(), scales.quantityScale()));
        grid.add("delta", signed(bar.delta(), scales), ProfileColumns.toneOf(bar.delta()));
        Long cvd = window.cumulativeDelta();
        grid.add("CVD", cvd == null ? "unknown" : signed(cvd, scales),
                cvd == null ? null : ProfileColumns.toneOf(cvd));
        grid.add("trades", Figures.count(bar.trades()));
        grid.add("POC", edge(area == null ? null : area.poc(), report, priceDecimals));
        grid.add("VAH", edge(area == null ? null : area.high(), report, priceDecimals));
        grid.add("VAL", edge(area == null ? null : area.low(), report, priceDecimals));
        grid.add("in VA", area == null ? "-" : Figures.percent(area.covered(), area.total()));
        addParts(grid, bar, scales);
        Vwap vwap = report.vwap();
        if (vwap != null) {
            grid.add("VWAP", average(vwap, 0, scales, priceDecimals));
            grid.add(String.valueOf(glyphs.sigma()), Figures.grouped(
                    vwap.deviation(2).movePointLeft(scales.priceScale())
                            .setScale(priceDecimals + 1, RoundingMode.HALF_EVEN)));
            for (int band : new int[]{1, -1}) {
                grid.add(LadderNotes.bandName(band, glyphs),
                        average(vwap, band, scales, priceDecimals));
            }
        }
        lines.addAll(grid.lines(width, ink));
    }

    /** What is in the volume and did not trade in the book, where there is any. */
    private static void addParts(FigureGrid grid, Bar bar, Scales scales) {
        if (bar.blockVolume() > 0 || bar.rpiVolume() > 0) {
            int scale = scales.quantityScale();
            grid.add("block", Figures.exact(bar.blockVolume(), scale));
            grid.add("RPI", Figures.exact(bar.rpiVolume(), scale));
            grid.add("rest", Figures.exact(bar.volume() - bar.blockVolume() - bar.rpiVolume(),
                    scale));
        }
    }

    private static String average(Vwap vwap, int band, Scales scales, int decimals) {
        return Figures.grouped(vwap.band(BigDecimal.valueOf(band), 2)
                .movePointLeft(scales.priceScale()).setScale(decimals, RoundingMode.HALF_EVEN));
    }

    private void addQuality(List<String> lines, ProfileReport report) {
        WindowReport window = report.window();
        Quality quality = window.quality();
        QualityWords words = QualityWords.of(quality, window.span().unkeptMs());
        List<String> stamp = new ArrayList<>();
        stamp.add("coverage " + Figures.percentOfPpm(quality.coveragePpm()));
        stamp.add(quality.gaps() + (quality.gaps() == 1 ? " gap" : " gaps")
                + (quality.repaired() == 0 ? "" : " (" + quality.repaired() + " repaired)"));
        stamp.add("book " + quality.bookState().label());
        stamp.add("revision " + quality.revision());
        stamp.add(age(quality));
        if (report.wishes().stretch() instanceof Stretch.Last last
                && window.span().parts().size() < last.count()) {
            stamp.add("no more than " + window.span().parts().size() + " of " + last.count()
                    + " windows are kept");
        }
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

    private void addLadder(List<String> lines, ProfileReport report, PriceLadder ladder,
            boolean withLast) {
        WindowReport window = report.window();
        Long last = withLast && !window.quality().closed() ? window.bar().close() : null;
        ProfileColumns columns = new ProfileColumns(ladder, window.scales(), last, width, ink,
                glyphs, LadderNotes.of(report, ladder, glyphs));
        lines.add(columns.header());
        for (Step step : ladder.steps()) {
            lines.add(columns.line(step));
        }
    }

    private List<String> foot(ProfileReport report, PriceLadder ladder) {
        Scales scales = report.window().scales();
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
        long wanted = report.wantedRowSize();
        if (wanted > 0 && wanted != report.rows().rowSize()) {
            parts.add("rows of " + Figures.exact(wanted, scales.priceScale())
                    + " were raised to a multiple of "
                    + Figures.exact(report.window().rows().rowSize(), scales.priceScale()));
        }
        if (!report.wishes().explain() && !report.wishes().rule().equals(ValueAreaRule.DEFAULT)) {
            parts.add("value area " + ValueAreaSteps.describe(report.wishes().rule()));
        }
        return faint(Flow.of(head, parts, width));
    }

    private List<String> nakedPocs(ProfileReport report) {
        if (!report.wishes().naked()) {
            return List.of();
        }
        Scales scales = report.window().scales();
        int decimals = ProfileColumns.decimalsOf(scales.tick(), scales.priceScale());
        List<NakedPoc> naked = report.naked();
        List<String> parts = new ArrayList<>();
        for (NakedPoc poc : naked.subList(0, Math.min(MOST_NAKED, naked.size()))) {
            parts.add(price(poc.price(), scales, decimals) + " of "
                    + Figures.minute(poc.startMs()).substring(MONTH));
        }
        if (naked.size() > MOST_NAKED) {
            parts.add("and " + (naked.size() - MOST_NAKED) + " older ones");
        }
        return faint(Flow.of("naked POCs of "
                + report.wishes().stretch().timeframe().label() + (naked.isEmpty() ? ": none" : ""),
                parts, width));
    }

    private List<String> faint(List<String> lines) {
        return lines.stream().map(line -> ink.paint(Tone.FAINT, line)).toList();
    }

    private static String price(long price, Scales scales, int decimals) {
        return Figures.fixed(price, scales.priceScale(), decimals);
    }

    private static String edge(@Nullable Long row, ProfileReport report, int decimals) {
        return row == null ? "-"
                : price(row * report.rows().rowSize(), report.window().scales(), decimals);
    }

    private static String signed(long quantity, Scales scales) {
        return Figures.signed(quantity, Figures.exact(quantity, scales.quantityScale()));
    }
}
