package com.waickoff.marketdata.depth;

import java.util.List;

/**
 * Bounds of the books, and what walls are. Checked when made: what is wrong is said with its value.
 *
 * @param minWindowTicks fewest ticks of a side's dense window, a power of two, 4,096 to 131,072;
 *     8 bytes each, twice an instrument
 * @param maxWindowTicks most ticks of it, a power of two up to 131,072: a window grows to cover at
 *     least 1 % of the price beyond the touch
 * @param farLevels levels a side kept beyond the window, 0 to 1,048,576; about 43 bytes each, twice
 *     an instrument, taken when the instrument is defined
 * @param crossedUpdates complete updates in a row that leave the book crossed before it is held to
 *     be broken until its next snapshot, 1 to 1,000,000
 * @param windowedVenues venues that tell which levels enter and leave the depth that was asked for,
 *     so that their books are known as far as they go; elsewhere, levels beyond the last snapshot
 *     are unknown until they change
 * @param wallMultiple a wall is larger than so many times the median of its side, 2 to 1,000
 * @param wallLevels best levels of a side that are searched for walls, 10 to 1,000
 */
public record DepthConfig(int minWindowTicks, int maxWindowTicks, int farLevels, int crossedUpdates,
        List<String> windowedVenues, int wallMultiple, int wallLevels) {
    /** Largest window that can be configured: with it an instrument's two take 2 MB. */
    public static final int MAX_WINDOW_TICKS = 1 << 17;
    /** Most far levels that can be configured. */
    public static final int MAX_FAR_LEVELS = 1 << 20;

    private static final int DEFAULT_WALL_MULTIPLE = 5;
    private static final int DEFAULT_WALL_LEVELS = 200;
    private static final int MAX_WALL_MULTIPLE = 1_000;
    private static final int MAX_WALL_LEVELS = 1_000;
    private static final int MAX_CROSSED_UPDATES = 1_000_000;

    /** Checks ranges. */
    public DepthConfig {
        window("depth.min-window-ticks", minWindowTicks, Ladder.MIN_WINDOW);
        window("depth.max-window-ticks", maxWindowTicks, minWindowTicks);
        range("depth.far-levels", farLevels, 0, MAX_FAR_LEVELS);
        range("depth.crossed-updates", crossedUpdates, 1, MAX_CROSSED_UPDATES);
        windowedVenues = List.copyOf(windowedVenues);
        range("depth.wall-multiple", wallMultiple, 2, MAX_WALL_MULTIPLE);
        range("depth.wall-levels", wallLevels, WallSearch.FEWEST_LEVELS, MAX_WALL_LEVELS);
    }

    /** Bounds of the books, and walls by default. */
    public DepthConfig(int minWindowTicks, int maxWindowTicks, int farLevels, int crossedUpdates,
            List<String> windowedVenues) {
        this(minWindowTicks, maxWindowTicks, farLevels, crossedUpdates, windowedVenues,
                DEFAULT_WALL_MULTIPLE, DEFAULT_WALL_LEVELS);
    }

    /** What is used unless the operator says otherwise. */
    public static DepthConfig defaults() {
        return new DepthConfig(Ladder.MIN_WINDOW, MAX_WINDOW_TICKS, 16_384, 10,
                List.of("bybit-linear", "bybit-spot", "bybit-inverse"));
    }

    private static void window(String key, int value, int least) {
        range(key, value, least, MAX_WINDOW_TICKS);
        if (Integer.bitCount(value) != 1) {
            throw new IllegalArgumentException(
                    key + " is " + value + ", allowed are powers of two");
        }
    }

    private static void range(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    key + " is " + value + ", allowed is " + least + " to " + most);
        }
    }
}
