package com.waickoff.marketdata.feed.recording;

import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.MarketEvent;

/**
 * Takes every event and forgets it. A batch that outgrows its slots is forgotten in chunks, as the
 * ring would publish it.
 *
 * <p>Threads: the feed thread.
 */
public final class DiscardingSink implements EventSink {
    private static final int SLOTS = 1 << 12;

    private final MarketEvent[] slots = new MarketEvent[SLOTS];
    private int pending;
    private long published;

    /** A sink that was given nothing yet. */
    public DiscardingSink() {
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new MarketEvent();
        }
    }

    @Override
    public MarketEvent next() {
        if (pending == SLOTS) {
            commit();
        }
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
        // Nobody waits for events.
    }
}
