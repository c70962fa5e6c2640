package com.waickoff.marketdata.storage.effect;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.Instrument;

/**
 * A trade of the public tape.
 *
 * @param price scaled
 * @param quantity scaled
 * @param tradeId the venue's trade id, or a 64-bit hash of it where it is no number
 * @param aux the venue's cross sequence, or the number of fills of an aggregate
 * @param flags bits of {@link EventFlags}
 */
public record TradeProcessed(EffectId id, Instrument instrument, long matchTimeNs,
        long receiveTimeNs, long price, long quantity, long tradeId, long aux, int flags)
        implements
            Effect {
    /** {@link #type()} of these. */
    public static final String TYPE = "trade.processed";

    /** Whether the aggressor bought; if not, it sold. */
    public boolean isBuy() {
        return has(EventFlags.BUY);
    }

    /** Whether it is a block trade. */
    public boolean isBlock() {
        return has(EventFlags.BLOCK);
    }

    /** Whether it was filled against a retail-price-improvement order. */
    public boolean isRetailImprovement() {
        return has(EventFlags.RPI);
    }

    /** Whether it was fetched after the fact. */
    public boolean isRepaired() {
        return has(EventFlags.REPAIRED);
    }

    /** Whether it is no print of the book and counts in no window. */
    public boolean isOffBook() {
        return has(EventFlags.OFF_BOOK);
    }

    /** How many trades of the tape it stands for. */
    public long fills() {
        return has(EventFlags.AGGREGATE) ? aux : 1;
    }

    private boolean has(short flag) {
        return (flags & flag) != 0;
    }

    @Override
    public String type() {
        return TYPE;
    }
}
