package com.waickoff.marketdata.cli;

/**
 * Whether a person wants the command to end early.
 *
 * <p>Threads: any thread may request, the command's own asks.
 */
final class Interruption {
    private volatile boolean requested;

    /** Asks the command to come to its end. */
    void request() {
        requested = true;
    }

    /** Whether the command is to come to its end. */
    boolean isRequested() {
        return requested;
    }
}
