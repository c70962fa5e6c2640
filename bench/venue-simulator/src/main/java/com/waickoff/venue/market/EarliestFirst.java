package com.waickoff.venue.market;

import java.util.Arrays;

/**
 * Which of many things is due first: a tree of winners, whose root is the earliest time; of equal
 * times the lowest number wins. Not thread safe.
 *
 * <pre>
 *              1: #2 at 40
 *          ┌───────┴───────┐
 *      2: #0 at 70     3: #2 at 40
 *       ┌──┴──┐         ┌──┴──┐
 *    #0 70  #1 90    #2 40  #3 never
 * </pre>
 */
public final class EarliestFirst {
    /** Time of what is not due. */
    public static final long NEVER = Long.MAX_VALUE;

    private final long[] times;
    private final int[] winners;
    private final int leaves;

    /** @param count of things, none of which is due */
    public EarliestFirst(int count) {
        leaves = Math.max(2, Integer.highestOneBit(Math.max(1, count - 1)) << 1);
        times = new long[leaves];
        Arrays.fill(times, NEVER);
        winners = new int[leaves];
        // Of equals the lowest: the leftmost leaf below each node.
        for (int node = leaves - 1; node > 0; node--) {
            winners[node] = winnerOf(node);
        }
    }

    /** The number of what is due first; of something not due if nothing is. */
    public int first() {
        return winners[1];
    }

    /** When it is due, or {@link #NEVER}. */
    public long firstTime() {
        return times[winners[1]];
    }

    public void set(int number, long time) {
        times[number] = time;
        for (int node = (number + leaves) >>> 1; node > 0; node >>>= 1) {
            winners[node] = winnerOf(node);
        }
    }

    private int winnerOf(int node) {
        int left = 2 * node;
        int one = left >= leaves ? left - leaves : winners[left];
        int other = left >= leaves ? left + 1 - leaves : winners[left + 1];
        return times[other] < times[one] ? other : one;
    }
}
