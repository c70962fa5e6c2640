package com.waickoff.marketdata.flow;

/** Comparisons in 128 bits, without garbage. */
final class Wide {
    private static final int DIGITS = 6;
    private static final long MOST_DIVISOR = Long.MAX_VALUE / 10;

    private Wide() {}

    /** Compares {@code a × b} with {@code c × d}. */
    static int compareProducts(long a, long b, long c, long d) {
        long high = Math.multiplyHigh(a, b);
        long otherHigh = Math.multiplyHigh(c, d);
        return high != otherHigh ? Long.compare(high, otherHigh)
                : Long.compareUnsigned(a * b, c * d);
    }

    /** {@code floor(1,000,000 × part / whole)} where {@code 0 ≤ part ≤ whole}, and 0 of nothing. */
    static int ppm(long part, long whole) {
        if (whole <= 0) {
            return 0;
        }
        // Sums beyond a tenth of the range of a long lose digits that no millionth shows.
        int shift = whole > MOST_DIVISOR ? 4 : 0;
        long divisor = whole >> shift;
        long rest = part >> shift;
        long ppm = rest / divisor;
        rest %= divisor;
        for (int i = 0; i < DIGITS; i++) {
            rest *= 10;
            ppm = ppm * 10 + rest / divisor;
            rest %= divisor;
        }
        return (int) ppm;
    }
}
