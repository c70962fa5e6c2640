package com.waickoff.marketdata.snapshot;

/**
 * How complete the trades of a window, or of any stretch of match time, are.
 *
 * @param fromMs start of what was asked for, included
 * @param toMs end of what could be there: the end asked for or the watermark, whichever is first
 * @param ppm parts per million of that time without a known hole, rounded down; a million only if
 *     nothing is missing and the tape was in order
 * @param gaps number of uncovered intervals that touch it
 * @param repaired holes of the instrument that were filled after the fact so far, wherever they lay
 */
public record CoverageStamp(long fromMs, long toMs, int ppm, int gaps, long repaired) {
    /** All of it is covered. */
    public static final int WHOLE_PPM = 1_000_000;

    private static final long NS_PER_MS = 1_000_000L;

    /** Half-open intervals of match time in ms, in any order, overlapping or not. */
    public interface Intervals {
        /** Number of intervals. */
        int count();

        /** Start of interval {@code index}, included. */
        long fromMs(int index);

        /** End of interval {@code index}, excluded. */
        long toMs(int index);
    }

    /**
     * The stamp of a stretch of match time:
     * {@code floor(1,000,000 × covered / (min(end, watermark) − start))}.
     *
     * @param startMs included
     * @param endMs excluded
     * @param watermarkNs of the instrument; a stretch it has not reached is judged by its first ms
     * @param unordered whether trades in it came out of tape order
     * @param repaired see {@link #repaired}
     */
    public static CoverageStamp of(long startMs, long endMs, long watermarkNs, boolean unordered,
            Intervals uncovered, long repaired) {
        long toMs = Math.max(startMs, Math.min(endMs, Math.floorDiv(watermarkNs, NS_PER_MS)));
        long judgedToMs = Math.max(toMs, startMs + 1);
        long coveredMs = coveredMs(uncovered, startMs, judgedToMs);
        int ppm = (int) (WHOLE_PPM * coveredMs / (judgedToMs - startMs));
        return new CoverageStamp(startMs, toMs, unordered ? Math.min(ppm, WHOLE_PPM - 1) : ppm,
                gapsIn(uncovered, startMs, judgedToMs), repaired);
    }

    /** Walks from hole to hole. */
    private static long coveredMs(Intervals uncovered, long startMs, long endMs) {
        long covered = 0;
        long at = startMs;
        while (at < endMs) {
            long holeEnd = at;
            long nextHole = endMs;
            for (int i = 0; i < uncovered.count(); i++) {
                long from = uncovered.fromMs(i);
                long to = uncovered.toMs(i);
                if (from > at) {
                    nextHole = Math.min(nextHole, from);
                } else if (to > at) {
                    holeEnd = Math.max(holeEnd, to);
                }
            }
            if (holeEnd == at) {
                covered += nextHole - at;
                at = nextHole;
            } else {
                at = holeEnd;
            }
        }
        return covered;
    }

    private static int gapsIn(Intervals uncovered, long startMs, long endMs) {
        int gaps = 0;
        for (int i = 0; i < uncovered.count(); i++) {
            if (uncovered.fromMs(i) < endMs && uncovered.toMs(i) > startMs) {
                gaps++;
            }
        }
        return gaps;
    }
}
