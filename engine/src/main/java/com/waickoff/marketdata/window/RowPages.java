package com.waickoff.marketdata.window;

import java.util.Arrays;

/**
 * The memory of all rows of one instrument: pages of {@link #ROWS_PER_PAGE} rows, given to windows
 * as prices touch them and taken back when a window goes.
 *
 * <p>Dense rows of every kept window would need capacity times windows; a window touches a small
 * part of its capacity, so pages hold the same in a fraction, still allocated once.
 */
final class RowPages {
    static final int PAGE_SHIFT = 5;
    static final int ROWS_PER_PAGE = 1 << PAGE_SHIFT;
    static final int PAGE_MASK = ROWS_PER_PAGE - 1;
    static final int NO_PAGE = -1;
    /** Buy and sell volume stand side by side: one cache line serves both. */
    static final int LONGS_PER_ROW = 2;
    private static final int LONGS_PER_PAGE = ROWS_PER_PAGE * LONGS_PER_ROW;

    final long[] cells;
    /** Where merging rows folds them; twice the capacity of a window. */
    final long[] scratch;
    private final int[] free;
    private int freeCount;

    RowPages(int rowCapacity, int pageCount) {
        cells = new long[Math.multiplyExact(pageCount, LONGS_PER_PAGE)];
        scratch = new long[rowCapacity * LONGS_PER_ROW];
        free = new int[pageCount];
        for (int i = 0; i < pageCount; i++) {
            free[i] = pageCount - 1 - i;
        }
        freeCount = pageCount;
    }

    int freeCount() {
        return freeCount;
    }

    /** A page of zeros, or {@link #NO_PAGE}. */
    int take() {
        return freeCount == 0 ? NO_PAGE : free[--freeCount];
    }

    void giveBack(int page) {
        int from = page * LONGS_PER_PAGE;
        Arrays.fill(cells, from, from + LONGS_PER_PAGE, 0L);
        free[freeCount++] = page;
    }
}
