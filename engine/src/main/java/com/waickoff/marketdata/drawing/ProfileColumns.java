package com.waickoff.marketdata.drawing;

import com.waickoff.marketdata.report.PriceLadder;
import com.waickoff.marketdata.report.PriceLadder.Mark;
import com.waickoff.marketdata.report.PriceLadder.Step;
import com.waickoff.marketdata.report.WindowReport.Scales;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Ink.Tone;
import com.waickoff.marketdata.terminal.QuantityColumn;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.VolumeBar;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the lines of prices of a profile are laid out: as many figures beside the bar as the width
 * allows.
 *
 * <pre>
 *       price │ buy, sell       volume  delta
 *   VAH 101.5 ┃ ████████░░░░      12.5   +3.1
 *   POC►101.0 ┃ ██████████░░░░░   15.0   +5.0      ► the last price
 * </pre>
 *
 * <p>Threads: immutable.
 */
final class ProfileColumns {
    private static final int WIDTH_FOR_VOLUME = 72;
    private static final int WIDTH_FOR_SIDES = 110;
    private static final int LABEL_WIDTH = 3;
    private static final String GAP = "  ";

    private final PriceLadder ladder;
    private final Scales scales;
    private final @Nullable Long last;
    private final Ink ink;
    private final Glyphs glyphs;
    private final int decimals;
    private final QuantityColumn quantities;
    private final boolean withVolume;
    private final boolean withSides;
    private final int priceWidth;
    private final int buyWidth;
    private final int sellWidth;
    private final int volumeWidth;
    private final int deltaWidth;
    private final int barWidth;
    private final VolumeBar bar;
    private final Map<Long, String> notes;
    private final int noteWidth;

    /**
     * Columns for a ladder.
     *
     * @param last the last price, which is pointed at; null where there is none to point at
     * @param width columns of the whole line
     * @param notes what else is known of a step, by its price; a column of its own if there is any
     */
    ProfileColumns(PriceLadder ladder, Scales scales, @Nullable Long last, int width, Ink ink,
            Glyphs glyphs, Map<Long, String> notes) {
        this.ladder = ladder;
        this.scales = scales;
        this.last = last;
        this.ink = ink;
        this.glyphs = glyphs;
        this.notes = notes;
        noteWidth = notes.values().stream().mapToInt(Shown::width).max().orElse(0);
        decimals = decimalsOf(ladder.stepSize(), scales.priceScale());
        long largest = ladder.steps().stream().mapToLong(Step::volume).max().orElse(0);
        quantities = QuantityColumn.of(largest, scales.quantityScale());
        withVolume = width >= WIDTH_FOR_VOLUME;
        withSides = width >= WIDTH_FOR_SIDES;
        priceWidth = widest("price", step -> label(step));
        buyWidth = widest("buy", step -> quantities.format(step.buyVolume()));
        sellWidth = widest("sell", step -> quantities.format(step.sellVolume()));
        volumeWidth = widest("volume", step -> quantities.format(step.volume()));
        deltaWidth = widest("delta", step -> quantities.formatSigned(step.delta()));
        int taken = LABEL_WIDTH + 1 + priceWidth + 1 + 1 + GAP.length() + deltaWidth
                + (withVolume ? GAP.length() + volumeWidth : 0)
                + (withSides ? 2 * GAP.length() + buyWidth + sellWidth : 0)
                + (noteWidth > 0 ? GAP.length() + noteWidth : 0);
        barWidth = Math.max(1, width - taken);
        bar = new VolumeBar(ink, glyphs, barWidth, largest);
    }

    private int widest(String header, Function<Step, String> cell) {
        return Math.max(header.length(), ladder.steps().stream()
                .mapToInt(step -> cell.apply(step).length()).max().orElse(0));
    }

