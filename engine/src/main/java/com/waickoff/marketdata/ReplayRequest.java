package com.waickoff.marketdata;

import com.waickoff.marketdata.replay.EventSelection;
import com.waickoff.marketdata.replay.ExportSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to replay, how fast, and what to keep of it.
 *
 * @param sources where the events come from, at least one; where they tell of the same moment, in
 *     this order
 * @param fromMs first receive time to hand on, in ms since the epoch; 0 for all
 * @param toMs first receive time to leave out, in ms since the epoch; {@link Long#MAX_VALUE} for all
 * @param speed multiple of the recorded pace; {@link #AS_FAST_AS_IT_GOES} for no pacing
 * @param selection which of the events
 * @param journalTo directory of a journal to write, continued if it is there; null for none
 * @param export which files to write; null for none
 * @param engine sizes and threads; its data directory gets the snapshot and status files
 */
public record ReplayRequest(List<Source> sources, long fromMs, long toMs, double speed,
        EventSelection selection, @Nullable Path journalTo, @Nullable ExportSettings export,
        EngineConfig engine) {
    /** The speed of a replay without pacing. */
    public static final double AS_FAST_AS_IT_GOES = 0;

    /** The sources are copied. */
    public ReplayRequest {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a replay needs a source");
        }
    }

    /** All events of one source, with the usual export files. */
    public ReplayRequest(Source source, long fromMs, long toMs, double speed,
            @Nullable Path journalTo, @Nullable Path exportDir, EngineConfig engine) {
        this(List.of(source), fromMs, toMs, speed, EventSelection.ALL, journalTo,
                exportDir == null ? null : ExportSettings.csv(exportDir), engine);
    }

    /** The only source if it is a journal, whose own sequences hold then; null otherwise. */
    @Nullable
    Journal onlyJournal() {
        return sources.size() == 1 && sources.getFirst() instanceof Journal journal ? journal
                : null;
    }

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
