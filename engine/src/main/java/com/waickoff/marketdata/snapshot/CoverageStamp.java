package com.waickoff.marketdata.snapshot;

/**
 * How complete the trades of a window, or of any stretch of match time, are.
 *
 * @param fromMs start of what was asked for, included
 * @param toMs end of what could be there: the end asked for or the watermark, whichever is first
 * @param ppm parts per million of that time without a known hole, rounded down; a million only if
 *     nothing is missing and the tape was in order
 * @param gaps number of uncovered intervals that touch it
 * @param repaired number of repaired intervals that touch it
 */
public record CoverageStamp(long fromMs, long toMs, int ppm, int gaps, int repaired) {
    /** All of it is covered. */
    public static final int WHOLE_PPM = 1_000_000;

    private static final long NS_PER_MS = 1_000_000L;

    /**
     * Half-open intervals of match time in ms, disjoint. Each study has its own way to hold them.
     */
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
     * @param watermarkNs of the instrument; a stretch it has not reached is judged by its start
     * @param unordered whether trades in it came out of tape order
     */
    public static CoverageStamp of(long startMs, long endMs, long watermarkNs, boolean unordered,
            Intervals uncovered, Intervals repaired) {
        long toMs = Math.max(startMs, Math.min(endMs, Math.floorDiv(watermarkNs, NS_PER_MS)));
        // Of an empty stretch, its first moment.
        long judgedToMs = Math.max(toMs, startMs + 1);
        long lengthMs = judgedToMs - startMs;
        long coveredMs = lengthMs;
        for (int i = 0; i < uncovered.count(); i++) {
            coveredMs -= overlapMs(uncovered, i, startMs, judgedToMs);
        }
        int ppm = (int) (WHOLE_PPM * Math.max(0, coveredMs) / lengthMs);
        return new CoverageStamp(startMs, toMs, unordered ? Math.min(ppm, WHOLE_PPM - 1) : ppm,
                touching(uncovered, startMs, judgedToMs), touching(repaired, startMs, judgedToMs));
    }

    private static int touching(Intervals intervals, long startMs, long endMs) {
        int count = 0;
        for (int i = 0; i < intervals.count(); i++) {
            if (overlapMs(intervals, i, startMs, endMs) > 0) {
                count++;
            }
        }
        return count;
    }

    private static long overlapMs(Intervals intervals, int index, long startMs, long endMs) {
        long from = Math.max(intervals.fromMs(index), startMs);
        long to = Math.min(intervals.toMs(index), endMs);
        return Math.max(0, to - from);
    }
}
