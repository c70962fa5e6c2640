package com.waickoff.venue.wire;

import java.util.Arrays;

/**
 * A Binance stream about one instrument's book: what has changed since it was last told, and which
 * update ids that took.
 */
final class DepthStream {
    final byte[] head;
    /** Levels a side that are told whole; 0 for a stream of differences. */
    final int levels;
    private final long intervalNs;
    private long dueNs;
    // Prices of changed levels × 2, plus 1 for bids, each as often as it changed.
    long[] changed = new long[32];
    int changes;
    long firstId;
    long pushedId;

    /** @param intervalNs least time between two frames; 0 where somebody else keeps the time */
    DepthStream(byte[] head, int levels, long intervalNs) {
        this.head = head;
        this.levels = levels;
        this.intervalNs = intervalNs;
    }

    void add(long change, long id) {
        if (changes == 0) {
            firstId = id;
        }
        if (levels > 0) {
            // The levels are read from the book when they are told.
            changes = 1;
            return;
        }
        if (changes == changed.length) {
            changed = Arrays.copyOf(changed, 2 * changes);
        }
        changed[changes++] = change;
    }

    /** Whether it is time for the next frame; if so the one after it is an interval away. */
    boolean takeTurn(long timeNs) {
        if (timeNs < dueNs) {
            return false;
        }
        dueNs = Math.max(dueNs + intervalNs, timeNs + 1);
        return true;
    }

    void told(long lastId) {
        changes = 0;
        pushedId = lastId;
    }
}
