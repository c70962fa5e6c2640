package com.waickoff.venue.serve;

import java.util.Arrays;

/**
 * How long clients took to answer the venue's pings.
 *
 * @param count pongs so far
 * @param medianUs of the last ones, in µs; 0 without any
 * @param p99Us of the last ones, in µs
 * @param mostUs of all, in µs
 */
public record PongDelays(long count, long medianUs, long p99Us, long mostUs) {
    /** Takes delays one by one. Belongs to the event loop. */
    static final class Recorder {
        private static final int KEPT = 1 << 14;

        private final long[] lastUs = new long[KEPT];
        private long count;
        private long mostUs;

        void add(long delayUs) {
            lastUs[(int) (count++ % KEPT)] = delayUs;
            mostUs = Math.max(mostUs, delayUs);
        }

        PongDelays delays() {
            long[] sorted = Arrays.copyOf(lastUs, (int) Math.min(count, KEPT));
            Arrays.sort(sorted);
            return sorted.length == 0
                    ? new PongDelays(0, 0, 0, 0)
                    : new PongDelays(count, sorted[sorted.length / 2],
                            sorted[sorted.length * 99 / 100], mostUs);
        }
    }
}
