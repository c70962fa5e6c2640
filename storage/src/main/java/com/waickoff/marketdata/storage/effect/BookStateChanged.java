package com.waickoff.marketdata.storage.effect;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.snapshot.BookState;

/**
 * An instrument's book is worth something else than before.
 *
 * @param state from now on
 * @param reason why it no longer follows its venue
 * @param updateId the venue's
 */
public record BookStateChanged(EffectId id, Instrument instrument, long matchTimeNs,
        long receiveTimeNs, BookState state, Reason reason, long updateId) implements Effect {
    /** {@link #type()} of these. */
    public static final String TYPE = "book.state";

    @Override
    public String type() {
        return TYPE;
    }
}
