package com.waickoff.marketdata.storage.effect;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.Reason;

/**
 * The feed of an instrument came up or went down.
 *
 * @param isUp from now on
 * @param epoch counts the connections of the feed, from 1
 * @param reason why it went down
 */
public record FeedStateChanged(EffectId id, Instrument instrument, long matchTimeNs,
        long receiveTimeNs, boolean isUp, long epoch, Reason reason) implements Effect {
    /** {@link #type()} of these. */
    public static final String TYPE = "feed.state";

    @Override
    public String type() {
        return TYPE;
    }
}
