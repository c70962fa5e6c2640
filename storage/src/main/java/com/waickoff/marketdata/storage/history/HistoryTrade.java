package com.waickoff.marketdata.storage.history;

import com.waickoff.marketdata.event.EventFlags;

/**
 * A trade, as {@link com.waickoff.marketdata.storage.effect.TradeProcessed} has it.
 *
 * @param sequence engine sequence
 * @param ordinal among the effects of that event
 * @param price with {@code priceScale} decimals
 * @param quantity with {@code quantityScale} decimals
 * @param tradeId the venue's, or a 64-bit hash of it
 * @param aux the venue's cross sequence, or the number of fills of an aggregate
 * @param flags bits of {@link EventFlags}
 */
public record HistoryTrade(long sequence, int ordinal, long matchTimeNs, long receiveTimeNs,
        long price, long quantity, long tradeId, long aux, int flags, int priceScale,
        int quantityScale) {
    /** Whether the aggressor bought; if not, it sold. */
    public boolean isBuy() {
        return (flags & EventFlags.BUY) != 0;
    }
}
