package com.waickoff.marketdata.window;

/**
 * The stretches of match time in which trades may be missing: half-open, in ms, in order of their
 * starts. One that lasts ends at {@link Long#MAX_VALUE}.
 */
public interface UncoveredIntervals {
    /** The coverage of a window of which nothing is missing. */
    int COMPLETE_PPM = 1_000_000;

    /** Number of intervals. */
    int intervalCount();

    /** Start of interval {@code index}, included. */
    long fromMs(int index);

    /** End of interval {@code index}, excluded. */
    long toMs(int index);

    /**
     * How much of a window is covered, in parts per million:
     * {@code floor(10^6 * covered ms / (min(end, watermark) - start))}.
     *
     * <p>{@link #COMPLETE_PPM} only if nothing of what has passed is uncovered and the window's
     * trades came in tape order; 0 for a window of which nothing has passed.
     *
     * @param startMs start of the window, included
     * @param endMs end of the window, excluded
     * @param watermarkMs how far the tape has come
     * @param unordered whether trades of the window came out of tape order
     */
    static int coveragePpm(UncoveredIntervals uncovered, long startMs, long endMs, long watermarkMs,
            boolean unordered) {
        long passedEndMs = Math.min(endMs, watermarkMs);
        long passedMs = passedEndMs - startMs;
        if (passedMs <= 0) {
            return 0;
        }
        long missingMs = 0;
        long countedToMs = startMs;
        for (int i = 0; i < uncovered.intervalCount(); i++) {
            long from = Math.max(uncovered.fromMs(i), countedToMs);
            long to = Math.min(uncovered.toMs(i), passedEndMs);
            if (to > from) {
                missingMs += to - from;
                countedToMs = to;
            }
        }
        int ppm = (int) (COMPLETE_PPM * (passedMs - missingMs) / passedMs);
        return ppm == COMPLETE_PPM && unordered ? COMPLETE_PPM - 1 : ppm;
    }
}
