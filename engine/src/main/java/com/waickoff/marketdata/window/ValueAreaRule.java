package com.waickoff.marketdata.window;

import java.util.Locale;

/**
 * By which rule a value area is found. Products disagree about each part of it, and each part
 * changes the answer, so that an answer without its rule means nothing.
 *
 * <p>Threads: immutable.
 *
 * @param percent part of the volume to be covered, 1 to 100; it is reached when
 *     {@code covered * 100 >= total * percent}, without rounding
 * @param method how the area grows
 * @param rowsPerStep rows a side that are compared, and then taken, in one step: 2 by {@link
 *     Method#TWO_ROW}, 1 by {@link Method#SINGLE_ROW}, 1 to {@link #MAX_ROWS_PER_STEP} by {@link
 *     Method#STEP_N}
 * @param pocTie which of several rows of the same largest volume is the point of control
 * @param tieSide where the area grows when both sides weigh the same
 */
public record ValueAreaRule(int percent, Method method, int rowsPerStep, PocTie pocTie,
        Side tieSide) {
    /** The part of the volume a value area covers unless another is asked for, in percent. */
    public static final int DEFAULT_PERCENT = 70;
    /** Most rows a side in one step. */
    public static final int MAX_ROWS_PER_STEP = 1_000;
    /** 70 %, two rows a side, ties upward; a tied point of control nearest to the mean row. */
    public static final ValueAreaRule DEFAULT = of(DEFAULT_PERCENT, Method.TWO_ROW);

    private static final int WHOLE_PERCENT = 100;

    /** How a value area grows. */
    public enum Method {
        /**
         * The two rows above against the two rows below: the heavier pair, the upper one when they
         * are equal. After Steidlmayer's rule as used by the CBOT.
         */
        TWO_ROW(2, Side.UP),
        /** The row above against the row below: the heavier one, the lower one when equal. */
        SINGLE_ROW(1, Side.DOWN),
        /**
         * N rows above against N rows below: the heavier ones, the upper ones when equal. It stops
         * as soon as the part is reached, as the others do; some products go one step further.
         */
        STEP_N(2, Side.UP);

        private final int usualRows;
        private final Side usualTieSide;

        Method(int usualRows, Side usualTieSide) {
            this.usualRows = usualRows;
            this.usualTieSide = usualTieSide;
        }

        /** As people write it, such as {@code two_row}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Which of several rows of the same largest volume is the point of control. "The first that
     * reached it" is not among them: it depends on the order of the trades, which rows do not keep.
     */
    public enum PocTie {
        /** The nearest to the volume-weighted mean row, then the lower. */
        VWMEAN,
        /** The highest. */
        HIGH,
        /** The lowest. */
        LOW;

        /** As people write it, such as {@code vwmean}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A direction of growth. */
    public enum Side {
        /** Toward higher prices. */
        UP,
        /** Toward lower prices. */
        DOWN;

        /** As people write it, such as {@code up}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Checks ranges. */
    public ValueAreaRule {
        if (percent < 1 || percent > WHOLE_PERCENT) {
            throw new IllegalArgumentException(
                    "value area percent is " + percent + ", allowed is 1 to " + WHOLE_PERCENT);
        }
        if (rowsPerStep < 1 || rowsPerStep > MAX_ROWS_PER_STEP) {
            throw new IllegalArgumentException("value area step is " + rowsPerStep
                    + " rows, allowed is 1 to " + MAX_ROWS_PER_STEP);
        }
        if (method != Method.STEP_N && rowsPerStep != method.usualRows) {
            throw new IllegalArgumentException("value area step is " + rowsPerStep + " rows, but "
                    + method.label() + " takes " + method.usualRows);
        }
    }

    /** The rule with the method's own number of rows and tie, {@link PocTie#VWMEAN}. */
    public static ValueAreaRule of(int percent, Method method) {
        return new ValueAreaRule(percent, method, method.usualRows, PocTie.VWMEAN,
                method.usualTieSide);
    }

    /** {@link Method#STEP_N} with so many rows a side, ties upward. */
    public static ValueAreaRule stepN(int percent, int rowsPerStep) {
        return new ValueAreaRule(percent, Method.STEP_N, rowsPerStep, PocTie.VWMEAN,
                Method.STEP_N.usualTieSide);
    }

    /** This rule with another tie of the point of control. */
    public ValueAreaRule withPocTie(PocTie tie) {
        return new ValueAreaRule(percent, method, rowsPerStep, tie, tieSide);
    }

    /** This rule with another side for equal steps. */
    public ValueAreaRule withTieSide(Side side) {
        return new ValueAreaRule(percent, method, rowsPerStep, pocTie, side);
    }
}
