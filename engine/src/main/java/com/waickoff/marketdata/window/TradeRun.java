package com.waickoff.marketdata.window;

import java.util.Arrays;

/**
 * Trades that the newest windows of an instrument have yet to take in: a run of the tape, in its order,
 * of trades that mean the same to each of those windows.
 *
 * <pre>
 *   trade ──► run ─────────────► newest window of 1m      each once for the whole run
 *             sums, extremes,    …
 *             volume by row      newest window of 1d
 * </pre>
 *
 * <p>So a trade is added up once and not once for each timeframe. A run ends when somebody looks at a
 * window, at the latest when the batch's changes are published; when prices leave its span of rows;
 * and before anything else happens to a window. Nobody can tell it from trades that were added one by
 * one.
 *
 * <p>Sums of price times quantity are taken of offsets {@code d} from the first price {@code p}, for
 * which one word is enough, and become those of prices when the run ends:
 *
 * <pre>
 *   sum (p + d)  q = p  sum q +                sum d q
 *   sum (p + d)² q = p² sum q  +  2 p sum d q + sum d² q
 * </pre>
 *
 * <p>Threads: those of the windows.
 */
final class TradeRun {
    /** Most base rows between the lowest and the highest of a run: whole pages. */
    private static final int SPAN = 8 * RowPages.ROWS_PER_PAGE;
    private static final int SPAN_MASK = SPAN - 1;
    /** What a run takes, about. */
    static final int BYTES = 2 * SPAN * RowPages.LONGS_PER_ROW * Long.BYTES;
    /** Bits that the sum of squared offsets may have: one to spare for twice the sum of offsets. */
    private static final int OFFSET_BITS = 62;
    private static final long NO_ROOM = -1;

    private final Window[] newest;
    private final FloorDivisor rowHeight;
    private final long mostVolume;

    private long room = NO_ROOM;
    private long spanLow;
    private boolean isOpen;
    private long firstPrice;
    private long lastPrice;
    private long high;
    private long low;
    private long fills;
    private long lastTapeKey;
    private long buyVolume;
    private long delta;
    private long minDelta;
    private long maxDelta;
    private long offsets;
    private long squaredOffsets;
    private long blockVolume;
    private long rpiVolume;
    /** Buy and sell volume of base row k at {@code k mod SPAN}. */
    private final long[] cells = new long[SPAN * RowPages.LONGS_PER_ROW];

    // Known when the run has ended.
    private final PriceMoments moments = new PriceMoments();
    private final long[] folded = new long[SPAN * RowPages.LONGS_PER_ROW];
    private int foldedShift;
    private long lowBaseRow;
    private long highBaseRow;

    /**
     * No trades.
     *
     * @param rowHeight height of a base row in scaled price units
     * @param newest the windows that take runs in; all of them have trades when one begins
     */
    TradeRun(FloorDivisor rowHeight, Window... newest) {
        this.newest = newest;
        this.rowHeight = rowHeight;
        mostVolume = mostVolume(rowHeight.divisor());
    }

    /**
     * Quantity up to which sums of offsets fit whatever the prices in a run's span. Trades beyond it
     * begin another run, whose first offset is zero: each alone if rows are as high as that.
     */
    private static long mostVolume(long rowHeight) {
        if (rowHeight > (1L << (OFFSET_BITS / 2)) / SPAN) {
            return 0;
        }
        long widest = rowHeight * SPAN;
        return (1L << OFFSET_BITS) / (widest * widest);
    }

