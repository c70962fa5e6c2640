package com.waickoff.marketdata.feed.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.FeedHarness;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.status.Counter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams that are asked for, refused, silent and dead. */
class StreamsTest {
    private static final long S = 1_000_000_000L;
    private static final long MS = 1_000_000L;

    private FeedHarness harness;
    private long nextTrade = 1;
    private long updateId = 100;

    @BeforeEach
    void open() {
        harness = feed(3).connect();
    }

    @AfterEach
    void close() {
        harness.assertConserved();
        harness.close();
    }

    @Test
    void shouldAskForManyStreamsInFewRequestsOfWhichFewAreUnderWay() {
        harness.close();
        harness = feed(200).connect();
        List<String> first = harness.sent;
        assertThat(first).hasSize(16).allSatisfy(text -> assertThat(topics(text)).hasSize(10));
        assertThat(first).extracting(StreamsTest::id).doesNotHaveDuplicates();
        assertThat(harness.feed.isReady(0)).isFalse();

        harness.ackSent(); // each answer makes room for a request
        assertThat(harness.sent).hasSize(40);
        assertThat(harness.sent.stream().flatMap(text -> topics(text).stream())).hasSize(400)
                .doesNotHaveDuplicates();
        assertThat(harness.feed.isReady(0)).isTrue();
        assertThat(harness.count(Counter.IGNORED_ACK)).isEqualTo(40);
    }

    @Test
    void shouldAskOneByOneForWhatIsRefusedTogether() {
        String request = harness.takeSent().getFirst();
        nack(request, "error:handler not found,topic:publicTrade.S1USDT");

        List<String> alone = harness.takeSent();
        assertThat(alone).hasSize(6).allSatisfy(text -> assertThat(topics(text)).hasSize(1));
        assertThat(alone.stream().flatMap(text -> topics(text).stream()))
                .containsExactlyElementsOf(topics(request));
        for (String text : alone) {
            if (text.contains("publicTrade.S1USDT")) {
                nack(text, "error:handler not found,topic:publicTrade.S1USDT");
            } else {
                ack(text);
            }
        }
        assertThat(harness.count(Counter.STREAMS_REFUSED)).isEqualTo(1);
        assertThat(harness.count(Counter.REJECTED_REFUSAL)).isEqualTo(2);
        assertThat(harness.rejections.getLast()).isEqualTo("publicTrade.S1USDT refused: error:"
                + "handler not found,topic:publicTrade.S1USDT");
        assertThat(harness.feed.isReady(0)).as("refused for now").isTrue();
    }

    @Test
    void shouldAskForEverAndLaterAndLaterForWhatIsRefusedAlone() {
        List<Long> distances = new ArrayList<>();
        harness.passTime(0);
        nack(harness.takeSent().getFirst(), "no");
        List<String> alone = harness.takeSent();
        String refused = alone.getFirst();
        alone.subList(1, 6).forEach(this::ack);
        long last = harness.nowNs;
        for (int i = 0; i < 12; i++) {
            nack(refused, "no");
            List<String> sent = List.of();
            while (sent.isEmpty()) {
                quotes(1, 2);
                harness.passTime(100 * MS);
                sent = about(harness.takeSent(), "publicTrade.S0USDT");
            }
            assertThat(sent).hasSize(1);
            assertThat(topics(sent.getFirst())).isEqualTo(topics(refused));
            distances.add(harness.nowNs - last);
            last = harness.nowNs;
            refused = sent.getFirst();
        }
        for (int i = 0; i < distances.size(); i++) {
            long middle = Math.min(300 * S, (5 * S) << i);
            assertThat(distances.get(i)).isBetween(middle * 3 / 4, middle * 5 / 4 + 100 * MS);
        }
        assertThat(harness.count(Counter.STREAMS_REFUSED)).isEqualTo(12);
        ack(refused);
        harness.passTime(400 * S);
        assertThat(about(harness.takeSent(), "publicTrade.S0USDT")).isEmpty();
    }

