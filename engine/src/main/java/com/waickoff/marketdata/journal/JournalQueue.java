package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.event.EventKind;

/**
 * The two queues of a journal. They share one sequence and differ in how long they are kept. The
 * directory names are part of the format.
 */
public enum JournalQueue {
    /** Trades and control events. */
    TAPE("tape"),
    /** Book levels. */
    DEPTH("depth");

    private final String directoryName;

    JournalQueue(String directoryName) {
        this.directoryName = directoryName;
    }

    /** The directory of its files, below the journal's. */
    public String directoryName() {
        return directoryName;
    }

    /** Where events of this kind go. */
    public static JournalQueue of(byte kind) {
        return kind == EventKind.BOOK_LEVEL ? DEPTH : TAPE;
    }
}
