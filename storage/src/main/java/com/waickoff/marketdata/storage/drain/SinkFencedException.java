package com.waickoff.marketdata.storage.drain;

/** Another drain, with a larger epoch, has taken over: this one must stop. */
public final class SinkFencedException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Says who took over.
     *
     * @param message for people, without secrets
     */
    public SinkFencedException(String message) {
        super(message);
    }
}
