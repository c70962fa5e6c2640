package com.waickoff.marketdata.depth;

import com.waickoff.marketdata.event.Instrument;

/** Where the study shows a book to readers. */
interface DepthPublisher {
    /** An instrument was defined: makes room for its section. */
    void define(Instrument instrument);

    /** Shows a complete book as of an engine sequence. */
    void publish(Book book, long sequence);
}
