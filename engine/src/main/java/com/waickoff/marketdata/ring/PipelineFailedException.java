package com.waickoff.marketdata.ring;

/** A handler threw: an impossible state. Nothing is handled after it; the process must stop. */
public final class PipelineFailedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    PipelineFailedException(long sequence, Throwable cause) {
        super("the pipeline stopped at engine sequence " + sequence + ": " + cause, cause);
    }
}
