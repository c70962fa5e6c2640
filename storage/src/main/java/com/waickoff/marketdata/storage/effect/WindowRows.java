package com.waickoff.marketdata.storage.effect;

import com.waickoff.marketdata.window.RowVolumes;
import java.util.Arrays;

/**
 * Buy and sell volume by price of one window, without gaps from the lowest row to the highest:
 * {@code row = floor(price / rowSize)}.
 *
 * <p>Threads: immutable.
 */
public final class WindowRows implements RowVolumes {
    /** Of a window whose rows made room for newer ones. */
    public static final WindowRows NONE = new WindowRows(1, 0, new long[0], new long[0]);

    private final long rowSize;
    private final long lowRow;
    private final long[] buy;
    private final long[] sell;

    /**
     * Rows from {@code lowRow} on; the arrays are copied.
     *
     * @param rowSize height of a row in the scaled price, positive
     * @param lowRow number of the lowest row
     * @param buy volume bought by aggressors, of each row
     * @param sell volume sold by aggressors, of each row; as long
     */
    public WindowRows(long rowSize, long lowRow, long[] buy, long[] sell) {
        this(buy.clone(), sell.clone(), rowSize, lowRow);
    }

    /** Keeps the arrays. */
    private WindowRows(long[] buy, long[] sell, long rowSize, long lowRow) {
        if (rowSize < 1 || buy.length != sell.length) {
            throw new IllegalArgumentException("rows of " + rowSize + " price units, " + buy.length
                    + " with buy and " + sell.length + " with sell volume");
        }
        this.rowSize = rowSize;
        this.lowRow = lowRow;
        this.buy = buy;
        this.sell = sell;
    }

    /** A copy of rows that go on changing. */
    public static WindowRows of(RowVolumes rows) {
        if (rows.isEmpty()) {
            return NONE;
        }
        int count = Math.toIntExact(rows.highRow() - rows.lowRow() + 1);
        long[] buy = new long[count];
        long[] sell = new long[count];
        for (int i = 0; i < count; i++) {
            buy[i] = rows.buyVolume(rows.lowRow() + i);
            sell[i] = rows.sellVolume(rows.lowRow() + i);
        }
        return new WindowRows(buy, sell, rows.rowSize(), rows.lowRow());
    }

    /** Number of rows, those without volume between others included. */
    public int count() {
        return buy.length;
    }

    /** The volumes bought, from the lowest row on: a copy. */
    public long[] buyVolumes() {
        return buy.clone();
    }

    /** The volumes sold, from the lowest row on: a copy. */
    public long[] sellVolumes() {
        return sell.clone();
    }

    @Override
    public long lowRow() {
        return lowRow;
    }

    @Override
    public long highRow() {
        return lowRow + buy.length - 1;
    }

    @Override
    public long rowSize() {
        return rowSize;
    }

    @Override
    public long buyVolume(long row) {
        return volume(buy, row);
    }

    @Override
    public long sellVolume(long row) {
        return volume(sell, row);
    }

    private long volume(long[] volumes, long row) {
        return row < lowRow || row > highRow() ? 0 : volumes[(int) (row - lowRow)];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WindowRows that && rowSize == that.rowSize && lowRow == that.lowRow
                && Arrays.equals(buy, that.buy) && Arrays.equals(sell, that.sell);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(rowSize) * 31 + Arrays.hashCode(buy) + Arrays.hashCode(sell);
    }

    @Override
    public String toString() {
        return count() + " rows of " + rowSize + " from row " + lowRow;
    }
}