    /** The titles of the columns. */
    String header() {
        String buy = ink.hasColors() ? ink.paint(Tone.BUY, "buy")
                : glyphs.full() + ' ' + ink.paint(Tone.FAINT, "buy");
        String sell = ink.hasColors() ? ink.paint(Tone.SELL, "sell")
                : glyphs.sellWithoutColor() + " " + ink.paint(Tone.FAINT, "sell");
        int legend = ink.hasColors() ? "buy sell".length() : "# buy  - sell".length();
        StringBuilder line = new StringBuilder();
        line.append(ink.paint(Tone.FAINT,
                " ".repeat(LABEL_WIDTH + 1) + Shown.right("price", priceWidth) + "  "));
        line.append(buy).append(ink.hasColors() ? " " : "  ").append(sell)
                .append(" ".repeat(Math.max(0, barWidth - legend)));
        StringBuilder figures = new StringBuilder();
        if (withSides) {
            figures.append(GAP).append(Shown.right("buy", buyWidth))
                    .append(GAP).append(Shown.right("sell", sellWidth));
        }
        if (withVolume) {
            figures.append(GAP).append(Shown.right("volume", volumeWidth));
        }
        figures.append(GAP).append(Shown.right("delta", deltaWidth));
        return line.append(ink.paint(Tone.FAINT, figures.toString())).toString();
    }

    /** The line of a step. */
    String line(Step step) {
        boolean strong = step.mark() == Mark.POINT_OF_CONTROL || isLast(step);
        boolean inside = step.isInValueArea();
        StringBuilder line = new StringBuilder();
        line.append(ink.paint(Tone.ACCENT, Shown.left(tag(step.mark()), LABEL_WIDTH)))
                .append(isLast(step) ? ink.paint(Tone.STRONG, String.valueOf(glyphs.pointer()))
                        : " ");
        String price = Shown.right(label(step), priceWidth);
        line.append(strong ? ink.paint(Tone.STRONG, price)
                : inside ? price : ink.paint(Tone.FAINT, price));
        line.append(' ').append(inside
                ? ink.paint(Tone.ACCENT, String.valueOf(glyphs.inside()))
                : ink.paint(Tone.FAINT, String.valueOf(glyphs.outside())));
        line.append(bar.draw(step.buyVolume(), step.sellVolume(), !inside));
        if (withSides) {
            line.append(GAP).append(cell(step, quantities.format(step.buyVolume()), buyWidth))
                    .append(GAP)
                    .append(cell(step, quantities.format(step.sellVolume()), sellWidth));
        }
        if (withVolume) {
            line.append(GAP).append(cell(step, quantities.format(step.volume()), volumeWidth));
        }
        line.append(GAP).append(delta(step));
        String note = notes.get(step.price());
        return note == null ? line.toString()
                : line.append(GAP).append(ink.paint(Tone.ACCENT, note)).toString();
    }

    private boolean isLast(Step step) {
        return last != null && last >= step.price() && last < step.price() + ladder.stepSize();
    }

    private String cell(Step step, String figure, int columns) {
        String cell = Shown.right(step.volume() == 0 ? "" : figure, columns);
        return step.isInValueArea() ? cell : ink.paint(Tone.FAINT, cell);
    }

    private String delta(Step step) {
        String cell = Shown.right(
                step.volume() == 0 ? "" : quantities.formatSigned(step.delta()), deltaWidth);
        Tone tone = toneOf(step.delta());
        return tone == null ? ink.paint(Tone.FAINT, cell) : ink.paint(tone, cell);
    }

    private String label(Step step) {
        return Figures.fixed(step.price(), scales.priceScale(), decimals);
    }

    private static String tag(Mark mark) {
        return switch (mark) {
            case POINT_OF_CONTROL -> "POC";
            case HIGH -> "VAH";
            case LOW -> "VAL";
            case INSIDE, OUTSIDE -> "";
        };
    }

    /** The colour of a delta; null for none. */
    static @Nullable Tone toneOf(long delta) {
        return delta == 0 ? null : delta > 0 ? Tone.BUY : Tone.SELL;
    }

    /** Decimals that multiples of {@code step} need. */
    static int decimalsOf(long step, int scale) {
        int decimals = scale;
        for (long rest = step; decimals > 0 && rest % 10 == 0; rest /= 10) {
            decimals--;
        }
        return decimals;
    }
}
