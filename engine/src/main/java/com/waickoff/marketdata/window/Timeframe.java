package com.waickoff.marketdata.window;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Length of a window. Windows are aligned to UTC and half-open: {@code [start, end)}. */
public enum Timeframe {
    /** One minute. */
    M1("1m", 60_000L),
    /** Five minutes. */
    M5("5m", 300_000L),
    /** Fifteen minutes. */
    M15("15m", 900_000L),
    /** One hour. */
    H1("1h", 3_600_000L),
    /** Four hours. */
    H4("4h", 14_400_000L),
    /** One day. */
    D1("1d", 86_400_000L);

    /** All timeframes, shortest first; each one's length divides the next one's. */
    public static final List<Timeframe> ALL = List.of(values());
    /** Number of timeframes. */
    public static final int COUNT = ALL.size();

    private static final Timeframe[] VALUES = values();
    private static final FloorDivisor[] LENGTHS_NS = ALL.stream()
            .map(timeframe -> new FloorDivisor(timeframe.lengthNs())).toArray(FloorDivisor[]::new);

    private final String label;
    private final long lengthMs;

    Timeframe(String label, long lengthMs) {
        this.label = label;
        this.lengthMs = lengthMs;
    }

    /** The timeframe with this ordinal: for loops that must not allocate an iterator. */
    public static Timeframe at(int ordinal) {
        return VALUES[ordinal];
    }

    /** As people write it, such as {@code 15m}. */
    public String label() {
        return label;
    }

    /** Length in ms. */
    public long lengthMs() {
        return lengthMs;
    }

    /** Length in ns. */
    public long lengthNs() {
        return lengthMs * 1_000_000L;
    }

    /** Number of the window that holds {@code timeNs}, counted from the epoch. */
    public long indexOf(long timeNs) {
        return LENGTHS_NS[ordinal()].floor(timeNs);
    }

    /** Start of the window that holds {@code timeNs}, in ns since the epoch. */
    public long startOf(long timeNs) {
        return indexOf(timeNs) * lengthNs();
    }

    /** The timeframe with this label, or null. */
    public static @Nullable Timeframe ofLabel(String label) {
        for (Timeframe timeframe : ALL) {
            if (timeframe.label.equals(label)) {
                return timeframe;
            }
        }
        return null;
    }
}
