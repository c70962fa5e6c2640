package com.waickoff.marketdata;

import com.waickoff.marketdata.feed.FeedNotices;
import com.waickoff.marketdata.status.ClockStatus;
import com.waickoff.marketdata.status.ErrorLog;
import com.waickoff.marketdata.status.InstrumentNotes;
import com.waickoff.marketdata.status.InstrumentState;
import com.waickoff.marketdata.status.StatusWriter;

/** Writes what a feed finds out into the status file. Threads: the feed thread, once it runs. */
final class StatusNotices implements FeedNotices {
    private final String feed;
    private final InstrumentNotes instruments;
    private final ClockStatus clock;
    private final ErrorLog errors;

    /**
     * The notices of a feed.
     *
     * @param feed its name, which is its venue's
     */
    StatusNotices(String feed, StatusWriter status) {
        this.feed = feed;
        this.instruments = status.instruments();
        this.clock = status.clock(feed);
        this.errors = status.errors();
    }

    @Override
    public void onInstrument(String symbol, InstrumentState state, String detail, long nowNs) {
        if (!instruments.show(feed + ':' + symbol, state, nowNs, detail)) {
            errors.record(feed, "too_many_instrument_notes",
                    "the status file has no room to show the states of more instruments");
        }
    }

    @Override
    public void onClock(long offsetNs, long roundTripNs, long nowNs) {
        clock.measured(offsetNs, roundTripNs, nowNs);
    }

    @Override
    public void onError(String code, String detail) {
        errors.record(feed, code, detail);
    }
}
