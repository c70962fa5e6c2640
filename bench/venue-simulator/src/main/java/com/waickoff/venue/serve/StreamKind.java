package com.waickoff.venue.serve;

/** What a stream tells. */
enum StreamKind {
    TRADES,
    /** Fills of one order told as one trade. */
    AGGREGATES,
    /** A book that starts by itself: a whole one first, then what changes. */
    BOOK,
    /** What changes in a book that is asked for elsewhere. */
    DIFFERENCES,
    /** The best levels, whole each time. */
    PARTIAL_BOOK, BEST_PRICES, OTHER;

    boolean isTape() {
        return this == TRADES || this == AGGREGATES;
    }

    boolean isBook() {
        return this == BOOK || this == DIFFERENCES;
    }
}