    @Test
    void shouldNotTakeTheTapeForUpThatIsRefused() {
        nack(harness.takeSent().getFirst(), "no");
        for (String text : harness.takeSent()) {
            if (text.contains("publicTrade.S0USDT")) {
                nack(text, "no");
            } else {
                ack(text);
            }
        }
        snapshot(0);
        snapshot(1);
        assertThat(kinds(0)).containsExactly("BOOK_LEVEL", "BOOK_LEVEL", "BOOK_READY");
        assertThat(kinds(1)).contains("FEED_UP");
        harness.sink.clear();
        trade(0);
        assertThat(kinds(0)).containsExactly("FEED_UP", "TRADE");
    }

    @Test
    void shouldTakeAStreamThatIsThereAlreadyForAcknowledged() {
        nack(harness.takeSent().getFirst(), "error:already subscribed,topic:publicTrade.S0USDT");
        for (String text : harness.takeSent()) {
            nack(text, "error:already subscribed,topic:" + topics(text).getFirst());
        }
        assertThat(harness.feed.isReady(0)).isTrue();
        assertThat(harness.count(Counter.STREAMS_REFUSED)).isZero();
    }

    @Test
    void shouldAskAgainAloneForWhatIsNeitherAcknowledgedNorThere() {
        harness.takeSent();
        harness.passTime(S);
        trade(0);
        snapshot(0);
        snapshot(1);
        snapshot(2);
        assertThat(harness.count(Counter.TRADES_DECODED)).as("before the answer").isEqualTo(1);
        harness.passTime(9 * S - 1);
        assertThat(harness.takeSent()).isEmpty();
        harness.passTime(1);
        List<String> alone = harness.takeSent();
        assertThat(alone.stream().map(StreamsTest::topics)).containsExactly(
                List.of("publicTrade.S1USDT"), List.of("publicTrade.S2USDT"));
        assertThat(harness.count(Counter.STREAMS_UNANSWERED)).isEqualTo(2);
        assertThat(harness.notices).hasSize(2).allMatch(text -> text.contains("publicTrade.S"));
        assertThat(harness.feed.isReady(0)).isFalse();
        alone.forEach(this::ack);
        assertThat(harness.feed.isReady(0)).isTrue();
    }

    @Test
    void shouldFindABookDeadWhoseInstrumentTrades() {
        begin();
        for (int i = 0; i < 12; i++) {
            trade(0);
            quotes(1, 2);
            harness.passTime(S);
        }
        assertThat(harness.count(Counter.STREAMS_DEAD)).isEqualTo(1);
        assertThat(events(0, EventKind.BOOK_RESET)).singleElement()
                .returns(Reason.STREAM_SILENT, MarketEvent::reason);
        assertThat(events(1, EventKind.BOOK_RESET)).isEmpty();
        assertThat(harness.notices.getLast()).isEqualTo(
                "streams_dead: orderbook.200.S0USDT is silent although there are trades");
        assertThat(about(harness.takeSent(), "S0USDT")).hasSize(2)
                .satisfies(two -> assertThat(two.getFirst()).contains("\"unsubscribe\""));
        harness.sink.clear();
        snapshot(0);
        assertThat(kinds(0)).endsWith("BOOK_READY");
        assertThat(harness.renewals).isEmpty();
    }

    @Test
    void shouldRenewTheLineOfABookThatDiesAgainSoon() {
        begin();
        for (int i = 0; i < 40; i++) {
            trade(0);
            quotes(1, 2);
            harness.passTime(S).ackSent();
        }
        assertThat(harness.count(Counter.STREAMS_DEAD)).isEqualTo(2);
        assertThat(harness.renewals).singleElement().asString().startsWith("0: ");
    }

    @Test
    void shouldNotTakeAQuietMarketForADeadBook() {
        begin();
        for (int i = 0; i < 20; i++) {
            quotes(1, 2);
            harness.passTime(S);
        }
        trade(0);
        harness.passTime(S);
        trade(0);
        harness.passTime(S);
        assertThat(harness.count(Counter.STREAMS_DEAD)).isZero();
    }

