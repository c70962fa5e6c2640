package com.waickoff.marketdata.drawing;

import com.waickoff.marketdata.flow.FlowConfig;
import com.waickoff.marketdata.flow.Imbalances;
import com.waickoff.marketdata.report.FlowReport;
import com.waickoff.marketdata.report.FlowReport.FlowBar;
import com.waickoff.marketdata.report.QualityWords;
import com.waickoff.marketdata.report.WindowReport;
import com.waickoff.marketdata.report.WindowReport.Bar;
import com.waickoff.marketdata.report.WindowReport.Quality;
import com.waickoff.marketdata.report.WindowReport.Scales;
import com.waickoff.marketdata.snapshot.FlowMeasures;
import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Flow;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Ink.Tone;
import com.waickoff.marketdata.terminal.QuantityColumn;
import com.waickoff.marketdata.terminal.ScreenLine;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.Spark;
import com.waickoff.marketdata.window.Timeframe;
import java.util.ArrayList;
import java.util.List;

/**
 * The order flow of an instrument as lines of text.
 *
 * <pre>
 *   instrument, last price, window
 *   ● how good the numbers are
 *   sums, VPIN, speed of the tape
 *   ──────────────────────────────
 *   footprints of the newest windows
 *   ──────────────────────────────
 *   price    ▂▃▅▇
 *   delta    ▁ ▃
 *             ▔
 *   CVD      ▁▃▅▂
 *   ──────────────────────────────
 *   the last signals, newest first
 * </pre>
 *
 * <p>Threads: immutable; a drawing depends on nothing but its report.
 */
public final class FlowDrawing {
    private static final int MIN_ROWS = 4;
    private static final int LABEL = "delta ".length();
    /** Lines of everything but prices and signals. */
    private static final int OTHER_LINES = 14;
    private static final int SIGNAL_SHARE = 4;

    private final int width;
    private final int height;
    private final int rows;
    private final long rowTicks;
    private final Ink ink;
    private final Glyphs glyphs;

    /**
     * Drawings of one size.
     *
     * @param width columns, {@link ProfileDrawing#MIN_WIDTH} to {@link ProfileDrawing#MAX_WIDTH}
     * @param height lines that the whole drawing may take
     * @param rows lines of prices; 0 for as many as fit
     * @param rowTicks height of such a line in ticks; 0 for the smallest with which all fit
     */
    public FlowDrawing(int width, int height, int rows, long rowTicks, Ink ink, Glyphs glyphs) {
        this.width = width;
        this.height = height;
        this.rows = rows;
        this.rowTicks = rowTicks;
        this.ink = ink;
        this.glyphs = glyphs;
    }

    /** What stands there while there is no window. */
    public List<String> waiting(String instrument, Timeframe timeframe, String why) {
        return NothingToDraw.lines(width, ink, instrument, timeframe.label(), why);
    }

    /** The drawing, line by line. */
    public List<String> draw(FlowReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(title(report.newest()));
        addQuality(lines, report.newest().quality());
        lines.add(figures(report));
        lines.add(rule());
        int signalLines = Math.max(2, (height - OTHER_LINES) / SIGNAL_SHARE);
        if (report.newest().rows().isEmpty()) {
            lines.add(ink.paint(Tone.FAINT, "no rows to draw"));
        } else {
            int most = rows > 0 ? rows
                    : Math.max(MIN_ROWS, height - OTHER_LINES - signalLines);
            addFootprints(lines, report, most);
        }
        lines.add(rule());
        addBars(lines, report);
        lines.add(rule());
        addSignals(lines, report, signalLines);
        lines.replaceAll(String::stripTrailing);
        return lines;
    }

    private String rule() {
        return ink.paint(Tone.FAINT, String.valueOf(glyphs.rule()).repeat(width));
    }

    private String title(WindowReport window) {
        Scales scales = window.scales();
        Bar bar = window.bar();
        String from = Figures.minute(window.span().startMs());
        String to = Figures.minute(window.span().endMs());
        String span = window.span().timeframe().label() + "  " + from + ' ' + glyphs.dash() + ' '
                + to.substring(to.indexOf(' ') + 1) + " UTC";
        long change = bar.close() - bar.open();
        return new ScreenLine(width, ink)
                .add(Tone.STRONG, Shown.plain(scales.name()))
                .add(null, Figures.exact(bar.close(), scales.priceScale()))
                .add(ProfileColumns.toneOf(change), Figures.signed(change,
                        Figures.exact(change, scales.priceScale())))
                .end(null, span, window.span().timeframe().label());
    }

    private void addQuality(List<String> lines, Quality quality) {
        QualityWords words = QualityWords.of(quality);
        List<String> stamp = new ArrayList<>();
        stamp.add("coverage " + Figures.percentOfPpm(quality.coveragePpm()));
        stamp.add(quality.gaps() + (quality.gaps() == 1 ? " gap" : " gaps"));
        stamp.add("book " + quality.bookState().label());
        stamp.add("revision " + quality.revision());
        stamp.add("as of " + Figures.second(quality.asOfMs()) + " UTC");
        stamp.addAll(words.reasons());
        String verdict = glyphs.bullet() + " " + words.verdict();
        List<String> broken = Flow.of(verdict, stamp, width);
        lines.add(ink.paint(words.tone(), verdict) + broken.getFirst().substring(verdict.length()));
        lines.addAll(broken.subList(1, broken.size()));
    }

