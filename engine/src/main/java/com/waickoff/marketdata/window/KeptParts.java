package com.waickoff.marketdata.window;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kept windows that make up a stretch of time: of the longest timeframes that fit, each moment
 * once.
 *
 * @param parts from the oldest to the newest; windows without trades are not among them
 * @param fromMs start of the stretch, in ms since the epoch of match times
 * @param toMs end of the stretch, excluded
 * @param keptMs how much of it is known: in a kept window, or where no trade was
 */
public record KeptParts(List<Part> parts, long fromMs, long toMs, long keptMs) {
    private static final long MS_PER_MINUTE = 60_000;

    /** A window. */
    public record Part(Timeframe timeframe, long startMs) {}

    /** Which windows are kept with their rows. */
    public interface Kept {
        /** Whether this one is. */
        boolean has(Timeframe timeframe, long startMs);

        /**
         * Start of the oldest window of this timeframe since which every window with trades is
         * kept; {@link Long#MAX_VALUE} if none is.
         */
        long sinceMs(Timeframe timeframe);
    }

    /** Copies the parts. */
    public KeptParts {
        parts = List.copyOf(parts);
    }

    /**
     * The windows that lie in a stretch of time.
     *
     * @param fromMs a whole minute, in ms since the epoch
     * @param toMs a whole minute, after {@code fromMs}
     * @param reachedMs how far the tape has come: nothing after it is looked for; windows that
     *     end after it may be open
     */
    public static KeptParts of(long fromMs, long toMs, long reachedMs, Kept kept) {
        List<Part> parts = new ArrayList<>();
        long keptMs = 0;
        long end = Math.min(toMs, reachedMs);
        for (long at = fromMs; at < end;) {
            Timeframe found = longest(at, toMs, kept);
            long next = at + (found == null ? MS_PER_MINUTE : found.lengthMs());
            if (found != null) {
                keptMs += Math.min(next, end) - at;
                if (kept.has(found, at)) {
                    parts.add(new Part(found, at));
                }
            }
            at = next;
        }
        return new KeptParts(parts, fromMs, toMs, keptMs);
    }

    /** The longest timeframe whose window begins here, ends in time, and is known; null if none. */
    private static @Nullable Timeframe longest(long at, long toMs, Kept kept) {
        for (int i = Timeframe.COUNT - 1; i >= 0; i--) {
            Timeframe timeframe = Timeframe.at(i);
            boolean fits = at % timeframe.lengthMs() == 0 && at + timeframe.lengthMs() <= toMs;
            if (fits && (at >= kept.sinceMs(timeframe) || kept.has(timeframe, at))) {
                return timeframe;
            }
        }
        return null;
    }
}
