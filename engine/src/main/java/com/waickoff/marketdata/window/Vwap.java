package com.waickoff.marketdata.window;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Volume-weighted average price of trades, and how far prices lie from it.
 *
 * <pre>
 *   mean      = sum(p * q) / sum(q)
 *   deviation = sqrt(sum(p² * q) / sum(q) - mean²)        of the volume, not of a sample
 *   band k    = mean + k * deviation
 * </pre>
 *
 * <p>The sums are exact and rounding happens once, when a number is asked for; so those of several
 * windows together are what one window over all of them would have. Prices and quantities are in
 * the instrument's scaled units.
 *
 * @param notional sum of price times quantity
 * @param squares sum of price squared times quantity
 * @param volume sum of quantity, at least 0
 */
public record Vwap(BigInteger notional, BigInteger squares, BigInteger volume) {
    /** Of no trades. */
    public static final Vwap NONE = new Vwap(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

    /** Of the trades of a window. */
    public static Vwap of(PriceMoments moments, long volume) {
        return new Vwap(moments.notional(), moments.squares(), BigInteger.valueOf(volume));
    }

    /** Of these trades and those of another together. */
    public Vwap plus(Vwap other) {
        return new Vwap(notional.add(other.notional), squares.add(other.squares),
                volume.add(other.volume));
    }

    /** Whether there is no volume, and so no average. */
    public boolean isEmpty() {
        return volume.signum() == 0;
    }

    /**
     * The average price, rounded half to even.
     *
     * @param decimals of a scaled price that are kept, at least 0
     * @throws IllegalStateException if it is {@link #isEmpty()}
     */
    public BigDecimal mean(int decimals) {
        requireVolume();
        return new BigDecimal(notional).divide(new BigDecimal(volume), decimals,
                RoundingMode.HALF_EVEN);
    }

    /**
     * The standard deviation of the price by volume, rounded down.
     *
     * @param decimals of a scaled price that are kept, at least 0
     * @throws IllegalStateException if it is {@link #isEmpty()}
     */
    public BigDecimal deviation(int decimals) {
        requireVolume();
        BigInteger variance = squares.multiply(volume).subtract(notional.multiply(notional));
        BigInteger scaled = variance.multiply(BigInteger.TEN.pow(2 * decimals))
                .divide(volume.multiply(volume));
        return new BigDecimal(scaled.sqrt(), decimals);
    }

    /**
     * The price so many deviations away from the average.
     *
     * @param deviations negative for a band below
     * @param decimals of a scaled price that are kept
     * @throws IllegalStateException if it is {@link #isEmpty()}
     */
    public BigDecimal band(BigDecimal deviations, int decimals) {
        return mean(decimals).add(deviation(decimals).multiply(deviations)
                .setScale(decimals, RoundingMode.HALF_EVEN));
    }

    private void requireVolume() {
        if (isEmpty()) {
            throw new IllegalStateException("no trades have no average price");
        }
    }
}
