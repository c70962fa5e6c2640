package com.waickoff.marketdata.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes on along the tape, against slow exact references. */
class TapeMeasuresTest {
    private static final long SEED = 20_261_122;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    @ParameterizedTest
    @CsvSource({"1000, 1, 2, 1, 100, false, 100000", // 1,000 at 1.00 with 2 decimals: 1,000.00
            "1000, 1, 2, 1, 300, false, 33334", // rounded up
            "1000, 1, 2, 10, 100, true, 10000", // contracts of 10: 100.00
            "1000, 1, 2, 0.01, 100, false, 10000000", "0, 1, 2, 1, 100, false, 0",
            "1000, 1, 2, 1, 0, false, 9223372036854775807"})
    void shouldSayWhatAnAmountBuys(long amount, int unused, int scale, BigDecimal size,
            long price, boolean inverse, long quantity) {
        assertThat(new Notional(2, scale, size, inverse).quantity(amount, price))
                .isEqualTo(quantity);
    }

    @Test
    void shouldSayWhatAnAmountBuysAsASlowExactReferenceDoes() {
        System.out.println("notional: seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 100_000; i++) {
            int priceScale = random.nextInt(8);
            int quantityScale = random.nextInt(8);
            BigDecimal size = BigDecimal.valueOf(1 + random.nextInt(100), random.nextInt(4));
            boolean inverse = random.nextBoolean();
            long amount = random.nextLong(1_000_000);
            long price = 1 + random.nextLong(1_000_000_000);
            BigDecimal worth = inverse ? size
                    : BigDecimal.valueOf(price, priceScale).multiply(size);
            BigDecimal expected = BigDecimal.valueOf(amount)
                    .divide(worth, quantityScale, RoundingMode.CEILING)
                    .movePointRight(quantityScale).min(BigDecimal.valueOf(Long.MAX_VALUE));
            assertThat(new Notional(priceScale, quantityScale, size, inverse)
                    .quantity(amount, price)).as("%d", i).isEqualTo(expected.longValueExact());
        }
    }

    @Test
    void shouldComputeVpinByHand() {
        // Buckets of 10 at price 1; two count.
        Vpin vpin = new Vpin(new FlowConfig.Vpin(10, 2, 0),
                new Notional(0, 0, BigDecimal.ONE, false));
        vpin.add(1, 8, true);
        vpin.add(1, 2, false);
        assertThat(vpin.ppm()).isEqualTo(-1);
        vpin.add(1, 15, false); // a full bucket of sells, and 5 of the next
        assertThat(vpin.ppm()).isEqualTo(800_000); // (6 + 10) / 20
        vpin.add(1, 5, true);
        assertThat(vpin.ppm()).isEqualTo(500_000); // (10 + 0) / 20
    }

    @Test
    void shouldComputeVpinAsASlowExactReferenceDoes() {
        System.out.println("vpin: seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int tape = 0; tape < 500; tape++) {
            int buckets = 2 + random.nextInt(5);
            FlowConfig.Vpin config = new FlowConfig.Vpin(1 + random.nextInt(50), buckets,
                    400_000);
            Vpin vpin = new Vpin(config, new Notional(0, 1, BigDecimal.ONE, false));
            Deque<long[]> full = new ArrayDeque<>();
            long[] open = {0, 0, 0};
            boolean above = false;
            for (int i = 0; i < 200; i++) {
                long price = 1 + random.nextInt(5);
                long quantity = 1 + random.nextInt(random.nextInt(10) == 0 ? 4_000 : 60);
                boolean buy = random.nextBoolean();
                boolean completed = false;
                // Unit by unit.
                for (long unit = 0; unit < quantity; unit++) {
                    if (open[0] == 0) {
                        open[0] = Math.ceilDiv(config.bucketNotional() * 10, price);
                    }
                    open[buy ? 1 : 2]++;
                    if (open[1] + open[2] == open[0]) {
                        full.addLast(open);
                        if (full.size() > buckets) {
                            full.removeFirst();
                        }
                        open = new long[]{0, 0, 0};
                        completed = true;
                        open[0] = Math.ceilDiv(config.bucketNotional() * 10, price);
                    }
                }
                boolean rose = vpin.add(price, quantity, buy);
                int expected = full.size() < buckets ? -1 : ppm(full);
                assertThat(vpin.ppm()).as("tape %d trade %d", tape, i).isEqualTo(expected);
                assertThat(vpin.bucketVolume()).isEqualTo(open[0]);
                boolean now = completed ? expected > 400_000 : above;
                assertThat(rose).isEqualTo(now && !above);
                above = now;
            }
        }
    }

    private static int ppm(Deque<long[]> full) {
        BigDecimal differences = BigDecimal.ZERO;
        BigDecimal volumes = BigDecimal.ZERO;
        for (long[] bucket : full) {
            differences = differences.add(BigDecimal.valueOf(Math.abs(bucket[1] - bucket[2])));
            volumes = volumes.add(BigDecimal.valueOf(bucket[0]));
        }
        return differences.movePointRight(6).divide(volumes, 0, RoundingMode.FLOOR).intValueExact();
    }

