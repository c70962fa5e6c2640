package com.waickoff.marketdata.ring;

import com.lmax.disruptor.RingBuffer;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;

/**
 * The way into the ring for its single producer.
 *
 * <p>Slots beyond the cursor that no consumer needs any more belong to the producer, so a batch is
 * written there before it is claimed: committing claims exactly what was written, and aborting
 * claims nothing.
 *
 * <pre>
 *        consumers ──►        cursor   pending   limit
 *  ───┬──────────────────────────┬────────┬────────┬───
 *     │  published, unread       │ batch  │  free  │ still read by a consumer
 *  ───┴──────────────────────────┴────────┴────────┴───
 * </pre>
 */
final class RingPublisher implements EventSink {
    /** Makes room, and runs the stages at the end of a read, where they have no thread. */
    interface Stages {
        /** Waits for or makes room behind the ring. */
        void makeRoom();

        /** A read of the socket has ended. */
        void endOfRead();
    }

    private static final int CHUNKS_PER_RING = 4;

    private long cursor = -1;
    private long limit;
    private int pending;
    private boolean continued;

    private final RingBuffer<MarketEvent> ring;
    private final Stages stages;
    private final Failure failure;
    private final CounterBlock counters;
    private final int chunk;

    RingPublisher(RingBuffer<MarketEvent> ring, Stages stages, Failure failure,
            CounterBlock counters) {
        this.ring = ring;
        this.stages = stages;
        this.failure = failure;
        this.counters = counters;
        this.chunk = ring.getBufferSize() / CHUNKS_PER_RING;
        this.limit = ring.getBufferSize() - 1L;
    }

    @Override
    public MarketEvent next() {
        if (pending == chunk) {
            publishChunkSlowPath();
        }
        long sequence = cursor + 1 + pending;
        if (sequence > limit) {
            makeRoomSlowPath(sequence);
        }
        pending++;
        return ring.get(sequence);
    }

    private void makeRoomSlowPath(long sequence) {
        limit = cursor + ring.remainingCapacity();
        if (sequence <= limit) {
            return;
        }
        counters.increment(Counter.RING_STALLS);
        while (sequence > limit) {
            failure.throwIfAny();
            stages.makeRoom();
            limit = cursor + ring.remainingCapacity();
        }
    }

    private void publishChunkSlowPath() {
        counters.increment(Counter.BATCHES_CHUNKED);
        publish();
        continued = true;
    }

    @Override
    public int pendingCount() {
        return pending;
    }

    @Override
    public MarketEvent pending(int index) {
        if (index < 0 || index >= pending) {
            throw new IndexOutOfBoundsException(
                    "slot " + index + " of an open batch of " + pending);
        }
        return ring.get(cursor + 1 + index);
    }

    @Override
    public void commit() {
        if (pending == 0) {
            return;
        }
        ring.get(cursor + pending).addFlags(EventFlags.LAST);
        publish();
        continued = false;
    }

    private void publish() {
        failure.throwIfAny();
        if (!continued) {
            ring.get(cursor + 1).addFlags(EventFlags.FIRST);
        }
        long last = ring.next(pending);
        ring.publish(last - pending + 1, last);
        counters.add(Counter.EVENTS_PUBLISHED, pending);
        cursor = last;
        pending = 0;
    }

    @Override
    public void abort() {
        pending = 0;
        continued = false;
    }

    @Override
    public long publishedCount() {
        return cursor + 1;
    }

    @Override
    public void endOfRead() {
        stages.endOfRead();
    }
}
