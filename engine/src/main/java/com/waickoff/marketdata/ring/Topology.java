package com.waickoff.marketdata.ring;

/** How the stages are spread over threads. */
public enum Topology {
    /** The feed thread runs the journal and the studies itself: best on up to two cores. */
    INLINE,
    /** One consumer thread runs the journal and the studies. */
    FUSED,
    /** A journal thread, and study threads that share the instruments between them. */
    STAGED;

    private static final int CORES_FOR_FUSED = 4;
    private static final int CORES_FOR_STAGED = 8;

    /** What suits a machine: a hand-off pays only where the consumer has a core to itself. */
    public static Topology forCores(int cores) {
        if (cores < CORES_FOR_FUSED) {
            return INLINE;
        }
        return cores < CORES_FOR_STAGED ? FUSED : STAGED;
    }
}
