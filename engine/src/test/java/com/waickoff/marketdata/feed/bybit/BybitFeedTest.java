package com.waickoff.marketdata.feed.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.FeedHarness;
import com.waickoff.marketdata.feed.JsonTree;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.status.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BybitFeedTest {
    private static final long SEED = Long.getLong("test.seed", 20261121L);
    private static final int REWRITINGS = 300;
    private static final long MS = 1_000_000;
    private static final long T = FeedHarness.START_NS;
    private static final int BTC = 0;
    private static final int ETH = 1;
    private static final String METADATA = "/v5/market/instruments-info?category=linear&limit=1000";

    private final FeedHarness harness = Frames.connected();

    @AfterEach
    void everyFrameHasOneFate() {
        harness.assertConserved();
        harness.close();
    }

    @Test
    void shouldPublishATrade() {
        receive(Frames.TRADE);

        List<MarketEvent> events = events(EventKind.TRADE);
        assertThat(events).hasSize(1);
        MarketEvent trade = events.getFirst();
        assertThat(trade.instrumentId()).isEqualTo(BTC);
        assertThat(trade.matchTimeNs()).isEqualTo(T + 10 * MS);
        assertThat(trade.receiveTimeNs()).isEqualTo(T);
        assertThat(trade.price()).isEqualTo(987_654);
        assertThat(trade.quantity()).isEqualTo(1_500);
        assertThat(trade.id64()).isEqualTo(folded("1c0f5a3e-7b21-5d4c-9e8a-0f1e2d3c4b5a"));
        assertThat(trade.aux()).isEqualTo(700_000_000_001L);
        assertThat(trade.flags())
                .isEqualTo((short) (EventFlags.FIRST | EventFlags.LAST | EventFlags.BUY));
        assertThat(harness.count(Counter.TRADES_DECODED)).isEqualTo(1);
    }

    @Test
    void shouldPublishTheTradesOfAFrameAsOneBatch() {
        receive(Frames.THREE_TRADES);

        List<MarketEvent> trades = events(EventKind.TRADE);
        assertThat(trades).extracting(MarketEvent::flags).containsExactly(EventFlags.FIRST,
                EventFlags.BLOCK, (short) (EventFlags.BUY | EventFlags.RPI | EventFlags.LAST));
        assertThat(trades).extracting(MarketEvent::aux).containsExactly(700_000_000_007L,
                700_000_000_007L, 700_000_000_009L);
        assertThat(trades).extracting(MarketEvent::price).containsExactly(987_653L, 987_653L,
                987_654L);
        assertThat(trades).extracting(MarketEvent::quantity).containsExactly(125_000L, 100L,
                2_500_000L);
        assertThat(trades).extracting(MarketEvent::id64).containsExactly(
                folded("a7d3c9b1-0e2f-5846-b1c2-d3e4f5061728"),
                folded("00000000-0000-5000-8000-00000000000f"),
                folded("ffffffff-ffff-5fff-bfff-fffffffffff1"));
        assertThat(harness.count(Counter.FRAMES_DECODED)).isEqualTo(1);
        assertThat(harness.count(Counter.TRADES_DECODED)).isEqualTo(3);
    }

    @Test
    void shouldKeepTheGoodTradesAroundABadOne() {
        receive("ws_publicTrade_rejected");

        assertThat(harness.sink.events()).filteredOn(event -> event.kind() == EventKind.TRADE_GAP)
                .singleElement().satisfies(gap -> {
                    assertThat(gap.has(EventFlags.BY_TIME)).isTrue();
                    assertThat(gap.reason()).isEqualTo(Reason.VALUE_OUT_OF_RANGE);
                    assertThat(gap.matchTimeNs()).isEqualTo(T + 41 * MS);
                });
        assertThat(harness.takeKinds()).containsExactly("FEED_UP", "TRADE", "TRADE_GAP", "TRADE");
        assertThat(harness.count(Counter.VALUES_REJECTED)).isEqualTo(1);
        assertThat(harness.count(Counter.TRADES_DECODED)).isEqualTo(2);
        assertThat(harness.count(Counter.FRAMES_DECODED)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"'\"p\":\"98765.40\"','\"p\":\"-98765.40\"'",
            "'\"p\":\"98765.40\"','\"p\":\"99999999999999999999\"'",
            "'\"v\":\"0.015\"','\"v\":\"0.0000001\"'", "'\"v\":\"0.015\"','\"v\":\"\"'",
            "'\"v\":\"0.015\"','\"v\":null'", "'\"S\":\"Buy\"','\"S\":\"buy\"'",
            "'\"S\":\"Buy\"','\"S\":\"\"'", "'\"s\":\"BTCUSDT\"','\"s\":\"ETHUSDT\"'",
            "'\"T\":1795219200010','\"T\":9999999999999'", "'\"T\":1795219200010','\"T\":-1'",
            "'\"T\":1795219200010,',''"})
    void shouldDeclareALoneBadTradeLost(String good, String bad) {
        receiveChanged(Frames.TRADE, good, bad);

        assertThat(harness.takeKinds()).containsExactly("FEED_UP", "TRADE_GAP");
        assertThat(harness.count(Counter.REJECTED_VALUE_OUT_OF_RANGE)).isEqualTo(1);
        assertThat(harness.rejections).hasSize(1);
    }

    @Test
    void shouldDeclareAGapForATradeFrameThatIsCut() {
        receive(Frames.TRADE);
        harness.takeKinds();
        String text = Frames.read(Frames.THREE_TRADES);

        harness.frame(text.substring(0, text.length() - 2));

        assertThat(harness.takeKinds()).containsExactly("TRADE_GAP");
        assertThat(harness.count(Counter.REJECTED_MALFORMED)).isEqualTo(1);
        assertThat(harness.count(Counter.TRADES_DECODED)).isEqualTo(1);
    }

    @Test
    void shouldDeclareEveryTapeIncompleteForAFrameThatDoesNotTellItsTopic() {
        receive(Frames.TRADE, "ws_publicTrade_eth");
        harness.takeKinds();

        harness.frame("{\"type\":\"snapshot\",\"to");

        assertThat(harness.sink.events()).extracting(MarketEvent::instrumentId)
                .containsExactly(BTC, ETH);
        assertThat(harness.takeKinds()).containsExactly("TRADE_GAP", "TRADE_GAP");
        assertThat(harness.count(Counter.REJECTED_MALFORMED)).isEqualTo(1);
    }

    @Test
    void shouldCountATradeOnceThatComesTwice() {
        receive(Frames.TRADE, Frames.THREE_TRADES, Frames.TRADE);
        harness.disconnect().connect();
        receive(Frames.THREE_TRADES);

        assertThat(events(EventKind.TRADE)).hasSize(4);
        assertThat(harness.count(Counter.TRADES_DECODED)).isEqualTo(4);
        assertThat(harness.count(Counter.DUPLICATE_TRADES)).isEqualTo(4);
        assertThat(harness.count(Counter.IGNORED_DUPLICATE)).isEqualTo(2);
    }

    @Test
    void shouldPublishTheNewTradesOfAFrameThatHoldsKnownOnes() {
        receive(Frames.THREE_TRADES);
        harness.takeKinds();

        receiveChanged(Frames.THREE_TRADES, "ffffffff-ffff-5fff-bfff-fffffffffff1",
                "ffffffff-ffff-5fff-bfff-fffffffffff2");

        assertThat(harness.takeKinds()).containsExactly("TRADE");
        assertThat(harness.count(Counter.DUPLICATE_TRADES)).isEqualTo(2);
        assertThat(harness.count(Counter.IGNORED_DUPLICATE)).isZero();
    }

    @Test
    void shouldNotKnowTheTradesOfAFrameThatWasNotPublished() {
        String text = Frames.read(Frames.THREE_TRADES);
        harness.frame(text.substring(0, text.length() - 2));
        harness.takeKinds();

        receive(Frames.THREE_TRADES);

        assertThat(harness.takeKinds()).containsExactly("TRADE", "TRADE", "TRADE");
        assertThat(harness.count(Counter.DUPLICATE_TRADES)).isZero();
    }

    @Test
    void shouldFollowABook() {
        receive(Frames.SNAPSHOT, Frames.DELTA, "ws_orderbook_delta_delete_unknown");

        List<MarketEvent> levels = events(EventKind.BOOK_LEVEL);
        assertThat(levels).extracting(MarketEvent::price).containsExactly(987_653L, 987_652L,
                987_649L, 987_654L, 987_655L, 987_660L, 987_653L, 987_652L, 987_656L, 912_345L);
        assertThat(levels).extracting(MarketEvent::quantity).containsExactly(412_500L, 50_000L,
                1_200_000L, 200_100L, 775_000L, 1L, 300_000L, 0L, 150_000L, 0L);
        assertThat(levels).extracting(MarketEvent::updateId).containsExactly(5000L, 5000L, 5000L,
                5000L, 5000L, 5000L, 5001L, 5001L, 5001L, 5002L);
        short bid = EventFlags.BID;
        short snapshot = EventFlags.SNAPSHOT;
        assertThat(levels).extracting(MarketEvent::flags).containsExactly(
                (short) (bid | snapshot | EventFlags.FIRST), (short) (bid | snapshot),
                (short) (bid | snapshot), snapshot, snapshot, (short) (snapshot | EventFlags.LAST),
                (short) (bid | EventFlags.FIRST), bid, EventFlags.LAST,
                (short) (bid | EventFlags.FIRST | EventFlags.LAST));
        assertThat(levels).extracting(MarketEvent::matchTimeNs).contains(T + 4 * MS, T + 103 * MS,
                T + 204 * MS);
        assertThat(harness.takeKinds()).containsSubsequence("FEED_UP", "BOOK_LEVEL", "BOOK_READY",
                "BOOK_LEVEL");
        assertThat(harness.count(Counter.LEVELS_DECODED)).isEqualTo(10);
        assertThat(harness.count(Counter.BOOK_READY)).isEqualTo(1);
        assertThat(harness.count(Counter.BOOK_RESETS)).isZero();
    }

    @Test
    void shouldResetABookAtAHoleAndSubscribeAnew() {
        receive(Frames.SNAPSHOT);
        harness.takeEvents();
        harness.sent.clear();

        receive("ws_orderbook_delta_hole");

        assertThat(harness.sink.events()).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(EventKind.BOOK_RESET);
            assertThat(event.reason()).isEqualTo(Reason.SEQUENCE_GAP);
            assertThat(event.updateId()).isEqualTo(5004);
            assertThat(event.matchTimeNs()).isEqualTo(T + 404 * MS);
        });
        assertThat(harness.sent).hasSize(2);
        assertThat(harness.sent.get(0)).contains("\"op\":\"unsubscribe\"",
                "[\"orderbook.200.BTCUSDT\"]");
        assertThat(harness.sent.get(1)).contains("\"op\":\"subscribe\"",
                "[\"orderbook.200.BTCUSDT\"]");
        assertThat(harness.count(Counter.REJECTED_OUT_OF_SEQUENCE)).isEqualTo(1);
    }

    @Test
    void shouldJoinABookAgainByASnapshot() {
        receive(Frames.SNAPSHOT, "ws_orderbook_delta_hole", Frames.DELTA);
        harness.takeEvents();
        assertThat(harness.count(Counter.IGNORED_AWAITING_SNAPSHOT)).isEqualTo(1);

        receive("ws_orderbook_snapshot_again");

        assertThat(harness.takeKinds()).containsExactly("BOOK_LEVEL", "BOOK_LEVEL", "BOOK_LEVEL",
                "BOOK_LEVEL", "BOOK_READY");
    }

    @Test
    void shouldTakeUpdateOneForASnapshot() {
        receive(Frames.SNAPSHOT);
        harness.takeEvents();

        receive("ws_orderbook_delta_restart");

        assertThat(harness.sink.events()).allMatch(event -> event.has(EventFlags.SNAPSHOT));
        assertThat(harness.takeKinds()).hasSize(4).containsOnly("BOOK_LEVEL");
        assertThat(harness.count(Counter.BOOK_RESETS)).isZero();
    }

    @Test
    void shouldTakeThePushTimeOfAnUpdateWhoseMatchTimeCannotBe() {
        receive(Frames.SNAPSHOT);
        harness.takeEvents();

        receiveChanged(Frames.DELTA, "\"cts\":1795219200103", "\"cts\":9795219200103");

        assertThat(events(EventKind.BOOK_LEVEL)).hasSize(3).extracting(MarketEvent::matchTimeNs)
                .containsOnly(T + 105 * MS);
    }

    @Test
    void shouldClearABookByAnEmptySnapshot() {
        receive(Frames.SNAPSHOT);
        harness.takeEvents();

        receive("ws_orderbook_snapshot_empty");

        assertThat(harness.sink.events().getFirst().reason()).isEqualTo(Reason.VENUE_RESTART);
        assertThat(harness.takeKinds()).containsExactly("BOOK_RESET", "BOOK_READY");
        assertThat(harness.count(Counter.FRAMES_DECODED)).isEqualTo(2);
    }

    @Test
    void shouldNotAskForABookMoreOftenThanItMay() {
        receive(Frames.SNAPSHOT, "ws_orderbook_delta_hole");
        harness.sent.clear();

        receive("ws_orderbook_snapshot_again", "ws_orderbook_delta_hole");
        assertThat(harness.sent).isEmpty();

        harness.passTime(BybitBook.REQUEST_GAP_NS - 1);
        assertThat(harness.sent).isEmpty();
        harness.passTime(1);
        assertThat(harness.sent).hasSize(2);
        harness.passTime(BybitBook.SNAPSHOT_TIMEOUT_NS - 1);
        assertThat(requestsFor("orderbook.200.BTCUSDT")).isEqualTo(2);
        harness.passTime(1);
        assertThat(requestsFor("orderbook.200.BTCUSDT")).isEqualTo(4);
    }

    @Test
    void shouldIgnoreASnapshotOfDepthOneThatIsSentAgain() {
        try (FeedHarness best = new FeedHarness(ports -> Frames.feed(ports, 1)).connect()) {
            best.frame(Frames.read("ws_orderbook1_snapshot"));
            best.takeEvents();

            best.frame(Frames.read("ws_orderbook1_snapshot"));
            assertThat(best.takeKinds()).isEmpty();
            assertThat(best.count(Counter.IGNORED_DUPLICATE)).isEqualTo(1);

            best.frame(Frames.read("ws_orderbook1_snapshot_next"));
            assertThat(best.takeKinds()).containsExactly("BOOK_LEVEL", "BOOK_LEVEL");
            best.assertConserved();
        }
    }

    @ParameterizedTest
    @CsvSource({"98765.605", "-1", "0", "1e30", "99999999999999999999"})
    void shouldResetABookWhoseLevelHasNoPossiblePrice(String price) {
        receive(Frames.SNAPSHOT);
        harness.takeEvents();
        harness.sent.clear();

        receiveChanged("ws_orderbook_delta_rejected", "98765.605", price);

        assertThat(harness.sink.events()).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(EventKind.BOOK_RESET);
            assertThat(event.reason()).isEqualTo(Reason.VALUE_OUT_OF_RANGE);
            assertThat(event.updateId()).isEqualTo(5001);
        });
        assertThat(harness.count(Counter.REJECTED_VALUE_OUT_OF_RANGE)).isEqualTo(1);
        assertThat(harness.sent).hasSize(2);
    }

    @Test
    void shouldResetABookWhoseFrameIsCutWithoutNamingAnotherBooksUpdate() {
        receive("ws_orderbook_eth_snapshot", Frames.SNAPSHOT, Frames.DELTA);
        harness.takeEvents();
        String text = Frames.read("ws_orderbook_eth_snapshot");

        harness.frame(text.substring(0, text.length() - 1));

        assertThat(harness.sink.events()).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(EventKind.BOOK_RESET);
            assertThat(event.instrumentId()).isEqualTo(ETH);
            assertThat(event.reason()).isEqualTo(Reason.MALFORMED_FRAME);
            assertThat(event.updateId()).isZero();
            assertThat(event.matchTimeNs()).isZero();
        });
    }

    @ParameterizedTest
    @CsvSource({"ws_publicTrade_unknown,IGNORED_UNKNOWN_INSTRUMENT",
            "ws_orderbook_unknown,IGNORED_UNKNOWN_INSTRUMENT",
            "ws_orderbook1_snapshot,IGNORED_OTHER_CHANNEL",
            "ws_tickers_delta,IGNORED_OTHER_CHANNEL", "ws_kline_one,IGNORED_OTHER_CHANNEL",
            "ws_subscribe_ack,IGNORED_ACK", "ws_ping_pong,IGNORED_HEARTBEAT",
            "ws_subscribe_nack,REJECTED_REFUSAL", "ws_publicTrade_empty,IGNORED_EMPTY",
            "ws_orderbook_delta,IGNORED_AWAITING_SNAPSHOT"})
    void shouldTellWhatBecameOfAFrame(String name, Counter fate) {
        receive(name);

        assertThat(harness.count(fate)).isEqualTo(1);
        assertThat(harness.count(Counter.FRAMES_DECODED)).isZero();
        assertThat(harness.takeKinds()).doesNotContain("TRADE", "BOOK_LEVEL", "TRADE_GAP");
        assertThat(harness.rejections).hasSize(fate.isRejectedFrames() ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{}|REJECTED_UNKNOWN_SHAPE", "[]|REJECTED_UNKNOWN_SHAPE",
            "{\"op\":\"auth\"}|IGNORED_ACK", "''|REJECTED_MALFORMED", "hello|REJECTED_MALFORMED",
            "{\"args\":[\"1795219200000\"],\"op\":\"pong\"}|IGNORED_HEARTBEAT",
            "{\"topic\":\"publicTrade.BTCUSDT\"}|REJECTED_UNKNOWN_SHAPE",
            "{\"topic\":\"orderbook.200.BTCUSDT\",\"data\":{}}|REJECTED_UNKNOWN_SHAPE",
            "{\"topic\":7}|IGNORED_UNKNOWN_TYPE", "{\"topic\":null}|REJECTED_UNKNOWN_SHAPE"})
    void shouldTellWhatBecameOfAFrameOfNoKnownShape(String text, Counter fate) {
        harness.frame(text);

        assertThat(harness.count(fate)).isEqualTo(1);
    }

    @Test
    void shouldRejectAFrameBeyondTheBoundUnread() {
        try (FeedHarness small = new FeedHarness(ports -> new BybitFeed(Venue.BYBIT_LINEAR, ports,
                new BybitSettings(List.of("BTCUSDT"), 200, 16, 300), List.of(Frames.BTC)))) {
            small.connect().frame(Frames.read(Frames.TRADE));
            small.takeEvents();

            small.frame(Frames.read(Frames.THREE_TRADES));

            assertThat(small.takeKinds()).containsExactly("TRADE_GAP");
            assertThat(small.count(Counter.REJECTED_OVERSIZED)).isEqualTo(1);
            small.assertConserved();
        }
    }

    @Test
    void shouldBeginAndEndFeedsWithTheirConnections() {
        assertThat(harness.sink.events()).extracting(MarketEvent::kind)
                .containsOnly(EventKind.INSTRUMENT).hasSize(2);
        receive(Frames.TRADE, Frames.SNAPSHOT);
        assertThat(harness.takeKinds()).startsWith("FEED_UP", "TRADE").endsWith("BOOK_READY");

        harness.nowNs += MS;
        harness.disconnect();
        assertThat(harness.sink.events()).extracting(MarketEvent::reason)
                .containsOnly(Reason.DISCONNECTED);
        assertThat(harness.sink.events().getLast().epoch()).isEqualTo(1);
        assertThat(harness.takeKinds()).containsExactly("BOOK_RESET", "FEED_DOWN");

        harness.connect();
        assertThat(harness.takeKinds()).isEmpty();
        receive(Frames.DELTA);
        MarketEvent up = harness.sink.events().getLast();
        assertThat(up.kind()).isEqualTo(EventKind.FEED_UP);
        assertThat(up.epoch()).isEqualTo(2);
        assertThat(up.matchTimeNs()).isEqualTo(T + 105 * MS);
        assertThat(harness.count(Counter.IGNORED_AWAITING_SNAPSHOT)).isEqualTo(1);
        assertThat(harness.takeKinds()).containsExactly("FEED_UP");
    }

    @Test
    void shouldSubscribeAndKeepTheConnectionAlive() {
        assertThat(harness.sent).singleElement().asString().contains("\"op\":\"subscribe\"",
                "\"publicTrade.BTCUSDT\",\"orderbook.200.BTCUSDT\"",
                "\"publicTrade.ETHUSDT\",\"orderbook.200.ETHUSDT\"");
        assertThat(harness.asked).isEmpty();
        receive(Frames.SNAPSHOT, "ws_orderbook_eth_snapshot");
        harness.ackSent().sent.clear();

        harness.passTime(20_000 * MS - 1);
        assertThat(harness.sent).isEmpty();
        harness.passTime(1);
        assertThat(harness.sent).containsExactly("{\"op\":\"ping\"}");
        harness.disconnect().passTime(60_000 * MS);
        assertThat(harness.sent).hasSize(1);
    }

    @Test
    void shouldReadFramesOfAnyFormAlike() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<String> names = List.of(Frames.TRADE, Frames.SNAPSHOT, Frames.THREE_TRADES,
                Frames.DELTA, "ws_publicTrade_rejected", "ws_orderbook_delta_delete_unknown",
                "ws_tickers_delta", "ws_kline_one", "ws_orderbook_delta_restart",
                "ws_orderbook_delta_hole", "ws_orderbook_snapshot_again", "ws_publicTrade_eth",
                "ws_orderbook_eth_snapshot", "ws_orderbook_snapshot_empty", "ws_subscribe_ack",
                "ws_subscribe_nack", "ws_ping_pong", "ws_publicTrade_unknown",
                "ws_orderbook_unknown", "ws_publicTrade_empty");
        names.forEach(this::receive);
        List<String> expected = harness.takeEvents();
        assertThat(expected).hasSizeGreaterThan(30);

        for (int i = 0; i < REWRITINGS; i++) {
            List<String> texts = new ArrayList<>();
            for (String name : names) {
                texts.add(JsonTree.rewrite(JsonTree.parse(Frames.read(name)), random));
            }
            try (FeedHarness other = Frames.connected()) {
                texts.forEach(other::frame);

                assertThat(other.takeEvents()).as("seed %s, %s", SEED, texts)
                        .isEqualTo(expected);
                for (Counter counter : Counter.values()) {
                    if (counter != Counter.BYTES_RECEIVED) {
                        assertThat(other.count(counter)).as("%s, seed %s, %s", counter, SEED, texts)
                                .isEqualTo(harness.count(counter));
                    }
                }
                other.assertConserved();
            }
        }
    }

    @Test
    void shouldDefineInstrumentsFromPagesOfMetadata() {
        try (FeedHarness bare = withoutDefinitions()) {
            assertThat(bare.asked).containsExactly(METADATA);

            bare.http(METADATA, Frames.read("rest_instruments_page1"));
            assertThat(bare.asked).containsExactly(METADATA,
                    METADATA + "&cursor=first%3DABC%26last%3DBTC");
            bare.http(bare.asked.getLast(), Frames.read("rest_instruments_page2"));

            assertThat(bare.asked).hasSize(2);
            assertThat(bare.catalogue.all()).hasSize(2);
            assertThat(bare.catalogue.get(BTC).sameDefinition(Frames.BTC)).isTrue();
            assertThat(bare.catalogue.get(ETH).sameDefinition(Frames.ETH)).isTrue();
            assertThat(bare.sink.events()).extracting(MarketEvent::kind)
                    .containsExactly(EventKind.INSTRUMENT, EventKind.INSTRUMENT);
            assertThat(bare.sent).hasSize(2);
            bare.frame(Frames.read(Frames.TRADE));
            assertThat(bare.takeKinds()).containsExactly("FEED_UP", "TRADE");
            assertThat(bare.count(Counter.HTTP_FAILURES)).isZero();
        }
    }

    @Test
    void shouldReadMetadataOfAnyFormAlike() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < REWRITINGS; i++) {
            String body = JsonTree.rewrite(JsonTree.parse(Frames.read("rest_instruments_page2")),
                    random);
            try (FeedHarness bare = withoutDefinitions()) {
                bare.http(METADATA, body);

                assertThat(bare.catalogue.all()).as("seed %s, %s", SEED, body).singleElement()
                        .matches(Frames.ETH::sameDefinition);
            }
        }
    }

    @Test
    void shouldAskForMetadataAgainAfterAFailure() {
        for (String body : List.of("", "{\"retCode\":0,\"result\":{\"list\":[{\"symbol\":",
                "{\"retCode\":10006,\"retMsg\":\"Too many visits!\",\"result\":{}}")) {
            try (FeedHarness bare = withoutDefinitions()) {
                bare.http(METADATA, body);
                assertThat(bare.count(Counter.HTTP_FAILURES)).as(body).isEqualTo(1);
                assertThat(bare.rejections).hasSize(1);
                bare.asked.clear();

                bare.passTime(4_999 * MS);
                assertThat(bare.asked).isEmpty();
                bare.passTime(MS);
                assertThat(bare.asked).as(body).containsExactly(METADATA);
            }
        }
        try (FeedHarness bare = withoutDefinitions()) {
            bare.feed.onHttpFailure(METADATA, 403, bare.nowNs);
            bare.passTime(5_000 * MS);
            assertThat(bare.asked).hasSize(2);
        }
    }

    @Test
    void shouldEndAFeedWhoseInstrumentIsRedefined() {
        receive(Frames.SNAPSHOT);
        harness.takeEvents();

        harness.http(METADATA, Frames.read("rest_instruments_page1")
                .replace("\"tickSize\":\"0.10\"", "\"tickSize\":\"0.50\""));

        assertThat(harness.sink.events()).extracting(MarketEvent::kind).containsExactly(
                EventKind.BOOK_RESET, EventKind.FEED_DOWN, EventKind.INSTRUMENT);
        assertThat(harness.sink.events().getFirst().reason()).isEqualTo(Reason.REDEFINED);
        assertThat(harness.sink.events().getLast().instrumentId()).isEqualTo(2);
        harness.sink.clear();
        receive(Frames.TRADE);
        assertThat(harness.sink.events()).extracting(MarketEvent::instrumentId).containsOnly(2);
    }

    private static FeedHarness withoutDefinitions() {
        return new FeedHarness(ports -> new BybitFeed(Venue.BYBIT_LINEAR, ports,
                BybitSettings.of(List.of("BTCUSDT", "ETHUSDT")), List.of())).connect();
    }

    private void receive(String... names) {
        for (String name : names) {
            harness.frame(Frames.read(name));
        }
    }

    private void receiveChanged(String name, String good, String bad) {
        String text = Frames.read(name);
        assertThat(text).contains(good);
        harness.frame(text.replace(good, bad));
    }

    private List<MarketEvent> events(byte kind) {
        return harness.sink.events().stream().filter(event -> event.kind() == kind).toList();
    }

    private long requestsFor(String topic) {
        return harness.sent.stream()
                .filter(text -> text.contains("subscribe\"") && text.contains(topic)).count();
    }

    private static long folded(String uuid) {
        UUID id = UUID.fromString(uuid);
        return id.getMostSignificantBits() ^ id.getLeastSignificantBits();
    }
}
