package com.waickoff.marketdata.terminal;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * One way to write all quantities of a column, so that their points stand below each other: about
 * five digits for the largest, and a unit where it is huge.
 *
 * @param scale decimals of the scaled quantities
 * @param power of ten that the column's unit stands for
 * @param decimals digits after the point
 * @param suffix the unit: k, M, G, T, P, E or none
 */
public record QuantityColumn(int scale, int power, int decimals, String suffix) {
    private static final String[] SUFFIXES = {"", "k", "M", "G", "T", "P", "E"};
    private static final int DIGITS = 5;
    private static final int GROUP = 3;

    /** The column for quantities up to {@code largest}. */
    public static QuantityColumn of(long largest, int scale) {
        BigDecimal value = BigDecimal.valueOf(largest, scale).abs();
        int digits = Math.max(1, value.precision() - value.scale());
        int group = Math.min(SUFFIXES.length - 1, digits > DIGITS ? (digits - 2) / GROUP : 0);
        int shown = digits - group * GROUP;
        int decimals = Math.clamp(DIGITS - shown, 0, Math.max(0, scale + group * GROUP));
        return new QuantityColumn(scale, group * GROUP, decimals, SUFFIXES[group]);
    }

    /** A quantity of the column. */
    public String format(long quantity) {
        BigDecimal value = BigDecimal.valueOf(quantity, scale).movePointLeft(power)
                .setScale(decimals, RoundingMode.HALF_EVEN);
        return Figures.grouped(value) + suffix;
    }

    /** A quantity of the column with a plus in front of what is positive. */
    public String formatSigned(long quantity) {
        return Figures.signed(quantity, format(quantity));
    }
}
