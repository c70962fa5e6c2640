package com.waickoff.marketdata.storage.history;

import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.window.Window;
import java.util.List;

/**
 * In which stretches of an instrument's match time trades may be missing.
 *
 * @param gaps holes so far
 * @param repairedGaps of these, filled after the fact
 * @param uncovered half-open, oldest first
 */
public record CoverageLedger(long gaps, long repairedGaps, List<Interval> uncovered) {
    /** Flags of windows that are never called whole, even if no trade is missing. */
    private static final int NEVER_WHOLE = Window.UNORDERED | Window.OUTDATED;
    private static final long NS_PER_MS = 1_000_000L;

    /**
     * A stretch.
     *
     * @param fromMs included; 0 for before anything was heard
     * @param toMs excluded; {@link Long#MAX_VALUE} while it has not ended
     */
    public record Interval(long fromMs, long toMs) {}

    /** The list is copied. */
    public CoverageLedger {
        uncovered = List.copyOf(uncovered);
    }

    /** The stamp of a closed window: by the same formula as that of the snapshot. */
    public CoverageStamp stamp(long startMs, long endMs, int flags) {
        return CoverageStamp.of(startMs, endMs, endMs * NS_PER_MS, (flags & NEVER_WHOLE) != 0,
                new CoverageStamp.Intervals() {
                    @Override
                    public int count() {
                        return uncovered.size();
                    }

                    @Override
                    public long fromMs(int index) {
                        return uncovered.get(index).fromMs();
                    }

                    @Override
                    public long toMs(int index) {
                        return uncovered.get(index).toMs();
                    }
                }, repairedGaps);
    }
}
