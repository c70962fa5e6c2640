package com.waickoff.marketdata.depth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The side against a sorted map, over seeded random transitions. */
class BookSideTest {
    private static final DepthConfig CONFIG = new DepthConfig(4096, 1 << 15, 20_000, 10, List.of());
    private static final int TRANSITIONS = 60_000;

    @ParameterizedTest(name = "bid {0}, tick {1}, start {2}, seed {3}")
    @CsvSource({"true, 1, 6000000, 1", "false, 1, 6000000, 2", "true, 5, 300000, 3",
            "false, 10, 25000000, 4", "true, 100, 900000000, 5", "false, 7, 70007, 6"})
    void shouldEqualSortedMapWhateverHappens(boolean bid, long tick, long start, long seed) {
        BookSide side = new BookSide(bid, tick, CONFIG);
        Transitions transitions = new Transitions(bid, tick, start, seed, 1L << 40);
        for (int i = 0; i < TRANSITIONS; i++) {
            transitions.next(side);
            transitions.checkBest(side, i);
            if (i % 97 == 0) {
                transitions.checkAll(side, i);
            }
        }
        assertThat(side.windowMoveCount()).as("the window was moved").isGreaterThan(100);
        assertThat(side.forgottenCount()).as("nothing was forgotten").isZero();
    }

    @ParameterizedTest(name = "bid {0}, seed {1}")
    @CsvSource({"true, 11", "false, 12"})
    void shouldSaturateSumsThatLeaveALong(boolean bid, long seed) {
        BookSide side = new BookSide(bid, 1, CONFIG);
        Transitions transitions = new Transitions(bid, 1, 1_000_000, seed, Long.MAX_VALUE);
        for (int i = 0; i < 6_000; i++) {
            transitions.next(side);
            if (i % 29 == 0) {
                transitions.checkAll(side, i);
            }
        }
    }

    @ParameterizedTest(name = "bid {0}, capacity {1}, seed {2}")
    @CsvSource({"true, 300, 21", "false, 300, 22", "true, 1, 23", "false, 0, 24"})
    void shouldForgetOnlyFarthestLevelsWhenFarLevelsAreFull(boolean bid, int capacity, long seed) {
        BookSide side = new BookSide(bid, 1,
                new DepthConfig(4096, 4096, capacity, 10, List.of()));
        Random random = new Random(seed);
        TreeMap<Long, Long> reference = new TreeMap<>(order(bid));
        int outward = bid ? -1 : 1;
        long touch = 50_000_000;
        for (int i = 0; i < 40_000; i++) {
            if (random.nextInt(1_000) == 0) {
                touch += random.nextInt(5_001) - 2_500;
            }
            long distance = random.nextInt(4) == 0 ? random.nextInt(400) : random.nextInt(40_000);
            long price = touch + outward * distance;
            long quantity = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(1_000);
            side.set(price, quantity);
            put(reference, price, quantity);
            if (i % 101 == 0) {
                checkNearestAreExact(side, reference);
            }
        }
        assertThat(side.forgottenCount()).isGreaterThan(1_000);
        assertThat(side.farCount()).isLessThanOrEqualTo(capacity);
        assertThat(side.reaches(touch + outward * 39_000, true)).isFalse();
        side.clear();
        side.set(touch, 1);
        side.set(touch + outward * 2_000, 1);
        assertThat(side.reaches(touch + outward * 2_000, true)).as("a new book").isTrue();
    }

    @Test
    void shouldGrowItsWindowToOnePercentOfThePrice() {
        BookSide bids = new BookSide(true, 1, DepthConfig.defaults());
        bids.set(6_000_000, 5);
        bids.set(5_940_000, 7);
        bids.set(5_000_000, 9);
        bids.endSnapshot();
        assertThat(bids.window()).isEqualTo(131_072);
        assertThat(bids.farCount()).as("levels beyond the window").isEqualTo(1);
        assertThat(bids.quantityUpTo(5_000_000)).isEqualTo(21);
        assertThat(bids.quantityUpTo(5_940_000)).isEqualTo(12);

        BookSide coarse = new BookSide(true, 100, DepthConfig.defaults());
        coarse.set(6_000_000, 5);
        coarse.endSnapshot();
        assertThat(coarse.window()).isEqualTo(4096);
    }

