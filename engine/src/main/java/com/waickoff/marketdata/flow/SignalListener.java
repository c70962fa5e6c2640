package com.waickoff.marketdata.flow;

import com.waickoff.marketdata.snapshot.Signal;

/**
 * Is told of every signal when it is raised, in the order of their engine sequences and ordinals.
 *
 * <p>Threads: the study thread of the instrument.
 */
@FunctionalInterface
public interface SignalListener {
    /** Nobody wants to know. */
    SignalListener NONE = (instrumentId, signal) -> {};

    /**
     * A signal was raised.
     *
     * @param signal valid during the call only
     */
    void onSignal(int instrumentId, Signal signal);
}
