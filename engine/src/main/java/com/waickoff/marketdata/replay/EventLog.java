package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.event.MarketEvent;

/** Hears of the events of a replay as they are handed on. Threads: the one that replays. */
@FunctionalInterface
public interface EventLog {
    /** Nobody listens. */
    EventLog NONE = (event, sequence) -> {};

    /**
     * An event is handed on.
     *
     * @param sequence its engine sequence
     */
    void onEvent(MarketEvent event, long sequence);
}
