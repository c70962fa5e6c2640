package com.waickoff.marketdata.ring;

import org.jspecify.annotations.Nullable;

/**
 * The first failure of any stage; it ends them all.
 *
 * <p>Threads: any stage reports, the publisher looks.
 */
final class Failure {
    private volatile @Nullable PipelineFailedException first;

    synchronized PipelineFailedException report(long sequence, Throwable cause) {
        PipelineFailedException known = first;
        if (known == null) {
            known = cause instanceof PipelineFailedException failed ? failed
                    : new PipelineFailedException(sequence, cause);
            first = known;
        }
        return known;
    }

    void throwIfAny() {
        PipelineFailedException known = first;
        if (known != null) {
            throw known;
        }
    }
}
