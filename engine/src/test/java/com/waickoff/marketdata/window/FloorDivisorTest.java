package com.waickoff.marketdata.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloorDivisorTest {
    private static final long SEED = 25;
    private static final int DIVIDENDS = 2_000;
    private static final int DIVISORS = 500;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 7, 10, 25, 64, 1_000_000, 1L << 31, (1L << 31) + 1,
            (1L << 62) - 1, 1L << 62, (1L << 62) + 1, Long.MAX_VALUE})
    void shouldDivideAsTheProcessorDoes(long divisor) {
        check(divisor, new SplittableRandom(SEED));
    }

    @Test
    void shouldDivideByWhateverThereIs() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < DIVISORS; i++) {
            check(Math.max(1, random.nextLong() >>> random.nextInt(1, Long.SIZE)), random);
        }
    }

    private static void check(long divisor, SplittableRandom random) {
        FloorDivisor by = new FloorDivisor(divisor);
        for (int i = 0; i < DIVIDENDS; i++) {
            check(by, random.nextLong() >> random.nextInt(Long.SIZE));
            // Where quotients change.
            long multiple = random.nextLong() / divisor * divisor;
            check(by, multiple - 1);
            check(by, multiple);
        }
        for (long edge : new long[]{0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            check(by, edge);
        }
    }

    private static void check(FloorDivisor by, long dividend) {
        assertThat(by.floor(dividend)).as("%s by %s", dividend, by.divisor())
                .isEqualTo(Math.floorDiv(dividend, by.divisor()));
    }

    @Test
    void shouldRefuseToDivideByZeroAndLess() {
        assertThatThrownBy(() -> new FloorDivisor(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FloorDivisor(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
