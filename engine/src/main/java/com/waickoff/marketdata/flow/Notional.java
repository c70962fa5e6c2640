package com.waickoff.marketdata.flow;

import java.math.BigDecimal;

/**
 * What an amount of the price's currency buys of an instrument.
 *
 * <pre>
 *   linear    quantity = amount / (price × contract size)
 *   inverse   quantity = amount / contract size             contracts are worth the price's currency
 * </pre>
 *
 * <p>Exact, rounded up to the scaled quantity; what does not fit is the largest long.
 *
 * <p>Threads: immutable.
 */
public final class Notional {
    private static final int DECIMAL = 10;

    private final long numerator;
    private final long denominator;
    private final int quantityScale;
    private final boolean inverse;

    /**
     * Amounts of one instrument.
     *
     * @param priceScale decimals of a price
     * @param quantityScale decimals of a quantity
     * @param contractSize what one unit of quantity stands for; positive
     * @param inverse whether that is an amount of the price's currency
     */
    public Notional(int priceScale, int quantityScale, BigDecimal contractSize, boolean inverse) {
        this.quantityScale = quantityScale;
        this.inverse = inverse;
        BigDecimal size = contractSize.stripTrailingZeros();
        int decimals = Math.max(0, size.scale());
        denominator = saturated(size.movePointRight(decimals));
        numerator = saturated(BigDecimal.ONE.movePointRight(decimals + (inverse ? 0 : priceScale)));
    }

    private static long saturated(BigDecimal number) {
        return number.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    }

    /**
     * The smallest quantity that is worth at least so much.
     *
     * @param amount whole units of the price's currency, not negative
     * @param price scaled
     * @return scaled; the largest long where the price is not positive
     */
    public long quantity(long amount, long price) {
        long divisor = inverse ? denominator : product(denominator, price);
        if (divisor <= 0 || divisor > Long.MAX_VALUE / DECIMAL) {
            return amount == 0 ? 0 : Long.MAX_VALUE;
        }
        long dividend = product(amount, numerator);
        long quantity = dividend / divisor;
        long rest = dividend % divisor;
        for (int i = 0; i < quantityScale; i++) {
            if (quantity > Long.MAX_VALUE / DECIMAL - 1) {
                return Long.MAX_VALUE;
            }
            rest *= DECIMAL;
            quantity = quantity * DECIMAL + rest / divisor;
            rest %= divisor;
        }
        return dividend == Long.MAX_VALUE ? Long.MAX_VALUE : rest == 0 ? quantity : quantity + 1;
    }

    /** The product, or the largest long. */
    private static long product(long a, long b) {
        return Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE;
    }
}
