package com.waickoff.marketdata.depth;

import java.util.Arrays;

/**
 * The levels of a side beyond its {@link Ladder}'s window, exact and bounded, in the order of their
 * keys: a list of small sorted blocks.
 *
 * <pre>
 *  position     0            1            2
 *  first key    -7001        -6210        -5003          binary search finds the block,
 *               +---------+  +---------+  +---------+    then the place within it;
 *  block        | ≤ 64    |  | ≤ 64    |  | ≤ 64    |    a full block splits in two, two
 *               | levels  |  | levels  |  | levels  |    neighbours of ≤ 48 together merge
 *               +---------+  +---------+  +---------+
 * </pre>
 *
 * <p>Why not a hash map: the nearest levels are wanted in order when a thin book is published or
 * the window moves, the farthest when the bound is met, and a sum up to a price at any time. Here
 * each of them costs the same however many levels there are, but for a few steps of a search.
 *
 * <p>Smaller keys are nearer to the touch. Threads: one writer, who is also the only reader.
 */
final class FarLevels {
    private static final int BLOCK_LEVELS = 64;
    private static final int MERGE_LEVELS = 48;

    private final int capacity;
    private final long[] keys;
    private final long[] quantities;
    /** The block at each position; blocks do not move when the order of positions changes. */
    private final int[] blockAt;
    private final int[] sizeAt;
    private final long[] firstKeyAt;
    /** Sum of the block's quantities modulo 2^64: exact where the ladder's bound says so. */
    private final long[] sumAt;
    private final int[] freeBlocks;
    private int freeCount;
    private int blockCount;
    private int levelCount;
    private long forgottenFrom = Ladder.NO_KEY;
    private long forgottenCount;

    /** Levels for at most {@code capacity} keys, all memory taken now. */
    FarLevels(int capacity) {
        // Two neighbours hold more than 48 together, so 24 a block is the worst that can come.
        int maxBlocks = capacity / (MERGE_LEVELS / 2) + 2;
        this.capacity = capacity;
        keys = new long[maxBlocks * BLOCK_LEVELS];
        quantities = new long[maxBlocks * BLOCK_LEVELS];
        blockAt = new int[maxBlocks];
        sizeAt = new int[maxBlocks];
        firstKeyAt = new long[maxBlocks];
        sumAt = new long[maxBlocks];
        freeBlocks = new int[maxBlocks];
        clear();
    }

    int count() {
        return levelCount;
    }

    int capacity() {
        return capacity;
    }

    /** The nearest key; there must be a level. */
    long firstKey() {
        return firstKeyAt[0];
    }

    /** The farthest key; there must be a level. */
    long lastKey() {
        int last = blockCount - 1;
        return keys[start(last) + sizeAt[last] - 1];
    }

    /** The nearest key ever forgotten since the last clear, or {@link Ladder#NO_KEY}. */
    long forgottenFrom() {
        return forgottenFrom;
    }

    /** How many levels were forgotten, ever. */
    long forgottenCount() {
        return forgottenCount;
    }

    /** Takes over what an earlier process had forgotten. */
    void restoreForgottenFrom(long key) {
        forgottenFrom = key;
    }

    void clear() {
        int maxBlocks = freeBlocks.length;
        for (int i = 0; i < maxBlocks; i++) {
            freeBlocks[i] = maxBlocks - 1 - i;
        }
        freeCount = maxBlocks;
        blockCount = 0;
        levelCount = 0;
        forgottenFrom = Ladder.NO_KEY;
    }

    /** Sets the quantity at {@code key}; 0 removes the level, and is fine where there is none. */
    void set(long key, long quantity) {
        if (blockCount == 0) {
            if (quantity != 0) {
                insertFirst(key, quantity);
            }
            return;
        }
        int position = position(key);
        int index = index(position, key);
        boolean found = index < start(position) + sizeAt[position] && keys[index] == key;
        if (quantity == 0) {
            if (found) {
                remove(position, index);
            }
        } else if (found) {
            sumAt[position] += quantity - quantities[index];
            quantities[index] = quantity;
        } else if (levelCount < capacity) {
            insert(position, index, key, quantity);
        } else {
            insertWhenFullSlowPath(key, quantity);
        }
    }

