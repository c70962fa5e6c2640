package com.waickoff.marketdata.snapshot;

import java.math.BigDecimal;

/**
 * An instrument as the snapshot file defines it: all that is needed to make sense of its numbers.
 *
 * @param id the engine's instrument id
 * @param venue such as {@code bybit-linear}; at most 36 bytes
 * @param symbol as the venue writes it; at most 68 bytes
 * @param priceScale decimals of a price
 * @param tick smallest price step, scaled by {@code priceScale}
 * @param quantityScale decimals of a quantity
 * @param lot smallest quantity step, scaled by {@code quantityScale}
 * @param contractSize what one unit of quantity stands for, in {@code contractUnit}
 * @param contractUnit such as {@code BTC}; at most 20 bytes, as are the other units
 * @param quantityUnit unit of quantities
 * @param priceUnit unit of prices
 * @param rowBase height of the finest row, in scaled price units
 */
public record SnapshotInstrument(int id, String venue, String symbol, int priceScale, long tick,
        int quantityScale, long lot, BigDecimal contractSize, String contractUnit,
        String quantityUnit, String priceUnit, long rowBase) {

    /** {@code venue:SYMBOL}. */
    public String name() {
        return venue + ':' + symbol;
    }
}
