package com.waickoff.marketdata.storage.effect;

import com.waickoff.marketdata.event.Instrument;

/** An instrument was defined, or defined anew under another id. */
public record InstrumentChanged(EffectId id, Instrument instrument, long receiveTimeNs)
        implements
            Effect {
    /** {@link #type()} of these. */
    public static final String TYPE = "instrument.changed";

    @Override
    public long matchTimeNs() {
        return 0;
    }

    @Override
    public String type() {
        return TYPE;
    }
}
