package com.waickoff.marketdata.journal;

import java.util.concurrent.TimeUnit;

/** How long a file of a queue lasts: by UTC, from midnight on. */
public enum JournalCycle {
    /** Five minutes: for tests and for stores that prune finely. */
    FIVE_MINUTES(5),
    /** An hour. */
    HOUR(60),
    /** A day. */
    DAY(24 * 60);

    private final int minutes;

    JournalCycle(int minutes) {
        this.minutes = minutes;
    }

    /** The length in minutes: the code in the identity file. */
    int minutes() {
        return minutes;
    }

    /** The number of the cycle that holds this time, counted from the epoch. */
    long at(long epochNs) {
        return epochNs / TimeUnit.MINUTES.toNanos(minutes);
    }

    /** When a cycle starts, in ns since the epoch. */
    long startNs(long cycle) {
        return cycle * TimeUnit.MINUTES.toNanos(minutes);
    }
}
