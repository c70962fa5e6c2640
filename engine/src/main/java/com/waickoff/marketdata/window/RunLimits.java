package com.waickoff.marketdata.window;

import java.util.Arrays;

/**
 * Which trades may join a {@link TradeRun}: those that every newest window takes in without anything
 * out of the ordinary, so that it does not matter when it does.
 *
 * <ul>
 *   <li>They follow in tape order, and no window is at a seam of its tape.
 *   <li>They are near in price: their block of rows, as large as a page, is <em>known</em>. Each
 *       window has the page, and could hold all known blocks together without merging rows.
 *   <li>No window's volume overflows. No window has closed or lost its rows.
 * </ul>
 *
 * <p>Limits are learnt from a trade that the windows took in one by one, and hold until something
 * else happens to a window: only trades that keep them are added unseen.
 *
 * <p>Threads: those of the windows.
 */
final class RunLimits {
    /** No block has this number: those have fewer bits than a row's. */
    private static final long NO_BLOCK = Long.MIN_VALUE;
    private static final int UNFIT = Window.CLOSED | Window.ROWS_EVICTED;

    private final Window[] newest;
    /** Known blocks, each where its last bits say; one that is pushed out is learnt again. */
    private final long[] known;
    private long lowBlock;
    private long highBlock;
    private long lastTapeKey;
    private long room;

    /**
     * Limits that no trade keeps.
     *
     * @param newest the windows that take runs in
     * @param rowCapacity most rows of a window, a power of two
     */
    RunLimits(Window[] newest, int rowCapacity) {
        this.newest = newest;
        known = new long[rowCapacity >> RowPages.PAGE_SHIFT];
        forget();
    }

    /** Whether the trade may join; if so, it is taken to have done so. */
    boolean admit(long baseRow, long quantity, long tapeKey) {
        long block = baseRow >> RowPages.PAGE_SHIFT;
        if (known[slot(block)] != block || tapeKey < lastTapeKey || quantity > room) {
            return false;
        }
        lastTapeKey = tapeKey;
        room -= quantity;
        return true;
    }

    /** No trade may join: the windows are others, or no longer what they were. */
    void forget() {
        Arrays.fill(known, NO_BLOCK);
        lowBlock = Long.MAX_VALUE;
        highBlock = Long.MIN_VALUE;
    }

    /** Learns from the windows as they are, a trade in this row having been added just now. */
    void learn(long baseRow) {
        long block = baseRow >> RowPages.PAGE_SHIFT;
        lowBlock = Math.min(lowBlock, block);
        highBlock = Math.max(highBlock, block);
        lastTapeKey = Long.MIN_VALUE;
        room = Long.MAX_VALUE;
        boolean hasPages = true;
        for (Window window : newest) {
            Bar bar = window.bar();
            if (window.has(UNFIT) || !bar.isBetweenSeams()
                    || !window.rows().couldHold(lowBlock, highBlock)) {
                forget();
                return;
            }
            lastTapeKey = Math.max(lastTapeKey, bar.lastTapeKey());
            room = Math.min(room, Long.MAX_VALUE - bar.volume());
            hasPages &= window.rows().hasPage(block);
        }
        if (hasPages) {
            known[slot(block)] = block;
        }
    }

    private int slot(long block) {
        return (int) block & (known.length - 1);
    }
}
