package com.waickoff.marketdata.storage.drain;

/**
 * The server did not answer, or not in time, or is too busy, full or restarting: the lane tries
 * again, for ever. Whether what was asked has happened is unknown.
 */
public final class SinkUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * A failure that passes.
     *
     * @param message for people, without secrets
     */
    public SinkUnavailableException(String message) {
        super(message);
    }

    /**
     * A failure that passes.
     *
     * @param message for people, without secrets
     */
    public SinkUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
