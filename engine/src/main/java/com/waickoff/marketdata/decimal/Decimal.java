package com.waickoff.marketdata.decimal;

import java.nio.charset.StandardCharsets;

/**
 * Decimals as scaled longs: {@code 65114.20} at scale 2 is {@code 6511420}. Exact or rejected,
 * never rounded, never wrapped.
 *
 * <p>What is read is a JSON number, or what venues put between quotes:
 *
 * <pre>
 *   -? digits ( '.' digits )? ( [eE] [+-]? digits )?
 *
 *   read       0   -0   007   1.50   65114.20000000   1e5   25e-2
 *   rejected   (empty)   .   1.   .5   +1   1e   1_000   0x1f   NaN   " 1"
 * </pre>
 *
 * <p>Leading zeros are read, because the value is beyond doubt. Trailing zeros never count as
 * decimals: {@code 1.50000000} fits scale 1. A value with more decimals than the scale, or beyond
 * ±(2<sup>63</sup> − 1) after scaling, is {@link #REJECTED}.
 *
 * <p>Threads: all methods are pure.
 */
public final class Decimal {
    /** No value: the text is no decimal, or does not fit the scale or a long. */
    public static final long REJECTED = Long.MIN_VALUE;
    /** Largest scale; ten to its power is the largest that fits a long. */
    public static final int MAX_SCALE = 18;
    /** Most bytes a formatted value takes: sign, 19 digits and a point. */
    public static final int MAX_FORMATTED_LENGTH = 21;

    private static final long DOTS = 0x2e2e2e2e2e2e2e2eL;
    private static final long[] POWERS_OF_TEN = powersOfTen();
    private static final int EXPONENT_BOUND = 1 << 20;

    private Decimal() {}

    /** Ten to the power of {@code exponent}, 0 to {@link #MAX_SCALE}. */
    public static long powerOfTen(int exponent) {
        return POWERS_OF_TEN[exponent];
    }

    /**
     * Reads the decimal in {@code length} bytes at {@code address}.
     *
     * @param scale decimals of the result, 0 to {@link #MAX_SCALE}
     * @return the scaled value, or {@link #REJECTED}
     */
    public static long parse(long address, int length, int scale) {
        if (length < 1 || length > 8 || scale > 8) {
            return parseLong(address, length, scale);
        }
        // Up to eight bytes: take out the point and what lies beyond the scale, parse the rest.
        long word = Ascii.longAt(address);
        long within = Ascii.firstBytes(length);
        long dot = Ascii.marksOf(word, DOTS) & within;
        long values = Ascii.digitValues(word) & within;
        if (dot == 0) {
            values = Ascii.lastBytes(values, length);
            return Ascii.areDigits(values)
                    ? Ascii.eightDigits(values) * powerOfTen(scale)
                    : parseSlowPath(address, length, scale);
        }
        int dotIndex = Ascii.firstMark(dot);
        int decimals = Math.min(length - 1 - dotIndex, scale);
        int kept = dotIndex + 1 + decimals;
        long beyond = values & ~Ascii.firstBytes(kept);
        long digits = Long.compress(values, Ascii.firstBytes(kept) & ~(0xffL << (dotIndex << 3)));
        digits = Ascii.lastBytes(digits, kept - 1);
        if (beyond != 0 || dotIndex == 0 || dotIndex == length - 1 || !Ascii.areDigits(digits)) {
            return parseSlowPath(address, length, scale);
        }
        return Ascii.eightDigits(digits) * powerOfTen(scale - decimals);
    }

    /** Nine to seventeen bytes such as {@code 61837.63000000}: two words, whole and fraction. */
    private static long parseLong(long address, int length, int scale) {
        if (length < 1) {
            return REJECTED; // no text at all: its address may be none, and must not be read
        }
        int dotIndex = Ascii.firstMark(Ascii.marksOf(Ascii.longAt(address), DOTS));
        int decimals = length - 1 - dotIndex;
        if (dotIndex == 0 || decimals < 1 || decimals > 8 || scale > 8
                || Ascii.byteAt(address + dotIndex) != '.') {
            return parseSlowPath(address, length, scale);
        }
        long whole = Ascii.lastBytes(Ascii.digitValues(Ascii.longAt(address)), dotIndex);
        long fraction = Ascii.digitValues(Ascii.longAt(address + dotIndex + 1))
                & Ascii.firstBytes(decimals);
        long beyond = fraction & ~Ascii.firstBytes(scale);
        // At scale 0 this moves nothing, and nothing is left to move.
        fraction = Ascii.lastBytes(fraction, scale);
        if (beyond != 0 || !Ascii.areDigits(whole) || !Ascii.areDigits(fraction)) {
            return parseSlowPath(address, length, scale);
        }
        return Ascii.eightDigits(whole) * powerOfTen(scale) + Ascii.eightDigits(fraction);
    }

