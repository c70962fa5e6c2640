package com.waickoff.venue.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceLadderTest {
    private static final int SPAN = 300;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldHoldTheSameLevelsAsSortedMaps(long seed) {
        System.out.println("seed " + seed);
        SeededRandom random = new SeededRandom(seed);
        PriceLadder ladder = new PriceLadder(SPAN, 1_000, 5, 1_001, 6);
        TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
        TreeMap<Long, Long> asks = new TreeMap<>();
        bids.put(1_000L, 5L);
        asks.put(1_001L, 6L);
        // The middle wanders far enough that slots are used for many prices.
        for (int i = 0; i < 50_000; i++) {
            boolean bid = random.below(2) == 0;
            long price = ladder.bestBid() - 60 + random.below(120);
            boolean accepted = ladder.accepts(bid, price);
            assertThat(accepted).isEqualTo(bid
                    ? price < asks.firstKey() && price > 0 && asks.lastKey() - price < SPAN
                    : price > bids.firstKey() && price - bids.lastKey() < SPAN);
            long lots = random.below(3) == 0 ? 0 : 1 + random.below(9);
            TreeMap<Long, Long> side = bid ? bids : asks;
            if (lots == 0 ? side.containsKey(price) && side.size() > 1 : accepted) {
                boolean changes = !Long.valueOf(lots).equals(side.get(price));
                if (lots == 0) {
                    side.remove(price);
                } else {
                    side.put(price, lots);
                }
                assertThat(ladder.set(bid, price, lots)).isEqualTo(changes);
            }
            if (i % 50 == 0) {
                assertThat(top(ladder, true)).isEqualTo(bids.toString());
                assertThat(top(ladder, false)).isEqualTo(asks.toString());
            }
        }
    }

    @Test
    void shouldRefuseToCross() {
        PriceLadder ladder = new PriceLadder(SPAN, 1_000, 5, 1_001, 6);

        assertThatThrownBy(() -> ladder.set(true, 1_001, 1)).hasMessageContaining("crosses");
        assertThatThrownBy(() -> ladder.set(false, 1_000, 1)).hasMessageContaining("crosses");
    }

    @Test
    void shouldKeepTheLastLevelOfASide() {
        PriceLadder ladder = new PriceLadder(SPAN, 1_000, 5, 1_001, 6);

        assertThat(ladder.set(true, 1_000, 0)).isFalse();
        assertThat(ladder.bestBid()).isEqualTo(1_000);
    }

    private static String top(PriceLadder ladder, boolean bid) {
        long[] ticks = new long[ladder.levels(bid)];
        long[] lots = new long[ticks.length];
        ladder.copyTop(bid, ticks, lots);
        Map<Long, Long> levels = new LinkedHashMap<>();
        for (int i = 0; i < ticks.length; i++) {
            assertThat(ladder.lots(bid, ticks[i])).isEqualTo(lots[i]);
            levels.put(ticks[i], lots[i]);
        }
        return levels.toString();
    }
}
