package com.waickoff.marketdata.storage.effect;

import com.waickoff.marketdata.event.Instrument;

/**
 * Something that a sink has to have exactly once. Numbers are in the instrument's scaled units.
 *
 * <p>Threads: immutable.
 */
public sealed interface Effect
        permits TradeProcessed, WindowClosed, WindowRevised, SignalRaised, BookStateChanged,
        FeedStateChanged, InstrumentChanged, CoverageChanged {
    /** Its name, and its place among all effects of the journal. */
    EffectId id();

    /** What it is about, as defined at that moment. */
    Instrument instrument();

    /**
     * When it happened, in ns since the epoch of match times: of a window its end. 0 where the venue
     * gave no time.
     */
    long matchTimeNs();

    /** When the event that led to it was received, in ns since the epoch. */
    long receiveTimeNs();

    /** Name of its kind on the bus and in documents, such as {@code trade.processed}. */
    String type();
}
