package com.waickoff.marketdata.bench.pipeline;

import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.MarketEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps the batches that feeds publish, to be published again into several pipelines. */
final class EventTape implements EventSink {
    private final List<MarketEvent> slots = new ArrayList<>();
    private int[] ends = new int[1 << 12];
    private int batches;
    private int committed;
    private int used;
    private long published;

    /** Forgets all batches. */
    void clear() {
        batches = 0;
        committed = 0;
        used = 0;
    }

    /** Number of batches. */
    int batches() {
        return batches;
    }

    /** Number of events in all batches. */
    int events() {
        return committed;
    }

    /** Publishes a batch. */
    void publish(int batch, EventSink sink) {
        int end = ends[batch];
        for (int i = batch == 0 ? 0 : ends[batch - 1]; i < end; i++) {
            sink.next().copyFrom(slots.get(i));
        }
        sink.commit();
    }

    @Override
    public MarketEvent next() {
        if (used == slots.size()) {
            slots.add(new MarketEvent());
        }
        return slots.get(used++);
    }

    @Override
    public int pendingCount() {
        return used - committed;
    }

    @Override
    public MarketEvent pending(int index) {
        return slots.get(committed + index);
    }

    @Override
    public void commit() {
        if (used > committed) {
            if (batches == ends.length) {
                ends = Arrays.copyOf(ends, 2 * batches);
            }
            published += used - committed;
            committed = used;
            ends[batches++] = used;
        }
    }

    @Override
    public void abort() {
        used = committed;
    }

    @Override
    public long publishedCount() {
        return published;
    }

    @Override
    public void endOfRead() {
        // Batches are read one by one.
    }
}
