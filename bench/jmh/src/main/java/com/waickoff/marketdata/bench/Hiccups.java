package com.waickoff.marketdata.bench;

import org.HdrHistogram.Histogram;

/**
 * How often, and for how long, a thread that only looked at the clock was kept from doing so: by the
 * scheduler, the hypervisor, a neighbour. No tail of a latency means anything without it.
 */
public final class Hiccups {
    private static final long MAX_NS = 10_000_000_000L;
    private static final long SHORTEST_NS = 1_000;
    private static final double NS_PER_SECOND = 1e9;

    private final Histogram pauses = new Histogram(MAX_NS, 3);
    private long lookedNs;
    private long watchedNs;

    /** Begins to watch. */
    public void begin(long nowNs) {
        lookedNs = nowNs;
    }

    /** The thread has done nothing but look since the last call. */
    public void look(long nowNs) {
        long pauseNs = nowNs - lookedNs;
        lookedNs = nowNs;
        watchedNs += pauseNs;
        if (pauseNs >= SHORTEST_NS) {
            pauses.recordValue(Math.min(pauseNs, MAX_NS));
        }
    }

    @Override
    public String toString() {
        return String.format(
                "hiccups of the thread, a second: over 10 us %.1f, over 50 us %.1f, over 1 ms %.1f;"
                        + " longest %.0f us",
                aSecond(10_000), aSecond(50_000), aSecond(1_000_000),
                pauses.getMaxValue() / 1e3);
    }

    private double aSecond(long overNs) {
        return pauses.getCountBetweenValues(overNs, MAX_NS) * NS_PER_SECOND
                / Math.max(1, watchedNs);
    }
}
