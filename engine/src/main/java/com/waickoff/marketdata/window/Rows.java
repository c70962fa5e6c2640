package com.waickoff.marketdata.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Price-bucketed buy and sell volume of one window.
 *
 * <pre>
 *   base row  = floor(price / base)              base: the instrument's row height, given by the caller
 *   row k     = floor(base row / 2^m)            m: smallest with high k - low k &lt; capacity
 *   cell of k = page[(k mod capacity) / 32] * 32 + k mod 32
 * </pre>
 *
 * <p>m depends on the window's range alone, not on the order of its trades: halving is exact
 * whenever it is done. Because fewer than {@code capacity} neighbouring rows are in use, their
 * numbers modulo the capacity never collide and the range may move either way without an origin.
 */
public final class Rows implements RowVolumes {
    /**
     * The row's own page, and one more when merging parts the two ends of the range that shared a
     * page because the range wrapped around the capacity.
     */
    private static final int MOST_PAGES_FOR_ONE_ROW = 2;

    private final RowPages pages;
    private final int[] pageOf;
    private final int capacity;
    private final int mask;
    private final long baseSize;
    private int mergeShift;
    private long lowRow;
    private long highRow;
    private long dirtyLow;
    private long dirtyHigh;

    Rows(RowPages pages, int capacity, long baseSize) {
        this.pages = pages;
        this.capacity = capacity;
        this.mask = capacity - 1;
        this.baseSize = baseSize;
        this.pageOf = new int[capacity >> RowPages.PAGE_SHIFT];
        Arrays.fill(pageOf, RowPages.NO_PAGE);
        forget();
    }

    /** Whether adding at {@code baseRow} may need more pages than are free. */
    boolean lacksPagesFor(long baseRow) {
        if (pages.freeCount() >= MOST_PAGES_FOR_ONE_ROW) {
            return false;
        }
        long row = baseRow >> mergeShift;
        boolean inRange = row >= lowRow && row <= highRow;
        return !inRange || (pageOf[pageIndex(row)] == RowPages.NO_PAGE && pages.freeCount() == 0);
    }

    /**
     * Adds volume.
     *
     * @param baseRow floor of the price by the base row height
     * @return whether rows were merged to make room for the range
     */
    boolean add(long baseRow, long quantity, boolean buy) {
        boolean merged = false;
        long row = baseRow >> mergeShift;
        if (row < lowRow || row > highRow) {
            merged = extendSlowPath(row);
            row = baseRow >> mergeShift;
        }
        int page = pageOf[pageIndex(row)];
        if (page == RowPages.NO_PAGE) {
            page = takePageSlowPath(row);
        }
        pages.cells[cell(page, row) + (buy ? 0 : 1)] += quantity;
        dirtyLow = Math.min(dirtyLow, row);
        dirtyHigh = Math.max(dirtyHigh, row);
        return merged;
    }

    /** Adds volume in rows whose pages are there, in a range that {@link #couldHold} allowed. */
    void add(TradeRun run) {
        long low = run.lowBaseRow() >> mergeShift;
        long high = run.highBaseRow() >> mergeShift;
        if (low < lowRow) {
            extendSlowPath(low);
        }
        if (high > highRow) {
            extendSlowPath(high);
        }
        dirtyLow = Math.min(dirtyLow, low);
        dirtyHigh = Math.max(dirtyHigh, high);
        if (low == high) {
            int cell = cell(pageOf[pageIndex(low)], low);
            pages.cells[cell] += run.buyVolume();
            pages.cells[cell + 1] += run.sellVolume();
        } else {
            addCells(run.cells(mergeShift), low, high);
        }
    }

    private void addCells(long[] volumes, long low, long high) {
        for (long from = low; from <= high; from = (from | RowPages.PAGE_MASK) + 1) {
            int page = pageOf[pageIndex(from)];
            if (page != RowPages.NO_PAGE) {
                long to = Math.min(high, from | RowPages.PAGE_MASK);
                addCells(volumes, TradeRun.cell(from), pages.cells, cell(page, from),
                        (int) (to - from + 1) * RowPages.LONGS_PER_ROW);
            }
        }
    }

    private static void addCells(long[] from, int fromCell, long[] to, int toCell, int count) {
        for (int i = 0; i < count; i++) {
            to[toCell + i] += from[fromCell + i];
        }
    }

    /** Whether a block of base rows, as large as a page, has its page. */
    boolean hasPage(long block) {
        return pageOf[pageIndex((block << RowPages.PAGE_SHIFT) >> mergeShift)] != RowPages.NO_PAGE;
    }

    /** Whether no rows would have to be merged if these blocks and all between them had volume. */
    boolean couldHold(long lowBlock, long highBlock) {
        long low = (lowBlock << RowPages.PAGE_SHIFT) >> mergeShift;
        long high = ((highBlock << RowPages.PAGE_SHIFT) + RowPages.PAGE_MASK) >> mergeShift;
        return Long.compareUnsigned(Math.max(highRow, high) - Math.min(lowRow, low), capacity) < 0;
    }

