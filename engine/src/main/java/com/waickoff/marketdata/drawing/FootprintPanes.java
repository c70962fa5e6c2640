package com.waickoff.marketdata.drawing;

import com.waickoff.marketdata.report.FlowReport;
import com.waickoff.marketdata.report.Footprint;
import com.waickoff.marketdata.report.Footprint.Mark;
import com.waickoff.marketdata.report.PriceLadder;
import com.waickoff.marketdata.report.WindowReport;
import com.waickoff.marketdata.report.WindowReport.Scales;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Ink.Tone;
import com.waickoff.marketdata.terminal.QuantityColumn;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.VolumeBar;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.ValueArea;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;

/**
 * Footprints of neighbouring windows on one grid of prices, the newest at the right.
 *
 * <pre>
 *              14:20 – 14:25  closed      │  14:25 – 14:30  open
 *       price  sell × buy          delta  │  sell × buy          delta
 *     101.0    1.20 × 0.40         -0.80  │  0.10 × 4.00 »  ██░  +3.90
 *   ► 100.5  ‹ 2.50 × 0.30  ░░░█   -2.20  │  0.00 × 1.00 »  █    +1.00
 * </pre>
 *
 * <p>{@code ‹ ›} marks a side out of balance, {@code « »} one in a stack.
 *
 * <p>Threads: immutable.
 */
final class FootprintPanes {
    private static final int MOST_PANES = 6;
    /** About; for the range of prices that is drawn. */
    private static final int WIDTH_OF_A_PANE = 36;
    private static final int POINTER = 2;
    private static final int BAR_MIN = 4;
    private static final int BAR_MAX = 40;
    private static final String GAP = "  ";
    private static final int CROSS = 3;
    private static final int MARK = 2;

    private final Scales scales;
    private final Ink ink;
    private final Glyphs glyphs;
    private final List<WindowReport> windows;
    private final List<Footprint> footprints = new ArrayList<>();
    private final List<ValueArea> areas = new ArrayList<>();
    private final long stepSize;
    private final long top;
    private final int count;
    private final long leftOut;
    private final int decimals;
    private final int priceWidth;
    private final QuantityColumn quantities;
    private final int cellWidth;
    private final int deltaWidth;
    private final int barWidth;
    private final long largest;

    /**
     * Panes for a report whose newest window has rows.
     *
     * @param stepSize height of a line in scaled price units, a multiple of every window's rows; 0
     *     for the smallest that is round and lets the windows fit
     * @param most lines of prices
     */
    FootprintPanes(FlowReport report, long stepSize, int most, int width, Ink ink, Glyphs glyphs) {
        scales = report.scales();
        this.ink = ink;
        this.glyphs = glyphs;
        List<WindowReport> shown = report.windows().stream()
                .filter(window -> !window.rows().isEmpty()).limit(MOST_PANES).toList();
        long rowSize = shown.stream().mapToLong(window -> window.rows().rowSize()).max()
                .orElseThrow();
        WindowReport newest = shown.getFirst();
        List<WindowReport> ranged = shown.subList(0,
                Math.clamp(width / WIDTH_OF_A_PANE, 1, shown.size()));
        long highest = ranged.stream().mapToLong(window -> window.bar().high()).max().orElseThrow();
        long lowest = ranged.stream().mapToLong(window -> window.bar().low()).min().orElseThrow();
        this.stepSize = stepSize > 0 ? Math.ceilDiv(stepSize, rowSize) * rowSize
                : rowSize * PriceLadder.grouping(Math.floorDiv(lowest, rowSize),
                        Math.floorDiv(highest, rowSize), most);
        long high = Math.floorDiv(highest, this.stepSize);
        long low = Math.floorDiv(lowest, this.stepSize);
        long last = Math.floorDiv(newest.bar().close(), this.stepSize);
        leftOut = Math.max(0, high - low + 1 - most);
        count = (int) Math.min(most, high - low + 1);
        top = high - low < most ? high : Math.clamp(last + most / 2, low + most - 1L, high);
        for (WindowReport window : shown) {
            RowVolumes rows = PriceLadder.coarse(window.rows(),
                    this.stepSize / window.rows().rowSize());
            footprints.add(new Footprint(rows, report.rule(window),
                    report.config().rows().stackedRows()));
            areas.add(ValueArea.of(rows));
        }
        decimals = ProfileColumns.decimalsOf(this.stepSize, scales.priceScale());
        priceWidth = widest("price", row -> price(row));
        quantities = QuantityColumn.of(largest(shown.size(), rows -> rows::volume),
                scales.quantityScale());
        cellWidth = Math.max("sell".length(), Math.max(cells(shown.size(), true),
                cells(shown.size(), false)));
        deltaWidth = Math.max("delta".length(), 1 + cellWidth);
        int pane = GAP.length() + paneWidth(0);
        int free = width - POINTER - priceWidth;
        int panes = Math.clamp(free / pane, 1, shown.size());
        windows = shown.subList(0, panes);
        int spare = free / panes - pane;
        barWidth = spare >= BAR_MIN + GAP.length()
                ? Math.min(BAR_MAX, spare - GAP.length()) : 0;
        largest = largest(panes, rows -> rows::volume);
    }

    private int cells(int panes, boolean buys) {
        return quantities.format(largest(panes, rows -> row -> buys ? rows.buyVolume(row)
                : rows.sellVolume(row))).length();
    }

