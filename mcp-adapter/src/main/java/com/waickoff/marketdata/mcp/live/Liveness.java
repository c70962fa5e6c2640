package com.waickoff.marketdata.mcp.live;

import com.waickoff.marketdata.snapshot.CoverageView;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.snapshot.TapeState;
import com.waickoff.marketdata.snapshot.WindowView;
import com.waickoff.marketdata.window.Window;
import java.util.Locale;

/** Who keeps numbers up to date; all but the first mean that they are the last known ones. */
public enum Liveness {
    /** A running engine whose feed is up. */
    LIVE,
    /** A running engine whose feed is down. */
    FEED_DOWN,
    /** A running engine whose feed is up, but whose book does not follow its venue. */
    BOOK_DOWN,
    /** A running engine in which no time passes: the window should be over and is not. */
    SILENT,
    /** Nobody: the engine that wrote them has stopped. */
    ENGINE_STOPPED;

    private static final long MS_PER_NS = 1_000_000L;
    /** An engine that lives tells so every second. */
    private static final long HEARTBEAT_MAX_AGE_MS = 5_000;
    /** Lateness, and a clock that is off by some seconds. */
    private static final long OVERDUE_MS = 90_000;

    /** How long ago the engine told that it lives. */
    public static long heartbeatAgeMs(SnapshotReader reader, long nowMs) {
        return nowMs - reader.heartbeatNs() / MS_PER_NS;
    }

    /** Of the engine as a whole. */
    public static Liveness of(SnapshotReader reader, long nowMs) {
        return heartbeatAgeMs(reader, nowMs) > HEARTBEAT_MAX_AGE_MS ? ENGINE_STOPPED : LIVE;
    }

    /** Of a window. */
    public static Liveness of(SnapshotReader reader, long nowMs, WindowView window,
            CoverageView coverage) {
        if (of(reader, nowMs) == ENGINE_STOPPED) {
            return ENGINE_STOPPED;
        }
        if (coverage.state() != TapeState.LIVE) {
            return FEED_DOWN;
        }
        // An engine closes windows by its clock, whether anything is traded or not.
        boolean overdue = window.isPresent() && !window.has(Window.CLOSED)
                && nowMs > window.endMs() + OVERDUE_MS;
        return overdue ? SILENT : LIVE;
    }

    /** Whether the numbers are not those of now. */
    public boolean isStale() {
        return this != LIVE;
    }

    /** As it is written: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
