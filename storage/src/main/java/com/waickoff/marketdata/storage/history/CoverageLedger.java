package com.waickoff.marketdata.storage.history;

import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.window.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * In which stretches of an instrument's match time trades may be missing.
 *
 * @param gaps holes so far
 * @param repairedGaps of these, filled after the fact
 * @param uncovered half-open, oldest first
 */
public record CoverageLedger(long gaps, long repairedGaps, List<Interval> uncovered) {
    /** Of an instrument of which nothing is known. */
    public static final CoverageLedger NOTHING_COVERED = new CoverageLedger(0, 0,
            List.of(new Interval(0, Long.MAX_VALUE)));

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

    /**
     * The ledger of an instrument that was defined anew: uncovered is what all of its definitions
     * lack.
     *
     * @param definitions of one journal, at least one, the newest last, whose counts are taken
     */
    public static CoverageLedger common(List<CoverageLedger> definitions) {
        CoverageLedger newest = definitions.getLast();
        List<Interval> common = newest.uncovered;
        for (CoverageLedger former : definitions.subList(0, definitions.size() - 1)) {
            common = common(common, former.uncovered);
        }
        return new CoverageLedger(newest.gaps, newest.repairedGaps, common);
    }

    private static List<Interval> common(List<Interval> some, List<Interval> others) {
        List<Interval> common = new ArrayList<>();
        for (Interval one : some) {
            for (Interval other : others) {
                long fromMs = Math.max(one.fromMs, other.fromMs);
                long toMs = Math.min(one.toMs, other.toMs);
                if (fromMs < toMs) {
                    common.add(new Interval(fromMs, toMs));
                }
            }
        }
        return common;
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
