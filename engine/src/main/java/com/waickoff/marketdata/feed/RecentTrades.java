package com.waickoff.marketdata.feed;

/**
 * The ids of the last trades of an instrument whose ids do not chain, so that one that comes twice,
 * on one connection or on two that overlap, counts once.
 *
 * <pre>
 *   order   +----+----+----+----+----+----+----+----+     ids by arrival, a ring: the oldest makes room
 *           | 17 | 90 | 23 |    |    | 55 | 41 | 08 |
 *           +----+----+----+----+----+----+----+----+
 *   places  open addressing over twice as many places; a removal moves back what had to step aside
 * </pre>
 *
 * <p>What a frame added is kept or taken back with the frame: {@link #keep()}, {@link #takeBack()}.
 *
 * <p>The window lives as long as the feed. After a restart it is empty: no venue of this kind repeats
 * trades to a new subscriber, and what was requested again can only be joined to a tape that is
 * known. A recording that is replayed into a journal it has begun is decoded from its beginning, so
 * the window is what it was.
 *
 * <p>Threads: the feed thread. Nothing is allocated after construction.
 */
public final class RecentTrades {
    /** Stands for a trade without an id, which is never known. */
    public static final long NO_ID = 0;
    /** Fewest ids a window holds. */
    public static final int MIN_CAPACITY = 16;
    /** Most ids a window holds. */
    public static final int MAX_CAPACITY = 1 << 20;

    private static final long MIX = 0x9e3779b97f4a7c15L;

    private final long[] order;
    private final long[] places; // NO_ID: free
    private final int shift;
    private long added;
    private int count;
    private int open; // the last of count that may be taken back

    /**
     * An empty window.
     *
     * @param capacity number of ids, a power of two
     */
    public RecentTrades(int capacity) {
        if (!isCapacity(capacity)) {
            throw new IllegalArgumentException("a window of " + capacity
                    + " trade ids; allowed are powers of two from " + MIN_CAPACITY + " to "
                    + MAX_CAPACITY);
        }
        order = new long[capacity];
        places = new long[2 * capacity];
        shift = Long.numberOfLeadingZeros(2L * capacity - 1);
    }

    /** Whether a window can have this capacity. */
    public static boolean isCapacity(int capacity) {
        return capacity >= MIN_CAPACITY && capacity <= MAX_CAPACITY
                && Integer.bitCount(capacity) == 1;
    }

    /** Whether this id is in the window. */
    public boolean contains(long id) {
        return id != NO_ID && places[find(id)] == id;
    }

    /**
     * Puts an id into the window, in place of the oldest one if it is full.
     *
     * @return false if it was there already
     */
    public boolean add(long id) {
        if (id == NO_ID) {
            return true;
        }
        int place = find(id);
        if (places[place] == id) {
            return false;
        }
        if (count == order.length) {
            remove(order[slot(added)]);
            count--;
            open = Math.min(open, count);
            place = find(id);
        }
        places[place] = id;
        order[slot(added)] = id;
        added++;
        count++;
        open++;
        return true;
    }

    /** Keeps what was added: it was published. */
    public void keep() {
        open = 0;
    }

    /** Takes back what was added since {@link #keep()}: it was not published. */
    public void takeBack() {
        while (open > 0) {
            open--;
            added--;
            count--;
            remove(order[slot(added)]);
        }
    }

    /** Number of ids in the window. */
    public int size() {
        return count;
    }

    private int slot(long index) {
        return (int) index & (order.length - 1);
    }

    private int home(long id) {
        return (int) ((id * MIX) >>> shift);
    }

    /** The place of an id, or the free one where it would be put. */
    private int find(long id) {
        int place = home(id);
        while (places[place] != NO_ID && places[place] != id) {
            place = (place + 1) & (places.length - 1);
        }
        return place;
    }

    /** Frees the place of an id that is there, and closes the row behind it. */
    private void remove(long id) {
        int mask = places.length - 1;
        int hole = find(id);
        int next = (hole + 1) & mask;
        while (places[next] != NO_ID) {
            int home = home(places[next]);
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                places[hole] = places[next];
                hole = next;
            }
            next = (next + 1) & mask;
        }
        places[hole] = NO_ID;
    }
}
