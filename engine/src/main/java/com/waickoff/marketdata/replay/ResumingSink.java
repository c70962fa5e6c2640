package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.MarketEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a recording be replayed again from its beginning into a journal that already holds the first
 * of its events: those are decoded, so that the decoders know where they are, and not published a
 * second time.
 *
 * <p>Threads: the feed thread.
 */
public final class ResumingSink implements EventSink {
    private final EventSink target;
    private final long journaled;
    private final List<MarketEvent> skippedBatch = new ArrayList<>();
    private int pending;
    private long skipped;

    /**
     * A sink in front of {@code target}.
     *
     * @param journaled number of events the journal already holds
     */
    public ResumingSink(EventSink target, long journaled) {
        this.target = target;
        this.journaled = journaled;
    }

    private boolean isSkipping() {
        return skipped < journaled;
    }

    @Override
    public MarketEvent next() {
        if (!isSkipping()) {
            return target.next();
        }
        if (pending == skippedBatch.size()) {
            skippedBatch.add(new MarketEvent());
        }
        return skippedBatch.get(pending++);
    }

    @Override
    public int pendingCount() {
        return isSkipping() ? pending : target.pendingCount();
    }

    @Override
    public MarketEvent pending(int index) {
        return isSkipping() ? skippedBatch.get(index) : target.pending(index);
    }

    @Override
    public void commit() {
        if (!isSkipping()) {
            target.commit();
            return;
        }
        if (skipped + pending > journaled) {
            throw new IllegalStateException("the journal ends after event " + journaled
                    + ", in the middle of an update of this recording: it was not written from it,"
                    + " or by a larger ring");
        }
        skipped += pending;
        pending = 0;
    }

    @Override
    public void abort() {
        if (isSkipping()) {
            pending = 0;
        } else {
            target.abort();
        }
    }

    @Override
    public long publishedCount() {
        return skipped + target.publishedCount();
    }

    @Override
    public void endOfRead() {
        if (!isSkipping()) {
            target.endOfRead();
        }
    }
}