    private boolean extendSlowPath(long row) {
        if (isEmpty()) {
            lowRow = row;
            highRow = row;
            return false;
        }
        long low = Math.min(lowRow, row);
        long high = Math.max(highRow, row);
        int more = 0;
        while ((high >> more) - (low >> more) >= capacity) {
            more++;
        }
        if (more > 0) {
            merge(more);
        }
        // Rows between the old edge and the new one are part of what readers see: zeros.
        if (high >> more > highRow) {
            dirtyLow = Math.min(dirtyLow, highRow + 1);
            dirtyHigh = Math.max(dirtyHigh, high >> more);
        }
        if (low >> more < lowRow) {
            dirtyLow = Math.min(dirtyLow, low >> more);
            dirtyHigh = Math.max(dirtyHigh, lowRow - 1);
        }
        lowRow = low >> more;
        highRow = high >> more;
        return more > 0;
    }

    private void merge(int more) {
        long[] folded = pages.scratch;
        long newLow = lowRow >> more;
        long newHigh = highRow >> more;
        Arrays.fill(folded, 0, (int) (newHigh - newLow + 1) << 1, 0L);
        for (long row = lowRow; row <= highRow; row++) {
            int page = pageOf[pageIndex(row)];
            if (page != RowPages.NO_PAGE) {
                int from = cell(page, row);
                int to = (int) ((row >> more) - newLow) << 1;
                folded[to] += pages.cells[from];
                folded[to + 1] += pages.cells[from + 1];
            }
        }
        release();
        mergeShift += more;
        lowRow = newLow;
        highRow = newHigh;
        for (long row = newLow; row <= newHigh; row++) {
            int from = (int) (row - newLow) << 1;
            put(row, folded[from], folded[from + 1]);
        }
        dirtyLow = newLow;
        dirtyHigh = newHigh;
    }

    private void put(long row, long buy, long sell) {
        if (buy != 0 || sell != 0) {
            int page = pageOf[pageIndex(row)];
            if (page == RowPages.NO_PAGE) {
                page = takePageSlowPath(row);
            }
            int cell = cell(page, row);
            pages.cells[cell] = buy;
            pages.cells[cell + 1] = sell;
        }
    }

    private int takePageSlowPath(long row) {
        int page = pages.take();
        if (page == RowPages.NO_PAGE) {
            throw new IllegalStateException("no row page is left although one was made free");
        }
        pageOf[pageIndex(row)] = page;
        return page;
    }

    /** Gives all pages back and becomes empty, at the finest row height. */
    void clear() {
        release();
        forget();
    }

    private void release() {
        for (int i = 0; i < pageOf.length; i++) {
            if (pageOf[i] != RowPages.NO_PAGE) {
                pages.giveBack(pageOf[i]);
                pageOf[i] = RowPages.NO_PAGE;
            }
        }
    }

    private void forget() {
        mergeShift = 0;
        lowRow = Long.MAX_VALUE;
        highRow = Long.MIN_VALUE;
        clearDirty();
    }

    private int pageIndex(long row) {
        return ((int) row & mask) >>> RowPages.PAGE_SHIFT;
    }

    private static int cell(int page, long row) {
        return ((page << RowPages.PAGE_SHIFT) + ((int) row & RowPages.PAGE_MASK)) << 1;
    }

    @Override
    public long lowRow() {
        return lowRow;
    }

    @Override
    public long highRow() {
        return highRow;
    }

    @Override
    public long rowSize() {
        return baseSize << mergeShift;
    }

    @Override
    public long buyVolume(long row) {
        return volumeOf(row, 0);
    }

    @Override
    public long sellVolume(long row) {
        return volumeOf(row, 1);
    }

    private long volumeOf(long row, int side) {
        if (row < lowRow || row > highRow) {
            return 0;
        }
        int page = pageOf[pageIndex(row)];
        return page == RowPages.NO_PAGE ? 0 : pages.cells[cell(page, row) + side];
    }

    /** Lowest row changed since {@link #clearDirty()}; above {@link #dirtyHigh()} when none was. */
    public long dirtyLow() {
        return dirtyLow;
    }

    /** Highest row changed since {@link #clearDirty()}. */
    public long dirtyHigh() {
        return dirtyHigh;
    }

    /** Marks all rows as published. Threads: the one study that publishes them. */
    public void clearDirty() {
        dirtyLow = Long.MAX_VALUE;
        dirtyHigh = Long.MIN_VALUE;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(mergeShift);
        out.writeLong(lowRow);
        out.writeLong(highRow);
        for (long row = lowRow; row <= highRow; row++) {
            out.writeLong(buyVolume(row));
            out.writeLong(sellVolume(row));
        }
    }

    void readFrom(DataInput in) throws IOException {
        clear();
        mergeShift = in.readInt();
        lowRow = in.readLong();
        highRow = in.readLong();
        boolean fits = isEmpty() || highRow - lowRow < capacity;
        if (mergeShift < 0 || mergeShift >= Long.SIZE || !fits) {
            throw new IOException("rows " + lowRow + " to " + highRow + " with shift " + mergeShift
                    + " do not fit a capacity of " + capacity);
        }
        for (long row = lowRow; row <= highRow; row++) {
            put(row, in.readLong(), in.readLong());
        }
        dirtyLow = lowRow;
        dirtyHigh = highRow;
    }
}
