package com.waickoff.marketdata.window;

import static org.assertj.core.api.Assertions.assertThat;

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
}
