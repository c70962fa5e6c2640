package com.waickoff.marketdata.storage.drain;

import java.util.random.RandomGenerator;

/**
 * How long to wait after a failure: {@code random(0 .. min(most, first × 2^n))} ms after the n-th in a
 * row, so that many who failed together do not come back together.
 *
 * <p>Threads: one.
 */
final class BackOff {
    private static final int MOST_DOUBLINGS = 30;

    private final long firstMs;
    private final long mostMs;
    private final RandomGenerator random;
    private int failures;

    BackOff(long firstMs, long mostMs, RandomGenerator random) {
        this.firstMs = firstMs;
        this.mostMs = mostMs;
        this.random = random;
    }

    /** Waits after another failure. */
    long nextMs() {
        long bound = Math.min(mostMs, firstMs << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return random.nextLong(bound + 1);
    }

    /** It went well. */
    void reset() {
        failures = 0;
    }
}
