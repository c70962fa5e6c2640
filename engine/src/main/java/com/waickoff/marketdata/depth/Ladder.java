package com.waickoff.marketdata.depth;

import java.util.Arrays;

/**
 * One side of a book by keys, smaller keys being nearer to the touch: a window of dense quantities
 * that begins just before the best level, and {@link FarLevels} beyond it.
 *
 * <pre>
 *        base      best                       base + window
 *         |  ≤ ½    |                              |
 *   ------+---------+------------------------------+---------------------->  key
 *   empty | quantities[key &amp; mask]                 | FarLevels
 *         +----------------------------------------+
 *           one bit a key:   occupied  (64 keys a word)     sum of each word
 *           one bit a word:  summary   (4,096 keys a word)  sum of each 64 words
 * </pre>
 *
 * <p>Always: no level is before {@code base}; the best level, if any, is in the first half of the
 * window; each level beyond the window is in the far levels. So the best, the next and the sum up
 * to a price are found by looking at a few words, however many levels there are. The array is
 * circular, so that moving the window copies nothing that stays in it.
 *
 * <p>Sums are kept modulo 2^64. {@link #sumsMayWrap()} says, from the bits that any quantity ever
 * used, whether a sum can have left the range of a long; only then is the slow way taken, which
 * adds level by level and stays at the largest long.
 *
 * <p>Threads: one writer, who is also the only reader.
 */
final class Ladder {
    /** No level: beyond every key. */
    static final long NO_KEY = Long.MAX_VALUE;
    /** Fewest keys of a window: one word of the summary. */
    static final int MIN_WINDOW = 1 << 12;

    private static final int WORD_SHIFT = 6;
    private static final int SUPER_SHIFT = 12;
    private static final int IN_WORD = 63;

    private final long[] quantities;
    private final long[] occupied;
    private final long[] summary;
    private final long[] wordSums;
    private final long[] superSums;
    private final FarLevels far;
    private final BestLevels best;
    private final long mask;
    private final int wordMask;
    private final int summaryMask;

    private long base;
    private long bestKey = NO_KEY;
    /** No dense level is beyond it; the worst one is looked for from here when it is wanted. */
    private long worstBound = Long.MIN_VALUE;
    private long denseSum;
    private int denseCount;
    private long quantityBits;
    private long moveCount;

    /**
     * An empty side.
     *
     * @param window keys of the dense window, a power of two from {@link #MIN_WINDOW}
     * @param far empty; this ladder's alone from now on
     * @param best follows nothing; this ladder's alone from now on
     */
    Ladder(int window, FarLevels far, BestLevels best) {
        if (window < MIN_WINDOW || Integer.bitCount(window) != 1) {
            throw new IllegalArgumentException(
                    "window is " + window + ", allowed is a power of two from " + MIN_WINDOW);
        }
        this.far = far;
        this.best = best;
        quantities = new long[window];
        occupied = new long[window >> WORD_SHIFT];
        wordSums = new long[window >> WORD_SHIFT];
        summary = new long[window >> SUPER_SHIFT];
        superSums = new long[window >> SUPER_SHIFT];
        mask = quantities.length - 1L;
        wordMask = occupied.length - 1;
        summaryMask = summary.length - 1;
    }

    /**
     * Sets the quantity at {@code key}; 0 removes the level, and is fine where there is none.
     *
     * @param quantity at least 0
     */
    void set(long key, long quantity) {
        quantityBits |= quantity;
        if (((key - base) & ~mask) != 0) {
            setOutsideWindowSlowPath(key, quantity);
            return;
        }
        int slot = (int) (key & mask);
        long previous = quantities[slot];
        quantities[slot] = quantity;
        long change = quantity - previous;
        denseSum += change;
        wordSums[slot >> WORD_SHIFT] += change;
        superSums[slot >> SUPER_SHIFT] += change;
        best.onChange(key, previous, quantity);
        if (previous == 0) {
            if (quantity != 0) {
                occupy(key, slot);
            }
        } else if (quantity == 0) {
            vacate(key, slot);
        }
    }

    /** The best key, or {@link #NO_KEY}. */
    long bestKey() {
        return bestKey;
    }

