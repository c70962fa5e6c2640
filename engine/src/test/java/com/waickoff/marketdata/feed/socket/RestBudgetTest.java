package com.waickoff.marketdata.feed.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RestBudgetTest {
    private static final long SECOND_NS = 1_000_000_000;
    private static final long MINUTE_NS = 60 * SECOND_NS;

    @Test
    void shouldSpendSomeAtOnceAndTheRestAsTimeGoesBy() {
        RestBudget budget = new RestBudget(6_000);
        int taken = 0;
        while (budget.take(250, 0)) {
            taken++;
        }
        assertThat(taken).isEqualTo(12);
        assertThat(budget.take(250, 6 * SECOND_NS)).isFalse();
        assertThat(budget.take(250, 7 * SECOND_NS)).isTrue();
    }

    @Test
    void shouldStayBelowTheLimitInAnyMinute() {
        long seed = 3;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        RestBudget budget = new RestBudget(2_400);
        ArrayDeque<long[]> spent = new ArrayDeque<>();
        long inMinute = 0;
        long most = 0;
        long nowNs = 0;
        for (int i = 0; i < 200_000; i++) {
            nowNs += random.nextLong(SECOND_NS / 5);
            int weight = 1 + random.nextInt(40);
            if (budget.take(weight, nowNs)) {
                spent.add(new long[]{nowNs, weight});
                inMinute += weight;
            }
            while (!spent.isEmpty() && nowNs - spent.peek()[0] >= MINUTE_NS) {
                inMinute -= spent.poll()[1];
            }
            most = Math.max(most, inMinute);
        }
        assertThat(most).isBetween(950L, 2_160L);
    }

    @Test
    void shouldTakeAnythingWhereThereIsNoLimit() {
        RestBudget budget = new RestBudget(0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(budget.take(1_000, 0)).isTrue();
        }
    }

    @Test
    void shouldNotWaitForEverForMoreThanThereIs() {
        RestBudget budget = new RestBudget(100);
        assertThat(budget.take(1_000, 0)).isTrue();
        assertThat(budget.take(1_000, 0)).isFalse();
        assertThat(budget.take(1_000, 2 * MINUTE_NS)).isTrue();
    }
}
