package com.waickoff.marketdata.storage.effect;

import com.waickoff.marketdata.event.Instrument;
import java.util.List;

/**
 * Stretches of an instrument's tape in which trades may be missing came, went or ended: the whole
 * ledger as it is now.
 *
 * @param gaps holes of the tape so far
 * @param repairedGaps of these, filled after the fact
 * @param repairedTrades fetched after the fact so far
 * @param uncovered half-open, oldest first; at most as many as are configured
 */
public record CoverageChanged(EffectId id, Instrument instrument, long matchTimeNs,
        long receiveTimeNs, long gaps, long repairedGaps, long repairedTrades,
        List<Interval> uncovered) implements Effect {
    /** {@link #type()} of these. */
    public static final String TYPE = "coverage.changed";

    /**
     * A stretch of match time.
     *
     * @param fromMs included, in ms since the epoch; 0 for before anything was heard
     * @param toMs excluded; {@link Long#MAX_VALUE} while it has not ended
     */
    public record Interval(long fromMs, long toMs) {}

    /** The list is copied. */
    public CoverageChanged {
        uncovered = List.copyOf(uncovered);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