    /** The quantity at the best key; 0 if there is no level. */
    long bestQuantity() {
        return bestKey == NO_KEY ? 0 : quantities[(int) (bestKey & mask)];
    }

    /** The quantity at {@code key} if it is inside the window, else 0. */
    long denseQuantity(long key) {
        return isInWindow(key) ? quantities[(int) (key & mask)] : 0;
    }

    /** Whether {@code key} is one of the dense window. */
    boolean isInWindow(long key) {
        return ((key - base) & ~mask) == 0;
    }

    /** The farthest key, or {@link #NO_KEY} if there is no level. */
    long worstKey() {
        if (far.count() != 0) {
            return far.lastKey();
        }
        return denseCount == 0 ? NO_KEY : worstDenseKey();
    }

    int count() {
        return denseCount + far.count();
    }

    /** Keys of the window. */
    int window() {
        return quantities.length;
    }

    /** First key of the window. */
    long base() {
        return base;
    }

    FarLevels far() {
        return far;
    }

    BestLevels best() {
        return best;
    }

    /** How often the window was moved. */
    long moveCount() {
        return moveCount;
    }

    /** Whether the sum of all levels could leave the range of a long. */
    boolean sumsMayWrap() {
        int quantityWidth = Long.SIZE - Long.numberOfLeadingZeros(quantityBits);
        int countWidth = Integer.SIZE - Integer.numberOfLeadingZeros(count());
        return quantityWidth + countWidth >= Long.SIZE;
    }

    /** Sum of the quantities at keys up to {@code limit}, included; stays at the largest long. */
    long sumUpTo(long limit) {
        if (bestKey > limit) {
            return 0;
        }
        if (sumsMayWrap()) {
            return saturatingSumUpToSlowPath(limit);
        }
        if (limit >= worstBound || limit >= worstDenseKey()) {
            return far.count() == 0 ? denseSum : denseSum + far.sumUpTo(limit);
        }
        long sum = 0;
        long word = bestKey >> WORD_SHIFT;
        long lastWord = limit >> WORD_SHIFT;
        while (word < lastWord) {
            int superWord = (int) (word >> WORD_SHIFT) & summaryMask;
            long end = Math.min((word | IN_WORD) + 1, lastWord);
            if (end - word == Long.SIZE) {
                sum += superSums[superWord];
            } else {
                int from = (int) word & wordMask;
                int to = from + (int) (end - word);
                for (int i = from; i < to; i++) {
                    sum += wordSums[i];
                }
            }
            word = end;
        }
        return sum + sumWithinWord((int) lastWord & wordMask,
                -1L >>> (IN_WORD - (limit & IN_WORD)));
    }

    /** Sum of the best {@code levels} quantities; stays at the largest long. */
    long sumOfBest(int levels) {
        if (sumsMayWrap()) {
            return saturatingSumOfBestSlowPath(levels);
        }
        int left = Math.min(levels, denseCount);
        long sum = 0;
        if (left > 0) {
            int word = wordOf(bestKey);
            long bits = occupied[word];
            int inWord = Long.bitCount(bits);
            while (inWord < left) {
                sum += wordSums[word];
                left -= inWord;
                word = nextOccupiedWord(word);
                bits = occupied[word];
                inWord = Long.bitCount(bits);
            }
            if (inWord == left) {
                sum += wordSums[word];
            } else {
                int slots = word << WORD_SHIFT;
                for (; left > 0; left--, bits &= bits - 1) {
                    sum += quantities[slots + Long.numberOfTrailingZeros(bits)];
                }
            }
        }
        return levels > denseCount && far.count() != 0 ? sum + far.sumOfNearest(levels - denseCount)
                : sum;
    }

