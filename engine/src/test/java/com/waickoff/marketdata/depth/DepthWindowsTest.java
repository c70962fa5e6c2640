package com.waickoff.marketdata.depth;

import static com.waickoff.marketdata.event.EventFlags.BID;
import static com.waickoff.marketdata.event.EventFlags.FIRST;
import static com.waickoff.marketdata.event.EventFlags.LAST;
import static com.waickoff.marketdata.event.EventFlags.SNAPSHOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.snapshot.InstrumentSections;
import com.waickoff.marketdata.window.DepthBar;
import com.waickoff.marketdata.window.Timeframe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DepthWindowsTest {
    private static final long NOON_MS = 1_767_700_800_000L;
    private static final long NS_PER_MS = 1_000_000L;
    /** How long after its match time an event is received. */
    private static final long LATENCY_NS = 20 * NS_PER_MS;

    @TempDir
    private Path folder;

    private DepthRig rig;
    private int id;

    @BeforeEach
    void open() throws IOException {
        rig = new DepthRig(folder.resolve("snapshot"), DepthConfig.defaults());
        id = rig.define("binance-spot", "BTCUSDT", "0.01");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** The worked example of the documentation. */
    @Test
    void shouldSumOrderFlowImbalanceByTheFormula() throws IOException {
        join(0, new long[]{100, 5, 99, 3}, new long[]{102, 4, 103, 6});
        // Bid grows: e = 7 - 5 = +2.
        update(100, 0, new long[]{100, 7}, new long[]{});
        assertOrderFlow(1, 2, 0);
        // Ask shrinks: e = -1 + 4 = +3.
        update(200, 0, new long[]{}, new long[]{102, 1});
        assertOrderFlow(2, 5, 0);
        // A better bid: e = +2; the second level's price rises from 99 to 100: +7.
        update(300, 0, new long[]{101, 2}, new long[]{});
        assertOrderFlow(3, 7, 7);
        // The best ask goes: e = +1, its price rises from 102 to 103; of the second ask, +6.
        update(400, 0, new long[]{}, new long[]{102, 0});
        assertOrderFlow(4, 8, 13);
        // The best bid goes, price falls from 101 to 100: e = -2; the second from 100 to 99: -7.
        update(500, 0, new long[]{101, 0}, new long[]{});
        assertOrderFlow(5, 6, 6);
        // The whole bid side goes: -7; the second level too: -3.
        update(600, 0, new long[]{100, 0, 99, 0}, new long[]{});
        assertOrderFlow(6, -1, 3);
        // And comes back: +4.
        update(700, 0, new long[]{98, 4}, new long[]{});
        assertOrderFlow(7, 3, 3);
    }

    @Test
    void shouldWeighStatesByTheTimeTheyLasted() throws IOException {
        join(10_000, new long[]{10_000, 3}, new long[]{10_002, 1});
        update(20_000, 0, new long[]{}, new long[]{10_002, 0, 10_006, 3});
        update(50_000, 0, new long[]{10_000, 9}, new long[]{});
        clock(50_000);

        DepthBar bar = newest(Timeframe.M1);
        assertThat(bar.coveredUs()).isEqualTo(40_000_000);
        assertThat(bar.measuredUs()).isEqualTo(40_000_000);
        assertThat(bar.coveragePpm()).as("from 10 s to 50 s of 50 s").isEqualTo(800_000);
        assertThat(bar.averageSpread()).as("2 for 10 s, 6 for 30 s").isEqualTo(5);
        assertThat(bar.minSpread()).isEqualTo(2);
        assertThat(bar.maxSpread()).isEqualTo(6);
        assertThat(bar.averageMid()).isEqualTo((10_001.0 + 3 * 10_003) / 4);
        // 10,000 + 2 * 3/4 for 10 s, then 10,000 + 6 * 1/2.
        assertThat(bar.averageWeightedMid()).isEqualTo((10_001.5 + 3 * 10_003) / 4);
        assertThat(bar.averageImbalance(0)).as("1/2 for 10 s, then 0").isEqualTo(0.125);
        assertThat(bar.averageBidsWithin(0)).isEqualTo(3);
        assertThat(bar.averageAsksWithin(0)).as("1 for 10 s, then 3").isEqualTo(2.5);
        assertThat(bar.reachedUs(0)).as("the snapshot told one level a side").isZero();
        assertThat(bar.updates()).isEqualTo(2);
    }

    @Test
    void shouldSplitAStateBetweenTheWindowsItLastedIn() throws IOException {
        join(50_000, new long[]{100, 1}, new long[]{102, 1});
        update(90_000, 0, new long[]{100, 2}, new long[]{});
        clock(90_000);

        DepthBar first = window(Timeframe.M1, 0);
        assertThat(first.isClosed()).isTrue();
        assertThat(first.coveredUs()).isEqualTo(10_000_000);
        assertThat(first.updates()).isZero();
        DepthBar second = window(Timeframe.M1, 60_000);
        assertThat(second.isClosed()).isFalse();
        assertThat(second.coveredUs()).isEqualTo(30_000_000);
        assertThat(second.updates()).isEqualTo(1);
        DepthBar five = window(Timeframe.M5, 0);
        assertThat(five.coveredUs()).isEqualTo(40_000_000);
        assertThat(five.updates()).isEqualTo(1);
        assertThat(five.isClosed()).isFalse();
    }

    @Test
    void shouldCloseTheWindowOfAQuietBookBehindTheClock() throws IOException {
        join(30_000, new long[]{100, 1}, new long[]{102, 1});
        for (long ms = 30_000; ms < 61_900; ms += 100) {
            clock(ms);
        }
        assertThat(rig.windows(id, Timeframe.M1).newest()).as("nothing lasted yet").isNull();
        clock(62_000);

        DepthBar bar = window(Timeframe.M1, 0);
        assertThat(bar.isClosed()).isTrue();
        assertThat(bar.coveredUs()).isEqualTo(30_000_000);
        assertThat(bar.coveragePpm()).isEqualTo(500_000);
        assertThat(window(Timeframe.M5, 0).coveredUs()).isEqualTo(30_000_000);
    }

    @Test
    void shouldNotCountTheTimeBeforeABookWasLost() throws IOException {
        join(0, new long[]{100, 1}, new long[]{102, 1});
        update(10_000, 0, new long[]{100, 2}, new long[]{});
        reset(18_000, Reason.DISCONNECTED);
        update(25_000, SNAPSHOT, new long[]{100, 50}, new long[]{102, 50});
        ready(26_000);
        update(30_000, 0, new long[]{100, 51}, new long[]{});
        clock(30_000);

        DepthBar bar = newest(Timeframe.M1);
        assertThat(bar.coveredUs()).as("0 to 10 s and 26 to 30 s").isEqualTo(14_000_000);
        assertThat(bar.updates()).as("the snapshot continues nothing").isEqualTo(2);
        assertThat(bar.orderFlowImbalance(0)).isEqualTo(2);
    }

    @Test
    void shouldNotCountWhatNobodySaw() throws IOException {
        join(0, new long[]{100, 1}, new long[]{102, 1});
        clock(0);
        clock(10_100);
        update(10_000, 0, new long[]{100, 2}, new long[]{});
        clock(10_200);
        assertThat(newest(Timeframe.M1).coveredUs()).as("no clock for 10.1 s").isZero();
        assertThat(newest(Timeframe.M1).updates()).isEqualTo(1);
        update(12_000, 0, new long[]{100, 1}, new long[]{});
        clock(12_000);
        assertThat(newest(Timeframe.M1).coveredUs()).isEqualTo(2_000_000);
    }

    @Test
    void shouldMeasureNothingOfAOneSidedBook() throws IOException {
        join(0, new long[]{100, 1}, new long[]{});
        update(10_000, 0, new long[]{}, new long[]{102, 1});
        update(15_000, 0, new long[]{}, new long[]{102, 0});
        update(20_000, 0, new long[]{100, 2}, new long[]{});
        clock(20_000);
        DepthBar bar = newest(Timeframe.M1);
        assertThat(bar.coveredUs()).isEqualTo(20_000_000);
        assertThat(bar.measuredUs()).isEqualTo(5_000_000);
        assertThat(bar.averageSpread()).isEqualTo(2);
    }

    @Test
    void shouldTakeTheRunningTimeOfTheVenueWhereAnUpdateHasNone() throws IOException {
        join(0, new long[]{100, 1}, new long[]{102, 1});
        rig.handle(event -> event.bookLevel(id, 0, at(7_000) + LATENCY_NS, 100, 2, 9,
                FIRST | LAST | BID));
        clock(7_000);
        assertThat(newest(Timeframe.M1).coveredUs()).isEqualTo(7_000_000);
    }

    @Test
    void shouldMeasureNothingBeforeTheVenueTellsATime() throws IOException {
        rig.handle(event -> event.bookLevel(id, 0, at(0), 100, 2, 9,
                FIRST | LAST | BID | SNAPSHOT));
        rig.handle(event -> event.bookReady(id, 0, at(0), 9));
        rig.handle(event -> event.bookLevel(id, 0, at(70_000), 100, 3, 9, FIRST | LAST | BID));
        clock(80_000);
        assertThat(rig.windows(id, Timeframe.M1).count()).isZero();
    }

    @Test
    void shouldFollowWallsByPriceWithTheirAge() throws IOException {
        long[] bids = new long[40];
        long[] asks = new long[40];
        for (int i = 0; i < 20; i++) {
            bids[2 * i] = 1_000 - i;
            asks[2 * i] = 1_001 + i;
            bids[2 * i + 1] = 10;
            asks[2 * i + 1] = i == 4 ? 50 : 10;
        }
        join(0, bids, asks);
        clock(100);
        assertThat(rig.walls(id).asks().count()).as("5 times the median is no wall").isZero();
        update(200, 0, new long[]{997, 80}, new long[]{1_005, 51});
        clock(300);
        update(400, 0, new long[]{997, 60}, new long[]{1_005, 50});
        clock(500);

        var walls = rig.walls(id);
        assertThat(walls.multiple()).isEqualTo(5);
        assertThat(walls.asOfNs()).isEqualTo(at(500));
        assertThat(walls.bids().levels()).isEqualTo(20);
        assertThat(walls.bids().median()).isEqualTo(10);
        assertThat(walls.bids().count()).isEqualTo(1);
        assertThat(walls.bids().price(0)).isEqualTo(997);
        assertThat(walls.bids().quantity(0)).isEqualTo(60);
        assertThat(walls.bids().largest(0)).isEqualTo(80);
        assertThat(walls.bids().firstSeenNs(0)).isEqualTo(at(300));
        assertThat(walls.asks().count()).as("no wall any more").isZero();
        reset(600, Reason.SEQUENCE_GAP);
        assertThat(rig.walls(id).bids().count()).as("nobody knows").isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldFindTheWallsThatSortingFinds(long seed) {
        Random random = new Random(seed);
        WallSearch search = new WallSearch(2, 200);
        for (int book = 0; book < 40; book++) {
            boolean bid = book % 2 == 0;
            BookSide side = new BookSide(bid, 1, new DepthConfig(4096, 4096, 256, 10, List.of()));
            // Beside each other, with prices between them, and farther away than the window goes.
            int gap = 1 + random.nextInt(1 + book % 3 * 10);
            int levels = 1 + random.nextInt(300);
            long bound = 1 + random.nextInt(1 + (int) (seed * 20));
            int best = 0;
            for (int round = 0; round < 100; round++) {
                if (random.nextInt(30) == 0) {
                    side.clear();
                    bound = 1 + random.nextInt(1 + (int) (seed * 20));
                }
                boolean anew = side.isEmpty();
                best += (random.nextInt(40) == 0 ? 100 : 1) * (random.nextInt(3) - 1);
                for (int i = 0; i < (anew ? levels : random.nextInt(30)); i++) {
                    int level = anew ? i : random.nextInt(levels);
                    long price = 100_000 + (long) (bid ? -best - level : best + level) * gap;
                    side.set(price, !anew && random.nextInt(3) == 0 ? 0
                            : 1 + random.nextLong(bound));
                }
                search.search(side);
                assertWallsEqualThoseOfSorting(search, side);
            }
        }
    }

    private static void assertWallsEqualThoseOfSorting(WallSearch search, BookSide side) {
        long[] prices = new long[200];
        long[] quantities = new long[200];
        int count = side.copyBest(prices, quantities, 200);
        long[] sorted = Arrays.copyOf(quantities, count);
        Arrays.sort(sorted);
        long median = count < 10 ? 0 : sorted[(count - 1) / 2];
        assertThat(search.levels()).isEqualTo(count);
        assertThat(search.median()).isEqualTo(median);
        List<Integer> expected = IntStream.range(0, count)
                .filter(i -> count >= 10 && quantities[i] > search.multiple() * median).boxed()
                .sorted(Comparator
                        .<Integer>comparingLong(i -> -quantities[i]).thenComparing(i -> i))
                .limit(16).sorted().toList();
        assertThat(search.count()).isEqualTo(expected.size());
        for (int i = 0; i < search.count(); i++) {
            assertThat(search.price(i)).isEqualTo(prices[expected.get(i)]);
            assertThat(search.quantity(i)).isEqualTo(quantities[expected.get(i)]);
        }
    }

    /** Random books and times, restored from a checkpoint every now and then, against the slow way. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {101, 102, 103, 104, 105, 106, 107, 108})
    void shouldEqualExactSumsOverAllThatHappened(long seed) throws IOException {
        System.out.println("seed " + seed);
        Market market = new Market(seed);
        int windows = 0;
        for (int step = 0; step < 4_000; step++) {
            market.step();
            if (step % 211 == 210) {
                market.clockNow();
                for (Timeframe timeframe : Timeframe.ALL) {
                    windows += market.slow.check(timeframe, rig.windows(id, timeframe),
                            "seed " + seed + ", step " + step);
                }
            }
            if (step % 500 == 499) {
                restore(step);
            }
        }
        assertThat(windows).as("windows that were compared").isGreaterThan(300);
    }

    @Test
    void shouldRefuseTheCheckpointOfAnotherMinute() throws IOException {
        InstrumentSections sections = rig.sections(id);
        DepthWindows windows = new DepthWindows(sections);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(-5);
        out.writeBoolean(false);
        new DepthBar().writeTo(out);
        assertThatThrownBy(() -> windows.readFrom(
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isInstanceOf(IOException.class).hasMessageContaining("-5 µs");
    }

    /** The study goes on from a checkpoint, over a new file. */
    private void restore(int step) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        rig.study.writeInstrument(id, new DataOutputStream(bytes));
        rig.close();
        rig = new DepthRig(folder.resolve("restored-" + step), DepthConfig.defaults());
        id = rig.define("binance-spot", "BTCUSDT", "0.01");
        rig.study.readInstrument(id,
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    private static long at(long ms) {
        return (NOON_MS + ms) * NS_PER_MS;
    }

    private void join(long ms, long[] bids, long[] asks) {
        update(ms, SNAPSHOT, bids, asks);
        ready(ms);
    }

    private void update(long ms, int flags, long[] bids, long[] asks) {
        int count = (bids.length + asks.length) / 2;
        for (int i = 0; i < count; i++) {
            boolean bid = 2 * i < bids.length;
            int from = bid ? 2 * i : 2 * i - bids.length;
            long[] side = bid ? bids : asks;
            int levelFlags = flags | (bid ? BID : 0) | (i == 0 ? FIRST : 0)
                    | (i == count - 1 ? LAST : 0);
            rig.handle(event -> event.bookLevel(id, at(ms), at(ms) + LATENCY_NS, side[from],
                    side[from + 1], 1, levelFlags));
        }
    }

    private void ready(long ms) {
        rig.handle(event -> event.bookReady(id, at(ms), at(ms) + LATENCY_NS, 1));
    }

    private void reset(long ms, Reason reason) {
        rig.handle(event -> event.bookReset(id, 0, at(ms) + LATENCY_NS, 0, reason));
    }

    private void clock(long ms) {
        rig.handle(event -> event.clock(at(ms) + LATENCY_NS));
    }

    private DepthBar newest(Timeframe timeframe) throws IOException {
        return Objects.requireNonNull(rig.windows(id, timeframe).newest());
    }

    private DepthBar window(Timeframe timeframe, long ms) throws IOException {
        return Objects.requireNonNull(rig.windows(id, timeframe).find(NOON_MS + ms));
    }

    private void assertOrderFlow(long updates, long best, long second) throws IOException {
        clock(1_000 + updates);
        DepthBar bar = newest(Timeframe.M1);
        assertThat(bar.updates()).isEqualTo(updates);
        assertThat(bar.orderFlowImbalance(0)).as("best level").isEqualTo(best);
        assertThat(bar.orderFlowImbalance(1)).as("second level").isEqualTo(second);
    }

    /** A book that does everything a book can do, at times that are not always what they should be. */
    private final class Market {
        private final Random random;
        private final SlowDepth slow = new SlowDepth(1, false,
                DepthConfig.defaults().crossedUpdates());
        private final boolean huge;
        private long receiveNs = at(0);
        private long clockNs = receiveNs;
        private long mid = 100_000;

        Market(long seed) {
            random = new Random(seed);
            huge = seed % 4 == 0;
        }

        void step() {
            long pause = random.nextInt(200) == 0 ? random.nextLong(400_000_000_000L)
                    : random.nextInt(20) == 0 ? random.nextLong(12_000_000_000L)
                            : random.nextLong(1_500_000_000L);
            long untilNs = receiveNs + (random.nextInt(5) == 0 ? 0 : pause);
            // Mostly there is a clock every so often; sometimes the engine was away.
            boolean away = random.nextInt(100) == 0;
            while (!away && untilNs - receiveNs > 5_000_000_000L) {
                receiveNs += 5_000_000_000L;
                clockNow();
            }
            receiveNs = untilNs;
            if (receiveNs / 100_000_000 != clockNs / 100_000_000) {
                clockNow();
            }
            long matchNs = matchNs();
            switch (random.nextInt(60)) {
                case 0 -> reset(matchNs, Reason.DISCONNECTED);
                case 1 -> reset(matchNs, Reason.VENUE_RESTART);
                case 2 -> pause();
                case 3 -> snapshot(matchNs);
                case 4, 5, 6 -> {
                    snapshot(matchNs);
                    ready(matchNs);
                }
                case 7 -> ready(matchNs);
                default -> update(matchNs);
            }
        }

        void clockNow() {
            clockNs = receiveNs;
            rig.handle(event -> event.clock(receiveNs));
            slow.clock(receiveNs);
        }

        private long matchNs() {
            return switch (random.nextInt(50)) {
                case 0, 1 -> 0;
                case 2 -> receiveNs - random.nextLong(5_000_000_000L);
                case 3 -> receiveNs + 100_000_000_000L;
                default -> receiveNs - random.nextLong(80_000_000L);
            };
        }

        private void reset(long matchNs, Reason reason) {
            rig.handle(event -> event.bookReset(id, matchNs, receiveNs, 0, reason));
            slow.reset(matchNs, receiveNs, reason == Reason.VENUE_RESTART);
        }

        private void pause() {
            rig.handle(event -> {
                event.header(EventKind.DEPTH_PAUSED, LAST, id, 0, receiveNs);
                event.words(0, 0, 0, 0);
            });
            slow.reset(0, receiveNs, false);
        }

        private void ready(long matchNs) {
            rig.handle(event -> event.bookReady(id, matchNs, receiveNs, 1));
            slow.ready(matchNs, receiveNs);
        }

        private void snapshot(long matchNs) {
            TreeMap<Long, Long> bids = new TreeMap<>();
            TreeMap<Long, Long> asks = new TreeMap<>();
            int each = random.nextInt(3) == 0 ? random.nextInt(4) : 1 + random.nextInt(200);
            for (int i = 0; i <= each; i++) {
                bids.put(mid - 1 - random.nextInt(1 + 4 * each), quantity());
                if (random.nextInt(40) != 0) {
                    asks.put(mid + 1 + random.nextInt(1 + 4 * each), quantity());
                }
            }
            send(matchNs, SNAPSHOT, bids, asks);
        }

        private void update(long matchNs) {
            mid = Math.max(50_000, mid + random.nextInt(9) - 4);
            TreeMap<Long, Long> bids = new TreeMap<>();
            TreeMap<Long, Long> asks = new TreeMap<>();
            // Mostly what the mid has left behind goes; else the book crosses.
            if (random.nextInt(30) != 0) {
                slow.bids.headMap(mid, true).keySet().forEach(price -> bids.put(price, 0L));
                slow.asks.headMap(mid, true).keySet().forEach(price -> asks.put(price, 0L));
            }
            if (random.nextInt(60) == 0) {
                (random.nextBoolean() ? slow.bids : slow.asks).keySet()
                        .forEach(price -> (slow.bids.containsKey(price) ? bids : asks)
                                .put(price, 0L));
            }
            for (int i = random.nextInt(6); i >= 0; i--) {
                int away = random.nextInt(4) == 0 ? random.nextInt(800) : random.nextInt(8);
                long quantity = random.nextInt(3) == 0 ? 0 : quantity();
                if (random.nextBoolean()) {
                    bids.put(mid - 1 - away, quantity);
                } else {
                    asks.put(mid + 1 + away, quantity);
                }
            }
            send(matchNs, 0, bids, asks);
        }

        private long quantity() {
            return 1 + random.nextLong(huge ? Long.MAX_VALUE : 1L << 40);
        }

        private void send(long matchNs, int flags, TreeMap<Long, Long> bids,
                TreeMap<Long, Long> asks) {
            int last = bids.size() + asks.size() - 1;
            int[] sent = {0};
            bids.forEach((price, quantity) -> level(matchNs, price, quantity, flags | BID,
                    sent[0]++, last));
            asks.forEach((price, quantity) -> level(matchNs, price, quantity, flags, sent[0]++,
                    last));
            slow.update(matchNs, receiveNs, flags == SNAPSHOT, () -> {
                if (flags == SNAPSHOT) {
                    slow.bids.clear();
                    slow.asks.clear();
                }
                apply(bids, slow.bids);
                apply(asks, slow.asks);
            });
        }

        private void level(long matchNs, long price, long quantity, int flags, int index,
                int last) {
            int all = flags | (index == 0 ? FIRST : 0) | (index == last ? LAST : 0);
            rig.handle(event -> event.bookLevel(id, matchNs, receiveNs, price, quantity, 1, all));
        }

        private static void apply(TreeMap<Long, Long> changes, TreeMap<Long, Long> side) {
            changes.forEach((price, quantity) -> {
                if (quantity == 0) {
                    side.remove(price);
                } else {
                    side.put(price, quantity);
                }
            });
        }
    }
}
