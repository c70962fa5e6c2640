package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.window.Timeframe;
import java.util.List;

/**
 * How much of the past a snapshot file shows of each instrument; fixed for its life.
 *
 * @param bars closed bars kept of each timeframe, 1m first, 1 to 100,000 each
 * @param rowBytes bytes a timeframe for the rows of closed windows, a multiple of 128 from 4,096 to
 *     16,777,216; the oldest make room
 * @param signals last signals kept, 16 to 65,536
 */
public record HistoryConfig(List<Integer> bars, int rowBytes, int signals) {
    /** A day of minutes, two of 5m, four of 15m, two weeks of hours, a month of 4h, 90 days. */
    public static final HistoryConfig DEFAULT = new HistoryConfig(
            List.of(1_440, 576, 384, 336, 180, 90), 128 << 10, 256);
    /** For tools that look at the newest windows only. */
    public static final HistoryConfig SMALL = new HistoryConfig(
            List.of(8, 8, 8, 8, 8, 8), 4 << 10, 16);

    /** Most bars of a timeframe. */
    public static final int MAX_BARS = 100_000;
    /** Fewest bytes for rows. */
    public static final int MIN_ROW_BYTES = 4 << 10;
    /** Most bytes for rows. */
    public static final int MAX_ROW_BYTES = 16 << 20;
    /** Bytes for rows are multiples of this. */
    public static final int ROW_BYTES_STEP = SnapshotFormat.ALIGNMENT;

    /** Checks ranges. */
    public HistoryConfig {
        bars = List.copyOf(bars);
        if (bars.size() != Timeframe.COUNT) {
            throw new IllegalArgumentException("history has bars of " + bars.size()
                    + " timeframes, there are " + Timeframe.COUNT);
        }
        for (int i = 0; i < Timeframe.COUNT; i++) {
            SnapshotConfig.check("history bars of " + Timeframe.at(i).label(), bars.get(i), 1,
                    MAX_BARS);
        }
        SnapshotConfig.check("history row bytes", rowBytes, MIN_ROW_BYTES, MAX_ROW_BYTES);
        if (rowBytes % ROW_BYTES_STEP != 0) {
            throw new IllegalArgumentException("history row bytes is " + rowBytes
                    + ", allowed are multiples of " + ROW_BYTES_STEP);
        }
        SnapshotConfig.check("history signals", signals, 16, 65_536);
    }

    /** Closed bars kept of a timeframe. */
    public int bars(Timeframe timeframe) {
        return bars.get(timeframe.ordinal());
    }
}
