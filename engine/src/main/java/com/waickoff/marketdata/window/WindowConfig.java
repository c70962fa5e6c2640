package com.waickoff.marketdata.window;

/**
 * How much of the past the windows of an instrument keep, and how finely.
 *
 * @param rowTicks height of a row in ticks before any merging; 1 to 1,000,000
 * @param rowCapacity most rows of a window, a power of two from 64 to 65,536; when a window's
 *     range needs more, its rows are merged in pairs
 * @param latenessMs how long after its end a window waits for late trades; 0 to 60,000
 * @param historyMs how long closed windows keep their rows and can be revised; 0 to one week
 */
public record WindowConfig(int rowTicks, int rowCapacity, long latenessMs, long historyMs) {
    /** Rows of one tick, 2,048 of them, 2 s of lateness, 4 h of history. */
    public static final WindowConfig DEFAULT = new WindowConfig(1, 2048, 2_000, 14_400_000);

    private static final int MIN_ROW_CAPACITY = 64;
    private static final int MAX_ROW_CAPACITY = 1 << 16;
    private static final int MAX_ROW_TICKS = 1_000_000;
    private static final long MAX_LATENESS_MS = 60_000;
    private static final long MAX_HISTORY_MS = 7 * 86_400_000L;
    /** Two windows being filled and the one before the newest are always kept. */
    private static final int ALWAYS_KEPT = 3;
    /**
     * Pages for this many full windows. The two newest windows of six timeframes can be full at
     * once and must never run short: 12. The rest holds the history, whose windows touch few rows.
     */
    private static final int FULL_WINDOWS = 64;
    /** About: a window, its bar, its sums and its rows without pages. */
    private static final int WINDOW_BYTES = 400;

    /** Checks ranges. */
    public WindowConfig {
        require(rowTicks >= 1 && rowTicks <= MAX_ROW_TICKS, "rows.ticks", rowTicks,
                "1 to " + MAX_ROW_TICKS);
        require(rowCapacity >= MIN_ROW_CAPACITY && rowCapacity <= MAX_ROW_CAPACITY
                && Integer.bitCount(rowCapacity) == 1, "rows.capacity", rowCapacity,
                "a power of two from " + MIN_ROW_CAPACITY + " to " + MAX_ROW_CAPACITY);
        require(latenessMs >= 0 && latenessMs <= MAX_LATENESS_MS, "windows.lateness-ms", latenessMs,
                "0 to " + MAX_LATENESS_MS);
        require(historyMs >= 0 && historyMs <= MAX_HISTORY_MS, "rows.history-ms", historyMs,
                "0 to " + MAX_HISTORY_MS);
    }

    private static void require(boolean holds, String key, long value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(key + " is " + value + ", allowed is " + allowed);
        }
    }

    /** Number of windows of {@code timeframe} that are kept. */
    int keptWindows(Timeframe timeframe) {
        long length = timeframe.lengthMs();
        return (int) ((historyMs + length - 1) / length) + ALWAYS_KEPT;
    }

    int pageCount() {
        return rowCapacity / RowPages.ROWS_PER_PAGE * FULL_WINDOWS;
    }

    /** Bytes that the windows of one instrument take, their rows included. */
    public long bytesPerInstrument() {
        long kept = Timeframe.ALL.stream().mapToLong(this::keptWindows).sum();
        long pageNumbers = (long) rowCapacity / RowPages.ROWS_PER_PAGE * Integer.BYTES;
        return (FULL_WINDOWS + 1L) * rowCapacity * 2 * Long.BYTES + TradeRun.BYTES
                + kept * (WINDOW_BYTES + pageNumbers);
    }
}
