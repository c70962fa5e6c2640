package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.status.InstrumentState;

/**
 * Hears what a feed finds out that is no market event, for people to see.
 *
 * <p>Threads: called by the feed thread; must not block.
 */
public interface FeedNotices {
    /** Nobody listens. */
    FeedNotices UNHEARD = new FeedNotices() {
        @Override
        public void onInstrument(String symbol, InstrumentState state, String detail,
                long nowNs) {}

        @Override
        public void onClock(long offsetNs, long roundTripNs, long nowNs) {}

        @Override
        public void onError(String code, String detail) {}
    };

    /**
     * The state of an instrument, or what there is to say of it, has changed.
     *
     * @param detail why, for people; may be empty
     */
    void onInstrument(String symbol, InstrumentState state, String detail, long nowNs);

    /**
     * The venue's clock was looked at.
     *
     * @param offsetNs its time minus ours, true to within half the round trip
     * @param roundTripNs of the request it was measured by
     */
    void onClock(long offsetNs, long roundTripNs, long nowNs);

    /**
     * Something is wrong that a person should know.
     *
     * @param code what kind, in snake_case
     * @param detail what about, from a bounded set of texts
     */
    void onError(String code, String detail);
}
