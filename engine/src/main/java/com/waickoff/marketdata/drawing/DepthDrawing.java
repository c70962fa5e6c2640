package com.waickoff.marketdata.drawing;

import com.waickoff.marketdata.depth.DepthMeasures;
import com.waickoff.marketdata.report.DepthReport;
import com.waickoff.marketdata.report.WindowReport.Liveness;
import com.waickoff.marketdata.report.WindowReport.Scales;
import com.waickoff.marketdata.snapshot.DepthSection;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Ink.Tone;
import com.waickoff.marketdata.terminal.QuantityColumn;
import com.waickoff.marketdata.terminal.ScreenLine;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.Spark;
import com.waickoff.marketdata.terminal.VolumeBar;
import com.waickoff.marketdata.window.DepthBar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A book in the terminal: how far it can be believed, spread and mids, imbalances, what its window was
 * like, and its levels with their walls.
 *
 * <p>Threads: immutable.
 */
public final class DepthDrawing {
    private static final long NS_PER_MS = 1_000_000L;
    private static final int PPM_TO_PERCENT_DECIMALS = 4;
    private static final int WIDTH_FOR_TWO_COLUMNS = 76;
    private static final int AVERAGE_EXTRA_DECIMALS = 2;
    private static final int MIN_LEVEL_LINES = 8;
    private static final String GAP = "  ";

    private final int width;
    private final int height;
    private final Ink ink;
    private final Glyphs glyphs;

    /** Drawings of this size. */
    public DepthDrawing(int width, int height, Ink ink, Glyphs glyphs) {
        this.width = width;
        this.height = height;
        this.ink = ink;
        this.glyphs = glyphs;
    }

    /** The drawing, line by line. */
    public List<String> draw(DepthReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(title(report));
        lines.add(quality(report));
        lines.add(rule());
        if (report.hasBothSides()) {
            lines.add(prices(report));
            lines.addAll(imbalances(report));
            lines.add(rule());
        }
        addWindow(lines, report);
        lines.add(rule());
        String foot = foot(report);
        int levels = Math.max(MIN_LEVEL_LINES, height - lines.size() - 1);
        // An odd number of lines has the spread in the middle.
        int even = levels - levels % 2;
        lines.addAll(new DepthPane(report.scales(), width, ink, glyphs).draw(report.book(),
                report.walls(), even));
        lines.add(ink.paint(Tone.FAINT, foot));
        lines.replaceAll(String::stripTrailing);
        return lines;
    }

    /** What stands there while there is no book. */
    public List<String> waiting(String instrument, String why) {
        return NothingToDraw.lines(width, ink, instrument, "book", why);
    }

    private String title(DepthReport report) {
        String time = Figures.second(report.asOfMs()) + " UTC";
        return new ScreenLine(width, ink).add(Tone.STRONG, Shown.plain(report.scales().name()))
                .add(null, "book").end(Tone.FAINT, time, time.substring(time.indexOf(' ') + 1));
    }

    private String quality(DepthReport report) {
        String doubt = report.doubt();
        DepthView book = report.book();
        Tone tone = doubt == null ? Tone.GOOD : Tone.WARNING;
        String age = "age " + Figures.duration(report.ageMs() * NS_PER_MS);
        ScreenLine line = new ScreenLine(width, ink)
                .add(tone, glyphs.bullet() + " " + book.state().label());
        if (doubt != null) {
            line.add(Tone.WARNING, doubt);
        }
        return line.add(null, Figures.count(book.bookBids()) + " bids")
                .add(null, Figures.count(book.bookAsks()) + " asks")
                .end(report.liveness() == Liveness.STOPPED ? Tone.WARNING : null, age);
    }

