package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.window.RowVolumes;

/** Rows of a multiple of the height of others: sums, exactly. */
final class CoarserRows implements RowVolumes {
    private final long lowRow;
    private final long rowSize;
    private final long[] buyVolumes;
    private final long[] sellVolumes;

    /**
     * Adds up rows.
     *
     * @param rows not empty
     * @param factor how many of them make one, at least 1
     */
    CoarserRows(RowVolumes rows, long factor) {
        lowRow = Math.floorDiv(rows.lowRow(), factor);
        rowSize = rows.rowSize() * factor;
        int count = (int) (Math.floorDiv(rows.highRow(), factor) - lowRow) + 1;
        buyVolumes = new long[count];
        sellVolumes = new long[count];
        for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
            int index = (int) (Math.floorDiv(row, factor) - lowRow);
            buyVolumes[index] += rows.buyVolume(row);
            sellVolumes[index] += rows.sellVolume(row);
        }
    }

    @Override
    public long lowRow() {
        return lowRow;
    }

    @Override
    public long highRow() {
        return lowRow + buyVolumes.length - 1;
    }

    @Override
    public long rowSize() {
        return rowSize;
    }

    @Override
    public long buyVolume(long row) {
        return row < lowRow() || row > highRow() ? 0 : buyVolumes[(int) (row - lowRow)];
    }

    @Override
    public long sellVolume(long row) {
        return row < lowRow() || row > highRow() ? 0 : sellVolumes[(int) (row - lowRow)];
    }
}
