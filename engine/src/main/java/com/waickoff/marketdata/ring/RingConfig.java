package com.waickoff.marketdata.ring;

/**
 * Size and threads of the pipeline.
 *
 * @param slots number of ring slots, a power of two from 4,096 to 4,194,304
 * @param topology how the stages are spread over threads
 * @param studyThreads number of study threads of the staged topology, 1 to 64
 * @param idle what a consumer thread does while there is nothing to do
 */
public record RingConfig(int slots, Topology topology, int studyThreads, Idle idle) {
    /** 16,384 slots, inline. */
    public static final RingConfig DEFAULT = new RingConfig(1 << 14, Topology.INLINE, 1,
            Idle.SLEEPING);

    /** A quarter of the ring must hold the largest trade frame, 1,024 trades, in one batch. */
    private static final int MIN_SLOTS = 1 << 12;
    private static final int MAX_SLOTS = 1 << 22;
    private static final int MAX_STUDY_THREADS = 64;

    /** Checks ranges. */
    public RingConfig {
        if (slots < MIN_SLOTS || slots > MAX_SLOTS || Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException("pipeline.slots is " + slots
                    + ", allowed is a power of two from " + MIN_SLOTS + " to " + MAX_SLOTS);
        }
        if (studyThreads < 1 || studyThreads > MAX_STUDY_THREADS) {
            throw new IllegalArgumentException("pipeline.study-threads is " + studyThreads
                    + ", allowed is 1 to " + MAX_STUDY_THREADS);
        }
    }

    /** What a consumer thread does while there is nothing to do. */
    public enum Idle {
        /** Sleeps for longer and longer: little CPU, tens of microseconds to wake up. */
        SLEEPING,
        /** Waits on a lock until something is published: no CPU, tens of microseconds. */
        BLOCKING,
        /** Yields: a whole core, below a microsecond. */
        YIELDING,
        /** Spins: a whole core to itself, the lowest latency. */
        BUSY_SPIN
    }
}