    private String prices(DepthReport report) {
        Scales scales = report.scales();
        int decimals = ProfileColumns.decimalsOf(scales.tick(), scales.priceScale());
        long weighted = report.weightedMid();
        BigDecimal mid = BigDecimal.valueOf(report.twiceMid(), scales.priceScale())
                .divide(BigDecimal.TWO);
        ScreenLine line = new ScreenLine(width, ink)
                .add("spread", null,
                        Figures.fixed(report.spread(), scales.priceScale(), decimals))
                .add("mid", null, Figures.grouped(
                        mid.setScale(decimals + 1, RoundingMode.HALF_EVEN)));
        return weighted == DepthMeasures.NO_VALUE ? line.toString()
                : line.add("weighted mid", null,
                        Figures.fixed(weighted,
                                scales.priceScale() + DepthReport.EXTRA_DECIMALS,
                                decimals + AVERAGE_EXTRA_DECIMALS))
                        .toString();
    }

    private List<String> imbalances(DepthReport report) {
        DepthView book = report.book();
        boolean twoColumns = width >= WIDTH_FOR_TWO_COLUMNS;
        int each = twoColumns ? (width - 2 * GAP.length()) / 2 : width;
        List<String> lines = new ArrayList<>();
        List<String> bands = new ArrayList<>();
        for (int i = 0; i < DepthBar.TOPS; i++) {
            int top = DepthBar.topLevels(i);
            lines.add(balance("top " + top, book.bidQuantityOfTop(top),
                    book.askQuantityOfTop(top), true, each));
            bands.add(balance(DepthSection.bandBps(i) + " bps", book.bidQuantityWithin(i),
                    book.askQuantityWithin(i), book.bidsReach(i) && book.asksReach(i), each));
        }
        if (!twoColumns) {
            lines.addAll(bands);
            return lines;
        }
        for (int i = 0; i < lines.size(); i++) {
            lines.set(i, lines.get(i) + GAP + GAP + bands.get(i));
        }
        return lines;
    }

    /** A bar of bids against asks; what the book does not reach is a bound, and says so. */
    private String balance(String label, long bids, long asks, boolean whole, int columns) {
        long ppm = DepthMeasures.imbalancePpm(bids, asks);
        String figure = ppm == DepthMeasures.NO_VALUE ? "-" : Figures.signed(ppm,
                Figures.fixed(ppm, PPM_TO_PERCENT_DECIMALS, 1)) + " %";
        String name = Shown.left(label + (whole ? "" : " ~"), "50 bps ~ ".length());
        int figureWidth = "+100.0 %".length();
        int cells = Math.max(1, columns - name.length() - figureWidth - 1);
        // Halves, so that their sum fits.
        VolumeBar bar = new VolumeBar(ink, glyphs, cells, bids / 2 + asks / 2);
        return ink.paint(Tone.FAINT, name) + bar.draw(bids / 2, asks / 2, false) + ' '
                + Shown.right(figure, figureWidth);
    }

    private void addWindow(List<String> lines, DepthReport report) {
        DepthBar bar = report.window();
        if (bar == null) {
            lines.add(ink.paint(Tone.FAINT, report.timeframe().label()
                    + GAP + "no window in which the book followed its venue"));
            return;
        }
        String from = Figures.minute(bar.startMs());
        String to = Figures.minute(bar.startMs() + report.timeframe().lengthMs());
        boolean whole = bar.coveragePpm() == DepthMeasures.PPM;
        lines.add(new ScreenLine(width, ink)
                .add(Tone.STRONG, report.timeframe().label() + ' '
                        + from.substring(from.indexOf(' ') + 1) + ' ' + glyphs.dash() + ' '
                        + to.substring(to.indexOf(' ') + 1))
                .add(whole ? Tone.GOOD : Tone.WARNING,
                        "book known " + Figures.percentOfPpm(bar.coveragePpm()))
                .add(null, Figures.count(bar.updates()) + " updates")
                .end(Tone.FAINT, bar.isClosed() ? "closed" : "open"));
        lines.add(orderFlow(bar, report.scales()));
        if (bar.measuredUs() > 0) {
            lines.add(averages(bar, report.scales()));
            lines.add(averageImbalances(bar));
        }
        String spark = spark(report);
        if (spark != null) {
            lines.add(spark);
        }
    }

