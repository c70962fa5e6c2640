package com.waickoff.marketdata;

import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.journal.SequenceRange;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.window.Window;

/**
 * Is told the events of a journal and what the studies derive from each.
 *
 * <pre>
 *   onEvent ─► onWindowClosed* ─► onSignal* ─► onWindowRevised* ─► onBookState* ─► onCoverage? ─► onHandled
 * </pre>
 *
 * <p>The calls depend on the journal alone: whoever begins anew from a checkpoint is told the same in
 * the same order. Everything handed in is valid during the call only.
 *
 * <p>Threads: that of {@link Derivation#poll}.
 */
public interface DerivationListener {
    /** An event of the journal, before the studies see it. */
    default void onEvent(MarketEvent event, long sequence) {}

    /**
     * The watermark passed a window's end plus the lateness.
     *
     * @param cumulativeDelta the delta of all trades up to the window's end
     */
    default void onWindowClosed(int instrumentId, Window window, long cumulativeDelta) {}

    /**
     * A closed window changed. Told once for the events that were journaled together, after the last
     * of them, or when the window leaves memory before that.
     *
     * @param cumulativeDelta the delta of all trades up to the window's end
     */
    default void onWindowRevised(int instrumentId, Window window, long cumulativeDelta) {}

    /**
     * A window leaves memory, or loses its rows: it will not change again.
     *
     * @param cumulativeDelta the delta of all trades up to the window's end
     */
    default void onWindowRetired(int instrumentId, Window window, long cumulativeDelta) {}

    /** A signal was raised. */
    default void onSignal(int instrumentId, Signal signal) {}

    /**
     * A book is worth something else than before.
     *
     * @param cause the event that made it so
     */
    default void onBookState(int instrumentId, BookState state, MarketEvent cause) {}

    /** The uncovered stretches of an instrument's tape changed: {@link Derivation#coverage}. */
    default void onCoverage(int instrumentId) {}

    /**
     * Events are not there that should be: their files were removed before they were read. What is
     * derived from here on shows it as a hole of every tape. Told before the next event.
     *
     * @param place where their absence shows
     */
    default void onMissing(SequenceRange events, String place) {}

    /** All that the event led to was told. */
    default void onHandled(MarketEvent event, long sequence) {}
}
