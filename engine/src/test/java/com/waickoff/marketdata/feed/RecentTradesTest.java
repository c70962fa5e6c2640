package com.waickoff.marketdata.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentTradesTest {
    private static final long SEED = Long.getLong("test.seed", 20261121L);

    @Test
    void shouldKnowTheLastIdsAndNoOthers() {
        RecentTrades recent = new RecentTrades(16);
        for (long id = 1; id <= 20; id++) {
            assertThat(recent.add(id)).isTrue();
        }

        assertThat(recent.size()).isEqualTo(16);
        assertThat(recent.contains(4)).isFalse();
        assertThat(recent.contains(5)).isTrue();
        assertThat(recent.add(5)).isFalse();
        assertThat(recent.add(20)).isFalse();
        assertThat(recent.add(4)).isTrue();
        assertThat(recent.contains(5)).isFalse();
    }

    @Test
    void shouldNeverKnowATradeWithoutAnId() {
        RecentTrades recent = new RecentTrades(16);

        assertThat(recent.add(RecentTrades.NO_ID)).isTrue();
        assertThat(recent.add(RecentTrades.NO_ID)).isTrue();

        assertThat(recent.contains(RecentTrades.NO_ID)).isFalse();
        assertThat(recent.size()).isZero();
    }

    @Test
    void shouldTakeBackWhatWasNotKept() {
        RecentTrades recent = new RecentTrades(16);
        recent.add(1);
        recent.keep();
        recent.add(2);
        recent.add(3);

        recent.takeBack();

        assertThat(recent.size()).isEqualTo(1);
        assertThat(recent.add(1)).isFalse();
        assertThat(recent.add(3)).isTrue();
    }

    /** Against a plain list, with ids that share few homes. */
    @ParameterizedTest
    @ValueSource(ints = {16, 64, 1024})
    void shouldAgreeWithAPlainList(int capacity) {
        SplittableRandom random = new SplittableRandom(SEED);
        System.out.println("seed " + SEED);
        RecentTrades recent = new RecentTrades(capacity);
        ArrayDeque<Long> expected = new ArrayDeque<>();
        List<Long> open = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            long id = 1 + random.nextInt(2 * capacity);
            boolean isNew = !expected.contains(id);
            assertThat(recent.add(id)).isEqualTo(isNew);
            if (isNew) {
                if (expected.size() == capacity) {
                    open.remove(expected.remove());
                }
                expected.add(id);
                open.add(id);
            }
            if (random.nextInt(5) == 0) {
                recent.keep();
                open.clear();
            } else if (random.nextInt(9) == 0) {
                recent.takeBack();
                expected.removeAll(open);
                open.clear();
            }
            assertThat(recent.size()).isEqualTo(expected.size());
        }
        for (long id = 1; id <= 2L * capacity; id++) {
            assertThat(recent.contains(id)).isEqualTo(expected.contains(id));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 17, 1000, 1 << 21})
    void shouldRefuseACapacityThatIsNoPowerOfTwo(int capacity) {
        assertThatThrownBy(() -> new RecentTrades(capacity))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(capacity));
    }
}
