package com.waickoff.marketdata.drawing;

import com.waickoff.marketdata.depth.DepthMeasures;
import com.waickoff.marketdata.report.BookReport;
import com.waickoff.marketdata.report.BookReport.Level;
import com.waickoff.marketdata.report.WindowReport.Scales;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Ink.Tone;
import com.waickoff.marketdata.terminal.QuantityColumn;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.VolumeBar;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The best levels of a book, one above the other: asks, the spread, bids, and which side is the
 * heavier one. All lines are equally wide.
 *
 * <pre>
 *     price     size
 *   101.2        7.5  ██████
 *   101.1        2.5  ██
 *     0.1  spread
 *   101.0        4.0  ███
 *   100.9        6.0  █████
 *   imbalance of 10  +12.5 %
 * </pre>
 *
 * <p>Threads: immutable.
 */
final class BookPane {
    /** Levels of a side whose imbalance is told. */
    private static final int IMBALANCE_LEVELS = 10;
    private static final int PPM_TO_PERCENT_DECIMALS = 4;
    /** Title, spread and imbalance. */
    private static final int OTHER_LINES = 3;

    private final Scales scales;
    private final int decimals;
    private final int width;
    private final Ink ink;
    private final Glyphs glyphs;

    BookPane(Scales scales, int width, Ink ink, Glyphs glyphs) {
        this.scales = scales;
        this.width = width;
        this.ink = ink;
        this.glyphs = glyphs;
        decimals = ProfileColumns.decimalsOf(scales.tick(), scales.priceScale());
    }

    /** So many lines; the spread is in the same one whatever the book. */
    List<String> draw(BookReport book, int height) {
        int levels = (height - OTHER_LINES) / 2;
        List<Level> asks = book.asks().subList(0, Math.min(levels, book.asks().size()));
        List<Level> bids = book.bids().subList(0, Math.min(levels, book.bids().size()));
        long largest = Stream.concat(asks.stream(), bids.stream()).mapToLong(Level::quantity)
                .max().orElse(0);
        QuantityColumn quantities = QuantityColumn.of(largest, scales.quantityScale());
        int priceWidth = Stream.concat(asks.stream(), bids.stream())
                .mapToInt(level -> price(level.price()).length()).max().orElse("price".length());
        int sizeWidth = Math.max("size".length(), quantities.format(largest).length());
        int cells = Math.max(1, width - priceWidth - sizeWidth - 4);
        VolumeBar bar = new VolumeBar(ink, glyphs, cells, largest);

        List<String> lines = new ArrayList<>();
        lines.add(ink.paint(Tone.FAINT, Shown.left(Shown.right("price", priceWidth) + "  "
                + Shown.right("size", sizeWidth) + "  book", width)));
        for (int i = levels - 1; i >= 0; i--) {
            lines.add(i < asks.size() ? line(asks.get(i), false, quantities, priceWidth, sizeWidth,
                    bar) : " ".repeat(width));
        }
        lines.add(spread(book, priceWidth));
        for (int i = 0; i < levels; i++) {
            lines.add(i < bids.size() ? line(bids.get(i), true, quantities, priceWidth, sizeWidth,
                    bar) : " ".repeat(width));
        }
        lines.add(imbalance(book));
        while (lines.size() < height) {
            lines.add(" ".repeat(width));
        }
        return lines;
    }

    private String line(Level level, boolean bid, QuantityColumn quantities, int priceWidth,
            int sizeWidth, VolumeBar bar) {
        String price = Shown.right(price(level.price()), priceWidth);
        return ink.paint(bid ? Tone.BUY : Tone.SELL, price) + "  "
                + Shown.right(quantities.format(level.quantity()), sizeWidth) + "  "
                + bar.draw(bid ? level.quantity() : 0, bid ? 0 : level.quantity(), false);
    }

    private String spread(BookReport book, int priceWidth) {
        if (!book.hasBothSides()) {
            return ink.paint(Tone.FAINT, Shown.left("book " + book.state().label(), width));
        }
        long spread = book.asks().getFirst().price() - book.bids().getFirst().price();
        return ink.paint(Tone.FAINT,
                Shown.left(Shown.right(price(spread), priceWidth) + "  spread", width));
    }

    private String imbalance(BookReport book) {
        int levels = Math.min(IMBALANCE_LEVELS,
                Math.max(book.bids().size(), book.asks().size()));
        long ppm = book.imbalancePpm(IMBALANCE_LEVELS);
        if (ppm == DepthMeasures.NO_VALUE) {
            return " ".repeat(width);
        }
        String label = "top " + levels + "  imbalance ";
        String figure = Figures.signed(ppm, Figures.fixed(ppm, PPM_TO_PERCENT_DECIMALS, 1)) + " %";
        String rest = " ".repeat(Math.max(0,
                width - Shown.width(label) - Shown.width(figure)));
        Tone tone = ProfileColumns.toneOf(ppm);
        return ink.paint(Tone.FAINT, label) + (tone == null ? figure : ink.paint(tone, figure))
                + rest;
    }

    private String price(long price) {
        return Figures.fixed(price, scales.priceScale(), decimals);
    }
}
