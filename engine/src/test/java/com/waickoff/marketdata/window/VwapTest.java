package com.waickoff.marketdata.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class VwapTest {
    private static final long SEED = Long.getLong("test.seed", 20261121L);
    private static final SplittableRandom RANDOM = new SplittableRandom(SEED);

    @RepeatedTest(500)
    void shouldSumExactlyWhateverTheSizeOfPriceAndQuantity() {
        SplittableRandom random = RANDOM.split();
        PriceMoments sums = new PriceMoments();
        PriceMoments trade = new PriceMoments();
        BigInteger notional = BigInteger.ZERO;
        BigInteger squares = BigInteger.ZERO;
        long left = Long.MAX_VALUE;
        for (int i = 0; i < 50; i++) {
            long price = random.nextLong() >> random.nextInt(Long.SIZE);
            long quantity = Math.min(left, random.nextLong() >>> (1 + random.nextInt(63)));
            left -= quantity;
            trade.set(price, quantity);
            sums.add(trade);
            BigInteger value = BigInteger.valueOf(price).multiply(BigInteger.valueOf(quantity));
            notional = notional.add(value);
            squares = squares.add(value.multiply(BigInteger.valueOf(price)));
        }
        assertThat(sums.notional()).as("seed " + SEED).isEqualTo(notional);
        assertThat(sums.squares()).as("seed " + SEED).isEqualTo(squares);
    }

    @Test
    void shouldHoldTheLargestSums() {
        PriceMoments sums = new PriceMoments();
        sums.set(Long.MIN_VALUE, Long.MAX_VALUE);

        BigInteger price = BigInteger.valueOf(Long.MIN_VALUE);
        BigInteger quantity = BigInteger.valueOf(Long.MAX_VALUE);
        assertThat(sums.notional()).isEqualTo(price.multiply(quantity));
        assertThat(sums.squares()).isEqualTo(price.multiply(price).multiply(quantity));
    }

    @Test
    void shouldTellMeanDeviationAndBands() {
        Vwap vwap = of(new long[][]{{100, 1}, {110, 3}});

        assertThat(vwap.mean(2)).isEqualByComparingTo("107.50");
        // Variance 1/4 * 7.5² + 3/4 * 2.5² = 18.75
        assertThat(vwap.deviation(3)).isEqualByComparingTo("4.330");
        assertThat(vwap.band(new BigDecimal("-2"), 3)).isEqualByComparingTo("98.840");
    }

    @Test
    void shouldTellOfSeveralWindowsWhatOneOverAllOfThemWouldTell() {
        Vwap first = of(new long[][]{{100, 1}, {90, 7}});
        Vwap second = of(new long[][]{{103, 5}});

        assertThat(first.plus(second)).isEqualTo(of(new long[][]{{100, 1}, {90, 7}, {103, 5}}));
        assertThat(Vwap.NONE.plus(second)).isEqualTo(second);
    }

    @Test
    void shouldHaveNoDeviationAtOnePrice() {
        assertThat(of(new long[][]{{123_456_789, 3}, {123_456_789, 8}}).deviation(8))
                .isEqualByComparingTo(BigDecimal.ZERO);
    }

    @Test
    void shouldHaveNoMeanWithoutTrades() {
        assertThat(Vwap.NONE.isEmpty()).isTrue();
        assertThatThrownBy(() -> Vwap.NONE.mean(2)).isInstanceOf(IllegalStateException.class);
    }

    private static Vwap of(long[][] trades) {
        PriceMoments sums = new PriceMoments();
        PriceMoments one = new PriceMoments();
        long volume = 0;
        for (long[] trade : trades) {
            one.set(trade[0], trade[1]);
            sums.add(one);
            volume += trade[1];
        }
        return Vwap.of(sums, volume);
    }
}