    /**
     * Copies the best levels, best first.
     *
     * @param step what a key is multiplied by to give a price; negative for bids
     * @param limit how many at most
     * @return how many
     */
    int copyBest(long step, long[] intoPrices, long[] intoQuantities, int limit) {
        int dense = Math.min(limit, denseCount);
        if (dense > 0) {
            int word = wordOf(bestKey);
            long wordKey = bestKey & -Long.SIZE;
            int to = 0;
            while (true) {
                int slots = word << WORD_SHIFT;
                for (long bits = occupied[word]; bits != 0; bits &= bits - 1) {
                    int bit = Long.numberOfTrailingZeros(bits);
                    intoPrices[to] = (wordKey + bit) * step;
                    intoQuantities[to] = quantities[slots + bit];
                    if (++to == dense) {
                        return dense == limit ? dense
                                : far.copyNearest(step, intoPrices, intoQuantities, dense, limit);
                    }
                }
                int next = nextOccupiedWord(word);
                wordKey += (long) ((next - word) & wordMask) << WORD_SHIFT;
                word = next;
            }
        }
        return 0;
    }

    /**
     * Copies the quantities of the best levels by their keys, {@code into[0]} at {@link #bestKey()};
     * 0 where there is no level between them.
     *
     * @param levels how many, from 1 to {@link #count()}
     * @return how many keys they take, or 0 if they take more than there is room for, or are not all
     *     in the window: then nothing was copied
     */
    int copyBestByKey(long[] into, int levels) {
        if (levels > denseCount) {
            return 0;
        }
        int word = wordOf(bestKey);
        long wordKey = bestKey & -Long.SIZE;
        long bits = occupied[word];
        int left = levels;
        for (int inWord = Long.bitCount(bits); inWord < left; inWord = Long.bitCount(bits)) {
            left -= inWord;
            int next = nextOccupiedWord(word);
            wordKey += (long) ((next - word) & wordMask) << WORD_SHIFT;
            word = next;
            bits = occupied[word];
        }
        for (; left > 1; left--) {
            bits &= bits - 1;
        }
        long keys = wordKey + Long.numberOfTrailingZeros(bits) - bestKey + 1;
        if (keys > into.length) {
            return 0;
        }
        int slot = (int) (bestKey & mask);
        int upToEnd = Math.min((int) keys, quantities.length - slot);
        System.arraycopy(quantities, slot, into, 0, upToEnd);
        System.arraycopy(quantities, 0, into, upToEnd, (int) keys - upToEnd);
        return (int) keys;
    }

    /**
     * Has {@link #best()} follow so many levels, one by one.
     *
     * @return false if it follows nothing, or not all of them are in the window
     */
    boolean followBest(int levels) {
        while (best.isFollowing() && best.levels() > levels) {
            long last = best.lastKey();
            best.retract(denseQuantity(last), lastKeyUpTo(last - 1));
        }
        while (best.isFollowing() && best.levels() < Math.min(levels, denseCount)) {
            long next = nextKey(best.lastKey());
            best.extend(next, denseQuantity(next));
        }
        return best.isFollowing() && best.levels() == levels;
    }

    /** Removes all levels; the window stays where it is. */
    void clear() {
        best.forget();
        for (int superWord = 0; superWord < summary.length; superWord++) {
            for (long words = summary[superWord]; words != 0; words &= words - 1) {
                int word = (superWord << WORD_SHIFT) + Long.numberOfTrailingZeros(words);
                int slot = word << WORD_SHIFT;
                Arrays.fill(quantities, slot, slot + Long.SIZE, 0);
                occupied[word] = 0;
                wordSums[word] = 0;
            }
            summary[superWord] = 0;
            superSums[superWord] = 0;
        }
        far.clear();
        bestKey = NO_KEY;
        worstBound = Long.MIN_VALUE;
        denseCount = 0;
        denseSum = 0;
        quantityBits = 0;
    }

    /** Places the window of an empty side, where a checkpoint says it was. */
    void restoreBase(long restored) {
        base = restored & -Long.SIZE;
    }

    /** Moves all levels of this ladder, the far ones by reference, to a wider one; this is void. */
    Ladder widened(int window) {
        best.forget();
        Ladder wider = new Ladder(window, far, best);
        if (bestKey == NO_KEY) {
            return wider;
        }
        wider.base = wider.baseFor(bestKey);
        wider.moveCount = moveCount;
        wider.quantityBits = quantityBits;
        long key = bestKey;
        for (int left = denseCount; left > 0; left--) {
            wider.place(key, quantities[(int) (key & mask)]);
            key = left > 1 ? nextKey(key) : key;
        }
        wider.bestKey = bestKey;
        wider.promoteFarLevels();
        return wider;
    }

