package com.waickoff.marketdata.drawing;

import com.waickoff.marketdata.report.PriceLadder;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.ValueAreaRule;

/**
 * Keeps each price on its line while a profile is drawn again and again. Only when the profile
 * grows out of the picture, or another window begins, the prices move: then there is room on both
 * sides again.
 *
 * <p>Threads: one.
 */
public final class SteadyPrices {
    /** Of six lines this many are filled at first; the rest is room to grow. */
    private static final int FILLED = 5;
    private static final int OF = 6;

    private long startMs = Long.MIN_VALUE;
    private long rowSize;
    private long grouping = 1;
    private long top;
    private int lines;

    /**
     * The ladder of a profile that is not empty.
     *
     * @param windowStartMs tells one window from the next
     * @param most number of steps, at least 2
     * @param rule of the value area
     */
    PriceLadder ladder(RowVolumes rows, long windowStartMs, int most, ValueAreaRule rule) {
        boolean known = windowStartMs == startMs && rows.rowSize() == rowSize && most == lines;
        if (!known || !isInside(rows)) {
            startMs = windowStartMs;
            rowSize = rows.rowSize();
            lines = most;
            long roomy = PriceLadder.grouping(rows, Math.max(2, most * FILLED / OF));
            grouping = known ? Math.max(grouping, roomy) : roomy;
            long high = Math.floorDiv(rows.highRow(), grouping);
            long taken = high - Math.floorDiv(rows.lowRow(), grouping) + 1;
            top = high + (most - taken) / 2;
        }
        return PriceLadder.at(rows, grouping, top, lines, rule);
    }

    private boolean isInside(RowVolumes rows) {
        return Math.floorDiv(rows.highRow(), grouping) <= top
                && Math.floorDiv(rows.lowRow(), grouping) > top - lines;
    }
}
