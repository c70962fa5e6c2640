package com.waickoff.marketdata.journal;

/** Where documents are read from. */
public interface JournalSource {
    /** One that holds nothing. */
    JournalSource EMPTY = new JournalSource() {
        @Override
        public JournalCursor cursor(JournalQueue queue) {
            return new EmptyCursor();
        }

        @Override
        public boolean isDeclaredLost(SequenceRange events) {
            return false;
        }
    };

    /** A new cursor before the oldest document of a queue. */
    JournalCursor cursor(JournalQueue queue);

    /** Whether the loss of these events is known and declared: reading goes on after them. */
    boolean isDeclaredLost(SequenceRange events);

    /** First sequence whose book levels are there, where older ones were removed; else 0. */
    default long depthFrom() {
        return 0;
    }
}
