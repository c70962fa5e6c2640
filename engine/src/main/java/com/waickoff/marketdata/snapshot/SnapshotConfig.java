package com.waickoff.marketdata.snapshot;

/**
 * The bounds of a snapshot file; fixed for its life.
 *
 * @param maxInstruments instrument definitions it has room for, 1 to 4096
 * @param rowCapacity most rows of a window: a power of two, 64 to 1,048,576
 * @param depthLevels book levels of a side, 1 to 1000
 * @param coverageIntervals uncovered intervals of an instrument, 1 to 8192
 * @param history closed bars, rows and signals
 */
public record SnapshotConfig(int maxInstruments, int rowCapacity, int depthLevels,
        int coverageIntervals, HistoryConfig history) {
    /** Checks ranges. */
    public SnapshotConfig {
        check("max instruments", maxInstruments, 1, 4096);
        check("row capacity", rowCapacity, 64, 1 << 20);
        check("depth levels", depthLevels, 1, 1000);
        check("coverage intervals", coverageIntervals, 1, 8192);
        if (Integer.bitCount(rowCapacity) != 1) {
            throw new IllegalArgumentException(
                    "row capacity is " + rowCapacity + ", allowed are powers of two");
        }
    }

    /** Bounds with a {@link HistoryConfig#SMALL small history}. */
    public SnapshotConfig(int maxInstruments, int rowCapacity, int depthLevels,
            int coverageIntervals) {
        this(maxInstruments, rowCapacity, depthLevels, coverageIntervals, HistoryConfig.SMALL);
    }

    /** Bytes of a file with these bounds; may exceed what a file can have. */
    public long fileBytes() {
        return SnapshotLayout.of(this).fileLength();
    }

    static void check(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", allowed is " + min + " to " + max);
        }
    }
}
