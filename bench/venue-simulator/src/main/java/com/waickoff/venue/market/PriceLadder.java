package com.waickoff.venue.market;

import java.util.Arrays;

/**
 * An order book on whole ticks, of bounded memory.
 *
 * <p>Both sides share one ring of quantities, indexed by price: what stands at or below the best
 * bid is a bid, what stands at or above the best ask is an ask. So the book cannot cross. A bit a
 * slot tells which are in use; the ring holds more ticks than the book may span, hence no slot ever
 * means two prices.
 *
 * <pre>
 *   price   … 96 97 98 99 | 100 101 102 103 …
 *   lots       5  0  7  2 |   3   0   9   4
 *             bids  best ─┘   └─ best     asks
 * </pre>
 *
 * <p>Not thread safe.
 */
public final class PriceLadder {
    private final long[] lots;
    private final long[] inUse;
    private final int mask;
    private final long span;
    private long bestBid;
    private long bestAsk;
    private long lowestBid;
    private long highestAsk;
    private int bidLevels;
    private int askLevels;

    /**
     * Starts with one level a side.
     *
     * @param span most ticks between the lowest bid and the highest ask
     */
    PriceLadder(int span, long bestBid, long bidLots, long bestAsk, long askLots) {
        int capacity = Math.max(128, Integer.highestOneBit(span) << 1);
        this.lots = new long[capacity];
        this.inUse = new long[capacity >>> 6];
        this.mask = capacity - 1;
        this.span = span;
        this.bestBid = bestBid;
        this.lowestBid = bestBid;
        this.bestAsk = bestAsk;
        this.highestAsk = bestAsk;
        this.bidLevels = 1;
        this.askLevels = 1;
        put(bestBid, bidLots);
        put(bestAsk, askLots);
    }

    public long bestBid() {
        return bestBid;
    }

    public long bestAsk() {
        return bestAsk;
    }

    /** Number of levels of a side, at least 1. */
    public int levels(boolean bid) {
        return bid ? bidLevels : askLevels;
    }

    /** Lots at a price of a side; 0 where there is no level. */
    public long lots(boolean bid, long priceTicks) {
        boolean inside = bid
                ? priceTicks <= bestBid && priceTicks >= lowestBid
                : priceTicks >= bestAsk && priceTicks <= highestAsk;
        return inside ? lots[(int) priceTicks & mask] : 0;
    }

    /**
     * Copies the best levels of a side, best first.
     *
     * @return how many there were, at most the length of the arrays
     */
    public int copyTop(boolean bid, long[] priceTicks, long[] levelLots) {
        int count = Math.min(priceTicks.length, levels(bid));
        long price = bid ? bestBid : bestAsk;
        for (int i = 0; i < count; i++) {
            priceTicks[i] = price;
            levelLots[i] = lots[(int) price & mask];
            if (i + 1 < count) {
                price = bid ? inUseAtOrBelow(price - 1) : inUseAtOrAbove(price + 1);
            }
        }
        return count;
    }

    /** Price of the level farthest from the spread. */
    long farthest(boolean bid) {
        return bid ? lowestBid : highestAsk;
    }

    /** Whether {@link #set} may give the level a quantity: not crossing, not too far out. */
    boolean accepts(boolean bid, long priceTicks) {
        return bid
                ? priceTicks < bestAsk && priceTicks > 0 && highestAsk - priceTicks < span
                : priceTicks > bestBid && priceTicks - lowestBid < span;
    }

    /**
     * Sets a level of a side; 0 removes it. The last level of a side stays.
     *
     * @return whether anything changed
     */
    boolean set(boolean bid, long priceTicks, long newLots) {
        long oldLots = lots(bid, priceTicks);
        if (oldLots == newLots || (newLots == 0 && levels(bid) == 1)) {
            return false;
        }
        if (newLots != 0 && !accepts(bid, priceTicks)) {
            throw new IllegalArgumentException("level " + priceTicks + " crosses " + bestBid + " / "
                    + bestAsk + " or is more than " + span + " ticks from the other end");
        }
        put(priceTicks, newLots);
        int change = (oldLots == 0 ? 1 : 0) - (newLots == 0 ? 1 : 0);
        if (bid) {
            bidLevels += change;
            bestBid = newLots == 0
                    ? (priceTicks == bestBid ? inUseAtOrBelow(priceTicks - 1) : bestBid)
                    : Math.max(bestBid, priceTicks);
            lowestBid = newLots == 0
                    ? (priceTicks == lowestBid ? inUseAtOrAbove(priceTicks + 1) : lowestBid)
                    : Math.min(lowestBid, priceTicks);
        } else {
            askLevels += change;
            bestAsk = newLots == 0
                    ? (priceTicks == bestAsk ? inUseAtOrAbove(priceTicks + 1) : bestAsk)
                    : Math.min(bestAsk, priceTicks);
            highestAsk = newLots == 0
                    ? (priceTicks == highestAsk ? inUseAtOrBelow(priceTicks - 1) : highestAsk)
                    : Math.max(highestAsk, priceTicks);
        }
        return true;
    }

    /** Next level from a price away from the spread; the caller knows that there is one. */
    long nextOutward(boolean bid, long priceTicks) {
        return bid ? inUseAtOrBelow(priceTicks - 1) : inUseAtOrAbove(priceTicks + 1);
    }

    private void put(long priceTicks, long newLots) {
        int slot = (int) priceTicks & mask;
        lots[slot] = newLots;
        long bit = 1L << slot;
        inUse[slot >>> 6] = newLots == 0 ? inUse[slot >>> 6] & ~bit : inUse[slot >>> 6] | bit;
    }

    private long inUseAtOrAbove(long priceTicks) {
        int slot = (int) priceTicks & mask;
        int word = slot >>> 6;
        long bits = inUse[word] & (-1L << slot);
        // One word more than there are: the first one's low bits come last.
        for (int i = 0; i <= inUse.length; i++) {
            if (bits != 0) {
                int found = (word << 6) + Long.numberOfTrailingZeros(bits);
                return priceTicks + ((found - slot) & mask);
            }
            word = (word + 1) & (inUse.length - 1);
            bits = inUse[word];
        }
        throw new IllegalStateException("no level above " + priceTicks);
    }

    private long inUseAtOrBelow(long priceTicks) {
        int slot = (int) priceTicks & mask;
        int word = slot >>> 6;
        long bits = inUse[word] & (-1L >>> (63 - (slot & 63)));
        for (int i = 0; i <= inUse.length; i++) {
            if (bits != 0) {
                int found = (word << 6) + 63 - Long.numberOfLeadingZeros(bits);
                return priceTicks - ((slot - found) & mask);
            }
            word = (word - 1) & (inUse.length - 1);
            bits = inUse[word];
        }
        throw new IllegalStateException("no level below " + priceTicks);
    }

    @Override
    public String toString() {
        return "bids " + bidLevels + " from " + bestBid + ", asks " + askLevels + " from " + bestAsk
                + ", in use " + Arrays.stream(inUse).map(Long::bitCount).sum();
    }
}
