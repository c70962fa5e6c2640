package com.waickoff.marketdata.journal;

/** Where documents are read from. */
public interface JournalSource {
    /** A new cursor before the oldest document of a queue. */
    JournalCursor cursor(JournalQueue queue);

    /** Whether the loss of these events is known and declared: reading goes on after them. */
    boolean isDeclaredLost(SequenceRange events);
}
