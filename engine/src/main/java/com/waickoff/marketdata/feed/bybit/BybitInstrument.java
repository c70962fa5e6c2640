package com.waickoff.marketdata.feed.bybit;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.feed.InstrumentFeed;

/** An instrument of Bybit: where its book stands in the venue's sequence. */
final class BybitInstrument extends InstrumentFeed {
    /** No depth was chosen: the first topic that brings a book decides. */
    static final int ANY_DEPTH = 0;

    /** Depth of the topic the book is made from, or {@link #ANY_DEPTH}. */
    int bookDepth;
    /** The link the book is made from. */
    int bookLink;
    /** {@code u} of the last update applied. */
    long lastUpdateId;
    /** {@code seq} of the last update applied. */
    long lastSequence;
    /** When to ask for the book again if no snapshot has come by then; 0 if none is due. */
    long resubscribeTimeNs;
    /** When the book was last asked for again. */
    long lastRequestTimeNs;

    BybitInstrument(Instrument definition, int bookDepth, int recentTrades) {
        super(definition, recentTrades);
        this.bookDepth = bookDepth;
    }

    /** Whether its best level is asked for, to hold the book against. */
    boolean isChecked() {
        return check() != null && bookDepth > 1;
    }
}
