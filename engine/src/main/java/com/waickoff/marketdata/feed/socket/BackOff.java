package com.waickoff.marketdata.feed.socket;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: any time up to a bound that doubles with every failure
 * and has a cap ("full jitter"), for ever. So a venue that comes back is not met by all at once, and
 * a feed never gives up.
 */
final class BackOff {
    private static final int MOST_DOUBLINGS = 30;

    private final long firstMs;
    private final long maxMs;
    private final RandomGenerator random;
    private int failures;

    BackOff(long firstMs, long maxMs, RandomGenerator random) {
        this.firstMs = firstMs;
        this.maxMs = maxMs;
        this.random = random;
    }

    /** Another attempt failed, or a connection ended. @return ms to wait, at least 1 */
    long nextMs() {
        long boundMs = Math.min(maxMs, firstMs << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return random.nextLong(boundMs) + 1;
    }

    /** Attempts since the last {@link #succeeded}. */
    int failures() {
        return failures;
    }

    /** A connection has proved itself. */
    void succeeded() {
        failures = 0;
    }
}