    /** Multiplies each key by {@code factor}: the grid became finer. */
    void scaleKeysSlowPath(long factor) {
        if (bestKey == NO_KEY) {
            far.scaleKeys(factor);
            return;
        }
        best.forget();
        spillSlowPath(base);
        far.scaleKeys(factor);
        bestKey *= factor;
        base = baseFor(bestKey);
        worstBound = Long.MIN_VALUE;
        promoteFarLevels();
    }

    private void occupy(long key, int slot) {
        int word = slot >> WORD_SHIFT;
        occupied[word] |= 1L << slot;
        summary[word >> WORD_SHIFT] |= 1L << word;
        denseCount++;
        worstBound = Math.max(worstBound, key);
        if (key < bestKey) {
            bestKey = key;
            keepBestInFirstHalf();
        }
    }

    private void vacate(long key, int slot) {
        int word = slot >> WORD_SHIFT;
        long left = occupied[word] & ~(1L << slot);
        occupied[word] = left;
        if (left == 0) {
            summary[word >> WORD_SHIFT] &= ~(1L << word);
        }
        denseCount--;
        if (key == bestKey) {
            // No level is before the best, so what is left in its word comes after it.
            if (left != 0) {
                bestKey = (key & -Long.SIZE) + Long.numberOfTrailingZeros(left);
            } else {
                bestLeftItsWord(key, word);
            }
            keepBestInFirstHalf();
        }
    }

    private void keepBestInFirstHalf() {
        if (((bestKey - base) & ~(mask >> 1)) != 0) {
            moveWindowSlowPath();
        }
    }

    private void bestLeftItsWord(long key, int word) {
        if (denseCount == 0) {
            bestKey = far.count() == 0 ? NO_KEY : far.firstKey();
            return;
        }
        int next = nextOccupiedWord(word);
        bestKey = (key & -Long.SIZE) + ((long) ((next - word) & wordMask) << WORD_SHIFT)
                + Long.numberOfTrailingZeros(occupied[next]);
    }

    /** The next word in the order of keys that holds a level; there must be one. */
    private int nextOccupiedWord(int word) {
        int superWord = word >> WORD_SHIFT;
        long bits = summary[superWord] & (-2L << (word & IN_WORD));
        while (bits == 0) {
            superWord = (superWord + 1) & summaryMask;
            bits = summary[superWord];
        }
        return (superWord << WORD_SHIFT) + Long.numberOfTrailingZeros(bits);
    }

    /** The next key in the window that holds a level; there must be one. */
    private long nextKey(long key) {
        int word = wordOf(key);
        long bits = occupied[word] & (-2L << (key & IN_WORD));
        if (bits != 0) {
            return (key & -Long.SIZE) + Long.numberOfTrailingZeros(bits);
        }
        int next = nextOccupiedWord(word);
        return (key & -Long.SIZE) + ((long) ((next - word) & wordMask) << WORD_SHIFT)
                + Long.numberOfTrailingZeros(occupied[next]);
    }

    /** The farthest key in the window; there must be a level. */
    private long worstDenseKey() {
        worstBound = lastKeyUpTo(worstBound);
        return worstBound;
    }

    /** The last key up to {@code key} that holds a level; there must be one in the window. */
    private long lastKeyUpTo(long key) {
        int word = wordOf(key);
        long within = occupied[word] & (-1L >>> (IN_WORD - (key & IN_WORD)));
        if (within != 0) {
            return (key & -Long.SIZE) + IN_WORD - Long.numberOfLeadingZeros(within);
        }
        int superWord = word >> WORD_SHIFT;
        long bits = summary[superWord] & ((1L << (word & IN_WORD)) - 1);
        while (bits == 0) {
            superWord = (superWord - 1) & summaryMask;
            bits = summary[superWord];
        }
        int found = (superWord << WORD_SHIFT) + IN_WORD - Long.numberOfLeadingZeros(bits);
        long wordKey = (key & -Long.SIZE) - ((long) ((word - found) & wordMask) << WORD_SHIFT);
        return wordKey + IN_WORD - Long.numberOfLeadingZeros(occupied[found]);
    }

