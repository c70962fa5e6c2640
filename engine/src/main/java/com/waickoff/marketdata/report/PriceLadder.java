package com.waickoff.marketdata.report;

import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.SummedRows;
import com.waickoff.marketdata.window.ValueArea;
import com.waickoff.marketdata.window.ValueAreaRule;
import java.util.ArrayList;
import java.util.List;

/**
 * A volume profile made coarse enough for a number of lines: neighbouring rows are added up by a
 * multiple of the row height that makes round prices. Point of control and value area are those of
 * the steps, so that the longest bar is the one that is marked.
 *
 * @param grouping rows of the profile in one step of the ladder
 * @param stepSize height of a step, in scaled price units
 * @param steps from the highest price to the lowest
 */
public record PriceLadder(long grouping, long stepSize, List<Step> steps) {
    /** Multiples that keep prices round, then ten times these, and so on. */
    private static final long[] ROUND_MULTIPLES = {10, 20, 25, 40, 50};
    private static final long[] FIRST_MULTIPLES = {1, 2, 4, 5};

    /** What a step is to the value area of the ladder. */
    public enum Mark {
        /** Outside the value area. */
        OUTSIDE,
        /** Within it. */
        INSIDE,
        /** Its lowest step. */
        LOW,
        /** Its highest step. */
        HIGH,
        /** The point of control. */
        POINT_OF_CONTROL
    }

    /**
     * One step.
     *
     * @param price low edge
     */
    public record Step(long price, long buyVolume, long sellVolume, Mark mark) {
        /** Buy and sell volume. */
        public long volume() {
            return buyVolume + sellVolume;
        }

        /** Buy volume minus sell volume. */
        public long delta() {
            return buyVolume - sellVolume;
        }

        /** Whether it is in the value area. */
        public boolean isInValueArea() {
            return mark != Mark.OUTSIDE;
        }
    }

    /**
     * The ladder of a profile that is not empty.
     *
     * @param most largest number of steps, at least 2: where two rows meet, no grouping makes one
     * @param rule of the value area
     */
    public static PriceLadder of(RowVolumes rows, int most, ValueAreaRule rule) {
        long grouping = grouping(rows, most);
        long top = Math.floorDiv(rows.highRow(), grouping);
        return at(rows, grouping, top,
                (int) (top - Math.floorDiv(rows.lowRow(), grouping) + 1), rule);
    }

    /**
     * The ladder of a profile that is not empty, in a place of its own: it may begin above the
     * profile, and end below it.
     *
     * @param grouping rows of the profile in one step
     * @param top number of the highest step
     * @param count number of steps
     * @param rule of the value area
     */
    public static PriceLadder at(RowVolumes rows, long grouping, long top, int count,
            ValueAreaRule rule) {
        RowVolumes coarse = SummedRows.coarser(rows, grouping);
        ValueArea area = ValueArea.of(coarse, rule);
        List<Step> steps = new ArrayList<>();
        for (long row = top; row > top - count; row--) {
            steps.add(new Step(row * coarse.rowSize(), coarse.buyVolume(row),
                    coarse.sellVolume(row), mark(row, area)));
        }
        return new PriceLadder(grouping, coarse.rowSize(), List.copyOf(steps));
    }

    /** The smallest grouping that makes round prices and needs no more than {@code most} steps. */
    public static long grouping(RowVolumes rows, int most) {
        return grouping(rows.lowRow(), rows.highRow(), most);
    }

    /** The rows of a profile, so many at a time. */
    public static RowVolumes coarse(RowVolumes rows, long grouping) {
        return grouping == 1 ? rows : SummedRows.coarser(rows, grouping);
    }

    /** As above, of rows from {@code lowRow} to {@code highRow}. */
    public static long grouping(long lowRow, long highRow, int most) {
        for (long multiple : FIRST_MULTIPLES) {
            if (fits(lowRow, highRow, multiple, most)) {
                return multiple;
            }
        }
        for (long power = 1;; power *= 10) {
            for (long multiple : ROUND_MULTIPLES) {
                if (fits(lowRow, highRow, multiple * power, most)) {
                    return multiple * power;
                }
            }
        }
    }

    private static boolean fits(long lowRow, long highRow, long multiple, int most) {
        return Math.floorDiv(highRow, multiple) - Math.floorDiv(lowRow, multiple) < most;
    }

    private static Mark mark(long row, ValueArea area) {
        if (row == area.poc()) {
            return Mark.POINT_OF_CONTROL;
        }
        if (row == area.high()) {
            return Mark.HIGH;
        }
        if (row == area.low()) {
            return Mark.LOW;
        }
        return row > area.low() && row < area.high() ? Mark.INSIDE : Mark.OUTSIDE;
    }
}
