package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.ValueArea;
import java.util.ArrayList;
import java.util.List;

/**
 * A volume profile made coarse enough for a number of lines: neighbouring rows are added up by a
 * multiple of the row height that makes round prices.
 *
 * @param grouping rows of the profile in one step of the ladder
 * @param stepSize height of a step, in scaled price units
 * @param steps from the highest price to the lowest
 */
record PriceLadder(long grouping, long stepSize, List<Step> steps) {
    /** Multiples that keep prices round, then ten times these, and so on. */
    private static final long[] ROUND_MULTIPLES = {10, 20, 25, 40, 50};
    private static final long[] FIRST_MULTIPLES = {1, 2, 4, 5};

    /** What a step is to the value area. */
    enum Mark {
        /** Outside the value area. */
        OUTSIDE,
        /** Within it. */
        INSIDE,
        /** Holds its lowest row. */
        LOW,
        /** Holds its highest row. */
        HIGH,
        /** Holds the point of control. */
        POINT_OF_CONTROL
    }

    /**
     * One step.
     *
     * @param price low edge
     */
    record Step(long price, long buyVolume, long sellVolume, Mark mark) {
        /** Buy and sell volume. */
        long volume() {
            return buyVolume + sellVolume;
        }

        /** Buy volume minus sell volume. */
        long delta() {
            return buyVolume - sellVolume;
        }

        /** Whether it touches the value area. */
        boolean isInValueArea() {
            return mark != Mark.OUTSIDE;
        }
    }

    /**
     * The ladder of a profile that is not empty.
     *
     * @param most largest number of steps, at least 2: where two rows meet, no grouping makes one
     */
    static PriceLadder of(RowVolumes rows, ValueArea area, int most) {
        long grouping = grouping(rows.lowRow(), rows.highRow(), most);
        long highest = Math.floorDiv(rows.highRow(), grouping);
        long lowest = Math.floorDiv(rows.lowRow(), grouping);
        List<Step> steps = new ArrayList<>();
        for (long step = highest; step >= lowest; step--) {
            long buy = 0;
            long sell = 0;
            for (long row = step * grouping; row < (step + 1) * grouping; row++) {
                buy += rows.buyVolume(row);
                sell += rows.sellVolume(row);
            }
            steps.add(new Step(step * grouping * rows.rowSize(), buy, sell,
                    mark(step, grouping, area)));
        }
        return new PriceLadder(grouping, grouping * rows.rowSize(), List.copyOf(steps));
    }

    private static long grouping(long lowRow, long highRow, int most) {
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

    private static Mark mark(long step, long grouping, ValueArea area) {
        if (step == Math.floorDiv(area.poc(), grouping)) {
            return Mark.POINT_OF_CONTROL;
        }
        long high = Math.floorDiv(area.high(), grouping);
        long low = Math.floorDiv(area.low(), grouping);
        if (step == high) {
            return Mark.HIGH;
        }
        if (step == low) {
            return Mark.LOW;
        }
        return step > low && step < high ? Mark.INSIDE : Mark.OUTSIDE;
    }
}
