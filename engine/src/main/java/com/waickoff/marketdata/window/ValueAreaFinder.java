package com.waickoff.marketdata.window;

import com.waickoff.marketdata.window.ValueAreaRule.PocTie;
import com.waickoff.marketdata.window.ValueAreaRule.Side;
import org.jspecify.annotations.Nullable;

/**
 * Finds the point of control and the value area of a volume profile, without allocating.
 *
 * <pre>
 *   finder.find(rows, ValueAreaRule.DEFAULT);
 *   long poc = finder.poc() * rows.rowSize();        low edge, in scaled price units
 * </pre>
 *
 * <p>The point of control (POC) is the row of largest volume. The value area starts there, and
 * grows while it covers less than the wanted part of the volume: so many rows above it are weighed
 * against as many below, and the heavier side is taken, as many rows of it as exist. Rows outside
 * the profile count 0, empty rows between its ends are rows like all others; where only one side is
 * left, that side is taken.
 *
 * <p>All comparisons are exact, in 128 bits where products need them, so every reader finds the
 * same rows. The sum of the volumes must fit a long, as that of every window does.
 *
 * <p>Threads: one; the result stays until the next search.
 */
public final class ValueAreaFinder {
    private static final long WHOLE_PERCENT = 100;

    private long poc;
    private long high;
    private long low;
    private long covered;
    private long total;

    /** Why a step went the way it went. */
    public enum Choice {
        /** That side was heavier. */
        HEAVIER,
        /** Both sides weighed the same: the rule's side. */
        TIE,
        /** There was nothing on the other side. */
        ONLY_SIDE_LEFT
    }

    /** Is told each step of a search. */
    @FunctionalInterface
    public interface StepListener {
        /**
         * The area has grown.
         *
         * @param above volume of the rows above that were weighed
         * @param below volume of the rows below that were weighed
         * @param lowTaken lowest row that was taken
         * @param highTaken highest row that was taken
         * @param coveredNow volume of the area now
         */
        void onStep(long above, long below, Side side, Choice choice, long lowTaken,
                long highTaken, long coveredNow);
    }

    /**
     * Searches a profile that is not empty.
     *
     * @throws IllegalArgumentException if the profile is empty
     */
    public void find(RowVolumes rows, ValueAreaRule rule) {
        find(rows, rule, null);
    }

    /** As {@link #find(RowVolumes, ValueAreaRule)}, telling each step. */
    public void find(RowVolumes rows, ValueAreaRule rule, @Nullable StepListener listener) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a profile without volume has no value area");
        }
        findPointOfControl(rows, rule.pocTie());
        long lowest = rows.lowRow();
        long highest = rows.highRow();
        int step = rule.rowsPerStep();
        high = poc;
        low = poc;
        covered = rows.volume(poc);
        while (isLess(covered, total, rule.percent())) {
            long nextHigh = Math.min(high + step, highest);
            long nextLow = Math.max(low - step, lowest);
            long above = sum(rows, high + 1, nextHigh);
            long below = sum(rows, nextLow, low - 1);
            boolean bothLeft = high < highest && low > lowest;
            boolean upward = bothLeft
                    ? above > below || (above == below && rule.tieSide() == Side.UP)
                    : high < highest;
            long lowTaken = upward ? high + 1 : nextLow;
            long highTaken = upward ? nextHigh : low - 1;
            covered += upward ? above : below;
            high = Math.max(high, highTaken);
            low = Math.min(low, lowTaken);
            if (listener != null) {
                Choice choice = !bothLeft ? Choice.ONLY_SIDE_LEFT
                        : above == below ? Choice.TIE : Choice.HEAVIER;
                listener.onStep(above, below, upward ? Side.UP : Side.DOWN, choice, lowTaken,
                        highTaken, covered);
            }
        }
    }

    private static long sum(RowVolumes rows, long from, long to) {
        long sum = 0;
        for (long row = from; row <= to; row++) {
            sum += rows.volume(row);
        }
        return sum;
    }

    private void findPointOfControl(RowVolumes rows, PocTie tie) {
        long lowest = rows.lowRow();
        long highest = rows.highRow();
        long largest = -1;
        long first = lowest;
        long last = lowest;
        long sum = 0;
        for (long row = lowest; row <= highest; row++) {
            long volume = rows.volume(row);
            sum += volume;
            if (volume > largest) {
                largest = volume;
                first = row;
                last = row;
            } else if (volume == largest) {
                last = row;
            }
        }
        total = sum;
        if (first == last) {
            poc = first;
            return;
        }
        poc = switch (tie) {
            case LOW -> first;
            case HIGH -> last;
            case VWMEAN -> nearestToMeanSlowPath(rows, first, last, largest);
        };
    }

    /**
     * Of the rows from {@code first} to {@code last} that hold {@code largest}, the nearest to
     * {@code mean = sum of row * volume / total}, then the lower.
     *
     * <p>Of two rows a &lt; b, a is at least as near if {@code 2 * mean <= a + b}: one comparison of
     * {@code 2 * sum of row * volume} with {@code (a + b) * total}, in 128 bits. Rows are counted
     * from the lowest, so that neither leaves them.
     */
    private long nearestToMeanSlowPath(RowVolumes rows, long first, long last, long largest) {
        long origin = rows.lowRow();
        long weightedHigh = 0;
        long weightedLow = 0;
        for (long row = origin; row <= rows.highRow(); row++) {
            long volume = rows.volume(row);
            long productLow = (row - origin) * volume;
            weightedLow += productLow;
            weightedHigh += Math.multiplyHigh(row - origin, volume)
                    + (Long.compareUnsigned(weightedLow, productLow) < 0 ? 1 : 0);
        }
        long twiceHigh = (weightedHigh << 1) | (weightedLow >>> (Long.SIZE - 1));
        long twiceLow = weightedLow << 1;
        long nearest = first;
        for (long row = first + 1; row <= last; row++) {
            if (rows.volume(row) == largest) {
                long between = (nearest - origin) + (row - origin);
                if (isLess(Math.multiplyHigh(between, total), between * total, twiceHigh,
                        twiceLow)) {
                    nearest = row;
                }
            }
        }
        return nearest;
    }

    /** Whether {@code covered / total < percent / 100}. */
    private static boolean isLess(long covered, long total, long percent) {
        return isLess(Math.multiplyHigh(covered, WHOLE_PERCENT), covered * WHOLE_PERCENT,
                Math.multiplyHigh(total, percent), total * percent);
    }

    /** Whether one number of 128 bits is less than another. */
    private static boolean isLess(long aHigh, long aLow, long bHigh, long bLow) {
        return aHigh != bHigh ? aHigh < bHigh : Long.compareUnsigned(aLow, bLow) < 0;
    }

    /** Row of the point of control. */
    public long poc() {
        return poc;
    }

    /** Highest row of the value area. */
    public long high() {
        return high;
    }

    /** Lowest row of the value area. */
    public long low() {
        return low;
    }

    /** Volume of the value area. */
    public long covered() {
        return covered;
    }

    /** Volume of the profile. */
    public long total() {
        return total;
    }
}
