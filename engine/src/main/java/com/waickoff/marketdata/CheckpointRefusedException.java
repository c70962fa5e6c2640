package com.waickoff.marketdata;

import java.io.IOException;

/** A checkpoint that verified and still cannot become the state of this engine. */
final class CheckpointRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    CheckpointRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