    /** The largest of the lines that are drawn. */
    private long largest(int panes,
            Function<RowVolumes, LongUnaryOperator> volume) {
        long most = 0;
        for (Footprint footprint : footprints.subList(0, panes)) {
            for (long row = top; row > top - count; row--) {
                most = Math.max(most, volume.apply(footprint.rows()).applyAsLong(row));
            }
        }
        return most;
    }

    private int widest(String header, LongFunction<String> text) {
        return Math.max(header.length(), Math.max(text.apply(top).length(),
                text.apply(top - count + 1).length()));
    }

    /** Height of a line, in scaled price units. */
    long stepSize() {
        return stepSize;
    }

    /** Windows that are drawn, the newest first. */
    List<WindowReport> windows() {
        return windows;
    }

    /** Lines of the windows' common range that are left out. */
    long leftOut() {
        return leftOut;
    }

    /** All lines, titles first. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        StringBuilder names = new StringBuilder(" ".repeat(POINTER + priceWidth));
        StringBuilder titles = new StringBuilder(
                ink.paint(Tone.FAINT, " ".repeat(POINTER) + Shown.right("price", priceWidth)));
        for (int i = windows.size() - 1; i >= 0; i--) {
            String margin = margin(i);
            names.append(margin).append(name(i));
            titles.append(margin).append(ink.paint(Tone.FAINT, title()));
        }
        lines.add(names.toString().stripTrailing());
        lines.add(titles.toString().stripTrailing());
        for (long row = top; row > top - count; row--) {
            lines.add(line(row).stripTrailing());
        }
        return lines;
    }

    private String margin(int pane) {
        return pane == windows.size() - 1 ? GAP
                : ' ' + ink.paint(Tone.FAINT, String.valueOf(glyphs.outside()));
    }

    private int paneWidth() {
        return paneWidth(barWidth);
    }

    private int paneWidth(int bar) {
        return MARK + cellWidth + CROSS + cellWidth + MARK + GAP.length() + deltaWidth
                + (bar == 0 ? 0 : bar + GAP.length());
    }

    private String name(int pane) {
        WindowReport window = windows.get(pane);
        String from = Figures.minute(window.span().startMs());
        String name = "  " + from.substring(from.indexOf(' ') + 1) + ' '
                + (window.quality().closed() ? "closed" : "open");
        String delta = quantities.formatSigned(window.bar().delta());
        int free = paneWidth() - Shown.width(name) - Shown.width(delta);
        Tone tone = ProfileColumns.toneOf(window.bar().delta());
        String total = tone == null ? delta : ink.paint(tone, delta);
        return free < 1 ? Shown.left(name, paneWidth())
                : ink.paint(Tone.STRONG, name) + " ".repeat(free) + total;
    }

    private String title() {
        return "  " + Shown.right("sell", cellWidth) + ' ' + glyphs.times() + ' '
                + Shown.left("buy", cellWidth) + "  "
                + (barWidth == 0 ? "" : " ".repeat(barWidth + GAP.length())) + GAP
                + Shown.right("delta", deltaWidth);
    }

    private String line(long row) {
        WindowReport newest = windows.getFirst();
        boolean last = Math.floorDiv(newest.bar().close(), stepSize) == row
                && !newest.quality().closed();
        StringBuilder line = new StringBuilder(last
                ? ink.paint(Tone.STRONG, glyphs.pointer() + " ") : " ".repeat(POINTER));
        String price = Shown.right(price(row), priceWidth);
        line.append(last ? ink.paint(Tone.STRONG, price) : price);
        for (int i = windows.size() - 1; i >= 0; i--) {
            line.append(margin(i)).append(cells(i, row));
        }
        return line.toString();
    }

    private String cells(int pane, long row) {
        Footprint footprint = footprints.get(pane);
        ValueArea area = areas.get(pane);
        long buy = footprint.rows().buyVolume(row);
        long sell = footprint.rows().sellVolume(row);
        if (buy + sell == 0) {
            return " ".repeat(paneWidth());
        }
        boolean inside = row >= area.low() && row <= area.high();
        Mark sold = footprint.sell(row);
        Mark bought = footprint.buy(row);
        String mark = sold == Mark.NONE ? " " : sold == Mark.STACKED ? glyphs.stackedSell()
                : glyphs.imbalancedSell();
        String other = bought == Mark.NONE ? " " : bought == Mark.STACKED ? glyphs.stackedBuy()
                : glyphs.imbalancedBuy();
        String cross = ink.paint(row == area.poc() ? Tone.ACCENT : Tone.FAINT,
                String.valueOf(glyphs.times()));
        return ink.paint(Tone.SELL, mark) + ' '
                + side(sell, sold, Tone.SELL, Shown.right(quantities.format(sell), cellWidth))
                + ' ' + cross + ' '
                + side(buy, bought, Tone.BUY, Shown.left(quantities.format(buy), cellWidth))
                + ' ' + ink.paint(Tone.BUY, other)
                + (barWidth == 0 ? "" : GAP + new VolumeBar(ink, glyphs, barWidth, largest)
                        .draw(buy, sell, !inside))
                + GAP + delta(buy - sell);
    }

    private String side(long volume, Mark mark, Tone tone, String text) {
        return mark != Mark.NONE ? ink.paint(tone, text)
                : volume == 0 ? ink.paint(Tone.FAINT, text) : text;
    }

    private String delta(long delta) {
        String text = Shown.right(quantities.formatSigned(delta), deltaWidth);
        Tone tone = ProfileColumns.toneOf(delta);
        return ink.paint(tone == null ? Tone.FAINT : tone, text);
    }

    private String price(long row) {
        return Figures.fixed(row * stepSize, scales.priceScale(), decimals);
    }
}