    private int wordOf(long key) {
        return (int) (key & mask) >> WORD_SHIFT;
    }

    /** Sum of the word's levels in {@code bitMask}: adds them, or takes the fewer others away. */
    private long sumWithinWord(int word, long bitMask) {
        long bits = occupied[word];
        long inside = bits & bitMask;
        return 2 * Long.bitCount(inside) <= Long.bitCount(bits) ? sumOf(word, inside)
                : wordSums[word] - sumOf(word, bits & ~bitMask);
    }

    private long sumOf(int word, long chosen) {
        int slots = word << WORD_SHIFT;
        long sum = 0;
        for (long bits = chosen; bits != 0; bits &= bits - 1) {
            sum += quantities[slots + Long.numberOfTrailingZeros(bits)];
        }
        return sum;
    }

    private void setOutsideWindowSlowPath(long key, long quantity) {
        if (bestKey == NO_KEY || key < base) {
            // Nothing is there, so there is nothing to remove; a level becomes the best.
            if (quantity != 0) {
                moveWindowTo(baseFor(key));
                set(key, quantity);
            }
        } else {
            far.set(key, quantity);
        }
    }

    private void moveWindowSlowPath() {
        if (bestKey != NO_KEY) {
            moveWindowTo(baseFor(bestKey));
            promoteFarLevels();
        }
    }

    /** A quarter of the window is left before the best, for prices that improve. */
    private long baseFor(long best) {
        return (best - (quantities.length >> 2)) & -Long.SIZE;
    }

    private void moveWindowTo(long newBase) {
        best.forget();
        if (newBase < base) {
            spillSlowPath(Math.max(newBase + quantities.length, base));
        }
        base = newBase;
        worstBound = Math.min(worstBound, base + mask);
        moveCount++;
    }

    /** Moves the levels from {@code firstKey}, which begins a word, to the far levels. */
    private void spillSlowPath(long firstKey) {
        if (denseCount == 0) {
            return;
        }
        long end = base + quantities.length;
        for (long wordKey = firstKey; wordKey < end; wordKey += Long.SIZE) {
            int word = wordOf(wordKey);
            int slots = word << WORD_SHIFT;
            for (long bits = occupied[word]; bits != 0; bits &= bits - 1) {
                int bit = Long.numberOfTrailingZeros(bits);
                far.set(wordKey + bit, quantities[slots + bit]);
                denseSum -= quantities[slots + bit];
                quantities[slots + bit] = 0;
                denseCount--;
            }
            superSums[word >> WORD_SHIFT] -= wordSums[word];
            wordSums[word] = 0;
            occupied[word] = 0;
            summary[word >> WORD_SHIFT] &= ~(1L << word);
        }
    }

    private void promoteFarLevels() {
        long end = base + quantities.length;
        while (far.count() != 0 && far.firstKey() < end) {
            place(far.firstKey(), far.firstQuantity());
            far.removeFirst();
        }
    }

    private void place(long key, long quantity) {
        int slot = (int) (key & mask);
        int word = slot >> WORD_SHIFT;
        quantities[slot] = quantity;
        wordSums[word] += quantity;
        superSums[word >> WORD_SHIFT] += quantity;
        occupied[word] |= 1L << slot;
        summary[word >> WORD_SHIFT] |= 1L << word;
        denseCount++;
        denseSum += quantity;
        worstBound = Math.max(worstBound, key);
    }

    private long saturatingSumUpToSlowPath(long limit) {
        long sum = 0;
        long key = bestKey;
        for (int left = denseCount; left > 0 && key <= limit; left--) {
            sum = DepthMeasures.saturatingAdd(sum, quantities[(int) (key & mask)]);
            key = left > 1 ? nextKey(key) : key;
        }
        return far.saturatingSumUpTo(limit, sum);
    }

    private long saturatingSumOfBestSlowPath(int levels) {
        long sum = 0;
        long key = bestKey;
        int dense = Math.min(levels, denseCount);
        for (int left = dense; left > 0; left--) {
            sum = DepthMeasures.saturatingAdd(sum, quantities[(int) (key & mask)]);
            key = left > 1 ? nextKey(key) : key;
        }
        return far.saturatingSumOfNearest(levels - dense, sum);
    }
}
