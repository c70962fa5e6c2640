package com.waickoff.marketdata.replay;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Holds a replay to a multiple of the recorded pace, and still while somebody wants it still. The
 * time in which it stood still, or in which the process was stopped, is not made up for.
 *
 * <p>Threads: one.
 */
public final class Pacer {
    /** Holds nothing back. */
    public static final Pacer NONE = new Pacer(0, () -> 0, Will.GO_ON);

    /** Sleeps at most this long at once, so that what is wanted is soon seen. */
    private static final long MAX_SLEEP_NS = 50_000_000;
    /** Who oversleeps by this much was stopped. */
    private static final long STOPPED_NS = 1_000_000_000;

    private final double speed;
    private final LongSupplier nanoClock;
    private final Will will;
    private long firstNs = Long.MIN_VALUE;
    private long startedNs;

    /** What is wanted of a replay while it runs. */
    public interface Will {
        /** That it goes on, whatever happens. */
        Will GO_ON = new Will() {
        };

        /** Whether nothing is worth waiting for any more. */
        default boolean isStopped() {
            return false;
        }

        /** Whether it is to stand still. */
        default boolean isPaused() {
            return false;
        }

        /** Called every 50 ms or more often while the replay waits. */
        default void onWaiting() {}
    }

    /**
     * A pacer that begins with the first time it is given.
     *
     * @param speed multiple of the recorded pace; 0 for no pacing
     * @param nanoClock counts ns from an arbitrary origin
     */
    public Pacer(double speed, LongSupplier nanoClock, Will will) {
        if (speed < 0 || !Double.isFinite(speed)) {
            throw new IllegalArgumentException("speed is " + speed + ", allowed is 0 or more");
        }
        this.speed = speed;
        this.nanoClock = nanoClock;
        this.will = will;
    }

    /** Whether events are held back at all. */
    public boolean isPaced() {
        return speed > 0;
    }

    /** Returns when {@code timeNs} of the past is due, or everything is over. */
    public void await(long timeNs) {
        if (!isPaced()) {
            return;
        }
        if (firstNs == Long.MIN_VALUE) {
            firstNs = timeNs;
            startedNs = nanoClock.getAsLong();
        }
        long nowNs = nanoClock.getAsLong();
        long left = left(timeNs, nowNs);
        while (left > 0 && !will.isStopped()) {
            will.onWaiting();
            standStill();
            long askedNs = Math.min(left, MAX_SLEEP_NS);
            nowNs = nanoClock.getAsLong();
            LockSupport.parkNanos(askedNs);
            long sleptNs = nanoClock.getAsLong() - nowNs;
            if (sleptNs > askedNs + STOPPED_NS) {
                startedNs += sleptNs - askedNs;
            }
            left = left(timeNs, nanoClock.getAsLong());
        }
    }

    private long left(long timeNs, long nowNs) {
        return startedNs + (long) ((timeNs - firstNs) / speed) - nowNs;
    }

    /** Returns when nobody wants the replay to stand still, or everything is over. */
    public void standStill() {
        if (!will.isPaused()) {
            return;
        }
        long sinceNs = nanoClock.getAsLong();
        while (will.isPaused() && !will.isStopped()) {
            will.onWaiting();
            LockSupport.parkNanos(MAX_SLEEP_NS);
        }
        startedNs += nanoClock.getAsLong() - sinceNs;
    }
}
