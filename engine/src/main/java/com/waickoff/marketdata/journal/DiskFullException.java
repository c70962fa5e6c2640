package com.waickoff.marketdata.journal;

/** The disk has no room for what must be journaled; nothing was begun that is not whole. */
public final class DiskFullException extends JournalException {
    private static final long serialVersionUID = 1;

    /** What found no room, and where. */
    public DiskFullException(String message) {
        super(message);
    }
}
