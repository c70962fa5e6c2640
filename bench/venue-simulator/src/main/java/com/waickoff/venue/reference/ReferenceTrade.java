package com.waickoff.venue.reference;

import java.math.BigDecimal;
import java.util.OptionalLong;

/**
 * A trade of the public tape.
 *
 * @param instrument {@code venue:SYMBOL}
 * @param matchTimeMs the venue's match time, ms since the epoch
 * @param price above 0
 * @param quantity above 0, in the venue's unit
 * @param buy whether the taker bought
 * @param chainId the venue's trade id where ids chain (each one more than the last), else empty
 */
public record ReferenceTrade(String instrument, long matchTimeMs, BigDecimal price,
        BigDecimal quantity, boolean buy, OptionalLong chainId) {

    public ReferenceTrade {
        if (price.signum() <= 0 || quantity.signum() <= 0) {
            throw new IllegalArgumentException(
                    "price and quantity must be above 0: " + price + ", " + quantity);
        }
    }

    /** A trade of a venue whose ids do not chain. */
    public static ReferenceTrade of(String instrument, long matchTimeMs, BigDecimal price,
            BigDecimal quantity, boolean buy) {
        return new ReferenceTrade(instrument, matchTimeMs, price, quantity, buy,
                OptionalLong.empty());
    }

    /** The same at another time. */
    ReferenceTrade shifted(long shiftMs) {
        return new ReferenceTrade(instrument, matchTimeMs + shiftMs, price, quantity, buy,
                chainId);
    }
}
