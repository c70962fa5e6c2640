package com.waickoff.marketdata.window;

import java.math.BigInteger;

/**
 * Point of control and value area of a volume profile, by the two-row rule unless another is asked
 * for.
 *
 * <p>The point of control (POC) is the row of largest volume; a tie goes to the row nearest to the
 * volume-weighted mean row, then to the lower. The value area starts there, and grows by a {@link
 * Method} while it covers less than the wanted part of the volume. Rows outside the profile count 0;
 * where only one side is left, that side is taken.
 *
 * <p>All comparisons are exact, so every reader finds the same rows. A pure function of the rows:
 * the engine publishes rows, and readers compute this.
 *
 * @param poc row of the point of control
 * @param high highest row of the value area
 * @param low lowest row of the value area
 * @param covered volume of the value area
 * @param total volume of the profile
 */
public record ValueArea(long poc, long high, long low, long covered, long total) {
    /** The part of the volume a value area covers unless another is asked for, in percent. */
    public static final int DEFAULT_PERCENT = 70;

    private static final int WHOLE_PERCENT = 100;

    /** How a value area grows. */
    public enum Method {
        /**
         * The two rows above against the two rows below: the heavier pair, the upper one when they
         * are equal. After Steidlmayer's rule as used by the CBOT.
         */
        TWO_ROW,
        /** The row above against the row below: the heavier one, the lower one when equal. */
        SINGLE_ROW
    }

    /**
     * The value area of a profile that is not empty, by the two-row rule.
     *
     * @param percent 1 to 100
     * @throws IllegalArgumentException if the profile is empty or the percentage out of range
     */
    public static ValueArea of(RowVolumes rows, int percent) {
        return of(rows, percent, Method.TWO_ROW);
    }

    /**
     * The value area of a profile that is not empty.
     *
     * @param percent 1 to 100
     * @param method how it grows
     * @throws IllegalArgumentException if the profile is empty or the percentage out of range
     */
    public static ValueArea of(RowVolumes rows, int percent, Method method) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a profile without volume has no value area");
        }
        if (percent < 1 || percent > WHOLE_PERCENT) {
            throw new IllegalArgumentException(
                    "value area percent is " + percent + ", allowed is 1 to " + WHOLE_PERCENT);
        }
        long total = 0;
        for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
            total += rows.volume(row);
        }
        long poc = pointOfControl(rows, total);
        long low = poc;
        long high = poc;
        long covered = rows.volume(poc);
        boolean pairs = method == Method.TWO_ROW;
        int step = pairs ? 2 : 1;
        while (isLess(covered, total, percent)) {
            long up = rows.volume(high + 1) + (pairs ? rows.volume(high + 2) : 0);
            long down = rows.volume(low - 1) + (pairs ? rows.volume(low - 2) : 0);
            boolean heavierAbove = pairs ? up >= down : up > down;
            boolean upward = low == rows.lowRow() || (high < rows.highRow() && heavierAbove);
            if (upward) {
                covered += up;
                high = Math.min(high + step, rows.highRow());
            } else {
                covered += down;
                low = Math.max(low - step, rows.lowRow());
            }
        }
        return new ValueArea(poc, high, low, covered, total);
    }

    private static long pointOfControl(RowVolumes rows, long total) {
        long poc = rows.lowRow();
        long largest = rows.volume(poc);
        boolean tied = false;
        for (long row = poc + 1; row <= rows.highRow(); row++) {
            long volume = rows.volume(row);
            if (volume > largest) {
                largest = volume;
                poc = row;
                tied = false;
            } else if (volume == largest) {
                tied = true;
            }
        }
        return tied ? nearestToMean(rows, total, largest) : poc;
    }

    /** Compares |k * total - sum of k * volume| instead of dividing: exact, and only for ties. */
    private static long nearestToMean(RowVolumes rows, long total, long largest) {
        BigInteger weighted = BigInteger.ZERO;
        for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
            weighted = weighted.add(product(row - rows.lowRow(), rows.volume(row)));
        }
        long nearest = rows.lowRow();
        BigInteger smallest = null;
        for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
            if (rows.volume(row) == largest) {
                BigInteger distance = product(row - rows.lowRow(), total).subtract(weighted).abs();
                if (smallest == null || distance.compareTo(smallest) < 0) {
                    smallest = distance;
                    nearest = row;
                }
            }
        }
        return nearest;
    }

    private static BigInteger product(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }

    /** Whether {@code covered / total < percent / 100}, in 128 bits. */
    private static boolean isLess(long covered, long total, int percent) {
        long coveredHigh = Math.multiplyHigh(covered, (long) WHOLE_PERCENT);
        long wantedHigh = Math.multiplyHigh(total, (long) percent);
        if (coveredHigh != wantedHigh) {
            return coveredHigh < wantedHigh;
        }
        return Long.compareUnsigned(covered * WHOLE_PERCENT, total * percent) < 0;
    }
}
