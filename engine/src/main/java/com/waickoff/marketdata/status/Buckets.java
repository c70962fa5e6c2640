package com.waickoff.marketdata.status;

/**
 * Where a latency is counted: exactly below 64 ns, above that in 64 equal parts of each power of
 * two, so that a count's place tells its value within 1.6 %.
 */
final class Buckets {
    private static final int PRECISION_BITS = 6;
    private static final int PARTS = 1 << PRECISION_BITS;
    private static final int MAX_EXPONENT = 39;

    /** Number of places. */
    static final int COUNT = (MAX_EXPONENT - PRECISION_BITS + 2) << PRECISION_BITS;

    private Buckets() {}

    /** The place of a value; negative ones count as 0, those of 2^40 and more as the largest. */
    static int indexOf(long value) {
        if (value < PARTS) {
            return (int) Math.max(value, 0);
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
        if (exponent > MAX_EXPONENT) {
            return COUNT - 1;
        }
        int shift = exponent - PRECISION_BITS;
        return ((shift + 1) << PRECISION_BITS) + ((int) (value >>> shift) & (PARTS - 1));
    }

    /** The largest value counted at a place. */
    static long highestAt(int index) {
        if (index < PARTS) {
            return index;
        }
        int shift = (index >>> PRECISION_BITS) - 1;
        return ((PARTS + (index & (PARTS - 1)) + 1L) << shift) - 1;
    }
}