    @Test
    void shouldAskLessAndLessOftenWhetherAMarketIsQuiet() {
        begin();
        long last = tradeTimeMs();
        List<Long> askedS = new ArrayList<>();
        for (int i = 1; i <= 4000; i++) {
            harness.passTime(S);
            quotes(0, 1, 2);
            tradeNow(1);
            tradeNow(2);
            for (String url : harness.takeProbes()) {
                assertThat(url).contains("symbol=S0USDT&limit=1");
                askedS.add((long) i);
                newest(url, last);
            }
        }
        assertThat(askedS).hasSize(10);
        assertThat(askedS.getFirst()).isBetween(30L, 32L);
        for (int i = 1; i < 10; i++) {
            long distance = askedS.get(i) - askedS.get(i - 1);
            long expected = Math.min(600, 30L << i);
            assertThat(distance).isBetween(expected - 1, expected + 2);
        }
        assertThat(harness.count(Counter.STREAMS_DEAD)).isZero();
        assertThat(harness.count(Counter.STREAM_PROBES)).isEqualTo(10);
    }

    @Test
    void shouldFindATapeDeadThatTheVenueContinues() {
        begin();
        long last = tradeTimeMs();
        harness.sink.clear();
        pass(31, 1, 2);
        newest(harness.takeProbes().getFirst(), last + 5_000);
        assertThat(harness.count(Counter.STREAMS_DEAD)).isZero();
        pass(2, 1, 2);
        assertThat(harness.takeProbes()).isEmpty();
        pass(2, 1, 2);
        newest(harness.takeProbes().getFirst(), last + 6_000);

        assertThat(events(0, EventKind.FEED_DOWN)).singleElement()
                .returns(Reason.STREAM_SILENT, MarketEvent::reason)
                .returns(1L, MarketEvent::epoch);
        assertThat(about(harness.takeSent(), "publicTrade.S0USDT")).hasSize(2);
        quotes(0);
        assertThat(events(0, EventKind.FEED_UP)).as("by the book").isEmpty();
        trade(0);
        assertThat(events(0, EventKind.FEED_UP)).hasSize(1);
        harness.passTime(S).passTime(S);
        assertThat(harness.takeAsked()).as("what was missed").singleElement().asString()
                .contains("S0USDT&limit=1000");
    }

    @Test
    void shouldNotBelieveATradeFarAheadThatItIsTheNewest() {
        begin();
        long last = tradeTimeMs();
        trade(0, last + 31_536_000_000L);
        assertThat(harness.count(Counter.TRADES_DECODED)).as("kept").isEqualTo(4);
        trade(0, 0);
        trade(0, -1);
        assertThat(harness.count(Counter.VALUES_REJECTED)).isEqualTo(2);
        assertThat(events(0, EventKind.TRADE_GAP)).hasSize(2);

        pass(31, 1, 2);
        newest(harness.takeProbes().getFirst(), last + 5_000);
        pass(4, 1, 2);
        newest(harness.takeProbes().getFirst(), last + 6_000);
        assertThat(harness.count(Counter.STREAMS_DEAD)).isEqualTo(1);
    }

    @Test
    void shouldNotTakeATradeOnItsWayForADeadTape() {
        begin();
        pass(31, 1, 2);
        newest(harness.takeProbes().getFirst(), tradeTimeMs() + 5_000);
        pass(1, 1, 2);
        trade(0);
        pass(20, 1, 2);
        assertThat(harness.takeProbes()).isEmpty();
        assertThat(harness.count(Counter.STREAMS_DEAD)).isZero();
    }

