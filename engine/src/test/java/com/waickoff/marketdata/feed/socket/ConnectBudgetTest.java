package com.waickoff.marketdata.feed.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConnectBudgetTest {
    private static final long SECOND_NS = 1_000_000_000;
    private static final long WINDOW_NS = 300 * SECOND_NS;

    @Test
    void shouldStayBelowTheLimitInAnyFiveMinutes() {
        long seed = 17;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        ConnectBudget budget = new ConnectBudget(300, 0);
        ArrayDeque<Long> taken = new ArrayDeque<>();
        long nowNs = 0;
        int most = 0;
        for (int i = 0; i < 100_000; i++) {
            nowNs += random.nextLong(SECOND_NS);
            if (budget.take(nowNs)) {
                taken.add(nowNs);
            }
            while (!taken.isEmpty() && nowNs - taken.peek() >= WINDOW_NS) {
                taken.poll();
            }
            most = Math.max(most, taken.size());
        }
        assertThat(most).isEqualTo(240);
    }

    @Test
    void shouldNotTakeTwoAtOnce() {
        ConnectBudget budget = new ConnectBudget(0, 100);
        assertThat(budget.take(0)).isTrue();
        assertThat(budget.take(99)).isFalse();
        assertThat(budget.take(100)).isTrue();
    }

    @Test
    void shouldTakeAnyNumberWhereThereIsNoLimit() {
        ConnectBudget budget = new ConnectBudget(0, 0);
        for (int i = 0; i < 10_000; i++) {
            assertThat(budget.take(0)).isTrue();
        }
    }
}