    /** The quantity at the nearest key; there must be a level. */
    long firstQuantity() {
        return quantities[start(0)];
    }

    /** Removes the nearest level; there must be one. */
    void removeFirst() {
        remove(0, start(0));
    }

    /** Sum of the quantities at keys up to and including {@code limit}, modulo 2^64. */
    long sumUpTo(long limit) {
        long sum = 0;
        for (int position = 0; position < blockCount; position++) {
            if (position + 1 < blockCount && firstKeyAt[position + 1] <= limit) {
                sum += sumAt[position];
                continue;
            }
            int start = start(position);
            int end = start + sizeAt[position];
            for (int i = start; i < end && keys[i] <= limit; i++) {
                sum += quantities[i];
            }
            break;
        }
        return sum;
    }

    /** As {@link #sumUpTo} on top of {@code from}, but stays at the largest long. */
    long saturatingSumUpTo(long limit, long from) {
        long sum = from;
        for (int position = 0; position < blockCount; position++) {
            int start = start(position);
            int end = start + sizeAt[position];
            for (int i = start; i < end; i++) {
                if (keys[i] > limit) {
                    return sum;
                }
                sum = DepthMeasures.saturatingAdd(sum, quantities[i]);
            }
        }
        return sum;
    }

    /** Sum of the quantities of the nearest {@code levels}, modulo 2^64. */
    long sumOfNearest(int levels) {
        long sum = 0;
        int left = levels;
        for (int position = 0; position < blockCount && left > 0; position++) {
            int start = start(position);
            int end = start + Math.min(left, sizeAt[position]);
            for (int i = start; i < end; i++) {
                sum += quantities[i];
            }
            left -= sizeAt[position];
        }
        return sum;
    }

    /** As {@link #sumOfNearest} on top of {@code from}, but stays at the largest long. */
    long saturatingSumOfNearest(int levels, long from) {
        long sum = from;
        int left = levels;
        for (int position = 0; position < blockCount && left > 0; position++) {
            int start = start(position);
            int end = start + Math.min(left, sizeAt[position]);
            for (int i = start; i < end; i++) {
                sum = DepthMeasures.saturatingAdd(sum, quantities[i]);
            }
            left -= sizeAt[position];
        }
        return sum;
    }

    /**
     * Copies the nearest levels.
     *
     * @param step what a key is multiplied by to give a price; negative for bids
     * @param from first index to write
     * @param limit index to stop before
     * @return index after the last one written
     */
    int copyNearest(long step, long[] intoPrices, long[] intoQuantities, int from, int limit) {
        int to = from;
        for (int position = 0; position < blockCount && to < limit; position++) {
            int start = start(position);
            int end = Math.min(start + sizeAt[position], start + limit - to);
            for (int i = start; i < end; i++) {
                intoPrices[to] = keys[i] * step;
                intoQuantities[to++] = quantities[i];
            }
        }
        return to;
    }

    /** Multiplies each key by {@code factor}: the grid became finer. */
    void scaleKeys(long factor) {
        for (int position = 0; position < blockCount; position++) {
            int start = start(position);
            for (int i = start; i < start + sizeAt[position]; i++) {
                keys[i] *= factor;
            }
            firstKeyAt[position] *= factor;
        }
        if (forgottenFrom != Ladder.NO_KEY) {
            forgottenFrom *= factor;
        }
    }

    private int start(int position) {
        return blockAt[position] * BLOCK_LEVELS;
    }

