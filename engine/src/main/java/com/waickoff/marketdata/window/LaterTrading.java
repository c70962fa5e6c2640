package com.waickoff.marketdata.window;

/**
 * Which points of control are naked: not traded through since their window closed. One pass over
 * bars, from the newest to the oldest.
 *
 * <pre>
 *   later.add(open window's low, high);                    if there is one
 *   for each closed bar, newest first:
 *       if (!later.reached(poc, rowSize, close)) …         naked
 *       later.add(low, high);
 * </pre>
 *
 * <p>A row is reached when a later trade was in it, or on the other side of it than the window's
 * last trade: a price that jumps over a row trades through it.
 *
 * <p>Prices in scaled price units. Threads: one.
 */
public final class LaterTrading {
    private long lowest = Long.MAX_VALUE;
    private long highest = Long.MIN_VALUE;

    /** Adds a bar that is older than all that were added before. */
    public void add(long low, long high) {
        lowest = Math.min(lowest, low);
        highest = Math.max(highest, high);
    }

    /**
     * Whether what was added has traded through a row.
     *
     * @param rowLow low edge of the row
     * @param rowSize its height
     * @param close last price before the trading that was added
     */
    public boolean reached(long rowLow, long rowSize, long close) {
        if (lowest > highest) {
            return false;
        }
        boolean stayedAbove = lowest >= rowLow + rowSize && close >= rowLow;
        boolean stayedBelow = highest < rowLow && close < rowLow + rowSize;
        return !stayedAbove && !stayedBelow;
    }
}
