package com.waickoff.marketdata.window;

/**
 * A volume profile as it can be read: dense rows from {@link #lowRow()} to {@link #highRow()}.
 *
 * <p>Row k holds the prices from {@code k * rowSize()} up to, but without, the next row's; its
 * label is its low edge.
 */
public interface RowVolumes {
    /** Number of the lowest row with volume; above {@link #highRow()} when there is none. */
    long lowRow();

    /** Number of the highest row with volume. */
    long highRow();

    /** Height of a row in scaled price units; positive. */
    long rowSize();

    /** Quantity bought by aggressors in {@code row}; 0 outside the range. */
    long buyVolume(long row);

    /** Quantity sold by aggressors in {@code row}; 0 outside the range. */
    long sellVolume(long row);

    /** Quantity traded in {@code row}; 0 outside the range. */
    default long volume(long row) {
        return buyVolume(row) + sellVolume(row);
    }

    /** Whether no row has volume. */
    default boolean isEmpty() {
        return lowRow() > highRow();
    }
}
