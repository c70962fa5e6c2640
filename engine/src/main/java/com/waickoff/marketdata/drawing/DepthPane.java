package com.waickoff.marketdata.drawing;

import com.waickoff.marketdata.report.WindowReport.Scales;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.WallsView;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Ink.Tone;
import com.waickoff.marketdata.terminal.QuantityColumn;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.VolumeBar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The levels of a book, one above the other: asks, the spread, bids; beside each its size, the sum up
 * to it, and how long it has been a wall. Walls beyond the levels that fit stand at the outer ends.
 * All lines are equally wide.
 *
 * <pre>
 *   price    size     sum
 *   105.0   90.0          ◆ 9.0x  4 min 2 s       beyond the levels shown
 *   101.2    7.5    10.0  ██████
 *   101.1    2.5     2.5  ██
 *     0.1  spread
 *   101.0    4.0     4.0  ███
 *   100.9   60.0    64.0  ████████████ ◆ 6.0x  12 s
 * </pre>
 *
 * <p>Threads: immutable.
 */
final class DepthPane {
    private static final int MOST_WALLS_BEYOND = 3;
    /** Titles and spread. */
    private static final int OTHER_LINES = 2;
    private static final int GAPS = 6;
    private static final int MARK_WIDTH = 20;
    private static final int MIN_BAR = 6;
    private static final long NS_PER_MS = 1_000_000L;

    private final Scales scales;
    private final int width;
    private final Ink ink;
    private final Glyphs glyphs;
    private final int decimals;

    /** One side of a book, best level first. */
    private record Side(boolean bid, DepthView book, WallsView.Side walls) {
        int count() {
            return bid ? book.bidCount() : book.askCount();
        }

        long price(int level) {
            return bid ? book.bidPrice(level) : book.askPrice(level);
        }

        long quantity(int level) {
            return bid ? book.bidQuantity(level) : book.askQuantity(level);
        }

        long sum(int levels) {
            return bid ? book.bidQuantityOfTop(levels) : book.askQuantityOfTop(levels);
        }

        /** The wall at a price, or -1. */
        int wallAt(long price) {
            for (int i = 0; i < walls.count(); i++) {
                if (walls.price(i) == price) {
                    return i;
                }
            }
            return -1;
        }

        /** The first wall farther away than so many levels, or the number of walls. */
        int firstWallBeyond(int levels) {
            long edge = levels == 0 ? 0 : price(levels - 1);
            int wall = 0;
            while (wall < walls.count() && levels > 0
                    && (bid ? walls.price(wall) >= edge : walls.price(wall) <= edge)) {
                wall++;
            }
            return wall;
        }
    }

    /** Columns that hold every line. */
    private record Columns(int price, int size, int sum, QuantityColumn quantities, VolumeBar bar,
            int mark) {}

    DepthPane(Scales scales, int width, Ink ink, Glyphs glyphs) {
        this.scales = scales;
        this.width = width;
        this.ink = ink;
        this.glyphs = glyphs;
        decimals = ProfileColumns.decimalsOf(scales.tick(), scales.priceScale());
    }

    /** So many lines; the spread is in the same one whatever the book. */
    List<String> draw(DepthView book, WallsView walls, int height) {
        Side bids = new Side(true, book, walls.bids());
        Side asks = new Side(false, book, walls.asks());
        int rows = Math.max(1, (height - OTHER_LINES) / 2);
        Columns columns = columns(bids, asks, rows);
        List<String> above = side(asks, rows, walls, columns);
        List<String> below = side(bids, rows, walls, columns);
        List<String> lines = new ArrayList<>();
        lines.add(ink.paint(Tone.FAINT,
                Shown.left(Shown.right("price", columns.price) + "  "
                        + Shown.right("size", columns.size) + "  "
                        + Shown.right("sum", columns.sum), width)));
        lines.addAll(above.reversed());
        lines.add(spread(book, columns.price));
        lines.addAll(below);
        while (lines.size() < height) {
            lines.add(" ".repeat(width));
        }
        return lines;
    }

