package com.waickoff.marketdata.ring;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;

/**
 * Gives a shard the events of its instruments and those for all.
 *
 * <p>The end of a batch may come with another shard's event; it is passed on as a clock-less
 * nothing so that what the shard has gathered is published.
 */
public final class ShardHandler implements MarketEventHandler {
    private final MarketEventHandler handler;
    private final int shard;
    private final int shards;
    private final MarketEvent nothing = new MarketEvent();

    /** The events of shard {@code shard} of {@code shards}: ids with that remainder. */
    public ShardHandler(MarketEventHandler handler, int shard, int shards) {
        this.handler = handler;
        this.shard = shard;
        this.shards = shards;
        nothing.header(EventKind.NONE, 0, MarketEvent.ALL_INSTRUMENTS, 0, 0);
    }

    @Override
    public void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
        int instrumentId = event.instrumentId();
        if (instrumentId == MarketEvent.ALL_INSTRUMENTS || instrumentId % shards == shard) {
            handler.onEvent(event, sequence, endOfBatch);
        } else if (endOfBatch) {
            handler.onEvent(nothing, sequence, true);
        }
    }
}
