package com.waickoff.venue.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticMarketTest {
    private static final Listing LISTING = new Listing("TESTUSDT", "0.10", "0.001", "9000.0", 25);
    private static final long SECOND_NS = 1_000_000_000;

    /** Rebuilds the book from what is told and checks every sentence on the way. */
    private static final class Witness implements MarketListener {
        final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
        final TreeMap<Long, Long> asks = new TreeMap<>();
        final Map<Long, Integer> fillsByTaker = new HashMap<>();
        long takenAtPrice;
        long takenPrice;
        long trades;
        long blocks;
        long mostLevels;
        long lastTimeNs;
        long hash;

        @Override
        public void onTrade(int instrument, long timeNs, long takerSequence, boolean buy,
                boolean block, long priceTicks, long lots) {
            mix(timeNs, takerSequence, priceTicks, lots);
            trades++;
            assertThat(lots).isPositive();
            if (block) {
                blocks++;
                return;
            }
            // A taker takes the best there is, and no more than there is.
            TreeMap<Long, Long> side = buy ? asks : bids;
            assertThat(priceTicks).isEqualTo(side.firstKey());
            takenAtPrice += lots;
            takenPrice = priceTicks;
            assertThat(takenAtPrice).isLessThanOrEqualTo(side.get(priceTicks));
            fillsByTaker.merge(takerSequence, 1, Integer::sum);
        }

        @Override
        public void onLevel(int instrument, long timeNs, boolean bid, long priceTicks,
                long lots) {
            mix(timeNs, bid ? 1 : 0, priceTicks, lots);
            TreeMap<Long, Long> side = bid ? bids : asks;
            if (takenAtPrice > 0) {
                assertThat(priceTicks).isEqualTo(takenPrice);
                assertThat(lots).isEqualTo(side.get(priceTicks) - takenAtPrice);
                takenAtPrice = 0;
            }
            if (lots == 0) {
                assertThat(side.remove(priceTicks)).isNotNull();
            } else {
                side.put(priceTicks, lots);
            }
            assertThat(bids.firstKey()).isLessThan(asks.firstKey());
        }

        @Override
        public void onActionEnd(int instrument, long timeNs) {
            assertThat(timeNs).isGreaterThan(lastTimeNs);
            assertThat(takenAtPrice).isZero();
            lastTimeNs = timeNs;
            mostLevels = Math.max(mostLevels, Math.max(bids.size(), asks.size()));
        }

        private void mix(long... values) {
            for (long value : values) {
                hash = SeededRandom.mix(hash ^ value);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldTellATrueAndUncrossedBook(long seed) {
        System.out.println("seed " + seed);
        Witness witness = new Witness();
        SyntheticMarket market = market(seed, MarketSettings.liquid().withBlockShare(0.01),
                witness);
        while (market.nextTimeNs() < 120 * SECOND_NS) {
            market.step();
        }

        assertThat(top(market.book(), true)).isEqualTo(witness.bids);
        assertThat(top(market.book(), false)).isEqualTo(witness.asks);
        assertThat(witness.trades).isGreaterThan(2_000);
        assertThat(witness.blocks).isPositive();
        assertThat(witness.fillsByTaker.values()).anyMatch(fills -> fills == 1)
                .anyMatch(fills -> fills > 3);
        // All of it fits the thousand levels of a REST answer, and 200 are always there.
        assertThat(witness.mostLevels).isBetween(200L, 1_000L);
        assertThat(Math.min(witness.bids.size(), witness.asks.size())).isGreaterThan(200);
    }

    @Test
    void shouldPlayTheSameMarketFromTheSameSeed() {
        assertThat(hashAfter(20_000, 5)).isEqualTo(hashAfter(20_000, 5))
                .isNotEqualTo(hashAfter(20_000, 6));
    }

    @Test
    void shouldKeepTheMeanRateOverBurstsAndQuietSpells() {
        SyntheticMarket market = market(7, MarketSettings.liquid(), new Witness());
        long[] bySecond = new long[3_000];
        while (market.nextTimeNs() < bySecond.length * SECOND_NS) {
            bySecond[(int) (market.nextTimeNs() / SECOND_NS)]++;
            market.step();
        }

        double mean = (double) market.actions() / bySecond.length;
        assertThat(mean).isCloseTo(800, within(120.0));
        assertThat((double) Arrays.stream(bySecond).max().orElseThrow())
                .isGreaterThan(8 * mean);
        assertThat((double) Arrays.stream(bySecond).min().orElseThrow()).isLessThan(mean / 2);
    }

    @Test
    void shouldRefuseAPriceTooLowForItsBook() {
        Listing cheap = new Listing("LOWUSDT", "0.10", "0.001", "10.0", 25);

        assertThatThrownBy(() -> new SyntheticMarket(0, cheap, MarketSettings.liquid(), 1, 0,
                new Witness())).hasMessageContaining("LOWUSDT").hasMessageContaining("3200");
    }

    private static long hashAfter(int actions, long seed) {
        Witness witness = new Witness();
        SyntheticMarket market = market(seed, MarketSettings.liquid(), witness);
        for (int i = 0; i < actions; i++) {
            market.step();
        }
        return witness.hash;
    }

    private static SyntheticMarket market(long seed, MarketSettings settings, Witness witness) {
        SyntheticMarket market = new SyntheticMarket(0, LISTING, settings, seed, 0, witness);
        witness.bids.putAll(top(market.book(), true));
        witness.asks.putAll(top(market.book(), false));
        return market;
    }

    private static Map<Long, Long> top(PriceLadder book, boolean bid) {
        long[] ticks = new long[book.levels(bid)];
        long[] lots = new long[ticks.length];
        book.copyTop(bid, ticks, lots);
        Map<Long, Long> levels = new TreeMap<>();
        for (int i = 0; i < ticks.length; i++) {
            levels.put(ticks[i], lots[i]);
        }
        return levels;
    }
}
