package com.waickoff.venue.market;

import java.math.BigDecimal;

/**
 * What a venue lists, with an invented price to start from.
 *
 * @param symbol as the venue writes it, upper case
 * @param tickSize as the venue writes it; its decimals are those of the venue's prices
 * @param lotSize as the venue writes it; its decimals are those of the venue's quantities
 * @param startPrice a multiple of the tick
 * @param typicalLots quantity of an everyday market order, in lots
 */
public record Listing(String symbol, String tickSize, String lotSize, String startPrice,
        long typicalLots) {
    public Listing {
        if (typicalLots < 1) {
            throw new IllegalArgumentException("typical lots must be at least 1: " + typicalLots);
        }
    }

    public BigDecimal tick() {
        return new BigDecimal(tickSize);
    }

    public BigDecimal lot() {
        return new BigDecimal(lotSize);
    }

    /**
     * The start price in ticks.
     *
     * @throws ArithmeticException if it is no multiple of the tick
     */
    public long startTicks() {
        return new BigDecimal(startPrice).divide(tick()).longValueExact();
    }

    public BigDecimal price(long ticks) {
        return tick().multiply(BigDecimal.valueOf(ticks));
    }

    public BigDecimal quantity(long lots) {
        return lot().multiply(BigDecimal.valueOf(lots));
    }
}
