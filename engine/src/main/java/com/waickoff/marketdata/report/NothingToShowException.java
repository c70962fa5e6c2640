package com.waickoff.marketdata.report;

/**
 * There is nothing to show, now or at all; the message says what is missing, and what there is.
 *
 * <p>Where somebody watches, it may be over a moment later.
 */
public final class NothingToShowException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean busy;

    private NothingToShowException(String message, boolean busy) {
        super(message);
        this.busy = busy;
    }

    /** What was asked for is not there. */
    public static NothingToShowException absent(String message) {
        return new NothingToShowException(message, false);
    }

    /** It is there, and was written each time it was read. */
    public static NothingToShowException busy(String file) {
        return new NothingToShowException(
                file + ": the engine wrote each time it was read; try again", true);
    }

    /** Whether the same question may have an answer at once. */
    public boolean isBusy() {
        return busy;
    }
}
