package com.waickoff.marketdata.depth;

import com.waickoff.marketdata.snapshot.WallsSection;

/**
 * Finds the walls among the best levels of a side: those larger than a multiple of the median.
 *
 * <p>Of two quantities in the middle the lower is the median. A side of fewer than
 * {@value #FEWEST_LEVELS} levels has no walls: what is large there is nothing to compare with.
 *
 * <p>From one search to the next a side keeps with every change ({@link BestLevels}) whether the last
 * median still is the median, and which levels are large enough to be looked at. If it is not, the
 * median is stepped to from the last one, because it rarely moves by more than a few levels: one pass
 * over the levels says which quantity is the next, and one how many are below. These passes have no
 * branches and go through an array in order, so that the compiler makes them work on several
 * quantities at once; where prices are few for the levels they go price by price, what is no level
 * being a quantity of 0, one of the smallest.
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
    private final long[] keys;
    /** Of the levels, or of each price from the best to the last level. */
    private final long[] quantities;
    private final long[] shuffled;
    private int length;
    private boolean isByPrice;
    private final long[] wallPrices = new long[WallsSection.CAPACITY];
    private final long[] wallQuantities = new long[WallsSection.CAPACITY];
    private int levels;
    private long median;
    /** Quantities in the array below the median, and those up to it. */
    private int below;
    private int upTo;
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
        keys = new long[levels];
        quantities = new long[MOST_PRICES * levels];
        shuffled = new long[MOST_PRICES * levels];
    }

    /** Searches a side; what was found before is forgotten. */
    void search(BookSide side) {
        Ladder ladder = side.ladder();
        levels = Math.min(ladder.count(), mostLevels);
        count = 0;
        median = 0;
        if (levels < FEWEST_LEVELS) {
            return;
        }
        BestLevels best = ladder.best();
        if (!ladder.followBest(levels)) {
            searchAnewSlowPath(ladder, side.step());
            return;
        }
        int rank = (levels - 1) >>> 1;
        median = best.pivot();
        if (best.below() > rank || best.upTo() <= rank) {
            copy(ladder);
            below = best.below() + length - levels;
            upTo = best.upTo() + length - levels;
            stepToMedian(rank + length - levels);
            best.countFrom(median, below - length + levels, upTo - length + levels);
        }
        long bound = bound();
        if (bound < best.mark() || bound >>> 1 > best.mark()) {
            searchAnewSlowPath(ladder, side.step());
            return;
        }
        for (int i = 0; i < best.largeCount(); i++) {
            long key = best.largeKey(i);
            long quantity = ladder.denseQuantity(key);
            if (quantity > bound) {
                add(key * side.step(), quantity);
            }
        }
    }

    /** Looks at all levels, from the last median on, and has them followed from here on. */
    private void searchAnewSlowPath(Ladder ladder, long step) {
        copy(ladder);
        BestLevels best = ladder.best();
        median = best.pivot();
        below = countBelow(median);
        upTo = countBelow(median + 1);
        stepToMedian(((levels - 1) >>> 1) + length - levels);
        long bound = bound();
        long mark = bound - (bound >>> 2);
        best.begin(keyAt(ladder, length - 1), levels, mark);
        best.countFrom(median, below - length + levels, upTo - length + levels);
        for (int i = 0; i < length; i++) {
            if (quantities[i] > mark) {
                best.addLarge(keyAt(ladder, i));
                if (quantities[i] > bound) {
                    add(keyAt(ladder, i) * step, quantities[i]);
                }
            }
        }
        if (!ladder.isInWindow(keyAt(ladder, length - 1))) {
            best.forget();
        }
    }

    private void copy(Ladder ladder) {
        length = ladder.copyBestByKey(quantities, levels);
        isByPrice = length != 0;
        if (!isByPrice) {
            length = ladder.copyBest(1, keys, quantities, levels);
        }
    }

    private long keyAt(Ladder ladder, int index) {
        return isByPrice ? ladder.bestKey() + index : keys[index];
    }

    /** What a wall is larger than. */
    private long bound() {
        return Math.multiplyHigh(median, multiple) == 0 && median * multiple > 0
                ? median * multiple : Long.MAX_VALUE;
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

    /** From a quantity that was counted from to the one at {@code rank} in the order of sizes. */
    private void stepToMedian(int rank) {
        int steps = 0;
        while (below > rank && steps++ < MOST_STEPS) {
            median = largestBelow(median);
            upTo = below;
            below = countBelow(median);
        }
        while (upTo <= rank && steps++ < MOST_STEPS) {
            median = smallestAbove(median);
            below = upTo;
            upTo = countBelow(median + 1);
        }
        if (below > rank || upTo <= rank) {
            System.arraycopy(quantities, 0, shuffled, 0, length);
            median = select(shuffled, length, rank);
            below = countBelow(median);
            upTo = countBelow(median + 1);
        }
    }

    /** How many quantities are less. All are at least 0, so that the sign of a difference is right. */
    private int countBelow(long bound) {
        long less = 0;
        for (int i = 0; i < length; i++) {
            less += (quantities[i] - bound) >>> (Long.SIZE - 1);
        }
        return (int) less;
    }

    /** The largest quantity below {@code bound}; there must be one. */
    private long largestBelow(long bound) {
        long largest = Long.MIN_VALUE;
        for (int i = 0; i < length; i++) {
            long difference = quantities[i] - bound;
            long isBelow = difference >> (Long.SIZE - 1);
            largest = Math.max(largest, (difference & isBelow) | (~isBelow & Long.MIN_VALUE));
        }
        return bound + largest;
    }

    /** The smallest quantity above {@code bound}; there must be one. */
    private long smallestAbove(long bound) {
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
