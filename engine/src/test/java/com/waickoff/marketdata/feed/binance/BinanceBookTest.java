package com.waickoff.marketdata.feed.binance;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.feed.FeedHarness;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.status.Counter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a book is joined to the venue's sequence, follows it and is given up. */
class BinanceBookTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final String SNAPSHOT_OF_ONE = "[[\"10.0\",\"1\"]],\"asks\":[[\"11.0\",\"1\"]]";

    private FeedHarness harness = BinanceRig.of(Venue.BINANCE_SPOT);
    private Venue venue = Venue.BINANCE_SPOT;

    @AfterEach
    void shouldHaveOneFateForEachFrame() {
        harness.assertConserved();
        harness.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"BINANCE_SPOT", "BINANCE_USDM"})
    void shouldBufferDiffsUntilTheSnapshotTheyFollow(Venue market) {
        open(market);
        diff(101, 105, 100).diff(106, 110, 105);
        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP");
        assertThat(harness.asked).containsExactly(url());
        harness.http(url(), snapshot(103));
        assertThat(BinanceRig.take(harness)).containsExactly(snapshotBid(103), snapshotAsk(103),
                bid(105), bid(110), "BOOK_READY #110");
        diff(111, 115, 110);
        assertThat(BinanceRig.take(harness)).containsExactly(bid(115));
        assertThat(harness.count(Counter.FRAMES_DECODED)).isEqualTo(3);
        assertThat(harness.asked).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"BINANCE_SPOT", "BINANCE_USDM"})
    void shouldAskAgainForASnapshotOlderThanTheFirstDiff(Venue market) {
        open(market);
        diff(101, 105, 100);
        harness.http(url(), snapshot(50));
        diff(106, 110, 105);
        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP");
        harness.passTime(2 * SECOND_NS);
        assertThat(harness.asked).containsExactly(url(), url());
        harness.http(url(), snapshot(107));
        assertThat(BinanceRig.take(harness)).containsExactly(snapshotBid(107), snapshotAsk(107),
                bid(110), "BOOK_READY #110");
        assertThat(harness.count(Counter.HTTP_FAILURES)).isZero();
    }

    /** The first diff is 101 to 105 after 90; does it join a snapshot of this id? */
    @ParameterizedTest
    @CsvSource({"BINANCE_SPOT,99,ask", "BINANCE_SPOT,100,apply", "BINANCE_SPOT,101,apply",
            "BINANCE_SPOT,104,apply", "BINANCE_SPOT,105,drop", "BINANCE_SPOT,200,drop",
            "BINANCE_USDM,89,ask", "BINANCE_USDM,90,apply", "BINANCE_USDM,91,ask",
            "BINANCE_USDM,100,ask", "BINANCE_USDM,101,apply", "BINANCE_USDM,104,apply",
            "BINANCE_USDM,105,apply", "BINANCE_USDM,106,drop"})
    void shouldJoinByTheRuleOfTheMarket(Venue market, long snapshotId, String expected) {
        open(market);
        diff(101, 105, 90);
        harness.http(url(), snapshot(snapshotId));
        List<String> events = BinanceRig.take(harness);
        switch (expected) {
            case "ask" -> {
                assertThat(events).containsExactly("FEED_UP");
                assertThat(harness.passTime(2 * SECOND_NS).asked).hasSize(2);
            }
            case "apply" -> assertThat(events).endsWith(bid(105), "BOOK_READY #105").hasSize(5);
            default -> assertThat(events).endsWith("BOOK_READY #" + snapshotId).hasSize(4);
        }
    }

    /** The same rule where the snapshot was there first. */
    @ParameterizedTest
    @CsvSource({"BINANCE_SPOT,104,104", "BINANCE_SPOT,103,104", "BINANCE_SPOT,98,104",
            "BINANCE_USDM,101,110", "BINANCE_USDM,98,103", "BINANCE_USDM,98,105"})
    void shouldLetTheFirstDiffAfterTheSnapshotJoin(Venue market, long first, long last) {
        open(market);
        harness.http(url(), snapshot(103));
        diff(first, last, 97);
        assertThat(BinanceRig.take(harness)).endsWith("BOOK_READY #103", "FEED_UP", bid(last));
    }

    /** A market in which nothing happens has a book all the same. */
    @ParameterizedTest
    @EnumSource(names = {"BINANCE_SPOT", "BINANCE_USDM"})
    void shouldBeReadyWithoutADiffSomeSecondsAfterItIsSubscribed(Venue market) {
        open(market);
        harness.isAcknowledging = false;
        harness.passTime(60 * SECOND_NS);
        assertThat(harness.asked).as("without an acknowledgement").isEmpty();
        harness.ackSent().passTime(2 * SECOND_NS).passTime(SECOND_NS / 2);
        assertThat(harness.asked).as("a diff may still come").isEmpty();
        harness.passTime(SECOND_NS).passTime(SECOND_NS).passTime(SECOND_NS)
                .passTime(SECOND_NS);
        assertThat(harness.asked).containsExactly(url());
        harness.http(url(), snapshot(103));
        assertThat(BinanceRig.take(harness)).containsExactly(snapshotBid(103), snapshotAsk(103),
                "BOOK_READY #103");
        harness.passTime(60 * SECOND_NS);
        assertThat(harness.asked).as("it is there").hasSize(1);
    }

    /** The first diff after a quiet time is one that the snapshot is followed by, or shows a hole. */
    @ParameterizedTest
    @CsvSource({"BINANCE_SPOT,104,110,0,apply", "BINANCE_SPOT,102,110,0,apply",
            "BINANCE_SPOT,99,103,0,drop", "BINANCE_SPOT,105,110,0,reset",
            "BINANCE_USDM,900,910,103,apply", "BINANCE_USDM,102,110,90,apply",
            "BINANCE_USDM,99,102,90,drop", "BINANCE_USDM,900,910,104,reset"})
    void shouldFollowAQuietBookByTheRuleOfTheMarket(Venue market, long first, long last,
            long previous, String expected) {
        open(market);
        harness.passTime(SECOND_NS).passTime(6 * SECOND_NS);
        harness.http(url(), snapshot(103));
        BinanceRig.take(harness);
        diff(first, last, previous);
        List<String> events = BinanceRig.take(harness);
        switch (expected) {
            case "apply" -> assertThat(events).containsExactly("FEED_UP", bid(last));
            case "drop" -> assertThat(events).containsExactly("FEED_UP");
            default -> {
                assertThat(events).containsExactly("FEED_UP", "BOOK_RESET SEQUENCE_GAP #" + last);
                harness.passTime(2 * SECOND_NS).http(url(), snapshot(last));
                assertThat(BinanceRig.take(harness)).endsWith("BOOK_READY #" + last);
            }
        }
    }

    @Test
    void shouldAskForAQuietBookAgainOnTheNextConnection() {
        open(Venue.BINANCE_USDM);
        harness.passTime(SECOND_NS).passTime(6 * SECOND_NS);
        harness.http(url(), snapshot(103));
        harness.disconnect().connect();
        assertThat(BinanceRig.take(harness)).endsWith("BOOK_RESET DISCONNECTED #0");
        harness.passTime(2 * SECOND_NS);
        assertThat(harness.asked).hasSize(1);
        harness.passTime(6 * SECOND_NS);
        assertThat(harness.asked).hasSize(2);
        harness.http(url(), snapshot(103));
        assertThat(BinanceRig.take(harness)).endsWith("BOOK_READY #103");
    }

    @ParameterizedTest
    @CsvSource({"BINANCE_SPOT,112,115,111", "BINANCE_USDM,111,115,109"})
    void shouldResetAtAHole(Venue market, long first, long last, long previous) {
        ready(market);
        diff(first, last, previous);
        assertThat(BinanceRig.take(harness)).containsExactly("BOOK_RESET SEQUENCE_GAP #115");
        assertThat(harness.count(Counter.REJECTED_OUT_OF_SEQUENCE)).isEqualTo(1);
        harness.passTime(2 * SECOND_NS);
        assertThat(harness.asked).hasSize(2);
        // The diff that showed the hole waits for the new snapshot.
        harness.http(url(), snapshot(114));
        assertThat(BinanceRig.take(harness)).containsExactly(snapshotBid(114), snapshotAsk(114),
                bid(115), "BOOK_READY #115");
    }

    @ParameterizedTest
    @EnumSource(names = {"BINANCE_SPOT", "BINANCE_USDM"})
    void shouldLeaveTheBookAsItIsAtARepeatedDiff(Venue market) {
        ready(market);
        diff(106, 110, 105).diff(101, 105, 100).diff(111, 115, 110);
        assertThat(BinanceRig.take(harness)).containsExactly(bid(115));
        assertThat(harness.count(Counter.IGNORED_STALE)).isEqualTo(2);
        assertThat(harness.count(Counter.BOOK_RESETS)).isZero();
    }

    @Test
    void shouldNotMindThatFuturesIdsJump() {
        ready(Venue.BINANCE_USDM);
        diff(5_000_111, 5_000_115, 110);
        assertThat(BinanceRig.take(harness)).containsExactly(bid(5_000_115));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "null", "\"x\"", "1.5"})
    void shouldNotBelieveASnapshotWithoutAnId(String id) {
        open(Venue.BINANCE_USDM);
        diff(101, 105, 100);
        harness.http(url(), "{\"lastUpdateId\":" + id + ",\"bids\":[],\"asks\":[]}");
        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP");
        assertThat(harness.count(Counter.HTTP_FAILURES)).isEqualTo(1);
        harness.passTime(2 * SECOND_NS);
        assertThat(harness.asked).hasSize(2);
        harness.http(url(), snapshot(102));
        assertThat(BinanceRig.take(harness)).endsWith("BOOK_READY #105");
    }

    @Test
    void shouldBeReadyWithAnEmptyBook() {
        open(Venue.BINANCE_SPOT);
        diff(101, 105, 100);
        harness.http(url(), "{\"lastUpdateId\":105,\"bids\":[],\"asks\":[]}");
        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP",
                "BOOK_RESET VENUE_RESTART #105", "BOOK_READY #105");
    }

    @Test
    void shouldPassOnTheRemovalOfAnUnknownLevelAndFollowAnEmptyDiff() {
        ready(Venue.BINANCE_SPOT);
        harness.frame(diffText(111, 115, 110, "[[\"3.0\",\"0.00000000\"]]"))
                .frame(diffText(116, 120, 115, "[]"));
        diff(121, 125, 120);
        assertThat(BinanceRig.take(harness)).containsExactly("BOOK_LEVEL bid 0 at 300 #115",
                bid(125));
        assertThat(harness.count(Counter.IGNORED_EMPTY)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"[[\"10.001\",\"1\"]]|VALUE_OUT_OF_RANGE",
            "[[\"10.0\",\"1\"],[\"-1\",\"1\"]]|VALUE_OUT_OF_RANGE",
            "[[\"10.0\",\"1\"],[\"9\"]]|MALFORMED_FRAME", "[7]|MALFORMED_FRAME",
            "[[\"10.0\",\"1\"]|MALFORMED_FRAME"})
    void shouldResetAtALevelThatCannotBeUsed(String levels, String reason) {
        ready(Venue.BINANCE_SPOT);
        harness.frame(diffText(111, 115, 110, levels));
        assertThat(BinanceRig.take(harness)).hasSize(1).first().asString()
                .startsWith("BOOK_RESET " + reason);
        harness.passTime(2 * SECOND_NS);
        assertThat(harness.asked).hasSize(2);
        diff(116, 120, 115);
        harness.http(url(), snapshot(117));
        assertThat(BinanceRig.take(harness)).endsWith("BOOK_READY #120");
    }

    @Test
    void shouldResetAndBufferAnewWhenTheBufferIsFull() {
        open(Venue.BINANCE_SPOT);
        long id = 101;
        while (harness.count(Counter.BOOK_RESETS) == 0) {
            diff(id, id, id - 1);
            assertThat(id++).as("buffered").isLessThan(200);
        }
        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP",
                "BOOK_RESET BUFFER_FULL #" + (id - 1));
        harness.http(url(), snapshot(id - 3)); // would have done for what was let go
        assertThat(BinanceRig.take(harness)).isEmpty();
        harness.http(url(), snapshot(id - 2));
        assertThat(BinanceRig.take(harness)).endsWith(bid(id - 1), "BOOK_READY #" + (id - 1));
    }

    @Test
    void shouldLetGoADiffThatDoesNotEvenFitAlone() {
        open(Venue.BINANCE_SPOT);
        harness.frame(diffText(101, 105, 100, "[" + "[\"10.0\",\"1\"],".repeat(400)
                + "[\"10.0\",\"1\"]]"));
        assertThat(harness.count(Counter.IGNORED_AWAITING_SNAPSHOT)).isEqualTo(1);
        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP",
                "BOOK_RESET BUFFER_FULL #105");
    }

    @Test
    void shouldStartTheBufferAnewAtAHoleInIt() {
        open(Venue.BINANCE_SPOT);
        diff(101, 105, 100).diff(108, 110, 107).diff(108, 110, 107);
        assertThat(harness.count(Counter.IGNORED_STALE)).isEqualTo(1);
        harness.http(url(), snapshot(103));
        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP");
        harness.http(url(), snapshot(107));
        assertThat(BinanceRig.take(harness)).endsWith(bid(110), "BOOK_READY #110");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v3/depth?symbol=BTCUSDT&limit=1000",
            "/api/v3/depth?limit=1000&symbol=BTCUSDT",
            "https://api.example.org/api/v3/depth?limit=5&symbol=BTCUSDT"})
    void shouldFindTheSymbolWhereverItStandsInTheUrl(String url) {
        open(Venue.BINANCE_SPOT);
        diff(101, 105, 100);
        harness.http(url, snapshot(102));
        assertThat(BinanceRig.take(harness)).endsWith("BOOK_READY #105");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v3/depth?symbol=ETHUSDT&limit=1000", "/api/v3/depth?limit=1000",
            "/api/v3/depth?xsymbol=BTCUSDT", "/api/v3/time", ""})
    void shouldLeaveAnswersForOthersAlone(String url) {
        open(Venue.BINANCE_SPOT);
        diff(101, 105, 100);
        harness.http(url, snapshot(102));
        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP");
    }

    @Test
    void shouldAskAgainAfterAFailureASilenceAndNeverHurriedly() {
        open(Venue.BINANCE_SPOT);
        diff(101, 105, 100);
        harness.feed.onHttpFailure(url(), 429, harness.nowNs);
        harness.passTime(SECOND_NS);
        assertThat(harness.asked).hasSize(2);
        harness.passTime(9 * SECOND_NS); // not answered yet
        assertThat(harness.asked).hasSize(2);
        harness.passTime(2 * SECOND_NS);
        assertThat(harness.asked).hasSize(3);
        for (int i = 0; i < 600; i++) {
            harness.feed.onHttpFailure(url(), 503, harness.nowNs);
            harness.passTime(SECOND_NS / 10);
        }
        assertThat(harness.asked.size()).isLessThan(10);
        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP");
    }

    @Test
    void shouldLeaveASecondSnapshotAlone() {
        ready(Venue.BINANCE_SPOT);
        harness.http(url(), snapshot(50)).http(url(), snapshot(500));
        diff(111, 115, 110);
        assertThat(BinanceRig.take(harness)).containsExactly(bid(115));
    }

    @Test
    void shouldStartAnewWithEachConnection() {
        ready(Venue.BINANCE_SPOT);
        harness.disconnect();
        assertThat(BinanceRig.take(harness)).containsExactly("BOOK_RESET DISCONNECTED #0",
                "FEED_DOWN");
        harness.passTime(2 * SECOND_NS).connect();
        diff(111, 115, 110);
        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP");
        assertThat(harness.asked).hasSize(2);
        harness.http(url(), snapshot(112));
        assertThat(BinanceRig.take(harness)).endsWith("BOOK_READY #115");
    }

    @Test
    void shouldLeaveASnapshotAloneThatComesAfterTheConnectionEnded() {
        open(Venue.BINANCE_SPOT);
        diff(101, 105, 100);
        harness.disconnect();
        BinanceRig.take(harness);
        harness.http(url(), snapshot(103));
        assertThat(BinanceRig.take(harness)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"code\":-1003,\"msg\":\"Too many requests\"}",
            "{\"lastUpdateId\":102}", "{\"lastUpdateId\":102,\"bids\":{},\"asks\":[]}",
            "{\"lastUpdateId\":102,\"bids\":[[\"10.0\"]],\"asks\":[]}",
            "{\"lastUpdateId\":102,\"bids\":[[\"10.0\",\"1\"]],\"asks\":[[\"0.0001\",\"1\"]]}",
            "{\"lastUpdateId\":102,\"bids\":[[\"10.0\",\"1\"]],\"asks\":[[\"11\",\"1\"]"})
    void shouldPublishNothingOfASnapshotThatCannotBeUsed(String body) {
        open(Venue.BINANCE_SPOT);
        diff(101, 105, 100);
        harness.http(url(), body);
        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP");
        assertThat(harness.count(Counter.HTTP_FAILURES)).isEqualTo(1);
        diff(106, 110, 105);
        harness.passTime(2 * SECOND_NS);
        assertThat(harness.asked).hasSize(2);
        harness.http(url(), snapshot(107));
        assertThat(BinanceRig.take(harness)).endsWith("BOOK_READY #110");
    }

    static List<Object[]> seeds() {
        List<Object[]> seeds = new ArrayList<>();
        for (long seed = 1; seed <= 12; seed++) {
            seeds.add(new Object[]{Venue.BINANCE_SPOT, seed});
            seeds.add(new Object[]{Venue.BINANCE_USDM, seed});
        }
        return seeds;
    }

    /** A venue that is believed, and a connection that is not. */
    @ParameterizedTest
    @MethodSource("seeds")
    void shouldEqualTheTrueBookWheneverItIsReady(Venue market, long seed) {
        open(market);
        Random random = new Random(seed);
        TreeMap<Long, Long> truth = new TreeMap<>(); // price, negative for asks, to quantity
        Map<Long, TreeMap<Long, Long>> truthById = new HashMap<>();
        List<Long> ids = new ArrayList<>();
        Published published = new Published();
        String last = "";
        long id = 1000;
        long previous = 1000;
        truthById.put(id, new TreeMap<>());
        ids.add(id);
        for (int step = 0; step < 1500; step++) {
            long first = market == Venue.BINANCE_SPOT ? id + 1 : id + 1 + random.nextInt(5);
            id = first - 1;
            TreeMap<Long, Long> changed = new TreeMap<>();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                id++;
                long price = 1000 + random.nextInt(30);
                long side = random.nextBoolean() ? price : -price - 40;
                long quantity = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(9);
                changed.put(side, quantity);
                if (quantity == 0) {
                    truth.remove(side);
                } else {
                    truth.put(side, quantity);
                }
                truthById.put(id, new TreeMap<>(truth));
                ids.add(id);
            }
            String diff = diffText(first, id, previous, rows(changed, true), rows(changed, false));
            previous = id;
            int luck = random.nextInt(100);
            if (luck >= 4) {
                harness.frame(diff);
                published.check(harness, truthById);
            }
            if (luck >= 90 && !last.isEmpty()) {
                harness.frame(luck >= 95 ? diff : last);
                published.check(harness, truthById);
            }
            last = diff;
            if (random.nextInt(8) == 0) {
                long snapshotId = ids.get(ids.size() - 1 - random.nextInt(Math.min(12,
                        ids.size())));
                TreeMap<Long, Long> book = truthById.get(snapshotId);
                harness.http(url(), "{\"lastUpdateId\":" + snapshotId + ",\"bids\":"
                        + rows(book, true) + ",\"asks\":" + rows(book, false) + '}');
                published.check(harness, truthById);
            }
            if (random.nextInt(150) == 0) {
                harness.disconnect().connect();
                published.check(harness, truthById);
            }
            harness.passTime(random.nextInt(300) * 1_000_000L);
        }
        System.out.println(market + " seed " + seed + ": compared " + published.compared
                + " times, ready " + harness.count(Counter.BOOK_READY) + " times");
        assertThat(published.compared).as("seed %d", seed).isGreaterThan(200);
        assertThat(harness.count(Counter.BOOK_READY)).as("seed %d", seed).isGreaterThan(3);
    }

    /** What a reader of the events holds. */
    private static final class Published {
        private final TreeMap<Long, Long> book = new TreeMap<>();
        private boolean isReady;
        private int compared;

        void check(FeedHarness harness, Map<Long, TreeMap<Long, Long>> truthById) {
            for (MarketEvent event : harness.sink.events()) {
                switch (event.kind()) {
                    case EventKind.BOOK_RESET -> {
                        isReady = false;
                        if (event.reason() == com.waickoff.marketdata.event.Reason.VENUE_RESTART) {
                            book.clear();
                        }
                    }
                    case EventKind.BOOK_READY -> isReady = true;
                    case EventKind.BOOK_LEVEL -> apply(event);
                    default -> {
                    }
                }
                boolean isUpdate = event.kind() == EventKind.BOOK_LEVEL
                        || event.kind() == EventKind.BOOK_READY;
                if (isReady && isUpdate && event.has(EventFlags.LAST)) {
                    compared++;
                    assertThat(book).as("book at update %d", event.updateId())
                            .isEqualTo(truthById.get(event.updateId()));
                }
            }
            harness.sink.clear();
        }

        private void apply(MarketEvent level) {
            if (level.has(EventFlags.FIRST) && level.has(EventFlags.SNAPSHOT)) {
                book.clear();
            }
            long side = level.has(EventFlags.BID) ? level.price() : -level.price();
            if (level.quantity() == 0) {
                book.remove(side);
            } else {
                book.put(side, level.quantity());
            }
        }
    }

    /** Rows of one side, whose prices and quantities are scaled by the rig's instruments. */
    private String rows(TreeMap<Long, Long> levels, boolean bids) {
        int priceScale = venue == Venue.BINANCE_SPOT ? 2 : 1;
        int quantityScale = venue == Venue.BINANCE_SPOT ? 7 : 5;
        List<String> rows = new ArrayList<>();
        levels.forEach((side, quantity) -> {
            if (side > 0 == bids) {
                rows.add("[\"" + java.math.BigDecimal.valueOf(Math.abs(side), priceScale)
                        + "\",\"" + java.math.BigDecimal.valueOf(quantity, quantityScale)
                                .toPlainString()
                        + "\"]");
            }
        });
        return "[" + String.join(",", rows) + "]";
    }

    private void open(Venue market) {
        harness.close();
        venue = market;
        harness = BinanceRig.of(market);
    }

    /** A book that is ready at 110. */
    private void ready(Venue market) {
        open(market);
        diff(101, 110, 100);
        harness.http(url(), snapshot(105));
        assertThat(BinanceRig.take(harness)).endsWith("BOOK_READY #110");
    }

    private BinanceBookTest diff(long first, long last, long previous) {
        harness.frame(diffText(first, last, previous, "[[\"10.0\",\"" + last % 10 + "\"]]"));
        return this;
    }

    private String diffText(long first, long last, long previous, String bids) {
        return diffText(first, last, previous, bids, "[]");
    }

    private String diffText(long first, long last, long previous, String bids, String asks) {
        boolean isSpot = venue == Venue.BINANCE_SPOT;
        return "{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":1795219200123,"
                + (isSpot ? "" : "\"T\":1795219200122,") + "\"s\":\"BTCUSDT\",\"U\":" + first
                + ",\"u\":" + last + (isSpot ? "" : ",\"pu\":" + previous) + ",\"b\":" + bids
                + ",\"a\":" + asks + "}}";
    }

    private static String snapshot(long id) {
        return "{\"lastUpdateId\":" + id + ",\"E\":1795219200100,\"T\":1795219200099,\"bids\":"
                + SNAPSHOT_OF_ONE + '}';
    }

    private String url() {
        return venue == Venue.BINANCE_SPOT
                ? "/api/v3/depth?symbol=BTCUSDT&limit=1000"
                : "/fapi/v1/depth?symbol=BTCUSDT&limit=1000";
    }

    private String bid(long id) {
        return "BOOK_LEVEL bid " + level(10, id % 10) + " #" + id;
    }

    private String snapshotBid(long id) {
        return "BOOK_LEVEL snapshot bid " + level(10, 1) + " #" + id;
    }

    private String snapshotAsk(long id) {
        return "BOOK_LEVEL snapshot ask " + level(11, 1) + " #" + id;
    }

    private String level(long price, long quantity) {
        return venue == Venue.BINANCE_SPOT
                ? quantity * 10_000_000 + " at " + price * 100
                : quantity * 100_000 + " at " + price * 10;
    }
}