    private String figures(FlowReport report) {
        Bar bar = report.newest().bar();
        int scale = report.scales().quantityScale();
        FlowMeasures measures = report.measures();
        ScreenLine line = new ScreenLine(width, ink)
                .add("volume", null, Figures.exact(bar.volume(), scale))
                .add("delta", ProfileColumns.toneOf(bar.delta()), signed(bar.delta(), scale));
        Long cvd = report.newest().cumulativeDelta();
        if (cvd != null) {
            line.add("CVD", ProfileColumns.toneOf(cvd), signed(cvd, scale));
        }
        line.add("VPIN", null, measures.vpinPpm() < 0 ? "-"
                : Figures.fixed(measures.vpinPpm(), 4, 1) + " %");
        line.add("speed", null, speed(measures, report.config().speed()));
        return line.add("min", null, signed(bar.minDelta(), scale))
                .add("max", null, signed(bar.maxDelta(), scale))
                .add("trades", null, Figures.count(bar.trades())).toString();
    }

    private static String signed(long quantity, int scale) {
        return Figures.signed(quantity, Figures.exact(quantity, scale));
    }

    private static String speed(FlowMeasures measures, FlowConfig.Speed rule) {
        return measures.speedTrades() < 0 ? "-"
                : Figures.count(measures.speedTrades()) + '/' + rule.seconds() + " s";
    }

    private void addFootprints(List<String> lines, FlowReport report, int most) {
        FootprintPanes panes = new FootprintPanes(report, rowTicks * report.scales().tick(), most,
                width, ink, glyphs);
        lines.addAll(panes.lines());
        Scales scales = report.scales();
        Imbalances.Rule rule = report.rule(report.newest());
        List<String> parts = new ArrayList<>();
        if (panes.leftOut() > 0) {
            parts.add(Figures.count(panes.leftOut()) + " lines left out");
        }
        parts.add(glyphs.imbalancedSell() + ' ' + glyphs.imbalancedBuy() + " out of balance");
        parts.add(glyphs.stackedSell() + ' ' + glyphs.stackedBuy() + " stacked by "
                + report.config().rows().stackedRows());
        parts.add("ratio " + Figures.exact(rule.ratio(), 3));
        parts.add("difference " + Figures.exact(rule.minDifference(), scales.quantityScale()));
        parts.add("against nothing " + Figures.exact(rule.minVolume(), scales.quantityScale())
                + (scales.hasUnits() ? ' ' + Shown.plain(scales.quantityUnit()) : ""));
        Flow.of("a line is " + Figures.exact(panes.stepSize(), scales.priceScale()), parts, width)
                .forEach(line -> lines.add(ink.paint(Tone.FAINT, line)));
    }

    private void addBars(List<String> lines, FlowReport report) {
        List<FlowBar> bars = report.bars();
        Scales scales = report.scales();
        String price = Figures.exact(report.newest().bar().close(), scales.priceScale());
        List<Long> deltas = bars.stream().map(FlowBar::delta).toList();
        long highest = Math.max(0, deltas.stream().mapToLong(Long::longValue).max().orElse(0));
        long lowest = Math.min(0, deltas.stream().mapToLong(Long::longValue).min().orElse(0));
        long cvd = bars.isEmpty() ? 0 : bars.getLast().cumulativeDelta();
        QuantityColumn quantities = QuantityColumn.of(Math.max(highest, -lowest),
                scales.quantityScale());
        QuantityColumn sums = QuantityColumn.of(cvd, scales.quantityScale());
        String up = highest > 0 ? quantities.formatSigned(highest) : "";
        String down = lowest < 0 ? quantities.formatSigned(lowest) : "";
        String total = sums.formatSigned(cvd);
        int figures = Math.max(Math.max(up.length(), down.length()),
                Math.max(price.length(), total.length()));
        int cells = width - LABEL - 1 - figures;
        List<FlowBar> shown = bars.subList(Math.max(0, bars.size() - cells), bars.size());
        Spark spark = new Spark(ink, glyphs);
        String blank = " ".repeat(cells - shown.size() + 1);
        List<Long> ofShown = shown.stream().map(FlowBar::delta).toList();
        lines.add(label("price") + spark.line(shown.stream().map(FlowBar::close).toList()) + blank
                + Shown.right(price, figures));
        lines.add(label("delta") + spark.rises(ofShown) + blank
                + ink.paint(Tone.BUY, Shown.right(up, figures)));
        lines.add(label("") + spark.falls(ofShown) + blank
                + ink.paint(Tone.SELL, Shown.right(down, figures)));
        lines.add(label("CVD") + ink.paint(Tone.ACCENT, spark.line(
                shown.stream().map(FlowBar::cumulativeDelta).toList())) + blank
                + Shown.right(total, figures));
    }

    private String label(String text) {
        return ink.paint(Tone.FAINT, Shown.left(text, LABEL));
    }

    /** Whole signals only, the newest first; of the newest as much as there is room for. */
    private void addSignals(List<String> lines, FlowReport report, int room) {
        int free = room;
        if (report.signals().isEmpty()) {
            lines.add(ink.paint(Tone.FAINT, "no signal yet"));
        }
        for (Signal signal : report.signals().reversed()) {
            List<String> text = SignalText.lines(signal, report.scales(), width, ink);
            if (text.size() > free && free < room) {
                return;
            }
            lines.addAll(text.subList(0, Math.min(text.size(), room)));
            free -= text.size();
        }
    }
}
