package com.waickoff.marketdata.replay;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Holds a replay to a multiple of the recorded pace.
 *
 * <p>Threads: one.
 */
public final class Pacer {
    /** Holds nothing back. */
    public static final Pacer NONE = new Pacer(0, () -> 0, () -> false);

    /** Sleeps at most this long at once, so that a stop is soon seen. */
    private static final long MAX_SLEEP_NS = 50_000_000;

    private final double speed;
    private final LongSupplier nanoClock;
    private final BooleanSupplier isStopped;
    private long firstNs = Long.MIN_VALUE;
    private long startedNs;

    /**
     * A pacer that begins with the first time it is given.
     *
     * @param speed multiple of the recorded pace; 0 for no pacing
     * @param nanoClock counts ns from an arbitrary origin
     * @param isStopped whether nothing is worth waiting for any more
     */
    public Pacer(double speed, LongSupplier nanoClock, BooleanSupplier isStopped) {
        if (speed < 0 || !Double.isFinite(speed)) {
            throw new IllegalArgumentException("speed is " + speed + ", allowed is 0 or more");
        }
        this.speed = speed;
        this.nanoClock = nanoClock;
        this.isStopped = isStopped;
    }

    /** Whether events are held back at all. */
    public boolean isPaced() {
        return speed > 0;
    }

    /** Returns when {@code timeNs} of the recording is due, or everything is over. */
    public void await(long timeNs) {
        if (!isPaced()) {
            return;
        }
        if (firstNs == Long.MIN_VALUE) {
            firstNs = timeNs;
            startedNs = nanoClock.getAsLong();
        }
        long dueNs = startedNs + (long) ((timeNs - firstNs) / speed);
        long left = dueNs - nanoClock.getAsLong();
        while (left > 0 && !isStopped.getAsBoolean()) {
            LockSupport.parkNanos(Math.min(left, MAX_SLEEP_NS));
            left = dueNs - nanoClock.getAsLong();
        }
    }
}