    private String orderFlow(DepthBar bar, Scales scales) {
        ScreenLine line = new ScreenLine(width, ink).add("OFI",
                toneOf(bar.orderFlowImbalance(0)), quantity(bar.orderFlowImbalance(0), scales));
        for (int level = 1; level < DepthBar.OFI_LEVELS; level++) {
            BigInteger flow = bar.orderFlowImbalance(level);
            line.add("level " + (level + 1), toneOf(flow), quantity(flow, scales));
        }
        return line.toString();
    }

    private String averages(DepthBar bar, Scales scales) {
        int decimals = ProfileColumns.decimalsOf(scales.tick(), scales.priceScale());
        return new ScreenLine(width, ink)
                .add("spread", null, average(bar.averageSpread(), scales,
                        decimals + AVERAGE_EXTRA_DECIMALS) + " ("
                        + Figures.fixed(bar.minSpread(), scales.priceScale(), decimals) + ' '
                        + glyphs.dash() + ' '
                        + Figures.fixed(bar.maxSpread(), scales.priceScale(), decimals) + ")")
                .add("weighted mid", null, average(bar.averageWeightedMid(), scales,
                        decimals + AVERAGE_EXTRA_DECIMALS))
                .toString();
    }

    private String averageImbalances(DepthBar bar) {
        ScreenLine line = new ScreenLine(width, ink).add(Tone.FAINT, "imbalance by time");
        for (int i = 0; i < DepthBar.TOPS; i++) {
            long ppm = Math.round(bar.averageImbalance(i) * DepthMeasures.PPM);
            line.add("top " + DepthBar.topLevels(i), ProfileColumns.toneOf(ppm), Figures
                    .signed(ppm, Figures.fixed(ppm, PPM_TO_PERCENT_DECIMALS, 1)) + " %");
        }
        return line.toString();
    }

    /** The order-flow imbalance of the windows before, side by side; null if there are none. */
    private @Nullable String spark(DepthReport report) {
        List<DepthBar> windows = report.windows();
        String label = "OFI of " + windows.size() + " windows ";
        int cells = width - label.length();
        if (windows.size() < 2) {
            return null;
        }
        List<Long> flows = windows.subList(Math.max(0, windows.size() - cells), windows.size())
                .stream().map(bar -> clamped(bar.orderFlowImbalance(0))).toList();
        return ink.paint(Tone.FAINT, label)
                + ink.paint(Tone.ACCENT, new Spark(ink, glyphs).line(flows));
    }

    private String foot(DepthReport report) {
        List<String> parts = new ArrayList<>();
        if (report.scales().hasUnits()) {
            parts.add("sizes in " + Shown.plain(report.scales().quantityUnit()));
        }
        if (report.walls().multiple() > 0) {
            parts.add(glyphs.bullet() + " more than " + report.walls().multiple()
                    + " times the median of " + report.walls().bids().levels() + " bids, "
                    + report.walls().asks().levels() + " asks");
        }
        String foot = String.join(GAP, parts);
        return foot.length() <= width ? foot : foot.substring(0, width);
    }

    private String rule() {
        return ink.paint(Tone.FAINT, String.valueOf(glyphs.rule()).repeat(width));
    }

    private static @Nullable Tone toneOf(BigInteger sum) {
        return ProfileColumns.toneOf(sum.signum());
    }

    private static long clamped(BigInteger sum) {
        return sum.bitLength() < Long.SIZE ? sum.longValue()
                : sum.signum() * (Long.MAX_VALUE / 2);
    }

    private static String quantity(BigInteger sum, Scales scales) {
        QuantityColumn column = QuantityColumn.of(clamped(sum), scales.quantityScale());
        return column.formatSigned(clamped(sum));
    }

    private static String average(double scaled, Scales scales, int decimals) {
        return Figures.grouped(BigDecimal.valueOf(scaled).movePointLeft(scales.priceScale())
                .setScale(decimals, RoundingMode.HALF_EVEN));
    }
}