    @Test
    void shouldKnowHowFarItReaches() {
        BookSide asks = new BookSide(false, 1, DepthConfig.defaults());
        assertThat(asks.reaches(1_000, true)).isFalse();
        asks.set(1_000, 1);
        asks.set(1_100, 1);
        assertThat(asks.reaches(1_050, false)).as("no snapshot yet").isFalse();
        asks.endSnapshot();
        asks.set(1_500, 1);
        assertThat(asks.reaches(1_100, false)).isTrue();
        assertThat(asks.reaches(1_101, false)).as("between snapshot and later level").isFalse();
        assertThat(asks.reaches(1_500, true)).as("the venue keeps the window").isTrue();
        assertThat(asks.reaches(1_501, true)).isFalse();
        asks.set(1_100, 0);
        assertThat(asks.reaches(1_100, false)).as("told to be empty").isTrue();
    }

    @Test
    void shouldRefuseImpossibleLevels() {
        BookSide bids = new BookSide(true, 1, DepthConfig.defaults());
        assertThat(bids.set(100, -1)).isFalse();
        assertThat(bids.set(DepthMeasures.MAX_PRICE + 1, 1)).isFalse();
        assertThat(bids.set(Long.MAX_VALUE, 1)).isFalse();
        assertThat(bids.set(Long.MIN_VALUE, 1)).isFalse();
        assertThat(bids.refusedCount()).isEqualTo(4);
        assertThat(bids.isEmpty()).isTrue();
        assertThat(bids.set(DepthMeasures.MAX_PRICE, 1)).isTrue();
        assertThat(bids.bestPrice()).isEqualTo(DepthMeasures.MAX_PRICE);
    }

    @Test
    void shouldTakePricesBelowZero() {
        BookSide bids = new BookSide(true, 5, DepthConfig.defaults());
        bids.set(-10, 3);
        bids.set(-5, 2);
        bids.set(10, 0);
        assertThat(bids.bestPrice()).isEqualTo(-5);
        assertThat(bids.quantityUpTo(-10)).isEqualTo(5);
    }

    @ParameterizedTest(name = "bid {0}, tick {1}, seed {2}")
    @CsvSource({"true, 1, 31", "false, 5, 32", "true, 12, 33"})
    void shouldGoOnAlikeAfterACheckpoint(boolean bid, long tick, long seed) throws IOException {
        DepthConfig config = new DepthConfig(4096, 1 << 15, 200, 10, List.of());
        BookSide side = new BookSide(bid, tick, config);
        Transitions transitions = new Transitions(bid, tick, 9_000_000 * tick, seed, 1L << 30);
        for (int i = 0; i < 5_000; i++) {
            transitions.next(side);
            if (i == 3_000) {
                side.endSnapshot();
            }
        }
        BookSide restored = new BookSide(bid, tick, config);
        byte[] written = bytes(side);
        restored.readFrom(new DataInputStream(new ByteArrayInputStream(written)));
        assertThat(bytes(restored)).isEqualTo(written);
        for (int i = 0; i < 5_000; i++) {
            transitions.next(side, restored);
        }
        assertThat(side.forgottenCount()).as("the bound of far levels was met").isPositive();
        assertThat(bytes(restored)).isEqualTo(bytes(side));
    }

    private static byte[] bytes(BookSide side) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        side.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static Comparator<Long> order(boolean bid) {
        return bid ? Comparator.reverseOrder() : Comparator.naturalOrder();
    }

    private static void put(Map<Long, Long> levels, long price, long quantity) {
        if (quantity == 0) {
            levels.remove(price);
        } else {
            levels.put(price, quantity);
        }
    }

    private static void checkNearestAreExact(BookSide side, TreeMap<Long, Long> reference) {
        long[] prices = new long[side.levelCount()];
        long[] quantities = new long[side.levelCount()];
        assertThat(side.copyBest(prices, quantities, prices.length)).isEqualTo(prices.length);
        int i = 0;
        for (Map.Entry<Long, Long> level : reference.entrySet()) {
            if (i == prices.length || prices[i] != level.getKey()) {
                assertThat(side.reaches(level.getKey(), true))
                        .as("price %d is missing", level.getKey()).isFalse();
                continue;
            }
            assertThat(quantities[i++]).isEqualTo(level.getValue());
        }
        assertThat(i).as("levels that are in the book").isEqualTo(prices.length);
        assertThat(side.bestPrice()).isEqualTo(reference.isEmpty() ? 0 : reference.firstKey());
    }

    /** Random life of a side, told to the side and to a sorted map. */
    private static final class Transitions {
        private final boolean bid;
        private final int outward;
        private final long tick;
        private final Random random;
        private final long maxQuantity;
        private final TreeMap<Long, Long> reference;
        private long touch;
        private long jumpedFrom;

        Transitions(boolean bid, long tick, long start, long seed, long maxQuantity) {
            this.bid = bid;
            this.tick = tick;
            this.maxQuantity = maxQuantity;
            outward = bid ? -1 : 1;
            touch = start / tick * tick;
            random = new Random(seed);
            reference = new TreeMap<>(order(bid));
        }

