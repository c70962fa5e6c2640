package com.waickoff.marketdata.storage.effect;

import com.waickoff.marketdata.event.Instrument;

/**
 * A closed window changed: what it is now, in place of all that was told of it before.
 *
 * <p>Told once for events that were journaled as one batch, after the last of them; so a revision
 * number may be passed over.
 */
public record WindowRevised(EffectId id, Instrument instrument, long receiveTimeNs,
        WindowState window) implements Effect {
    /** {@link #type()} of these. */
    public static final String TYPE = "window.revised";

    @Override
    public long matchTimeNs() {
        return window.endNs();
    }

    @Override
    public String type() {
        return TYPE;
    }
}