    @Test
    void shouldFindTheLargestOrdersAsASlowExactReferenceDoes() {
        System.out.println("order sizes: seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int tape = 0; tape < 30; tape++) {
            int perMillion = 1 + random.nextInt(50_000);
            OrderSizes sizes = new OrderSizes(perMillion);
            TreeMap<Long, List<Long>> byDay = new TreeMap<>();
            long dayNs = 86_400 * NS_PER_SECOND;
            long timeNs = 1_000 * dayNs;
            for (int i = 0; i < 5_000; i++) {
                timeNs += random.nextInt(400) == 0 ? random.nextLong(2 * dayNs)
                        : random.nextLong(NS_PER_SECOND);
                long quantity = random.nextLong(1L << random.nextInt(1, 40)) + 1;
                sizes.add(timeNs, quantity);
                byDay.computeIfAbsent(timeNs / dayNs, day -> new ArrayList<>()).add(quantity);
                if (i % 97 == 0) {
                    List<Long> all = new ArrayList<>();
                    byDay.tailMap(timeNs / dayNs - 1).values().forEach(all::addAll);
                    assertThat(sizes.total()).isEqualTo(all.size());
                    assertThat(sizes.threshold()).as("tape %d order %d", tape, i)
                            .isEqualTo(threshold(all, perMillion));
                }
            }
        }
    }

    /** The smallest edge of a quarter of an octave that few enough orders reach. */
    private static long threshold(List<Long> quantities, long perMillion) {
        if (quantities.size() < OrderSizes.LEAST_ORDERS) {
            return Long.MAX_VALUE;
        }
        for (long edge = 0, step = 1;; edge += step) {
            step = edge >= 8 ? Long.highestOneBit(edge) / 4 : 1;
            long from = edge;
            long reached = quantities.stream().filter(quantity -> quantity >= from).count();
            if (reached * 1_000_000 <= quantities.size() * perMillion) {
                return edge;
            }
        }
    }

    @Test
    void shouldMeasureTheSpeedAsASlowExactReferenceDoes() {
        System.out.println("speed of tape: seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int tape = 0; tape < 300; tape++) {
            FlowConfig.Speed config = new FlowConfig.Speed(1 + random.nextInt(4),
                    1 + random.nextInt(5), 1_000 + random.nextInt(1_000),
                    1 + random.nextInt(5));
            TapeSpeed speed = new TapeSpeed(config);
            int ring = config.seconds() * (config.stretches() + 1);
            TreeMap<Long, Long> fills = new TreeMap<>();
            long now = 1_000;
            long first = now;
            boolean told = false;
            for (int i = 0; i < 400; i++) {
                long next = now + (random.nextInt(3) == 0 ? random.nextInt(4) : 0);
                next += random.nextInt(150) == 0 ? ring : 0;
                if (next - now >= ring) {
                    told = false;
                }
                for (long second = now + 1; second <= next && next - now < ring; second++) {
                    told &= isFast(fills, config, second, first);
                }
                // A late trade can only be told from others once the tape has come to its end.
                boolean late = i > 0 && next == now && random.nextInt(3) == 0;
                now = next;
                first = i == 0 ? now : first;
                long at = now - (late ? random.nextInt(ring + 3) : 0);
                long count = 1 + random.nextInt(4);
                if (at > now - ring) {
                    fills.merge(at, count, Long::sum);
                }
                boolean became = speed.add(at * NS_PER_SECOND + 5, count);
                boolean fast = at > now - ring && !told && isFast(fills, config, now, first);
                assertThat(became).as("tape %d trade %d", tape, i).isEqualTo(fast);
                told |= fast;
                assertThat(speed.lately()).isEqualTo(sum(fills, now - config.seconds(), now));
                assertThat(speed.before())
                        .isEqualTo(sum(fills, now - ring, now - config.seconds()));
            }
        }
    }

    private static boolean isFast(TreeMap<Long, Long> fills, FlowConfig.Speed config, long now,
            long first) {
        long ring = (long) config.seconds() * (config.stretches() + 1);
        BigDecimal lately = BigDecimal.valueOf(sum(fills, now - config.seconds(), now));
        BigDecimal mean = BigDecimal.valueOf(sum(fills, now - ring, now - config.seconds()));
        return now - first >= ring && lately.intValue() >= config.minTrades()
                && lately.multiply(BigDecimal.valueOf(config.stretches()))
                        .compareTo(mean.multiply(BigDecimal.valueOf(config.factor(), 3))) > 0;
    }

    /** Of seconds after {@code from} up to {@code to}. */
    private static long sum(TreeMap<Long, Long> fills, long from, long to) {
        return fills.subMap(from, false, to, true).values().stream().mapToLong(Long::longValue)
                .sum();
    }
}
