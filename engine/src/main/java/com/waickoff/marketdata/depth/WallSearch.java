package com.waickoff.marketdata.depth;

import com.waickoff.marketdata.snapshot.WallsSection;

/**
 * Finds the walls among the best levels of a side: those larger than a multiple of the median.
 *
 * <p>Of two quantities in the middle the lower is the median. A side of fewer than
 * {@value #FEWEST_LEVELS} levels has no walls: what is large there is nothing to compare with.
 *
 * <p>The levels are looked at as the book holds them, price by price, where levels are many and
 * prices few: what is no level is then a quantity of 0, one of the smallest. The median of the last
 * search is counted from, because it rarely moves by more than a few levels: one pass says how many
 * are smaller, and each further one which is the next. These passes have no branches and go through
 * an array in order, so that the compiler makes them work on several quantities at once.
 *
 * <p>Threads: one; all memory is taken when it is made.
 */
final class WallSearch {
    /** Fewest levels of a side. */
    static final int FEWEST_LEVELS = 10;

    /** Prices that are looked at for a level: beyond it, it is better to collect the levels. */
    private static final int MOST_PRICES = 4;
    /** Steps to a median near the last one; beyond it, it is better to select. */
    private static final int MOST_STEPS = 8;

    private final int multiple;
    private final int mostLevels;
    private final long[] prices;
    /** Of the levels, or of each price from the best to the last level. */
    private final long[] quantities;
    private final long[] shuffled;
    private final long[] wallPrices = new long[WallsSection.CAPACITY];
    private final long[] wallQuantities = new long[WallsSection.CAPACITY];
    private int levels;
    private long median;
    private int count;

    /**
     * A search.
     *
     * @param multiple of the median that a wall is larger than
     * @param levels best ones of a side that are looked at
     */
    WallSearch(int multiple, int levels) {
        this.multiple = multiple;
        mostLevels = levels;
        prices = new long[levels];
        quantities = new long[MOST_PRICES * levels];
        shuffled = new long[MOST_PRICES * levels];
    }

    /**
     * Searches a side; what was found before is forgotten.
     *
     * @param expectedMedian one that may be near, such as that of the last search of this side
     */
    void search(BookSide side, long expectedMedian) {
        levels = Math.min(side.levelCount(), mostLevels);
        count = 0;
        median = 0;
        if (levels < FEWEST_LEVELS) {
            return;
        }
        int byPrice = side.copyBestByPrice(quantities, levels);
        int length = byPrice == 0 ? side.copyBest(prices, quantities, levels) : byPrice;
        median = median(length, length - levels + ((levels - 1) >>> 1), expectedMedian);
        long bound = Math.multiplyHigh(median, multiple) == 0 && median * multiple > 0
                ? median * multiple : Long.MAX_VALUE;
        for (int i = 0; i < length; i++) {
            if (quantities[i] > bound) {
                add(byPrice == 0 ? prices[i] : side.bestPrice() + i * side.priceStep(),
                        quantities[i]);
            }
        }
    }

    /** Levels come best first, and stay in this order. */
    private void add(long price, long quantity) {
        if (count == wallPrices.length) {
            int smallest = 0;
            for (int i = 1; i < count; i++) {
                smallest = wallQuantities[i] <= wallQuantities[smallest] ? i : smallest;
            }
            if (quantity <= wallQuantities[smallest]) {
                return;
            }
            count--;
            System.arraycopy(wallPrices, smallest + 1, wallPrices, smallest, count - smallest);
            System.arraycopy(wallQuantities, smallest + 1, wallQuantities, smallest,
                    count - smallest);
        }
        wallPrices[count] = price;
        wallQuantities[count++] = quantity;
    }

    /** The value that would be at {@code rank} if the quantities were sorted. */
    private long median(int length, int rank, long expected) {
        long value = Math.max(0, expected);
        int steps = 0;
        if (countBelow(length, value) > rank) {
            do {
                value = largestBelow(length, value);
            } while (countBelow(length, value) > rank && ++steps < MOST_STEPS);
        } else {
            while (countBelow(length, value + 1) <= rank && ++steps < MOST_STEPS) {
                value = smallestAbove(length, value);
            }
        }
        if (steps < MOST_STEPS) {
            return value;
        }
        System.arraycopy(quantities, 0, shuffled, 0, length);
        return select(shuffled, length, rank);
    }

    /** How many quantities are less. All are at least 0, so that the sign of a difference is right. */
    private int countBelow(int length, long bound) {
        long below = 0;
        for (int i = 0; i < length; i++) {
            below += (quantities[i] - bound) >>> (Long.SIZE - 1);
        }
        return (int) below;
    }

    /** The largest quantity below {@code bound}; there must be one. */
    private long largestBelow(int length, long bound) {
        long largest = Long.MIN_VALUE;
        for (int i = 0; i < length; i++) {
            long difference = quantities[i] - bound;
            long isBelow = difference >> (Long.SIZE - 1);
            largest = Math.max(largest, (difference & isBelow) | (~isBelow & Long.MIN_VALUE));
        }
        return bound + largest;
    }

    /** The smallest quantity above {@code bound}; there must be one. */
    private long smallestAbove(int length, long bound) {
        long smallest = Long.MAX_VALUE;
        for (int i = 0; i < length; i++) {
            long difference = bound - quantities[i];
            long isAbove = difference >> (Long.SIZE - 1);
            smallest = Math.min(smallest, (-difference & isAbove) | (~isAbove & Long.MAX_VALUE));
        }
        return bound + smallest;
    }

    /**
     * The value that would be at {@code rank} if the first {@code count} were sorted: Hoare's
     * algorithm 65, pivots being the middle one of three.
     */
    static long select(long[] values, int count, int rank) {
        int low = 0;
        int high = count;
        while (true) {
            long pivot = middleOf(values[low], values[(low + high) >>> 1], values[high - 1]);
            int less = partition(values, low, high, pivot);
            if (rank < less) {
                high = less;
                continue;
            }
            int upTo = partition(values, less, high, pivot + 1);
            if (rank < upTo) {
                return pivot;
            }
            low = upTo;
        }
    }

    /**
     * Moves what is less than {@code bound} before what is not. Where a value goes is computed, not
     * branched on, because no processor can guess it.
     *
     * @return first index of what is not less
     */
    private static int partition(long[] values, int low, int high, long bound) {
        int less = low;
        for (int i = low; i < high; i++) {
            long value = values[i];
            values[i] = values[less];
            values[less] = value;
            // Both are at least 0, so that the sign of the difference is right.
            less += (int) ((value - bound) >>> (Long.SIZE - 1));
        }
        return less;
    }

    private static long middleOf(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    int multiple() {
        return multiple;
    }

    /** How many levels were looked at. */
    int levels() {
        return levels;
    }

    /** The median of their quantities; 0 if they were too few. */
    long median() {
        return median;
    }

    /** Number of walls found. */
    int count() {
        return count;
    }

    /** Price of a wall, best first. */
    long price(int wall) {
        return wallPrices[wall];
    }

    /** Quantity of a wall. */
    long quantity(int wall) {
        return wallQuantities[wall];
    }
}
