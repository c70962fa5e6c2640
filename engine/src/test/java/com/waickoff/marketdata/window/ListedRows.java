package com.waickoff.marketdata.window;

/** A profile of volumes that are listed, lowest row first. */
final class ListedRows implements RowVolumes {
    private final long lowRow;
    private final long rowSize;
    private final long[] buys;
    private final long[] sells;

    /** Rows of this height, bought and sold. */
    ListedRows(long lowRow, long rowSize, long[] buys, long[] sells) {
        this.lowRow = lowRow;
        this.rowSize = rowSize;
        this.buys = buys.clone();
        this.sells = sells.clone();
    }

    /** Rows of height 1 that were only bought. */
    static ListedRows bought(long lowRow, long... volumes) {
        return new ListedRows(lowRow, 1, volumes, new long[volumes.length]);
    }

    @Override
    public long lowRow() {
        return lowRow;
    }

    @Override
    public long highRow() {
        return lowRow + buys.length - 1;
    }

    @Override
    public long rowSize() {
        return rowSize;
    }

    @Override
    public long buyVolume(long row) {
        return row < lowRow || row > highRow() ? 0 : buys[(int) (row - lowRow)];
    }

    @Override
    public long sellVolume(long row) {
        return row < lowRow || row > highRow() ? 0 : sells[(int) (row - lowRow)];
    }
}