    @Test
    void shouldFindATapeDeadThatNeverBegan() {
        harness.ackSent();
        long last = 1_795_000_000_000L; // whatever the venue's clock shows
        for (int i = 0; i < 11; i++) {
            harness.passTime(S);
            quotes(0, 1, 2);
            tradeNow(1);
            tradeNow(2);
        }
        newest(harness.takeProbes().getFirst(), last);
        pass(20, 1, 2);
        newest(harness.takeProbes().getFirst(), last + 9_000);
        pass(4, 1, 2);
        newest(harness.takeProbes().getFirst(), last + 12_000);
        assertThat(harness.count(Counter.STREAMS_DEAD)).isEqualTo(1);
        assertThat(events(0, EventKind.FEED_DOWN)).hasSize(1);

        harness.ackSent();
        pass(12, 1, 2);
        newest(harness.takeProbes().getFirst(), last + 20_000);
        pass(20, 1, 2);
        newest(harness.takeProbes().getFirst(), last + 30_000);
        pass(4, 1, 2);
        newest(harness.takeProbes().getFirst(), last + 31_000);
        assertThat(harness.renewals).as("dead again").hasSize(1);
    }

    @Test
    void shouldRenewALineOnWhichNothingComesThoughTheMarketTrades() {
        begin();
        harness.sink.clear();
        long last = tradeTimeMs();
        int seconds = 0;
        while (harness.renewals.isEmpty()) {
            harness.passTime(S);
            for (String url : harness.takeProbes()) {
                newest(url, last + 4_000);
            }
            assertThat(++seconds).isLessThan(20);
        }
        assertThat(harness.sink.events()).filteredOn(event -> event.kind() == EventKind.FEED_DOWN)
                .hasSize(3);
        assertThat(harness.sink.events()).filteredOn(event -> event.kind() == EventKind.BOOK_RESET)
                .hasSize(3);
        assertThat(harness.count(Counter.STREAMS_DEAD)).isEqualTo(6);
    }

    @Test
    void shouldLeaveRestAloneWhenItIsHeldBack() {
        begin();
        pass(31, 1, 2);
        harness.httpFailure(harness.takeProbes().getFirst(), 429);
        pass(59, 1, 2);
        assertThat(harness.takeProbes()).isEmpty();
        pass(3, 1, 2);
        assertThat(harness.takeProbes()).hasSize(1);
    }

    @Test
    void shouldJudgeNothingWhileTheLineIsRenewed() {
        begin();
        harness.on(1).connect();
        for (int i = 0; i < 60; i++) {
            harness.passTime(S);
        }
        assertThat(harness.takeProbes()).isEmpty();
        assertThat(harness.count(Counter.STREAMS_DEAD)).isZero();
        harness.on(0);
    }

    @Test
    void shouldAskOnceASecondAtMostOfAThousandInstruments() {
        harness.close();
        harness = feed(1000);
        for (int line = 0; line < harness.feed.lines(); line++) {
            harness.on(2 * line).connect();
        }
        harness.on(0);
        while (!harness.takeSent().isEmpty()) {
            // A window after the other is acknowledged.
        }
        int most = 0;
        for (int second = 0; second < 120; second++) {
            harness.ackSent();
            for (int i = 0; i < 10; i++) {
                harness.passTime(100 * MS);
            }
            List<String> asked = harness.takeProbes();
            most = Math.max(most, asked.size());
            asked.forEach(url -> newest(url, 1));
        }
        assertThat(most).isEqualTo(1);
    }

    /** Everything is there, with a trade and a book. */
    private void begin() {
        harness.ackSent();
        for (int i = 0; i < 3; i++) {
            trade(i);
            snapshot(i);
        }
    }

    private void pass(int seconds, int... alive) {
        for (int i = 0; i < seconds; i++) {
            harness.passTime(S);
            for (int index : alive) {
                tradeNow(index);
                snapshot(index);
            }
            snapshot(0);
        }
    }

    private void quotes(int... indices) {
        for (int index : indices) {
            snapshot(index);
        }
    }

    private long tradeTimeMs() {
        return harness.nowNs / MS;
    }

