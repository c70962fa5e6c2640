package com.waickoff.marketdata.feed.binance;

import java.util.Arrays;

/**
 * The quantities of an instrument's last trades by id: what of an aggregate has been received, so
 * that the rest of it is what is missing. A print that is no book trade has quantity 0: aggregates
 * leave it out.
 *
 * <p>Threads: the feed thread. Nothing is allocated after construction.
 */
final class RecentFills {
    /** The quantity of a trade that is not known. */
    static final long UNKNOWN = -1;

    private final long[] ids;
    private final long[] quantities;

    /**
     * No trades.
     *
     * @param capacity a power of two
     */
    RecentFills(int capacity) {
        ids = new long[capacity];
        quantities = new long[capacity];
        Arrays.fill(ids, UNKNOWN);
    }

    /** Takes a trade, unless it is older than all that is kept. */
    void add(long id, long quantity) {
        int place = (int) id & (ids.length - 1);
        if (id > ids[place]) {
            ids[place] = id;
            quantities[place] = quantity;
        }
    }

    long quantity(long id) {
        int place = (int) id & (ids.length - 1);
        return ids[place] == id ? quantities[place] : UNKNOWN;
    }
}
