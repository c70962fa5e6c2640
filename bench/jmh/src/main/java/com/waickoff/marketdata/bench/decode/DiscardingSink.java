package com.waickoff.marketdata.bench.decode;

import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.MarketEvent;

/** Takes every batch and forgets it; the slots of the last one can still be looked at. */
final class DiscardingSink implements EventSink {
    private static final int SLOTS = 64;

    private final MarketEvent[] slots = new MarketEvent[SLOTS];
    private int pending;
    private int committed;
    private long published;

    DiscardingSink() {
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new MarketEvent();
        }
    }

    @Override
    public MarketEvent next() {
        return slots[pending++];
    }

    @Override
    public int pendingCount() {
        return pending;
    }

    @Override
    public MarketEvent pending(int index) {
        return slots[index];
    }

    @Override
    public void commit() {
        published += pending;
        committed = pending;
        pending = 0;
    }

    @Override
    public void abort() {
        pending = 0;
    }

    @Override
    public long publishedCount() {
        return published;
    }

    @Override
    public void endOfRead() {
        // Nothing waits for it.
    }

    /** The batch that was committed last, for comparison. */
    String lastBatch() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < committed; i++) {
            text.append(slots[i]).append('\n');
        }
        return text.toString();
    }
}