    private Columns columns(Side bids, Side asks, int rows) {
        int shownBids = Math.min(rows, bids.count());
        int shownAsks = Math.min(rows, asks.count());
        long largest = 1;
        for (int i = 0; i < shownBids; i++) {
            largest = Math.max(largest, bids.quantity(i));
        }
        for (int i = 0; i < shownAsks; i++) {
            largest = Math.max(largest, asks.quantity(i));
        }
        long sum = Math.max(largest, Math.max(bids.sum(shownBids), asks.sum(shownAsks)));
        QuantityColumn quantities = QuantityColumn.of(sum, scales.quantityScale());
        int price = "price".length();
        for (Side side : List.of(bids, asks)) {
            price = side.count() == 0 ? price
                    : Math.max(price, price(side.price(0)).length());
        }
        int size = Math.max("size".length(), quantities.format(largest).length());
        int sums = Math.max("sum".length(), quantities.format(sum).length());
        int left = width - price - size - sums - GAPS;
        int mark = left - MARK_WIDTH >= MIN_BAR ? MARK_WIDTH : left > MIN_BAR + 2 ? 2 : 0;
        return new Columns(price, size, sums, quantities,
                new VolumeBar(ink, glyphs, Math.max(1, left - mark), largest), mark);
    }

    /** Best first, so many lines. */
    private List<String> side(Side side, int rows, WallsView walls, Columns columns) {
        int beyond = beyond(side, rows);
        int levels = Math.min(rows - beyond, side.count());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < levels; i++) {
            int wall = side.wallAt(side.price(i));
            lines.add(line(side, side.price(i), side.quantity(i), side.sum(i + 1), columns)
                    + (wall < 0 ? " ".repeat(columns.mark)
                            : mark(side.walls(), wall, walls.asOfNs(), columns.mark)));
        }
        int first = side.firstWallBeyond(levels);
        for (int wall = first; wall < first + beyond; wall++) {
            String price = Shown.right(price(side.walls().price(wall)), columns.price);
            String text = ink.paint(side.bid() ? Tone.BUY : Tone.SELL, price) + "  "
                    + Shown.right(columns.quantities.format(side.walls().quantity(wall)),
                            columns.size);
            int free = width - columns.price - 2 - columns.size - columns.mark;
            lines.add(text + " ".repeat(Math.max(0, free))
                    + mark(side.walls(), wall, walls.asOfNs(), columns.mark));
        }
        while (lines.size() < rows) {
            lines.add(" ".repeat(width));
        }
        return lines;
    }

    /** How many walls beyond the levels are shown: levels make room for them, but not many. */
    private static int beyond(Side side, int rows) {
        int most = Math.min(MOST_WALLS_BEYOND, rows / 3);
        for (int beyond = 0; beyond < most; beyond++) {
            int levels = Math.min(rows - beyond, side.count());
            if (side.walls().count() - side.firstWallBeyond(levels) <= beyond) {
                return beyond;
            }
        }
        return Math.min(most, side.walls().count()
                - side.firstWallBeyond(Math.min(rows - most, side.count())));
    }

    private String line(Side side, long price, long quantity, long sum, Columns columns) {
        return ink.paint(side.bid() ? Tone.BUY : Tone.SELL,
                Shown.right(price(price), columns.price)) + "  "
                + Shown.right(columns.quantities.format(quantity), columns.size) + "  "
                + Shown.right(columns.quantities.format(sum), columns.sum) + "  "
                + columns.bar.draw(side.bid() ? quantity : 0, side.bid() ? 0 : quantity, false);
    }

    private String mark(WallsView.Side walls, int wall, long asOfNs, int columns) {
        if (columns == 0) {
            return "";
        }
        String text = " " + glyphs.bullet();
        if (columns > text.length()) {
            BigDecimal times = BigDecimal.valueOf(walls.quantity(wall))
                    .divide(BigDecimal.valueOf(Math.max(1, walls.median())), 0,
                            RoundingMode.DOWN);
            long ageMs = (asOfNs - walls.firstSeenNs(wall)) / NS_PER_MS;
            text += " " + times.min(BigDecimal.valueOf(999)) + glyphs.times() + "  "
                    + Figures.duration(ageMs * NS_PER_MS);
        }
        String fitting = text.length() <= columns ? text : text.substring(0, columns);
        return ink.paint(Tone.ACCENT, fitting) + " ".repeat(columns - fitting.length());
    }

    private String spread(DepthView book, int priceWidth) {
        if (book.bidCount() == 0 || book.askCount() == 0) {
            return ink.paint(Tone.FAINT, Shown.left("book " + book.state().label(), width));
        }
        long spread = book.askPrice(0) - book.bidPrice(0);
        return ink.paint(Tone.FAINT,
                Shown.left(Shown.right(price(spread), priceWidth) + "  spread", width));
    }

    private String price(long price) {
        return Figures.fixed(price, scales.priceScale(), decimals);
    }
}
