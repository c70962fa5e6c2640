package com.waickoff.marketdata.storage.history;

import java.math.BigDecimal;

/**
 * An instrument as it was last defined.
 *
 * @param id of that definition
 * @param venue such as {@code bybit-linear}
 * @param symbol as the venue writes it
 * @param priceScale decimals of a price
 * @param tick smallest price step, scaled
 * @param quantityScale decimals of a quantity
 * @param lot smallest quantity step, scaled
 * @param contractSize what one unit of quantity stands for, in {@code contractUnit}
 */
public record HistoryInstrument(int id, String venue, String symbol, int priceScale, long tick,
        int quantityScale, long lot, BigDecimal contractSize, String contractUnit,
        String quantityUnit, String priceUnit) {
    /** {@code venue:SYMBOL}. */
    public String name() {
        return venue + ':' + symbol;
    }
}
