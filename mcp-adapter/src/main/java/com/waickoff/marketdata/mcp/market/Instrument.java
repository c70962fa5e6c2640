package com.waickoff.marketdata.mcp.market;

import com.waickoff.marketdata.mcp.answer.Scaled;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.storage.history.HistoryInstrument;

/**
 * An instrument by its newest definition.
 *
 * @param name {@code venue:SYMBOL}
 * @param priceScale decimals of a price
 * @param tick smallest price step, scaled
 * @param quantityScale decimals of a quantity
 * @param lot smallest quantity step, scaled
 * @param contractUnit such as {@code BTC}; may be empty
 * @param quantityUnit unit of quantities
 * @param priceUnit unit of prices
 */
public record Instrument(String name, int priceScale, long tick, int quantityScale, long lot,
        String contractUnit, String quantityUnit, String priceUnit) {
    /** As the snapshot defines it. */
    public static Instrument of(SnapshotInstrument of) {
        return new Instrument(of.name(), of.priceScale(), of.tick(), of.quantityScale(), of.lot(),
                of.contractUnit(), of.quantityUnit(), of.priceUnit());
    }

    /** As the store has it. */
    public static Instrument of(HistoryInstrument of) {
        return new Instrument(of.name(), of.priceScale(), of.tick(), of.quantityScale(), of.lot(),
                of.contractUnit(), of.quantityUnit(), of.priceUnit());
    }

    /** What it is named by, without its venue. */
    public String symbol() {
        return name.substring(name.indexOf(':') + 1);
    }

    /** A scaled price as it is written. */
    public Scaled price(long price) {
        return new Scaled(price, priceScale);
    }

    /** A scaled quantity as it is written. */
    public Scaled quantity(long quantity) {
        return new Scaled(quantity, quantityScale);
    }
}