    private void tradeNow(int index) {
        trade(index);
    }

    private void trade(int index) {
        trade(index, harness.nowNs / MS);
    }

    private void trade(int index, long ms) {
        harness.frame("{\"topic\":\"publicTrade.S" + index
                + "USDT\",\"type\":\"snapshot\",\"ts\":" + ms + ",\"data\":[{\"T\":" + ms
                + ",\"s\":\"S" + index + "USDT\",\"S\":\"Buy\",\"v\":\"1\",\"p\":\"10.5\",\"L\":"
                + "\"PlusTick\",\"i\":\"20f43950-d8dd-5b31-9112-"
                + String.format(java.util.Locale.ROOT, "%012x", nextTrade++)
                + "\",\"BT\":false,\"RPI\":false,\"seq\":1783284617}]}");
    }

    private void snapshot(int index) {
        long ms = harness.nowNs / MS;
        harness.frame("{\"topic\":\"orderbook.200.S" + index
                + "USDT\",\"type\":\"snapshot\",\"ts\":" + ms + ",\"data\":{\"s\":\"S" + index
                + "USDT\",\"b\":[[\"10.4\",\"1\"]],\"a\":[[\"10.6\",\"2\"]],\"u\":" + updateId++
                + ",\"seq\":7961638724},\"cts\":" + ms + "}");
    }

    private void newest(String url, long timeMs) {
        harness.http(url, "{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{\"category\":\"linear\","
                + "\"list\":[{\"execId\":\"x\",\"symbol\":\"x\",\"price\":\"1\",\"size\":\"1\","
                + "\"side\":\"Buy\",\"time\":\"" + timeMs + "\",\"isBlockTrade\":false}]}}");
    }

    private void ack(String request) {
        harness.frame("{\"success\":true,\"ret_msg\":\"\",\"conn_id\":\"c\",\"req_id\":\""
                + id(request) + "\",\"op\":\"subscribe\"}");
    }

    private void nack(String request, String words) {
        harness.frame("{\"success\":false,\"ret_msg\":\"" + words
                + "\",\"conn_id\":\"c\",\"req_id\":\"" + id(request)
                + "\",\"op\":\"subscribe\"}");
    }

    private static String id(String request) {
        return request.replaceAll(".*\"req_id\":\"(\\d+)\".*", "$1");
    }

    private static List<String> topics(String request) {
        return List.of(request.replaceAll(".*\"args\":\\[\"(.*)\"\\].*", "$1").split("\",\"", -1));
    }

    private static List<String> about(List<String> requests, String what) {
        return requests.stream().filter(text -> text.contains(what)).toList();
    }

    private List<String> kinds(int instrument) {
        return harness.sink.events().stream().filter(event -> isOf(event, instrument))
                .map(event -> EventKind.name(event.kind())).toList();
    }

    private List<MarketEvent> events(int instrument, byte kind) {
        return harness.sink.events().stream()
                .filter(event -> isOf(event, instrument) && event.kind() == kind).toList();
    }

    private static boolean isOf(MarketEvent event, int instrument) {
        return event.instrumentId() == instrument && event.kind() != EventKind.CLOCK
                && event.kind() != EventKind.INSTRUMENT;
    }

    private static FeedHarness feed(int instruments) {
        List<Instrument> definitions = IntStream.range(0, instruments)
                .mapToObj(i -> InstrumentSource.of(Venue.BYBIT_LINEAR, "S" + i + "USDT",
                        new BigDecimal("0.1"), new BigDecimal("0.1"), "S" + i, "USDT"))
                .toList();
        BybitSettings settings = new BybitSettings(
                definitions.stream().map(Instrument::symbol).toList(), 200, 64, 1 << 16);
        FeedHarness harness = new FeedHarness(
                ports -> new BybitFeed(Venue.BYBIT_LINEAR, ports, settings, definitions),
                Math.max(64, instruments));
        harness.isAcknowledging = false;
        return harness;
    }
}
