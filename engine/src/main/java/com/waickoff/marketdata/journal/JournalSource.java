package com.waickoff.marketdata.journal;

/** Where documents are read from. */
@FunctionalInterface
public interface JournalSource {
    /** A new cursor before the oldest document of a queue. */
    JournalCursor cursor(JournalQueue queue);
}
