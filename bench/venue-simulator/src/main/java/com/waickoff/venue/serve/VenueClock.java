package com.waickoff.venue.serve;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The clock of a venue: that of the machine, one that runs faster, so that a day takes minutes, or
 * one that stands still until it is told how much time has passed. All that a venue times goes by
 * it: the play, limits and bans, pings, the lives of connections.
 *
 * <p>Threads: any.
 */
public final class VenueClock {
    /** The machine's. */
    public static final VenueClock OF_THE_MACHINE = new VenueClock(1);

    private static final long NS_PER_MS = 1_000_000;

    private final double speed; // 0: it stands still
    private final AtomicLong passedNs = new AtomicLong();
    private final long startNanos = System.nanoTime();
    private final long startMs = System.currentTimeMillis();

    private VenueClock(double speed) {
        this.speed = speed;
    }

    /**
     * A clock that shows the machine's time now.
     *
     * @param speed seconds that pass on it in one of the machine, above 0
     */
    public static VenueClock faster(double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed must be above 0: " + speed);
        }
        return new VenueClock(speed);
    }

    /**
     * A clock on which no time passes but what {@link #pass} tells it. What a venue does after a
     * while, such as to send a frame late, it does after that while of the machine's time.
     */
    public static VenueClock still() {
        return new VenueClock(0);
    }

    /** Lets time pass on a clock that stands still. */
    public void pass(Duration time) {
        if (speed != 0) {
            throw new IllegalStateException("time passes on this clock by itself");
        }
        passedNs.addAndGet(time.toNanos());
    }

    /** Counts ns from an arbitrary origin. */
    public long nanoTime() {
        return speed == 1 ? System.nanoTime() : startNanos + sinceStartNs();
    }

    /** Time in ms since the epoch. */
    public long timeMs() {
        return speed == 1 ? System.currentTimeMillis() : startMs + sinceStartNs() / NS_PER_MS;
    }

    /** How many ns of the machine's clock pass while so many pass here. */
    public long machineNs(long ns) {
        return speed == 1 || speed == 0 ? ns : (long) (ns / speed);
    }

    /** How many ns pass here while so many pass on the machine's clock. */
    long ofMachineNs(long ns) {
        return speed == 1 || speed == 0 ? ns : (long) (ns * speed);
    }

    private long sinceStartNs() {
        return passedNs.get() + (long) ((System.nanoTime() - startNanos) * speed);
    }
}
