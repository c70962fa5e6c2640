package com.waickoff.marketdata.event;

/**
 * The door out of the ring: the journal, then the studies.
 *
 * <p>Threads: all calls for one handler come from one thread at a time. An exception is an
 * impossible state: it stops the pipeline loudly.
 */
@FunctionalInterface
public interface MarketEventHandler {
    /**
     * Handles one event.
     *
     * @param event valid during the call only
     * @param sequence engine sequence: contiguous, one to each event, from 1
     * @param endOfBatch whether nothing more is at hand: the moment to publish what readers see
     */
    void onEvent(MarketEvent event, long sequence, boolean endOfBatch);
}
