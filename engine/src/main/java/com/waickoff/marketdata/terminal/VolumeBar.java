package com.waickoff.marketdata.terminal;

import com.waickoff.marketdata.terminal.Ink.Tone;

/**
 * A horizontal bar of buy volume followed by sell volume.
 *
 * <p>With colours and block characters both ends are exact to an eighth of a cell: the cell in which
 * buy turns to sell is drawn in one colour on the ground of the other. Without colours the two are
 * told apart by their characters and meet at the edge of a cell.
 *
 * <p>Threads: immutable.
 */
public final class VolumeBar {
    private final Ink ink;
    private final Glyphs glyphs;
    private final int cells;
    private final long largest;

    /**
     * Bars of a common measure.
     *
     * @param cells width of the longest bar
     * @param largest volume of the longest bar
     */
    public VolumeBar(Ink ink, Glyphs glyphs, int cells, long largest) {
        this.ink = ink;
        this.glyphs = glyphs;
        this.cells = cells;
        this.largest = largest;
    }

    /**
     * A bar, filled up with blanks to the common width.
     *
     * @param faint whether it is outside the value area
     */
    public String draw(long buy, long sell, boolean faint) {
        Tone buyTone = faint ? Tone.BUY_FAINT : Tone.BUY;
        Tone sellTone = faint ? Tone.SELL_FAINT : Tone.SELL;
        int total = parts(buy + sell);
        if (total == 0) {
            return " ".repeat(cells);
        }
        int bought = sell == 0 ? total : Math.min(parts(buy), total);
        return ink.hasColors() ? colored(bought, total, buyTone, sellTone) : plain(bought, total);
    }

    private String colored(int bought, int total, Tone buyTone, Tone sellTone) {
        int cell = glyphs.partsPerCell();
        int buyCells = bought / cell;
        int joint = bought % cell;
        StringBuilder bar = new StringBuilder();
        bar.append(ink.paint(buyTone, glyphs.full().repeat(buyCells)));
        int drawn = buyCells;
        if (joint > 0) {
            boolean sellFillsIt = total >= (buyCells + 1) * cell;
            // A cell has two colours at most: where three meet, the larger part is shown.
            bar.append(sellFillsIt ? ink.paint(buyTone, sellTone, glyphs.cell(joint))
                    : ink.paint(2 * joint >= total % cell ? buyTone : sellTone,
                            glyphs.cell(total % cell)));
            drawn++;
        }
        int sellCells = Math.max(0, total / cell - drawn);
        int rest = drawn * cell > total ? 0 : total % cell;
        bar.append(ink.paint(sellTone, glyphs.full().repeat(sellCells)
                + (rest > 0 ? glyphs.cell(rest) : "")));
        drawn += sellCells + (rest > 0 ? 1 : 0);
        return bar.append(" ".repeat(cells - drawn)).toString();
    }

    private String plain(int bought, int total) {
        int cell = glyphs.partsPerCell();
        boolean onlyBought = bought == total;
        int buyCells = onlyBought ? total / cell : Math.round((float) bought / cell);
        int rest = onlyBought ? total % cell : 0;
        int allCells = Math.max(1, Math.round((float) total / cell));
        int sellCells = onlyBought ? 0 : Math.max(0, allCells - buyCells);
        String bar = glyphs.full().repeat(buyCells) + (rest > 0 ? glyphs.cell(rest) : "")
                + String.valueOf(glyphs.sellWithoutColor()).repeat(sellCells);
        return bar + " ".repeat(cells - bar.length());
    }

    /** Whatever is not nothing can be seen. */
    private int parts(long volume) {
        if (volume <= 0 || largest <= 0) {
            return 0;
        }
        int most = cells * glyphs.partsPerCell();
        return Math.clamp(Math.round((double) volume / largest * most), 1, most);
    }
}
