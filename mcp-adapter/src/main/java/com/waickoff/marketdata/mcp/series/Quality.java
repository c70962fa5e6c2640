package com.waickoff.marketdata.mcp.series;

import com.waickoff.marketdata.mcp.live.LiveReading;
import com.waickoff.marketdata.mcp.live.Liveness;
import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.snapshot.CoverageStamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer about an instrument is worth.
 *
 * @param isStored whether its newest number was read from the store of the past
 * @param liveness who keeps it up to date; {@link Liveness#LIVE} of a past that does not change
 * @param asOfMs when what it rests on was received; 0 for never
 * @param ageMs how long ago that was
 * @param sequence last engine sequence it holds; null if it is not known
 * @param coverage how complete it is
 * @param bookState what the instrument's book is worth; null if it is not known
 * @param revision how often what had been closed changed since
 * @param hints what the model should know
 */
public record Quality(Instrument instrument, boolean isStored, Liveness liveness, long asOfMs,
        long ageMs, @Nullable Long sequence, CoverageStamp coverage, @Nullable String bookState,
        int revision, List<String> hints) {
    /** The list is copied. */
    public Quality {
        hints = List.copyOf(hints);
    }

    /** The same of an answer that has numbers of another liveness as well. */
    public Quality with(Liveness other) {
        return new Quality(instrument, isStored, liveness.isStale() ? liveness : other, asOfMs,
                ageMs, sequence, coverage, bookState, revision, hints);
    }

    /** Of what the engine shows. */
    public static Quality of(LiveReading reading, CoverageStamp coverage, int revision) {
        return new Quality(reading.instrument(), false, reading.liveness(), reading.asOfMs(),
                reading.ageMs(), reading.sequence(), coverage, reading.bookState(), revision,
                List.of());
    }
}