    /** Adds the next trade; parameters as those of {@link InstrumentWindows#onTrade}. */
    void add(long price, long quantity, long baseRow, int traits, long tapeKey, long newFills) {
        if (((baseRow - spanLow) & ~SPAN_MASK) != 0 || quantity > room) {
            begin(price, baseRow);
        }
        room -= quantity;
        lastPrice = price;
        high = Math.max(high, price);
        low = Math.min(low, price);
        long weighted = (price - firstPrice) * quantity;
        offsets += weighted;
        squaredOffsets += (price - firstPrice) * weighted;
        lastTapeKey = tapeKey;
        fills += newFills;
        boolean isBuy = (traits & Bar.BUY) != 0;
        buyVolume += isBuy ? quantity : 0;
        delta += isBuy ? quantity : -quantity;
        minDelta = Math.min(minDelta, delta);
        maxDelta = Math.max(maxDelta, delta);
        cells[cell(baseRow) + (isBuy ? 0 : 1)] += quantity;
        if (traits > Bar.BUY) {
            blockVolume += (traits & Bar.BLOCK) != 0 ? quantity : 0;
            rpiVolume += (traits & Bar.RPI) != 0 ? quantity : 0;
        }
    }

    /** Ends the run, if there is one. */
    void settle() {
        if (isOpen) {
            end();
        }
    }

    private void begin(long price, long baseRow) {
        settle();
        isOpen = true;
        // Whole pages, so that the rows of a page lie side by side here too.
        spanLow = (baseRow & -RowPages.ROWS_PER_PAGE) - SPAN / 2;
        room = mostVolume;
        firstPrice = price;
        high = price;
        low = price;
    }

    private void end() {
        isOpen = false;
        room = NO_ROOM;
        moments.set(firstPrice, volume(), offsets, squaredOffsets);
        lowBaseRow = rowHeight.floor(low);
        highBaseRow = rowHeight.floor(high);
        foldedShift = 0;
        for (Window window : newest) {
            window.takeIn(this);
        }
        clear(cells, lowBaseRow, highBaseRow);
        fills = 0;
        buyVolume = 0;
        delta = 0;
        minDelta = 0;
        maxDelta = 0;
        offsets = 0;
        squaredOffsets = 0;
        blockVolume = 0;
        rpiVolume = 0;
    }

    /** Where buy volume of a row stands in {@link #cells(int)}; sell volume is next to it. */
    static int cell(long row) {
        return ((int) row & SPAN_MASK) * RowPages.LONGS_PER_ROW;
    }

    /** Volume by row, where a row is {@code 2^shift} base rows; zeros around the run's rows. */
    long[] cells(int shift) {
        if (shift == 0) {
            return cells;
        }
        if (shift != foldedShift) {
            fold(shift);
        }
        return folded;
    }

    private void fold(int shift) {
        foldedShift = shift;
        clear(folded, lowBaseRow >> shift, highBaseRow >> shift);
        for (long row = lowBaseRow; row <= highBaseRow; row++) {
            int from = cell(row);
            int to = cell(row >> shift);
            folded[to] += cells[from];
            folded[to + 1] += cells[from + 1];
        }
    }

    private static void clear(long[] volumes, long lowRow, long highRow) {
        int from = cell(lowRow);
        int to = cell(highRow) + RowPages.LONGS_PER_ROW;
        if (lowRow == highRow) {
            volumes[from] = 0;
            volumes[from + 1] = 0;
        } else if (from < to) {
            Arrays.fill(volumes, from, to, 0L);
        } else {
            Arrays.fill(volumes, from, volumes.length, 0L);
            Arrays.fill(volumes, 0, to, 0L);
        }
    }

    long lowBaseRow() {
        return lowBaseRow;
    }

    long highBaseRow() {
        return highBaseRow;
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    long lastPrice() {
        return lastPrice;
    }

    long lastTapeKey() {
        return lastTapeKey;
    }

    long fills() {
        return fills;
    }

    long volume() {
        return buyVolume + sellVolume();
    }

    long sellVolume() {
        return buyVolume - delta;
    }

    long buyVolume() {
        return buyVolume;
    }

    /** Smallest running delta, counted from the run's beginning; at most 0. */
    long minDelta() {
        return minDelta;
    }

    /** Largest running delta, counted from the run's beginning; at least 0. */
    long maxDelta() {
        return maxDelta;
    }

    long blockVolume() {
        return blockVolume;
    }

    long rpiVolume() {
        return rpiVolume;
    }

    PriceMoments moments() {
        return moments;
    }
}
