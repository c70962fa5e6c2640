package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.MarketEvent;
import java.util.ArrayList;
import java.util.List;

/** A sink with the ring's rules for batches, which keeps what is published, or only counts it. */
public final class CollectingSink implements EventSink {
    private final MarketEvent[] slots;
    private final List<MarketEvent> published = new ArrayList<>();
    private final boolean isKeeping;
    private int open;
    private long count;
    private boolean isChunked;

    /** A sink that keeps events and publishes batches longer than {@code chunk} in chunks. */
    public static CollectingSink keeping(int chunk) {
        return new CollectingSink(chunk, true);
    }

    /** A sink that only counts. */
    public static CollectingSink counting(int chunk) {
        return new CollectingSink(chunk, false);
    }

    private CollectingSink(int chunk, boolean isKeeping) {
        this.isKeeping = isKeeping;
        slots = new MarketEvent[chunk];
        for (int i = 0; i < chunk; i++) {
            slots[i] = new MarketEvent();
        }
    }

    /** What was published since the last {@link #clear}. */
    public List<MarketEvent> events() {
        return published;
    }

    /** Forgets what was published. */
    public void clear() {
        published.clear();
    }

    @Override
    public MarketEvent next() {
        if (open == slots.length) {
            publish(false);
            isChunked = true;
        }
        return slots[open++];
    }

    @Override
    public int pendingCount() {
        return open;
    }

    @Override
    public MarketEvent pending(int index) {
        return slots[index];
    }

    @Override
    public void commit() {
        if (open != 0) {
            publish(true);
        }
        isChunked = false;
    }

    @Override
    public void abort() {
        open = 0;
        isChunked = false;
    }

    @Override
    public long publishedCount() {
        return count;
    }

    @Override
    public void endOfRead() {}

    private void publish(boolean isLast) {
        if (!isChunked) {
            slots[0].addFlags(EventFlags.FIRST);
        }
        if (isLast) {
            slots[open - 1].addFlags(EventFlags.LAST);
        }
        count += open;
        if (isKeeping) {
            for (int i = 0; i < open; i++) {
                MarketEvent copy = new MarketEvent();
                copy.copyFrom(slots[i]);
                published.add(copy);
            }
        }
        open = 0;
    }
}
