package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.event.EventSink;

/**
 * Publishes {@link com.waickoff.marketdata.event.EventKind#CLOCK} for all instruments: when the
 * receive time passes multiples of 100 ms, one event at the latest of them. So a hole of an hour
 * costs one event, and the times of clocks do not depend on when frames happen to arrive.
 *
 * <p>One for each sink, shared by all its feeds. Threads: the feed thread.
 */
public final class FeedClock {
    /** Receive time between two clocks. */
    public static final long PERIOD_NS = 100_000_000;

    private final EventSink sink;
    private long nextTimeNs = Long.MIN_VALUE;

    /** A clock that has not yet been told any time. */
    public FeedClock(EventSink sink) {
        this.sink = sink;
    }

    /**
     * Takes notice of the receive time, before the events received at it are published. The first
     * time ever only says where the multiples begin; times that run backwards are ignored.
     */
    public void advance(long receiveTimeNs) {
        if (receiveTimeNs >= nextTimeNs) {
            tick(receiveTimeNs);
        }
    }

    private void tick(long receiveTimeNs) {
        long timeNs = Math.floorDiv(receiveTimeNs, PERIOD_NS) * PERIOD_NS;
        if (nextTimeNs != Long.MIN_VALUE) {
            sink.next().clock(timeNs);
            sink.commit();
        }
        nextTimeNs = timeNs + PERIOD_NS;
    }
}
