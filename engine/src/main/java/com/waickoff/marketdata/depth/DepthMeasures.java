package com.waickoff.marketdata.depth;

/**
 * What is measured on a book: pure functions over its best levels, for the engine and for readers
 * of published levels.
 *
 * <p>Levels are given as arrays, best level first, of which the first {@code count} count. Prices
 * and quantities are scaled longs; quantities are at least 0. Sums are exact, or
 * {@link #SATURATED} where they do not fit a long. Where there is nothing to measure, a
 * {@code double} is NaN and a {@code long} is {@link #NO_VALUE}.
 *
 * <p>Imbalance: (bid − ask) / (bid + ask) of the quantities, after Cont, Kukanov, Stoikov (2014)
 * and the hftbacktest notebook "Order Book Imbalance". Weighted mid: (Pb·Qa + Pa·Qb) / (Qa + Qb),
 * after Gatheral and Oomen (2010); it is not Stoikov's microprice.
 */
public final class DepthMeasures {
    /** Answer of a {@code long} function where there is nothing to measure or it does not fit. */
    public static final long NO_VALUE = Long.MIN_VALUE;
    /** A sum that does not fit a long. */
    public static final long SATURATED = Long.MAX_VALUE;
    /** One, in parts per million. */
    public static final long PPM = 1_000_000;
    /** One, in basis points. */
    public static final int BPS = 10_000;
    /** Largest price: leaves room for the sums of two and the grids of {@link BookSide}. */
    public static final long MAX_PRICE = 1L << 60;

    private static final int MAX_EXTRA_DECIMALS = 9;
    private static final long[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000,
            10_000_000, 100_000_000, 1_000_000_000};

    private DepthMeasures() {}

    /** {@code a + b} of two quantities at least 0, or {@link #SATURATED}. */
    public static long saturatingAdd(long a, long b) {
        long sum = a + b;
        return sum < 0 ? SATURATED : sum;
    }

    /** Sum of the quantities of the best {@code levels}, or of all if there are fewer. */
    public static long quantityOfBest(long[] quantities, int count, int levels) {
        int end = Math.min(count, levels);
        long sum = 0;
        for (int i = 0; i < end; i++) {
            sum = saturatingAdd(sum, quantities[i]);
        }
        return sum;
    }

