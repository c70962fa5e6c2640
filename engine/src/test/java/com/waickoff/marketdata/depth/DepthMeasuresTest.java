package com.waickoff.marketdata.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The formulas against exact decimals, with values of every size a long has. */
class DepthMeasuresTest {
    private static final int ROUNDS = 20_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void shouldGiveImbalanceAsExactDecimalsDo(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            long bid = anyQuantity(random);
            long ask = anyQuantity(random);
            if (bid == 0 && ask == 0) {
                continue;
            }
            BigDecimal sum = decimal(bid).add(decimal(ask));
            BigDecimal difference = decimal(bid).subtract(decimal(ask));
            assertThat(DepthMeasures.imbalancePpm(bid, ask)).as("%d, %d", bid, ask)
                    .isEqualTo(difference.multiply(decimal(DepthMeasures.PPM))
                            .divide(sum, 0, RoundingMode.DOWN).longValueExact());
            assertThat(DepthMeasures.imbalance(bid, ask)).as("%d, %d", bid, ask).isCloseTo(
                    difference.divide(sum, MathContext.DECIMAL128).doubleValue(), within(1e-15));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 4})
    void shouldGiveWeightedMidAsExactDecimalsDo(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            long bidPrice = anyPrice(random);
            long askPrice = random.nextBoolean() ? bidPrice + random.nextInt(-3, 100)
                    : anyPrice(random);
            long bid = anyQuantity(random);
            long ask = anyQuantity(random);
            int decimals = random.nextInt(10);
            BigInteger sum = BigInteger.valueOf(bid).add(BigInteger.valueOf(ask));
            long expected = DepthMeasures.NO_VALUE;
            if (sum.signum() != 0) {
                BigInteger exact = decimal(bidPrice).multiply(decimal(ask))
                        .add(decimal(askPrice).multiply(decimal(bid))).movePointRight(decimals)
                        .divide(new BigDecimal(sum), 0, RoundingMode.FLOOR).toBigIntegerExact();
                BigInteger higher = BigInteger.TEN.pow(decimals)
                        .multiply(BigInteger.valueOf(Math.max(bidPrice, askPrice)));
                BigInteger lower = BigInteger.TEN.pow(decimals)
                        .multiply(BigInteger.valueOf(Math.min(bidPrice, askPrice)));
                BigInteger distance = higher.subtract(lower);
                if (exact.bitLength() < 64 && lower.bitLength() < 64
                        && distance.bitLength() < 64) {
                    expected = exact.longValueExact();
                }
            }
            assertThat(
                    DepthMeasures.weightedMid(bidPrice, bid, askPrice, ask, decimals))
                    .as("%d x %d, %d x %d, %d decimals", bidPrice, bid, askPrice, ask,
                            decimals)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {5, 6})
    void shouldBoundPricesWithinBasisPointsAsExactDecimalsDo(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            long bid = 1 + anyPrice(random) / 2;
            long ask = bid + random.nextInt(1_000);
            int bps = random.nextBoolean() ? new int[]{5, 10, 25, 50}[random.nextInt(4)]
                    : 1 + random.nextInt(10_000);
            long twiceMid = DepthMeasures.twiceMid(bid, ask);
            BigDecimal mid = decimal(bid).add(decimal(ask)).divide(decimal(2));
            BigDecimal reach = mid.multiply(decimal(bps)).movePointLeft(4);
            assertThat(DepthMeasures.lowestBidWithin(twiceMid, bps)).isEqualTo(mid.subtract(reach)
                    .setScale(0, RoundingMode.CEILING).longValueExact());
            assertThat(DepthMeasures.highestAskWithin(twiceMid, bps)).isEqualTo(
                    mid.add(reach).setScale(0, RoundingMode.FLOOR).longValueExact());
        }
    }

    @Test
    void shouldMeasureTheBestLevels() {
        long[] bidPrices = {100, 99, 97};
        long[] bids = {5, 7, 9, 1_000};
        long[] askPrices = {101, 104};
        long[] asks = {4, 8};
        assertThat(DepthMeasures.quantityOfBest(bids, 3, 2)).isEqualTo(12);
        assertThat(DepthMeasures.quantityOfBest(bids, 3, 50)).isEqualTo(21);
        assertThat(DepthMeasures.imbalanceOfBest(bids, 3, asks, 2, 1)).isEqualTo(1.0 / 9);
        assertThat(DepthMeasures.imbalanceOfBest(bids, 3, asks, 2, 5)).isEqualTo(9.0 / 33);
        assertThat(DepthMeasures.bidQuantityFrom(bidPrices, bids, 3, 99)).isEqualTo(12);
        assertThat(DepthMeasures.askQuantityUpTo(askPrices, asks, 2, 103)).isEqualTo(4);
        assertThat(DepthMeasures.spread(100, 101)).isEqualTo(1);
        assertThat(DepthMeasures.weightedMid(100, 5, 101, 4)).isEqualTo(100 + 5.0 / 9);
        assertThat(DepthMeasures.weightedMid(100, 5, 101, 4, 3)).isEqualTo(100_555);
        long[] cumulative = new long[3];
        DepthMeasures.cumulate(bids, 3, cumulative);
        assertThat(cumulative).containsExactly(5, 12, 21);
    }

    @Test
    void shouldSaturateSums() {
        long[] quantities = {Long.MAX_VALUE - 1, 1, 1, Long.MAX_VALUE};
        long[] cumulative = new long[4];
        DepthMeasures.cumulate(quantities, 4, cumulative);
        assertThat(cumulative).containsExactly(Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MAX_VALUE,
                Long.MAX_VALUE);
        assertThat(DepthMeasures.quantityOfBest(quantities, 4, 3))
                .isEqualTo(DepthMeasures.SATURATED);
    }

    @Test
    void shouldSayWhereThereIsNothingToMeasure() {
        assertThat(DepthMeasures.imbalance(0, 0)).isNaN();
        assertThat(DepthMeasures.imbalancePpm(0, 0)).isEqualTo(DepthMeasures.NO_VALUE);
        assertThat(DepthMeasures.weightedMid(10, 0, 11, 0)).isNaN();
        assertThat(DepthMeasures.weightedMid(10, 0, 11, 0, 2)).isEqualTo(DepthMeasures.NO_VALUE);
        assertThatThrownBy(() -> DepthMeasures.weightedMid(10, 1, 11, 1, 10))
                .hasMessageContaining("10").hasMessageContaining("0 to 9");
    }

    private static BigDecimal decimal(long value) {
        return BigDecimal.valueOf(value);
    }

    private static long anyQuantity(Random random) {
        return random.nextLong() >>> (1 + random.nextInt(63));
    }

    private static long anyPrice(Random random) {
        return random.nextLong() >>> (4 + random.nextInt(59));
    }
}
