package com.waickoff.marketdata.depth;

import com.waickoff.marketdata.snapshot.WallsSection;

/**
 * Finds the walls among the best levels of a side: those larger than a multiple of the median.
 *
 * <p>Of two quantities in the middle the lower is the median. A side of fewer than
 * {@value #FEWEST_LEVELS} levels has no walls: what is large there is nothing to compare with.
 *
 * <p>The median is selected, not sorted for (Hoare's algorithm 65, pivots being the middle one of
 * three): levels are looked at about three times.
 *
 * <p>Threads: one; all memory is taken when it is made.
 */
final class WallSearch {
    /** Fewest levels of a side. */
    static final int FEWEST_LEVELS = 10;

    private final int multiple;
    private final long[] prices;
    private final long[] quantities;
    private final long[] shuffled;
    private final int[] walls = new int[WallsSection.CAPACITY];
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
        prices = new long[levels];
        quantities = new long[levels];
        shuffled = new long[levels];
    }

    /** Searches a side; what was found before is forgotten. */
    void search(BookSide side) {
        levels = side.copyBest(prices, quantities, prices.length);
        count = 0;
        median = 0;
        if (levels < FEWEST_LEVELS) {
            return;
        }
        System.arraycopy(quantities, 0, shuffled, 0, levels);
        median = select(shuffled, levels, (levels - 1) >>> 1);
        long bound = Math.multiplyHigh(median, multiple) == 0 && median * multiple > 0
                ? median * multiple : Long.MAX_VALUE;
        for (int i = 0; i < levels; i++) {
            if (quantities[i] > bound) {
                add(i);
            }
        }
    }

    /** Levels come best first, and stay in this order. */
    private void add(int level) {
        if (count == walls.length) {
            int smallest = 0;
            for (int i = 1; i < count; i++) {
                smallest = quantities[walls[i]] <= quantities[walls[smallest]] ? i : smallest;
            }
            if (quantities[level] <= quantities[walls[smallest]]) {
                return;
            }
            System.arraycopy(walls, smallest + 1, walls, smallest, count - smallest - 1);
            count--;
        }
        walls[count++] = level;
    }

    /** The value that would be at {@code rank} if the first {@code count} were sorted. */
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
        return prices[walls[wall]];
    }

    /** Quantity of a wall. */
    long quantity(int wall) {
        return quantities[walls[wall]];
    }
}