    /** Writes to {@code into[i]} the sum of the quantities of levels 0 to {@code i}. */
    public static void cumulate(long[] quantities, int count, long[] into) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum = saturatingAdd(sum, quantities[i]);
            into[i] = sum;
        }
    }

    /** Imbalance of two quantities, from −1 (asks only) to 1 (bids only); NaN if both are 0. */
    public static double imbalance(long bidQuantity, long askQuantity) {
        // The difference of two longs at least 0 is exact; their sum may not fit a long.
        return (bidQuantity - askQuantity) / ((double) bidQuantity + askQuantity);
    }

    /** Imbalance of the best {@code levels} of both sides; NaN if there is no level. */
    public static double imbalanceOfBest(long[] bidQuantities, int bidCount, long[] askQuantities,
            int askCount, int levels) {
        return imbalance(quantityOfBest(bidQuantities, bidCount, levels),
                quantityOfBest(askQuantities, askCount, levels));
    }

    /**
     * Imbalance of two quantities in parts per million, rounded towards 0; {@link #NO_VALUE} if
     * both are 0.
     */
    public static long imbalancePpm(long bidQuantity, long askQuantity) {
        long sum = bidQuantity + askQuantity;
        if (sum == 0) {
            return NO_VALUE;
        }
        long difference = bidQuantity - askQuantity;
        long size = share(PPM, Math.abs(difference), sum);
        return difference < 0 ? -size : size;
    }

    /** Best ask less best bid; negative in a crossed book. */
    public static long spread(long bestBid, long bestAsk) {
        return bestAsk - bestBid;
    }

    /** Twice the mid price: the mid may lie between two prices of the scale. */
    public static long twiceMid(long bestBid, long bestAsk) {
        return bestBid + bestAsk;
    }

    /**
     * Weighted mid (Pb·Qa + Pa·Qb) / (Qa + Qb) with more decimals than a price, rounded down.
     *
     * @param extraDecimals decimals beyond the price scale, 0 to 9
     * @return scaled by the price scale plus {@code extraDecimals}; {@link #NO_VALUE} if both
     *     quantities are 0 or the result does not fit a long
     */
    public static long weightedMid(long bestBid, long bidQuantity, long bestAsk, long askQuantity,
            int extraDecimals) {
        if (extraDecimals < 0 || extraDecimals > MAX_EXTRA_DECIMALS) {
            throw new IllegalArgumentException("extra decimals are " + extraDecimals
                    + ", allowed is 0 to " + MAX_EXTRA_DECIMALS);
        }
        long power = POWERS_OF_TEN[extraDecimals];
        long lower = Math.min(bestBid, bestAsk);
        long distance = Math.max(bestBid, bestAsk) - lower;
        long quantity = bidQuantity + askQuantity;
        if (quantity == 0 || !fits(lower, power) || !fits(distance, power)) {
            return NO_VALUE;
        }
        // From the lower price upward by the other side's share: exact, and never leaves the two.
        long towardsHigher = bestBid <= bestAsk ? bidQuantity : askQuantity;
        long result = lower * power + share(distance * power, towardsHigher, quantity);
        return result < lower * power ? NO_VALUE : result;
    }

    /** Weighted mid as a {@code double} in units of the scaled price; NaN if both are 0. */
    public static double weightedMid(long bestBid, long bidQuantity, long bestAsk,
            long askQuantity) {
        double quantity = (double) bidQuantity + askQuantity;
        return bestBid + (bestAsk - bestBid) * (bidQuantity / quantity);
    }

    /**
     * The lowest price p with (mid − p) / mid ≤ bps / 10,000, which is
     * ⌈2·mid · (10,000 − bps) / 20,000⌉.
     *
     * @param twiceMid positive, see {@link #twiceMid}; at most twice {@link #MAX_PRICE}
     * @param bps 1 to 10,000
     */
    public static long lowestBidWithin(long twiceMid, int bps) {
        return -floorOfFraction(-twiceMid, BPS - bps);
    }

    /**
     * The highest price p with (p − mid) / mid ≤ bps / 10,000, which is
     * ⌊2·mid · (10,000 + bps) / 20,000⌋.
     *
     * @param twiceMid positive, see {@link #twiceMid}; at most twice {@link #MAX_PRICE}
     * @param bps 1 to 10,000
     */
    public static long highestAskWithin(long twiceMid, int bps) {
        return floorOfFraction(twiceMid, BPS + bps);
    }

    /** Sum of the quantities of bids at {@code lowest} or better. */
    public static long bidQuantityFrom(long[] prices, long[] quantities, int count, long lowest) {
        long sum = 0;
        for (int i = 0; i < count && prices[i] >= lowest; i++) {
            sum = saturatingAdd(sum, quantities[i]);
        }
        return sum;
    }

    /** Sum of the quantities of asks at {@code highest} or better. */
    public static long askQuantityUpTo(long[] prices, long[] quantities, int count, long highest) {
        long sum = 0;
        for (int i = 0; i < count && prices[i] <= highest; i++) {
            sum = saturatingAdd(sum, quantities[i]);
        }
        return sum;
    }

    /** ⌊twice · numerator / 20,000⌋ without leaving a long: the quotient's parts apart. */
    private static long floorOfFraction(long twice, int numerator) {
        long denominator = 2L * BPS;
        return Math.floorDiv(twice, denominator) * numerator
                + Math.floorDiv(Math.floorMod(twice, denominator) * numerator, denominator);
    }

    private static boolean fits(long price, long power) {
        return Math.multiplyHigh(price, power) == (price * power) >> (Long.SIZE - 1);
    }

    /**
     * ⌊amount · part / whole⌋, exactly.
     *
     * @param amount at least 0
     * @param part at least 0, at most {@code whole}
     * @param whole positive, taken as unsigned: the sum of two longs at least 0
     */
    private static long share(long amount, long part, long whole) {
        if (Math.multiplyHigh(amount, part) == 0 && amount * part >= 0) {
            return Long.divideUnsigned(amount * part, whole);
        }
        // Schoolbook, a bit of the amount at a time; the remainder stays below the whole.
        long quotient = 0;
        long remainder = 0;
        for (int bit = Long.SIZE - 1 - Long.numberOfLeadingZeros(amount); bit >= 0; bit--) {
            quotient <<= 1;
            long room = whole - remainder;
            if (Long.compareUnsigned(remainder, room) >= 0) {
                remainder -= room;
                quotient++;
            } else {
                remainder <<= 1;
            }
            if ((amount >>> bit & 1) != 0) {
                room = whole - remainder;
                if (Long.compareUnsigned(part, room) >= 0) {
                    remainder = part - room;
                    quotient++;
                } else {
                    remainder += part;
                }
            }
        }
        return quotient;
    }
}