        void next(BookSide... sides) {
            int what = random.nextInt(10_000);
            if (what < 6) {
                set(touch + tick * (random.nextInt(200_000) - 100_000), quantity(), sides);
                jumpedFrom = touch;
            } else if (what < 10) {
                // A level far better than the touch, as in the middle of an update that crosses.
                long price = touch - outward * tick * (1 + random.nextInt(60_000));
                set(price, quantity(), sides);
                set(price, 0, sides);
            } else if (what < 14) {
                touch += tick * (random.nextInt(60_001) - 30_000);
                touch = Math.max(touch, tick * 1_000);
            } else if (what < 15) {
                reference.clear();
                for (BookSide side : sides) {
                    side.clear();
                }
            } else if (what < 16 && tick > 1) {
                set(touch + random.nextInt((int) tick), quantity(), sides);
            } else if (what < 300 && !reference.isEmpty()) {
                set(reference.firstKey(), 0, sides);
            } else if (what < 600 && !reference.isEmpty()) {
                set(reference.lastKey(), 0, sides);
            } else if (what < 700) {
                for (int i = 0; i < 4 && !reference.isEmpty(); i++) {
                    set(reference.firstKey(), 0, sides);
                }
            } else {
                long reach = random.nextInt(10) == 0 ? 20_000 : random.nextInt(10) < 3 ? 600 : 40;
                long price = touch + outward * tick * (long) (reach * random.nextDouble()
                        * random.nextDouble());
                set(price, random.nextInt(5) < 2 ? 0 : quantity(), sides);
                touch += tick * (random.nextInt(3) - 1);
            }
            if (jumpedFrom != 0 && random.nextInt(50) == 0) {
                touch = jumpedFrom;
                jumpedFrom = 0;
            }
        }

        void checkBest(BookSide side, int i) {
            Map.Entry<Long, Long> best = reference.firstEntry();
            if (side.bestPrice() != (best == null ? 0 : best.getKey())
                    || side.bestQuantity() != (best == null ? 0 : best.getValue())
                    || side.levelCount() != reference.size()
                    || side.isEmpty() != reference.isEmpty()) {
                assertThat(side.bestPrice() + " x " + side.bestQuantity() + ", levels "
                        + side.levelCount()).as("transition %d", i)
                        .isEqualTo(best + ", levels " + reference.size());
            }
        }

        void checkAll(BookSide side, int i) {
            int count = reference.size();
            long[] prices = new long[count];
            long[] quantities = new long[count];
            assertThat(side.copyBest(prices, quantities, count)).isEqualTo(count);
            assertThat(prices).as("transition %d", i).containsExactly(
                    reference.keySet().stream().mapToLong(Long::longValue).toArray());
            assertThat(quantities).as("transition %d", i).containsExactly(
                    reference.values().stream().mapToLong(Long::longValue).toArray());
            int some = random.nextInt(1 + Math.min(count, 30));
            long[] fewPrices = new long[some];
            long[] fewQuantities = new long[some];
            assertThat(side.copyBest(fewPrices, fewQuantities, some)).isEqualTo(some);
            assertThat(fewPrices).containsExactly(Arrays.copyOf(prices, some));
            for (int levels : new int[]{0, 1, 2, 5, 10, 20, 50, 500, count, count + 1}) {
                assertThat(side.quantityOfBest(levels)).as("best %d, transition %d", levels, i)
                        .isEqualTo(sum(quantities, Math.min(levels, count)));
            }
            for (int k = 0; k < 20; k++) {
                long price = touch + outward * (k < 10 ? random.nextInt(500)
                        : random.nextLong(60_000 * tick)) - random.nextInt(20);
                int within = 0;
                while (within < count
                        && (bid ? prices[within] >= price : prices[within] <= price)) {
                    within++;
                }
                assertThat(side.quantityUpTo(price)).as("up to %d, transition %d", price, i)
                        .isEqualTo(sum(quantities, within));
            }
            if (count > 0) {
                long worst = prices[count - 1];
                assertThat(side.reaches(worst, true)).isTrue();
                assertThat(side.reaches(worst + outward * tick, true)).isFalse();
            }
        }

        private void set(long price, long quantity, BookSide... sides) {
            put(reference, price, quantity);
            for (BookSide side : sides) {
                side.set(price, quantity);
            }
        }

        private long quantity() {
            return 1 + random.nextLong(maxQuantity);
        }

        private static long sum(long[] quantities, int count) {
            BigInteger sum = BigInteger.ZERO;
            for (int i = 0; i < count; i++) {
                sum = sum.add(BigInteger.valueOf(quantities[i]));
            }
            return sum.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
        }
    }
}
