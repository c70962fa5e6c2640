package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.MarketEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * A source's way to the ring through its gate. A batch is kept until it is committed, because only
 * then all of it is known.
 *
 * <p>Threads: the feed thread.
 */
final class GateSink implements EventSink {
    private final EventSink target;
    private final EventGate gate;
    private final TargetOutput output;
    private final List<MarketEvent> batch = new ArrayList<>();
    private int pending;

    /**
     * A way to {@code target}.
     *
     * @param log hears of all that is handed on
     */
    GateSink(EventSink target, EventGate gate, EventLog log) {
        this.target = target;
        this.gate = gate;
        output = new TargetOutput(target, log);
    }

    @Override
    public MarketEvent next() {
        if (pending == batch.size()) {
            batch.add(new MarketEvent());
        }
        return batch.get(pending++);
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
        return batch.get(index);
    }

    @Override
    public void commit() {
        if (pending == 0) {
            return;
        }
        batch.getFirst().addFlags(EventFlags.FIRST);
        batch.get(pending - 1).addFlags(EventFlags.LAST);
        for (int i = 0; i < pending; i++) {
            gate.onEvent(batch.get(i), output);
        }
        output.endOfBatch();
        pending = 0;
    }

    @Override
    public void abort() {
        pending = 0;
    }

    @Override
    public long publishedCount() {
        return target.publishedCount();
    }

    @Override
    public void endOfRead() {
        target.endOfRead();
    }

    /** The first moment has come. */
    void begin() {
        gate.begin(output);
    }

    /** The source has ended, and others go on. */
    void end(long timeNs) {
        gate.end(timeNs, output);
    }

    private record TargetOutput(EventSink target, EventLog log) implements JoinedState.Output {
        @Override
        public void accept(MarketEvent event) {
            target.next().copyFrom(event);
            // The slots of the open batch are counted when it is published.
            log.onEvent(event, target.publishedCount() + target.pendingCount());
        }

        @Override
        public void endOfBatch() {
            target.commit();
        }
    }
}
