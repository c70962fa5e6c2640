package com.waickoff.marketdata.feed;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: any time up to a bound that doubles with every failure
 * and has a cap ("full jitter"), for ever. So a server that comes back is not met by all at once, and
 * nobody gives up.
 *
 * <p>Threads: one.
 */
public final class BackOff {
    private static final int MOST_DOUBLINGS = 30;

    private final long firstMs;
    private final long maxMs;
    private final RandomGenerator random;
    private int failures;

    /**
     * After no failure so far.
     *
     * @param firstMs longest wait after the first failure, at least 1
     * @param maxMs longest wait after any
     */
    public BackOff(long firstMs, long maxMs, RandomGenerator random) {
        this.firstMs = firstMs;
        this.maxMs = maxMs;
        this.random = random;
    }

    /** Another attempt failed, or a connection ended. @return ms to wait, at least 1 */
    public long nextMs() {
        long boundMs = Math.min(maxMs, firstMs << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return random.nextLong(boundMs) + 1;
    }

    /** Attempts since the last {@link #succeeded}. */
    public int failures() {
        return failures;
    }

    /** A connection has proved itself. */
    public void succeeded() {
        failures = 0;
    }
}