    /** The last position whose first key is not above {@code key}, or 0. */
    private int position(long key) {
        int low = 0;
        int high = blockCount;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (firstKeyAt[middle] <= key) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Index of the first key in this block that is not below {@code key}, or the block's end. */
    private int index(int position, long key) {
        int low = start(position);
        int high = low + sizeAt[position];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (keys[middle] < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void insertFirst(long key, long quantity) {
        if (capacity == 0) {
            forget(key);
            return;
        }
        int block = freeBlocks[--freeCount];
        blockAt[0] = block;
        blockCount = 1;
        sizeAt[0] = 0;
        sumAt[0] = 0;
        insert(0, block * BLOCK_LEVELS, key, quantity);
    }

    private void insert(int intoPosition, int intoIndex, long key, long quantity) {
        int position = intoPosition;
        int index = intoIndex;
        if (sizeAt[position] == BLOCK_LEVELS) {
            split(position);
            if (key >= firstKeyAt[position + 1]) {
                position++;
            }
            index = index(position, key);
        }
        int end = start(position) + sizeAt[position];
        System.arraycopy(keys, index, keys, index + 1, end - index);
        System.arraycopy(quantities, index, quantities, index + 1, end - index);
        keys[index] = key;
        quantities[index] = quantity;
        sizeAt[position]++;
        sumAt[position] += quantity;
        firstKeyAt[position] = keys[start(position)];
        levelCount++;
    }

    /** The bound is met: of the levels held and the new one, the farthest is forgotten. */
    private void insertWhenFullSlowPath(long key, long quantity) {
        long last = lastKey();
        if (key > last) {
            forget(key);
            return;
        }
        int position = blockCount - 1;
        remove(position, start(position) + sizeAt[position] - 1);
        forget(last);
        set(key, quantity);
    }

    private void forget(long key) {
        forgottenFrom = Math.min(forgottenFrom, key);
        forgottenCount++;
    }

    private void remove(int position, int index) {
        int size = --sizeAt[position];
        levelCount--;
        if (size == 0) {
            // Its neighbours, if any, hold enough not to be merged: see the bound on blocks.
            removeBlock(position);
            return;
        }
        int start = start(position);
        sumAt[position] -= quantities[index];
        System.arraycopy(keys, index + 1, keys, index, start + size - index);
        System.arraycopy(quantities, index + 1, quantities, index, start + size - index);
        firstKeyAt[position] = keys[start];
        if (position + 1 < blockCount && size + sizeAt[position + 1] <= MERGE_LEVELS) {
            merge(position);
        } else if (position > 0 && sizeAt[position - 1] + size <= MERGE_LEVELS) {
            merge(position - 1);
        }
    }

    private void split(int position) {
        int half = BLOCK_LEVELS / 2;
        int block = freeBlocks[--freeCount];
        int from = start(position) + half;
        int to = block * BLOCK_LEVELS;
        System.arraycopy(keys, from, keys, to, half);
        System.arraycopy(quantities, from, quantities, to, half);
        shiftPositions(position + 1, position + 2);
        blockCount++;
        long upperSum = 0;
        for (int i = to; i < to + half; i++) {
            upperSum += quantities[i];
        }
        blockAt[position + 1] = block;
        sizeAt[position + 1] = half;
        firstKeyAt[position + 1] = keys[to];
        sumAt[position + 1] = upperSum;
        sizeAt[position] = half;
        sumAt[position] -= upperSum;
    }

    /** Takes the levels of the next position over to this one. */
    private void merge(int position) {
        int from = start(position + 1);
        int to = start(position) + sizeAt[position];
        int moved = sizeAt[position + 1];
        System.arraycopy(keys, from, keys, to, moved);
        System.arraycopy(quantities, from, quantities, to, moved);
        sizeAt[position] += moved;
        sumAt[position] += sumAt[position + 1];
        removeBlock(position + 1);
    }

    private void removeBlock(int position) {
        freeBlocks[freeCount++] = blockAt[position];
        shiftPositions(position + 1, position);
        blockCount--;
    }

    private void shiftPositions(int from, int to) {
        int moved = blockCount - from;
        System.arraycopy(blockAt, from, blockAt, to, moved);
        System.arraycopy(sizeAt, from, sizeAt, to, moved);
        System.arraycopy(firstKeyAt, from, firstKeyAt, to, moved);
        System.arraycopy(sumAt, from, sumAt, to, moved);
    }

    @Override
    public String toString() {
        return "FarLevels{count=" + levelCount + ", blocks=" + blockCount + ", firstKeys="
                + Arrays.toString(Arrays.copyOf(firstKeyAt, blockCount)) + '}';
    }
}
