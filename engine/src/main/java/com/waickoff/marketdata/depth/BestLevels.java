package com.waickoff.marketdata.depth;

/**
 * What is kept of the best levels of a side with every change, so that a search for walls need not
 * look at all of them: how many are smaller than a quantity in their middle, the <i>pivot</i>, and
 * which are larger than a <i>mark</i>.
 *
 * <pre>
 *   best                lastKey
 *    |  |||  ||  | |||   |   |  |||  |      key
 *    +-------------------+
 *    followed: changes here are counted      beyond it nothing is
 * </pre>
 *
 * <p>It begins with what a search has counted, and ends ({@link #forget}) where levels change in
 * another way than one by one; then it follows nothing until the next search has counted anew.
 *
 * <p>Threads: one; all memory is taken when it is made.
 */
final class BestLevels {
    /** Most levels larger than the mark. */
    static final int MOST_LARGE = 64;

    private static final long NOTHING = Long.MIN_VALUE;

    private long lastKey = NOTHING;
    private int levels;
    private long pivot;
    /** Levels below the pivot, and levels up to it, less all levels. */
    private int belowLess;
    private int upToLess;
    private long mark;
    private final long[] largeKeys = new long[MOST_LARGE];
    private int largeCount;

    /** A level got another quantity; 0 stands for none, before and after. */
    void onChange(long key, long from, long to) {
        if (key > lastKey) {
            return;
        }
        levels += signOf(-to) - signOf(-from);
        // No level is a quantity of 0, which is below every pivot: hence the counts less all levels.
        belowLess += signOf(pivot - 1 - from) - signOf(pivot - 1 - to);
        upToLess += signOf(pivot - from) - signOf(pivot - to);
        if ((from > mark) != (to > mark)) {
            onLargeSlowPath(key, to > mark);
        }
    }

    /** 1 if negative, else 0. */
    private static int signOf(long value) {
        return (int) (value >>> (Long.SIZE - 1));
    }

    /** Follows nothing from here on. */
    void forget() {
        lastKey = NOTHING;
    }

    /** Whether it follows the best levels. */
    boolean isFollowing() {
        return lastKey != NOTHING;
    }

    /**
     * Follows the levels up to a key. Their counts and those larger than the mark are told after that.
     *
     * @param lastFollowed the key
     * @param levelsFollowed how many levels there are up to it
     * @param largerThan the mark
     */
    void begin(long lastFollowed, int levelsFollowed, long largerThan) {
        lastKey = lastFollowed;
        levels = levelsFollowed;
        mark = largerThan;
        largeCount = 0;
    }

    /**
     * Takes over the counts for a pivot.
     *
     * @param newPivot at least 1
     * @param below levels below it
     * @param upTo levels up to it
     */
    void countFrom(long newPivot, int below, int upTo) {
        pivot = newPivot;
        belowLess = below - levels;
        upToLess = upTo - levels;
    }

    /** The next of the large levels, best first, while it begins. */
    void addLarge(long key) {
        if (largeCount == MOST_LARGE) {
            forget();
        } else {
            largeKeys[largeCount++] = key;
        }
    }

    /** Has it follow the next level, too. */
    void extend(long key, long quantity) {
        lastKey = key;
        onChange(key, 0, quantity);
    }

    /**
     * Has it follow the last level no longer.
     *
     * @param previous key of the level before it
     */
    void retract(long quantity, long previous) {
        onChange(lastKey, quantity, 0);
        if (isFollowing()) {
            lastKey = previous;
        }
    }

    /** The last key it follows. */
    long lastKey() {
        return lastKey;
    }

    /** How many levels it follows. */
    int levels() {
        return levels;
    }

    long pivot() {
        return pivot;
    }

    /** How many levels are below the pivot. */
    int below() {
        return belowLess + levels;
    }

    /** How many levels are not above the pivot. */
    int upTo() {
        return upToLess + levels;
    }

    long mark() {
        return mark;
    }

    /** How many levels are larger than the mark. */
    int largeCount() {
        return largeCount;
    }

    /** Their keys, best first. */
    long largeKey(int index) {
        return largeKeys[index];
    }

    /** A level begins or ceases to be larger than the mark. */
    private void onLargeSlowPath(long key, boolean isLarge) {
        int at = largeCount;
        while (at > 0 && largeKeys[at - 1] >= key) {
            at--;
        }
        if (!isLarge) {
            largeCount--;
            System.arraycopy(largeKeys, at + 1, largeKeys, at, largeCount - at);
        } else if (largeCount == MOST_LARGE) {
            forget();
        } else {
            System.arraycopy(largeKeys, at, largeKeys, at + 1, largeCount - at);
            largeKeys[at] = key;
            largeCount++;
        }
    }
}
