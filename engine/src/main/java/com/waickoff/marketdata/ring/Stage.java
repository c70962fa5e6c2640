package com.waickoff.marketdata.ring;

import com.lmax.disruptor.EventHandler;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;

/** Turns ring sequences, which start at 0 in every run, into engine sequences. */
final class Stage implements EventHandler<MarketEvent> {
    private final MarketEventHandler handler;
    private final long firstSequence;
    private long lastSequence;

    Stage(MarketEventHandler handler, long firstSequence) {
        this.handler = handler;
        this.firstSequence = firstSequence;
    }

    @Override
    public void onEvent(MarketEvent event, long ringSequence, boolean endOfBatch) {
        lastSequence = firstSequence + ringSequence;
        handler.onEvent(event, lastSequence, endOfBatch);
    }

    /** The engine sequence of the event handled last. */
    long lastSequence() {
        return lastSequence;
    }
}
