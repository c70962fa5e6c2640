package com.waickoff.marketdata.event;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * What an instrument's numbers mean. Immutable; a changed tick, lot or scale makes a new definition
 * with a new id under the same name.
 *
 * @param id index in the catalogue, never reused within a journal
 * @param venue such as {@code bybit-linear}
 * @param symbol as the venue writes it, 1 to {@value #MAX_SYMBOL_BYTES} bytes of UTF-8
 * @param priceScale decimals of a price: those of the tick without trailing zeros, or more where the
 *     tick was finer before
 * @param tick smallest price step, scaled by {@code priceScale}; positive
 * @param quantityScale decimals of a quantity: those of the lot step without trailing zeros plus
 *     two, because levels can be finer than the lot
 * @param lot smallest quantity step, scaled by {@code quantityScale}; positive
 * @param contractSize what one unit of quantity stands for, in {@code contractUnit}; positive
 * @param contractUnit such as {@code BTC} or {@code USD}; this and the other units take 1 to
 *     {@value #MAX_UNIT_BYTES} bytes of UTF-8
 * @param quantityUnit unit of quantities, such as {@code BTC} or {@code contracts}
 * @param priceUnit unit of prices, such as {@code USDT}
 * @param idsChain whether trade ids rise by exactly one, so that a missing trade shows
 */
public record Instrument(int id, String venue, String symbol, int priceScale, long tick,
        int quantityScale, long lot, BigDecimal contractSize, String contractUnit,
        String quantityUnit, String priceUnit, boolean idsChain) {
    /** Largest scale that still leaves digits before the point of a long. */
    public static final int MAX_SCALE = 17;
    /** Longest symbol that files have room for. */
    public static final int MAX_SYMBOL_BYTES = 64;
    /** Longest unit that files have room for. */
    public static final int MAX_UNIT_BYTES = 20;
    private static final int QUANTITY_HEADROOM_DECIMALS = 2;

    /** Checks ranges: what follows is written to files with fields of fixed length. */
    public Instrument {
        checkLength("symbol", symbol, MAX_SYMBOL_BYTES);
        checkLength("contract unit", contractUnit, MAX_UNIT_BYTES);
        checkLength("quantity unit", quantityUnit, MAX_UNIT_BYTES);
        checkLength("price unit", priceUnit, MAX_UNIT_BYTES);
        if (contractSize.signum() <= 0) {
            throw new IllegalArgumentException(venue + ':' + symbol + ": contract size "
                    + contractSize.toPlainString() + " must be > 0");
        }
        if (tick <= 0 || lot <= 0) {
            throw new IllegalArgumentException(
                    venue + ':' + symbol + ": tick " + tick + " and lot " + lot + " must be > 0");
        }
        if (priceScale < 0 || priceScale > MAX_SCALE || quantityScale < 0
                || quantityScale > MAX_SCALE) {
            throw new IllegalArgumentException(venue + ':' + symbol + ": price scale " + priceScale
                    + " and quantity scale " + quantityScale + " must be 0 to " + MAX_SCALE);
        }
    }

    /**
     * An instrument whose scales follow from its tick and lot step.
     *
     * @throws IllegalArgumentException if tick or lot is not positive or too fine
     */
    public static Instrument of(int id, String venue, String symbol, BigDecimal tickSize,
            BigDecimal lotSize, BigDecimal contractSize, String contractUnit, String quantityUnit,
            String priceUnit, boolean idsChain) {
        int priceScale = decimalsOf(tickSize);
        int quantityScale = decimalsOf(lotSize) + QUANTITY_HEADROOM_DECIMALS;
        if (priceScale > MAX_SCALE || quantityScale > MAX_SCALE) {
            throw new IllegalArgumentException(venue + ':' + symbol + ": tick "
                    + tickSize.toPlainString() + " or lot " + lotSize.toPlainString()
                    + " has too many decimals");
        }
        return new Instrument(id, venue, symbol, priceScale, scaled(tickSize, priceScale),
                quantityScale, scaled(lotSize, quantityScale), contractSize, contractUnit,
                quantityUnit, priceUnit, idsChain);
    }

    /** {@code venue:SYMBOL}. */
    public String name() {
        return venue + ':' + symbol;
    }

    /** Whether {@code other} means the same by the same numbers, whatever its id. */
    public boolean sameDefinition(Instrument other) {
        return venue.equals(other.venue) && symbol.equals(other.symbol)
                && priceScale == other.priceScale && tick == other.tick
                && quantityScale == other.quantityScale && lot == other.lot
                && contractSize.compareTo(other.contractSize) == 0
                && contractUnit.equals(other.contractUnit)
                && quantityUnit.equals(other.quantityUnit) && priceUnit.equals(other.priceUnit)
                && idsChain == other.idsChain;
    }

    /**
     * The same with scales that are no coarser than those of the definition it follows: where a
     * tick or a lot becomes coarser, orders from before are traded on. Itself where no long holds
     * that.
     */
    public Instrument notCoarserThan(Instrument former) {
        int finerPrice = Math.max(0, former.priceScale - priceScale);
        int finerQuantity = Math.max(0, former.quantityScale - quantityScale);
        BigDecimal finerTick = BigDecimal.valueOf(tick).scaleByPowerOfTen(finerPrice);
        BigDecimal finerLot = BigDecimal.valueOf(lot).scaleByPowerOfTen(finerQuantity);
        BigDecimal most = BigDecimal.valueOf(Long.MAX_VALUE);
        if (finerTick.compareTo(most) > 0 || finerLot.compareTo(most) > 0) {
            return this;
        }
        return new Instrument(id, venue, symbol, priceScale + finerPrice,
                finerTick.longValueExact(), quantityScale + finerQuantity,
                finerLot.longValueExact(), contractSize, contractUnit, quantityUnit, priceUnit,
                idsChain);
    }

    /** This definition under another id. */
    public Instrument withId(int newId) {
        return new Instrument(newId, venue, symbol, priceScale, tick, quantityScale, lot,
                contractSize, contractUnit, quantityUnit, priceUnit, idsChain);
    }

    private static void checkLength(String what, String text, int most) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > most) {
            throw new IllegalArgumentException(what + " \"" + text + "\" takes " + bytes
                    + " bytes, allowed is 1 to " + most);
        }
    }

    private static int decimalsOf(BigDecimal step) {
        return Math.max(0, step.stripTrailingZeros().scale());
    }

    private static long scaled(BigDecimal step, int scale) {
        return step.setScale(scale).unscaledValue().longValueExact();
    }
}
