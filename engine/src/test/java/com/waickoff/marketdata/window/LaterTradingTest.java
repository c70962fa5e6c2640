package com.waickoff.marketdata.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LaterTradingTest {
    @Test
    void shouldHaveReachedNothingBeforeAnythingIsAdded() {
        assertThat(new LaterTrading().reached(100, 10, 105)).isFalse();
    }

    @Test
    void shouldReachARowThatIsTradedIn() {
        LaterTrading later = new LaterTrading();
        later.add(109, 120);

        assertThat(later.reached(100, 10, 115)).isTrue();
        assertThat(later.reached(99, 10, 115)).isFalse();
        assertThat(later.reached(120, 10, 118)).isTrue();
        assertThat(later.reached(121, 10, 118)).isFalse();
    }

    @Test
    void shouldReachARowThatIsJumpedOver() {
        LaterTrading fromBelow = new LaterTrading();
        fromBelow.add(111, 120);
        LaterTrading between = new LaterTrading();
        between.add(111, 120);
        between.add(80, 90);

        assertThat(fromBelow.reached(100, 10, 95)).isTrue();
        assertThat(fromBelow.reached(100, 10, 105)).isFalse();
        assertThat(between.reached(100, 10, 105)).isTrue();
    }

    /** Against every trade of the later bars, one after the other. */
    @Test
    void shouldReachWhatAPathOfTradesPasses() {
        SplittableRandom random = new SplittableRandom(20_261_121);
        for (int path = 0; path < 20_000; path++) {
            long close = random.nextLong(40);
            long size = 1 + random.nextLong(6);
            long row = random.nextLong(40);
            LaterTrading later = new LaterTrading();
            List<long[]> bars = new ArrayList<>();
            long price = close;
            boolean reached = false;
            for (int bar = random.nextInt(4); bar > 0; bar--) {
                long[] extremes = {Long.MAX_VALUE, Long.MIN_VALUE};
                for (int trade = 1 + random.nextInt(3); trade > 0; trade--) {
                    long next = price + random.nextLong(-12, 13);
                    boolean inRow = next >= row && next < row + size;
                    boolean over = (price < row && next >= row + size)
                            || (price >= row + size && next < row);
                    reached |= inRow || over;
                    extremes[0] = Math.min(extremes[0], next);
                    extremes[1] = Math.max(extremes[1], next);
                    price = next;
                }
                bars.add(extremes);
            }
            bars.reversed().forEach(bar -> later.add(bar[0], bar[1]));

            // From within the row a path leaves it to one side: coming back passes it.
            assertThat(later.reached(row, size, close)).as("path %d", path).isEqualTo(
                    reached || leavesToBothSides(bars, row, size));
        }
    }

    private static boolean leavesToBothSides(List<long[]> bars, long row, long size) {
        return bars.stream().anyMatch(bar -> bar[1] >= row + size)
                && bars.stream().anyMatch(bar -> bar[0] < row);
    }
}
