package com.waickoff.marketdata.window;

import java.math.BigInteger;

/**
 * Floors of quotients by one positive divisor, by multiplication: the processor takes several times as
 * long to divide.
 *
 * <pre>
 *   l = ceil(log2 d)     m = ceil(2^(63 + l) / d)  &lt; 2^64
 *   floor(n / d) = floor(m * n / 2^(63 + l))                for 0 &lt;= n &lt; 2^63
 *   floor(n / d) = -1 - floor((-1 - n) / d)                 for n &lt; 0
 * </pre>
 *
 * <p>After Granlund and Montgomery, "Division by Invariant Integers using Multiplication", 1994: m * d
 * exceeds the power of two by less than 2^l, which times n is less than that power.
 *
 * <p>Threads: immutable.
 */
final class FloorDivisor {
    private final long divisor;
    private final long multiplier;
    private final int shift;

    /**
     * Prepares divisions.
     *
     * @param divisor at least 1
     */
    FloorDivisor(long divisor) {
        if (divisor < 1) {
            throw new IllegalArgumentException("no division by " + divisor);
        }
        this.divisor = divisor;
        shift = Long.SIZE - Long.numberOfLeadingZeros(divisor - 1);
        BigInteger d = BigInteger.valueOf(divisor);
        multiplier = BigInteger.ONE.shiftLeft(Long.SIZE - 1 + shift).add(d)
                .subtract(BigInteger.ONE).divide(d).longValue();
    }

    /** The divisor. */
    long divisor() {
        return divisor;
    }

    /** {@code floor(dividend / divisor)}, of any dividend. */
    long floor(long dividend) {
        long sign = dividend >> (Long.SIZE - 1);
        long product = Math.unsignedMultiplyHigh(multiplier, (dividend ^ sign) << 1);
        return (product >>> shift) ^ sign;
    }
}
