package com.waickoff.marketdata.mcp.series;

import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.storage.history.CoverageLedger.Interval;
import java.util.ArrayList;
import java.util.List;

/**
 * Stretches in which trades may be missing, as two sides know them: neighbours count as one.
 *
 * <p>Threads: one.
 */
final class Uncovered implements CoverageStamp.Intervals {
    private final List<Interval> intervals = new ArrayList<>();

    /** Adds those of a side that touch a range, cut to it. */
    void add(List<Interval> known, long fromMs, long toMs) {
        known.forEach(interval -> add(interval.fromMs(), interval.toMs(), fromMs, toMs));
    }

    private void add(long startMs, long endMs, long fromMs, long toMs) {
        long start = Math.max(startMs, fromMs);
        long end = Math.min(endMs, toMs);
        if (start >= end) {
            return;
        }
        for (int i = 0; i < intervals.size(); i++) {
            Interval known = intervals.get(i);
            if (known.toMs() == start || known.fromMs() == end) {
                intervals.set(i, new Interval(Math.min(known.fromMs(), start),
                        Math.max(known.toMs(), end)));
                return;
            }
        }
        intervals.add(new Interval(start, end));
    }

    @Override
    public int count() {
        return intervals.size();
    }

    @Override
    public long fromMs(int index) {
        return intervals.get(index).fromMs();
    }

    @Override
    public long toMs(int index) {
        return intervals.get(index).toMs();
    }
}
