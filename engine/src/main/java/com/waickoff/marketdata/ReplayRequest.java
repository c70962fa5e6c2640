package com.waickoff.marketdata;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to replay, how fast, and what to keep of it.
 *
 * @param source where the events come from
 * @param fromMs first receive time to hand on, in ms since the epoch; 0 for all
 * @param toMs first receive time to leave out, in ms since the epoch; {@link Long#MAX_VALUE} for all
 * @param speed multiple of the recorded pace; {@link #AS_FAST_AS_IT_GOES} for no pacing
 * @param journalTo directory of a journal to write, continued if it is there; null for none
 * @param exportDir where the export files go; null for none
 * @param engine sizes and threads; its data directory gets the snapshot and status files
 */
public record ReplayRequest(Source source, long fromMs, long toMs, double speed,
        @Nullable Path journalTo, @Nullable Path exportDir, EngineConfig engine) {
    /** The speed of a replay without pacing. */
    public static final double AS_FAST_AS_IT_GOES = 0;

    /** Where events come from. */
    public sealed interface Source permits Recording, Journal {}

    /**
     * Raw frames of one connection.
     *
     * @param file plain, or gzip where its name ends in {@code .gz}
     * @param venue such as {@code bybit-linear}
     * @param instrumentsCsv ticks and lots, where the recording holds no metadata; null for none
     */
    public record Recording(Path file, String venue, @Nullable Path instrumentsCsv)
            implements
                Source {}

    /**
     * A journal.
     *
     * @param dir its directory
     */
    public record Journal(Path dir) implements Source {}
}
