package com.waickoff.marketdata.feed;

import java.util.Arrays;

/**
 * Measures by how much a venue's clock differs from ours. Each look is some requests for the venue's
 * time, one after the other; the offset is that time minus the middle between sending and receiving,
 * and of the last few the one with the shortest round trip counts, because the error is at most half
 * of it.
 *
 * <pre>
 *   ours   ──sent────────────┬────────────received──►      offset = venue's time − middle
 *   venue  ──────────────── time ─────────────────►        error ≤ round trip / 2
 * </pre>
 *
 * <p>Nothing is corrected by it. Threads: the feed thread.
 */
final class ClockProbe {
    /** Requests of one look. */
    static final int LOOK = 3;
    private static final int KEPT = 8;
    private static final long LOST_NS = 60_000_000_000L;

    private final long intervalNs;
    private final long[] offsetsNs = new long[KEPT];
    private final long[] roundTripsNs = new long[KEPT];
    private int count;
    private int left; // requests of the look at hand
    private long askedNs; // 0: none is on its way
    private long nextNs = Long.MIN_VALUE;

    /**
     * A probe that has not looked yet.
     *
     * @param intervalNs time between two looks; 0 for none at all
     */
    ClockProbe(long intervalNs) {
        this.intervalNs = intervalNs;
        Arrays.fill(roundTripsNs, Long.MAX_VALUE);
    }

    /** Whether the venue is to be asked now; if so, it was. */
    boolean isDue(long nowNs) {
        if (intervalNs == 0 || (askedNs != 0 && nowNs - askedNs < LOST_NS)) {
            return false;
        }
        askedNs = 0;
        if (left == 0 && nowNs >= nextNs) {
            nextNs = nowNs + intervalNs;
            left = LOOK;
        }
        if (left == 0) {
            return false;
        }
        left--;
        askedNs = nowNs;
        return true;
    }

    /**
     * Takes an answer.
     *
     * @param venueNs the time it tells
     * @param roundTripNs from sending to receiving; 0 where unknown, which makes it worthless
     * @param receivedNs when it was received, by our clock
     * @return whether that was the last one of a look, and something is known
     */
    boolean take(long venueNs, long roundTripNs, long receivedNs) {
        askedNs = 0;
        if (venueNs > 0 && roundTripNs > 0) {
            offsetsNs[count % KEPT] = venueNs - (receivedNs - roundTripNs / 2);
            roundTripsNs[count % KEPT] = roundTripNs;
            count++;
        }
        return left == 0 && count != 0;
    }

    /** There was no answer: the look is over. */
    void failed() {
        askedNs = 0;
        left = 0;
    }

    /** The venue's time minus ours, by the best of the last measurements. */
    long offsetNs() {
        return offsetsNs[best()];
    }

    /** The round trip of that measurement. */
    long roundTripNs() {
        return roundTripsNs[best()];
    }

    private int best() {
        int best = 0;
        for (int i = 1; i < KEPT; i++) {
            best = roundTripsNs[i] < roundTripsNs[best] ? i : best;
        }
        return best;
    }
}
