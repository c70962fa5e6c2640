package com.waickoff.marketdata.storage.effect;

import com.waickoff.marketdata.event.Instrument;

/** A window closed: the watermark passed its end plus the lateness. */
public record WindowClosed(EffectId id, Instrument instrument, long receiveTimeNs,
        WindowState window) implements Effect {
    /** {@link #type()} of these. */
    public static final String TYPE = "window.closed";

    @Override
    public long matchTimeNs() {
        return window.endNs();
    }

    @Override
    public String type() {
        return TYPE;
    }
}
