package com.waickoff.marketdata.depth;

import static com.waickoff.marketdata.event.EventFlags.BID;
import static com.waickoff.marketdata.event.EventFlags.FIRST;
import static com.waickoff.marketdata.event.EventFlags.LAST;
import static com.waickoff.marketdata.event.EventFlags.SNAPSHOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.DepthSection;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.status.Counter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DepthStudyTest {
    private static final long[] NONE = {};

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

    @Test
    void shouldShowTheBookAfterTheLastLevelOnly() throws IOException {
        rig.level(id, 100, 5, 7, FIRST | SNAPSHOT | BID, true);
        rig.level(id, 102, 6, 7, SNAPSHOT, true);
        assertThat(rig.view(id).sequence()).as("nothing shown yet").isZero();

        rig.level(id, 103, 4, 7, SNAPSHOT | LAST, true);
        DepthView view = rig.view(id);
        assertThat(view.sequence()).isEqualTo(rig.sequence());
        assertThat(view.state()).isEqualTo(BookState.REBUILDING);
        assertThat(view.updateId()).isEqualTo(7);
        assertThat(view.matchTimeNs()).isEqualTo(70);
        assertThat(view.receiveTimeNs()).isEqualTo(73);
        assertThat(bids(view)).isEqualTo("100x5");
        assertThat(asks(view)).isEqualTo("102x6 103x4");
    }

    @Test
    void shouldShowACompleteBookWhileAnotherIsBeingUpdated() throws IOException {
        int other = rig.define("binance-spot", "ETHUSDT", "0.01");
        rig.level(other, 50, 1, 1, FIRST | SNAPSHOT | BID, false);
        rig.update(id, 2, SNAPSHOT, new long[]{100, 5}, NONE);
        assertThat(bids(rig.view(id))).isEqualTo("100x5");
        assertThat(rig.view(other).sequence()).isZero();

        rig.level(other, 49, 1, 1, SNAPSHOT | LAST | BID, false);
        rig.endBatch();
        assertThat(bids(rig.view(other))).isEqualTo("50x1 49x1");
    }

    @Test
    void shouldKeepAChangedBookForLaterWhenTheNextUpdateHasBegun() throws IOException {
        joinedBook();
        rig.level(id, 100, 9, 9, FIRST | LAST | BID, false);
        rig.level(id, 99, 1, 10, FIRST | BID, true);
        assertThat(bids(rig.view(id))).as("not in the middle of the next").isEqualTo("100x5");
        rig.level(id, 98, 1, 10, LAST | BID, true);
        assertThat(bids(rig.view(id))).isEqualTo("100x9 99x1 98x1");
    }

    @Test
    void shouldGoThroughItsStates() throws IOException {
        assertThat(rig.book(id).state()).isEqualTo(BookState.REBUILDING);
        rig.update(id, 8, SNAPSHOT, new long[]{100, 5}, new long[]{102, 6});
        assertThat(rig.view(id).state()).isEqualTo(BookState.REBUILDING);
        rig.ready(id, 8, true);
        assertThat(rig.view(id).state()).isEqualTo(BookState.SYNCED);
        rig.update(id, 9, SNAPSHOT, new long[]{101, 5}, new long[]{103, 6});
        assertThat(rig.view(id).state()).as("a snapshot in sequence").isEqualTo(BookState.SYNCED);

        rig.reset(id, Reason.SEQUENCE_GAP, true);
        assertThat(rig.view(id).state()).isEqualTo(BookState.STALE);
        assertThat(bids(rig.view(id))).as("levels are kept").isEqualTo("101x5");
        assertThat(rig.view(id).updateId()).as("of the last update").isEqualTo(9);
        rig.update(id, 20, SNAPSHOT, new long[]{90, 1}, new long[]{92, 1});
        assertThat(rig.view(id).state()).isEqualTo(BookState.REBUILDING);
        assertThat(bids(rig.view(id))).isEqualTo("90x1");
        rig.reset(id, Reason.SEQUENCE_GAP, true);
        assertThat(rig.view(id).state()).as("was not joined").isEqualTo(BookState.REBUILDING);
        rig.ready(id, 20, true);
        assertThat(rig.view(id).state()).isEqualTo(BookState.SYNCED);
    }

    @Test
    void shouldBeEmptyAfterAVenueRestartWithoutLevels() throws IOException {
        joinedBook();
        rig.reset(id, Reason.VENUE_RESTART, true);
        assertThat(rig.view(id).state()).isEqualTo(BookState.REBUILDING);
        rig.ready(id, 1, true);
        DepthView view = rig.view(id);
        assertThat(view.state()).isEqualTo(BookState.SYNCED);
        assertThat(bids(view) + asks(view)).isEmpty();
        assertThat(view.bidsReach(0) || view.asksReach(0)).isFalse();
        assertThat(rig.book(id).hasLastSynced()).isTrue();
        assertThat(lastSynced(true)).isEmpty();
    }

    @Test
    void shouldShowAnUpdateCutOffByAResetAsRebuilding() throws IOException {
        joinedBook();
        rig.level(id, 90, 1, 9, FIRST | SNAPSHOT | BID, false);
        rig.reset(id, Reason.MALFORMED_FRAME, true);
        assertThat(rig.view(id).state()).isEqualTo(BookState.REBUILDING);
        assertThat(lastSynced(true)).as("before the snapshot began").isEqualTo("100x5");
    }

    @Test
    void shouldGiveTheLastSyncedBook() {
        assertThat(rig.book(id).hasLastSynced()).isFalse();
        rig.update(id, 8, SNAPSHOT, new long[]{100, 5}, new long[]{102, 6});
        assertThat(rig.book(id).hasLastSynced()).isFalse();
        rig.ready(id, 8, true);
        rig.update(id, 9, 0, new long[]{99, 7}, NONE);
        assertThat(lastSynced(true)).isEqualTo("100x5 99x7");
        assertThat(lastSynced(false)).isEqualTo("102x6");
        rig.reset(id, Reason.DISCONNECTED, true);
        rig.update(id, 30, SNAPSHOT, new long[]{80, 1}, new long[]{81, 1});
        assertThat(lastSynced(true)).isEqualTo("100x5 99x7");
        rig.ready(id, 30, true);
        assertThat(lastSynced(true)).isEqualTo("80x1");

        rig.level(id, 70, 1, 31, FIRST | BID, false);
        rig.reset(id, Reason.MALFORMED_FRAME, true);
        assertThat(rig.book(id).hasLastSynced()).as("cut off in the middle").isFalse();
    }

    @Test
    void shouldNotShowACrossedBookAsSynced() throws IOException {
        joinedBook();
        rig.update(id, 9, 0, new long[]{103, 1, 103, 0}, NONE);
        assertThat(rig.view(id).state()).as("crossed within").isEqualTo(BookState.SYNCED);
        rig.update(id, 10, 0, new long[]{102, 1}, NONE);
        assertThat(rig.view(id).state()).as("locked").isEqualTo(BookState.STALE);
        rig.update(id, 11, 0, new long[]{102, 0}, NONE);
        assertThat(rig.view(id).state()).as("passed").isEqualTo(BookState.SYNCED);
        for (int i = 0; i < DepthConfig.defaults().crossedUpdates(); i++) {
            rig.update(id, 12 + i, 0, new long[]{110, 1 + i}, NONE);
        }
        rig.update(id, 40, 0, new long[]{110, 0}, NONE);
        assertThat(rig.view(id).state()).as("held to be broken").isEqualTo(BookState.STALE);
        assertThat(rig.counters.get(Counter.CROSSED_BOOKS)).isEqualTo(11);
        rig.update(id, 41, SNAPSHOT, new long[]{100, 5}, new long[]{102, 6});
        assertThat(rig.view(id).state()).isEqualTo(BookState.SYNCED);
    }

    @Test
    void shouldBeStaleAfterALevelWasRefused() throws IOException {
        joinedBook();
        rig.update(id, 9, 0, new long[]{99, -1}, NONE);
        assertThat(rig.view(id).state()).isEqualTo(BookState.STALE);
        assertThat(rig.counters.get(Counter.LEVELS_REFUSED)).isEqualTo(1);
        rig.ready(id, 10, true);
        assertThat(rig.view(id).state()).isEqualTo(BookState.SYNCED);
    }

    @Test
    void shouldBeStaleWhileDepthIsPaused() throws IOException {
        joinedBook();
        rig.control(EventKind.DEPTH_PAUSED, MarketEvent.ALL_INSTRUMENTS);
        assertThat(rig.view(id).state()).isEqualTo(BookState.STALE);
        rig.control(EventKind.DEPTH_RESUMED, MarketEvent.ALL_INSTRUMENTS);
        assertThat(rig.view(id).state()).as("not joined yet").isEqualTo(BookState.STALE);
    }

    @Test
    void shouldNotBelieveThatABookIsJoinedWhileDepthIsPaused() throws IOException {
        joinedBook();
        rig.control(EventKind.DEPTH_PAUSED, MarketEvent.ALL_INSTRUMENTS);
        rig.ready(id, 10, true);
        assertThat(rig.view(id).state()).as("a replay has no levels of it")
                .isEqualTo(BookState.STALE);
        rig.control(EventKind.DEPTH_RESUMED, MarketEvent.ALL_INSTRUMENTS);
        rig.ready(id, 11, true);
        assertThat(rig.view(id).state()).isEqualTo(BookState.SYNCED);
    }

    @Test
    void shouldIgnoreWhatConcernsNoBook() throws IOException {
        joinedBook();
        long shown = rig.view(id).sequence();
        for (byte kind : new byte[]{EventKind.NONE, EventKind.TRADE, EventKind.TRADE_GAP,
                EventKind.FEED_UP, EventKind.FEED_DOWN, EventKind.CLOCK}) {
            rig.control(kind, id);
        }
        assertThat(rig.view(id).sequence()).isEqualTo(shown);
        assertThat(rig.view(id).state()).isEqualTo(BookState.SYNCED);
    }

    @Test
    void shouldFailLoudlyBeforeTheDefinition() {
        assertThatThrownBy(() -> rig.ready(5, 1, true)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("5");
    }

    @Test
    void shouldCountForgottenLevels() throws IOException {
        rig.close();
        rig = new DepthRig(folder.resolve("small"), new DepthConfig(4096, 4096, 1, 10, List.of()));
        id = rig.define("binance-spot", "BTCUSDT", "0.01");
        rig.update(id, 1, SNAPSHOT, new long[]{90_000, 1, 50_000, 1, 40_000, 1, 30_000, 1}, NONE);
        assertThat(rig.counters.get(Counter.LEVELS_FORGOTTEN)).isEqualTo(2);
        assertThat(bids(rig.view(id))).isEqualTo("90000x1 50000x1");
    }

    @Test
    void shouldRefuseConfigurationWithItsValue() {
        assertThatThrownBy(() -> new DepthConfig(5000, 1 << 15, 1, 1, List.of()))
                .hasMessageContaining("5000").hasMessageContaining("powers of two");
        assertThatThrownBy(() -> new DepthConfig(4096, 1 << 18, 1, 1, List.of()))
                .hasMessageContaining("262144").hasMessageContaining("4096 to 131072");
        assertThatThrownBy(() -> new DepthConfig(4096, 4096, -1, 1, List.of()))
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> new DepthConfig(4096, 4096, 1, 0, List.of()))
                .hasMessageContaining("crossed-updates is 0");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldShowWhatSortedMapsOfDecimalsShow(long seed) throws IOException {
        String[] venues = {"binance-spot", "bybit-linear"};
        RandomVenue[] markets = new RandomVenue[venues.length];
        Random random = new Random(seed);
        for (int i = 0; i < markets.length; i++) {
            int market = rig.define(venues[i], "M" + i, i == 0 ? "0.01" : "0.5");
            markets[i] = new RandomVenue(market, i == 0 ? 1 : 5, seed + i, i == 1);
            markets[i].snapshot(rig);
            rig.ready(market, 1, true);
        }
        for (int i = 0; i < 35_000; i++) {
            RandomVenue market = markets[random.nextInt(markets.length)];
            market.update(rig);
            if (i % 50 == 0) {
                market.check(rig);
            }
        }
    }

    @Test
    void shouldShowTheSameHoweverEventsAreBatched() throws IOException {
        try (DepthRig lumped = new DepthRig(folder.resolve("lumped"), DepthConfig.defaults())) {
            int lumpedId = lumped.define("binance-spot", "BTCUSDT", "0.01");
            RandomVenue market = new RandomVenue(id, 1, 9, false);
            RandomVenue same = new RandomVenue(lumpedId, 1, 9, false);
            same.silent = true;
            for (int i = 0; i < 2_000; i++) {
                market.update(rig);
                same.update(lumped);
            }
            lumped.endBatch();
            assertThat(bids(lumped.view(lumpedId))).isEqualTo(bids(rig.view(id)));
            assertThat(asks(lumped.view(lumpedId))).isEqualTo(asks(rig.view(id)));
        }
    }

    @Test
    void shouldGoOnFromACheckpointAsIfNothingHadHappened() throws IOException {
        RandomVenue market = new RandomVenue(id, 1, 4, false);
        market.snapshot(rig);
        rig.ready(id, 1, true);
        for (int i = 0; i < 3_000; i++) {
            market.update(rig);
        }
        byte[] written = checkpoint(rig);
        try (DepthRig restored = new DepthRig(folder.resolve("restored"),
                DepthConfig.defaults())) {
            restored.define("binance-spot", "BTCUSDT", "0.01");
            restored.study.readInstrument(id,
                    new DataInputStream(new ByteArrayInputStream(written)));
            restored.endBatch();
            assertThat(restored.view(id).state()).isEqualTo(BookState.SYNCED);
            assertThat(bids(restored.view(id))).isEqualTo(bids(rig.view(id)));
            assertThat(checkpoint(restored)).isEqualTo(written);
            RandomVenue sameMarket = market.copy();
            for (int i = 0; i < 3_000; i++) {
                market.update(rig);
                sameMarket.update(restored);
            }
            assertThat(checkpoint(restored)).isEqualTo(checkpoint(rig));
            assertThat(lastSynced(restored, true)).isEqualTo(lastSynced(true));
            restored.ready(id, 9, true);
            assertThat(restored.view(id).state()).isEqualTo(BookState.SYNCED);
        }
    }

    @Test
    void shouldRefuseADamagedCheckpoint() throws IOException {
        joinedBook();
        byte[] written = checkpoint(rig);
        written[written.length - 1] ^= (byte) 0x80;
        written[written.length - 8] ^= (byte) 0x80;
        assertThatThrownBy(() -> rig.study.readInstrument(id,
                new DataInputStream(new ByteArrayInputStream(written))))
                .isInstanceOf(IOException.class).hasMessageContaining("level 0 of 1");
    }

    /**
     * The least of several rounds: the virtual machine allocates now and then when it recompiles,
     * but an update that allocates does so in every round.
     */
    @Test
    void shouldNotAllocateOnceItsBooksAreThere() {
        new RandomVenue(id, 1, 77, false).snapshot(rig);
        rig.ready(id, 1, true);
        Walk walk = new Walk(rig, id);
        walk.updates(150_000);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 4; round++) {
            long moves = rig.book(id).bids().windowMoveCount();
            long before = threads.getCurrentThreadAllocatedBytes();
            walk.updates(250_000);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            assertThat(rig.book(id).bids().windowMoveCount()).as("the window was moved")
                    .isGreaterThan(moves);
        }
        assertThat(least).isZero();
    }

    private void joinedBook() {
        rig.update(id, 8, SNAPSHOT, new long[]{100, 5}, new long[]{102, 6});
        rig.ready(id, 8, true);
    }

    private byte[] checkpoint(DepthRig of) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        of.study.writeInstrument(id, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private String lastSynced(boolean bid) {
        return lastSynced(rig, bid);
    }

    private String lastSynced(DepthRig of, boolean bid) {
        long[] prices = new long[Book.EXPORTED_LEVELS];
        long[] quantities = new long[Book.EXPORTED_LEVELS];
        StringBuilder text = new StringBuilder();
        int count = of.book(id).copyLastSynced(bid, prices, quantities, prices.length);
        for (int i = 0; i < count; i++) {
            text.append(' ').append(prices[i]).append('x').append(quantities[i]);
        }
        return text.toString().strip();
    }

    private static String bids(DepthView view) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < view.bidCount(); i++) {
            text.append(' ').append(view.bidPrice(i)).append('x').append(view.bidQuantity(i));
        }
        return text.toString().strip();
    }

    private static String asks(DepthView view) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < view.askCount(); i++) {
            text.append(' ').append(view.askPrice(i)).append('x').append(view.askQuantity(i));
        }
        return text.toString().strip();
    }

    /** A market that wanders, without an allocation of its own. */
    private static final class Walk {
        private final DepthRig rig;
        private final int id;
        private long state = 88172645463325252L;
        private long mid = 6_000_000;
        private long updateId;

        Walk(DepthRig rig, int id) {
            this.rig = rig;
            this.id = id;
        }

        void updates(int count) {
            for (int i = 0; i < count; i++) {
                updateId++;
                mid = Math.max(4_000_000, mid + random(401) - 200);
                for (int k = 0; k < 8; k++) {
                    boolean bid = (k & 1) == 0;
                    long away = 1 + (random(10) == 0 ? random(400_000) : random(60));
                    rig.level(id, mid + (bid ? -away : away), random(3) == 0 ? 0 : 1 + random(99),
                            updateId, (bid ? BID : 0) | (k == 0 ? FIRST : 0)
                                    | (k == 7 ? LAST : 0),
                            k == 7);
                }
                // The touch that the walk has left behind goes.
                while (rig.book(id).bids().bestPrice() >= mid) {
                    rig.level(id, rig.book(id).bids().bestPrice(), 0, updateId,
                            BID | FIRST | LAST, false);
                }
                while (!rig.book(id).asks().isEmpty()
                        && rig.book(id).asks().bestPrice() <= mid) {
                    rig.level(id, rig.book(id).asks().bestPrice(), 0, updateId, FIRST | LAST,
                            false);
                }
            }
        }

        private int random(int bound) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            return (int) ((state >>> 1) % bound);
        }
    }

    /** Random updates told to a rig and to sorted maps; the maps are the truth. */
    private static final class RandomVenue {
        private final int id;
        private final long tick;
        private final boolean windowed;
        private final long seed;
        private final Random random;
        private final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
        private final TreeMap<Long, Long> asks = new TreeMap<>();
        private long mid = 6_000_000;
        private long updateId = 1;
        private long toldBid = Long.MAX_VALUE;
        private long toldAsk = Long.MIN_VALUE;
        private boolean silent;

        RandomVenue(int id, long tick, long seed, boolean windowed) {
            this.id = id;
            this.tick = tick;
            this.seed = seed;
            this.windowed = windowed;
            random = new Random(seed);
        }

        /** The same book now and the same future as another copy made at once. */
        RandomVenue copy() {
            RandomVenue copy = new RandomVenue(id, tick, seed + 1, windowed);
            copy.bids.putAll(bids);
            copy.asks.putAll(asks);
            copy.mid = mid;
            copy.updateId = updateId;
            random.setSeed(seed + 1);
            return copy;
        }

        void snapshot(DepthRig rig) {
            bids.clear();
            asks.clear();
            updateId++;
            int each = 1 + random.nextInt(300);
            for (int i = 0; i < 2 * each; i++) {
                boolean bid = i % 2 == 0;
                long price = price(bid, 1 + i / 2 + random.nextInt(3));
                set(rig, bid, price, quantity(), SNAPSHOT, i == 0, i == 2 * each - 1);
            }
            toldBid = bids.lastKey();
            toldAsk = asks.lastKey();
        }

        void update(DepthRig rig) {
            int what = random.nextInt(2_000);
            if (what == 0) {
                snapshot(rig);
                return;
            }
            if (what < 4) {
                mid = Math.max(1_000_000, mid + random.nextInt(400_001) - 200_000);
            }
            mid += tick * (random.nextInt(21) - 10);
            updateId++;
            // First the new levels, which may cross the old ones, then what they crossed goes.
            int count = 1 + random.nextInt(12);
            for (int i = 0; i < count; i++) {
                boolean bid = random.nextBoolean();
                long away = random.nextInt(20) == 0 ? random.nextInt(100_000)
                        : random.nextInt(10) < 3 ? random.nextInt(700) : random.nextInt(30);
                set(rig, bid, price(bid, 1 + away), random.nextInt(3) == 0 ? 0 : quantity(), 0,
                        i == 0, false);
            }
            while (!bids.isEmpty() && bids.firstKey() >= mid) {
                set(rig, true, bids.firstKey(), 0, 0, false, false);
            }
            while (!asks.isEmpty() && asks.firstKey() <= mid) {
                set(rig, false, asks.firstKey(), 0, 0, false, false);
            }
            set(rig, true, price(true, 1), quantity(), 0, false, false);
            set(rig, false, price(false, 1), quantity(), 0, false, true);
        }

        private long price(boolean bid, long ticksAway) {
            return mid / tick * tick + (bid ? -tick : tick) * ticksAway;
        }

        private long quantity() {
            return 1 + random.nextLong(1L << 40);
        }

        private void set(DepthRig rig, boolean bid, long price, long quantity, int flags,
                boolean first, boolean last) {
            if (quantity == 0) {
                (bid ? bids : asks).remove(price);
            } else {
                (bid ? bids : asks).put(price, quantity);
            }
            rig.level(id, price, quantity, updateId, flags | (bid ? BID : 0)
                    | (first ? FIRST : 0) | (last ? LAST : 0), last && !silent);
        }

        void check(DepthRig rig) throws IOException {
            DepthView view = rig.view(id);
            assertThat(view.state()).isEqualTo(BookState.SYNCED);
            assertThat(view.updateId()).isEqualTo(updateId);
            assertThat(view.bookBids()).isEqualTo(bids.size());
            assertThat(view.bookAsks()).isEqualTo(asks.size());
            assertThat(bids(view)).isEqualTo(best(bids));
            assertThat(asks(view)).isEqualTo(best(asks));
            BigDecimal two = BigDecimal.valueOf(2);
            BigDecimal exactMid = BigDecimal.valueOf(bids.firstKey())
                    .add(BigDecimal.valueOf(asks.firstKey())).divide(two);
            for (int band = 0; band < DepthSection.bandCount(); band++) {
                BigDecimal reach = exactMid
                        .multiply(BigDecimal.valueOf(DepthSection.bandBps(band)))
                        .movePointLeft(4);
                assertThat(view.bidQuantityWithin(band)).isEqualTo(within(bids, exactMid, reach));
                assertThat(view.askQuantityWithin(band)).isEqualTo(within(asks, exactMid, reach));
                long knownBid = windowed ? bids.lastKey() : toldBid;
                long knownAsk = windowed ? asks.lastKey() : toldAsk;
                assertThat(view.bidsReach(band)).isEqualTo(exactMid.subtract(reach)
                        .compareTo(BigDecimal.valueOf(knownBid - tick)) > 0);
                assertThat(view.asksReach(band)).isEqualTo(exactMid.add(reach)
                        .compareTo(BigDecimal.valueOf(knownAsk + tick)) < 0);
            }
            long[] quantities = new long[view.bidCount()];
            for (int i = 0; i < quantities.length; i++) {
                quantities[i] = view.bidQuantity(i);
            }
            for (int levels : new int[]{5, 10, 20, 50}) {
                assertThat(DepthMeasures.quantityOfBest(quantities, quantities.length, levels))
                        .isEqualTo(bids.values().stream().limit(levels)
                                .mapToLong(Long::longValue).sum());
            }
        }

        private static String best(Map<Long, Long> side) {
            StringBuilder text = new StringBuilder();
            side.entrySet().stream().limit(DepthRig.LEVELS).forEach(level -> text.append(' ')
                    .append(level.getKey()).append('x').append(level.getValue()));
            return text.toString().strip();
        }

        private static long within(Map<Long, Long> side, BigDecimal mid, BigDecimal reach) {
            return side.entrySet().stream()
                    .filter(level -> BigDecimal.valueOf(level.getKey()).subtract(mid).abs()
                            .compareTo(reach) <= 0)
                    .mapToLong(Map.Entry::getValue).sum();
        }
    }
}
