package com.waickoff.marketdata.storage.history;

/** There is no answer, and why. */
public final class HistoryException extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** What can be done about it. */
    public enum Kind {
        /** The store does not answer, or not in time: ask again later. */
        UNAVAILABLE,
        /** The range is longer than is answered: ask for less. */
        RANGE_TOO_LARGE,
        /** The cursor is not one of this question: ask from the beginning. */
        BAD_CURSOR,
        /** The cursor is too old, or what it pointed into has been filled anew or dropped. */
        CURSOR_EXPIRED,
        /** This store does not keep that. */
        NOT_KEPT,
        /** What is stored cannot be read: it was written by a newer program, or is damaged. */
        UNREADABLE
    }

    /**
     * Says why.
     *
     * @param message for people, without secrets
     */
    public HistoryException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /**
     * Says why.
     *
     * @param message for people, without secrets
     */
    public HistoryException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What can be done about it. */
    public Kind kind() {
        return kind;
    }
}
