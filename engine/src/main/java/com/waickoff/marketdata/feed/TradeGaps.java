package com.waickoff.marketdata.feed;

/**
 * The ranges of trade ids that are missing of an instrument's tape and may still come, oldest first.
 * A range leaves when its last id has come, when it was asked for in vain often enough, or when there
 * are too many; whatever leaves without having come stays declared missing.
 *
 * <p>Threads: the feed thread. Nothing is allocated after construction.
 */
public final class TradeGaps {
    /** Most ranges that are followed. */
    public static final int CAPACITY = 32;
    /** No range holds this id. */
    public static final int NONE = -1;

    private final long[] firstId = new long[CAPACITY];
    private final long[] lastId = new long[CAPACITY];
    private final long[] fromNs = new long[CAPACITY];
    private final long[] toNs = new long[CAPACITY];
    private final int[] attempts = new int[CAPACITY];
    private int count;

    /** Number of ranges. */
    public int count() {
        return count;
    }

    /** First id of a range that has not come. */
    public long firstId(int index) {
        return firstId[index];
    }

    /** Last id of a range. */
    public long lastId(int index) {
        return lastId[index];
    }

    /** Match time of the trade before the range, 0 where unknown. */
    public long fromNs(int index) {
        return fromNs[index];
    }

    /** Match time of the trade behind the range, 0 where unknown. */
    public long toNs(int index) {
        return toNs[index];
    }

    /** How often a range was asked for in vain. */
    public int attempts(int index) {
        return attempts[index];
    }

    /** The range that holds an id, or {@link #NONE}. */
    public int find(long id) {
        for (int i = count - 1; i >= 0; i--) {
            if (id >= firstId[i] && id <= lastId[i]) {
                return i;
            }
        }
        return NONE;
    }

    /** The lowest range that holds any of these ids, or {@link #NONE}. */
    public int firstTouching(long first, long last) {
        for (int i = 0; i < count && first <= last; i++) {
            if (lastId[i] >= first && firstId[i] <= last) {
                return i;
            }
        }
        return NONE;
    }

    /** Follows a new range, which lies behind all others; the oldest makes room. */
    void add(long first, long last, long fromMatchNs, long toMatchNs) {
        if (count == CAPACITY) {
            remove(0);
        }
        set(count++, first, last, fromMatchNs, toMatchNs, 0);
    }

    /**
     * Takes out ids that have come, which are all in one range.
     *
     * @param first the lowest of them
     */
    void fill(int index, long first, long last) {
        attempts[index] = 0;
        boolean isHead = first == firstId[index];
        boolean isTail = last == lastId[index];
        if (isHead && isTail) {
            remove(index);
        } else if (isHead || (!isTail && count == CAPACITY)) {
            firstId[index] = last + 1; // without room for two, the lower one is given up
        } else if (isTail) {
            lastId[index] = first - 1;
        } else {
            for (int i = count; i > index; i--) {
                copy(i - 1, i);
            }
            count++;
            lastId[index] = first - 1;
            firstId[index + 1] = last + 1;
        }
    }

    /** Notes that a range was asked for in vain. */
    public void missed(int index) {
        attempts[index]++;
    }

    /** Gives up a range. */
    public void giveUp(int index) {
        remove(index);
    }

    private void remove(int index) {
        count--;
        for (int i = index; i < count; i++) {
            copy(i + 1, i);
        }
    }

    private void copy(int from, int to) {
        set(to, firstId[from], lastId[from], fromNs[from], toNs[from], attempts[from]);
    }

    private void set(int index, long first, long last, long fromMatchNs, long toMatchNs,
            int attempted) {
        firstId[index] = first;
        lastId[index] = last;
        fromNs[index] = fromMatchNs;
        toNs[index] = toMatchNs;
        attempts[index] = attempted;
    }
}
