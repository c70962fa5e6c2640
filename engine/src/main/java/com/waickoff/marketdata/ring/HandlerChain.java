package com.waickoff.marketdata.ring;

import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;

/** Handlers that take each event one after the other on one thread. */
public final class HandlerChain implements MarketEventHandler {
    private final MarketEventHandler[] handlers;

    /** The handlers in the order in which they see an event. */
    public HandlerChain(MarketEventHandler... handlers) {
        this.handlers = handlers.clone();
    }

    @Override
    public void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
        for (MarketEventHandler handler : handlers) {
            handler.onEvent(event, sequence, endOfBatch);
        }
    }
}