    /** Anything at all, byte by byte: signs, exponents, many digits, junk. */
    private static long parseSlowPath(long address, int length, int scale) {
        int index = length > 0 && Ascii.byteAt(address) == '-' ? 1 : 0;
        boolean negative = index == 1;
        long mantissa = 0; // without its trailing zeros, which wait in pendingZeros
        int pendingZeros = 0;
        int dotIndex = -1;
        int firstDigit = index;
        for (; index < length; index++) {
            byte next = Ascii.byteAt(address + index);
            if (next == '.' && dotIndex < 0 && index > firstDigit) {
                dotIndex = index;
            } else if (next < '0' || next > '9') {
                break;
            } else if (next == '0') {
                pendingZeros++;
            } else {
                mantissa = timesPowerOfTen(mantissa, pendingZeros + 1);
                mantissa = mantissa < 0 ? mantissa : mantissa + next - '0';
                if (mantissa < 0) {
                    return REJECTED;
                }
                pendingZeros = 0;
            }
        }
        if (index == firstDigit || index - 1 == dotIndex) {
            return REJECTED;
        }
        int decimals = dotIndex < 0 ? 0 : index - 1 - dotIndex;
        int exponent = index == length ? 0 : exponent(address + index, length - index);
        if (exponent == Integer.MIN_VALUE) {
            return REJECTED;
        }
        long value = timesPowerOfTen(mantissa, scale + exponent + pendingZeros - decimals);
        return value < 0 ? REJECTED : negative ? -value : value;
    }

    /** {@code [eE][+-]?digits}, bounded; {@code Integer.MIN_VALUE} if it is anything else. */
    private static int exponent(long address, int length) {
        if ((Ascii.byteAt(address) | 0x20) != 'e' || length < 2) {
            return Integer.MIN_VALUE;
        }
        byte sign = Ascii.byteAt(address + 1);
        int index = sign == '-' || sign == '+' ? 2 : 1;
        if (index == length) {
            return Integer.MIN_VALUE;
        }
        int exponent = 0;
        for (; index < length; index++) {
            byte next = Ascii.byteAt(address + index);
            if (next < '0' || next > '9') {
                return Integer.MIN_VALUE;
            }
            exponent = Math.min(exponent * 10 + next - '0', EXPONENT_BOUND);
        }
        return sign == '-' ? -exponent : exponent;
    }

    /** {@code mantissa × 10^power}, or a negative number where that is no whole long. */
    private static long timesPowerOfTen(long mantissa, int power) {
        if (mantissa == 0) {
            return 0;
        }
        if (power < 0 || power > MAX_SCALE
                || Math.multiplyHigh(mantissa, POWERS_OF_TEN[power]) != 0) {
            return REJECTED;
        }
        return mantissa * POWERS_OF_TEN[power];
    }

    /**
     * Writes {@code value} as a plain decimal without trailing zeros.
     *
     * @param scale 0 to {@link #MAX_SCALE}
     * @param target has room for {@link #MAX_FORMATTED_LENGTH} bytes from {@code offset}
     * @return number of bytes written
     */
    public static int format(long value, int scale, byte[] target, int offset) {
        long rest = Math.abs(value);
        int decimals = scale;
        if (rest == 0) {
            decimals = 0;
        }
        while (decimals > 0 && rest % 10 == 0) {
            rest /= 10;
            decimals--;
        }
        int length = formattedLength(value < 0, rest, decimals);
        int index = offset + length;
        int written = 0;
        do {
            if (written == decimals && decimals > 0) {
                target[--index] = '.';
            }
            target[--index] = (byte) ('0' + rest % 10);
            rest /= 10;
            written++;
        } while (rest != 0 || written <= decimals);
        if (value < 0) {
            target[offset] = '-';
        }
        return length;
    }

    private static int formattedLength(boolean negative, long rest, int decimals) {
        int digits = 1;
        while (digits <= MAX_SCALE && rest >= POWERS_OF_TEN[digits]) {
            digits++;
        }
        return Math.max(digits, decimals + 1) + (decimals > 0 ? 1 : 0) + (negative ? 1 : 0);
    }

    /** Appends {@code value} as a plain decimal without trailing zeros; for people and exports. */
    public static StringBuilder append(StringBuilder target, long value, int scale) {
        return target.append(toString(value, scale));
    }

    /** {@code value} as a plain decimal without trailing zeros. */
    public static String toString(long value, int scale) {
        byte[] bytes = new byte[MAX_FORMATTED_LENGTH];
        return new String(bytes, 0, format(value, scale, bytes, 0), StandardCharsets.US_ASCII);
    }

    private static long[] powersOfTen() {
        long[] powers = new long[MAX_SCALE + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
