package com.waickoff.venue.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.venue.Venue;
import com.waickoff.venue.recording.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BybitServedTest {
    private static final String PATH = "/v5/public/linear";

    private VenueServer server;

    @BeforeEach
    void open() throws IOException {
        server = open(VenueLimits.of(Venue.BYBIT_LINEAR));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void shouldAcknowledgeWithTheRequestsId() throws IOException {
        try (RawClient client = new RawClient(server.port(), PATH)) {
            client.send("{\"req_id\":\"a-7\",\"op\":\"subscribe\","
                    + "\"args\":[\"publicTrade.BTCUSDT\",\"tickers.BTCUSDT\"]}");
            Json answer = Json.parse(client.next().text());

            assertThat(keys(answer)).isEqualTo("success,ret_msg,conn_id,req_id,op");
            assertThat(answer.get("success").value()).isEqualTo("true");
            assertThat(answer.get("ret_msg").value()).isEmpty();
            assertThat(answer.get("req_id").value()).isEqualTo("a-7");
            assertThat(answer.get("op").value()).isEqualTo("subscribe");
        }
    }

    @Test
    void shouldAnswerPingsInText() throws IOException {
        try (RawClient client = new RawClient(server.port(), PATH)) {
            Json pong = Json.parse(client.send("{\"op\":\"ping\",\"req_id\":\"9\"}").next().text());
            Json second = Json.parse(client.send("{\"op\":\"ping\"}").next().text());

            assertThat(pong.get("success").value()).isEqualTo("true");
            assertThat(pong.get("ret_msg").value()).isEqualTo("pong");
            assertThat(pong.get("op").value()).isEqualTo("ping");
            assertThat(pong.get("req_id").value()).isEqualTo("9");
            assertThat(second.get("req_id").value()).isEmpty();
            assertThat(second.get("conn_id")).isEqualTo(pong.get("conn_id"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"publicTrade.NOPEUSDT", "orderbook.500.BTCUSDT", "nonsense"})
    void shouldRefuseTheWholeRequestForOneUnknownTopic(String topic) throws IOException {
        try (RawClient client = new RawClient(server.port(), PATH)) {
            Json answer = subscribe(client, "publicTrade.BTCUSDT", topic);
            Json again = subscribe(client, "publicTrade.BTCUSDT");
            Json twice = answerOf(client, "subscribe", "publicTrade.BTCUSDT");

            assertThat(answer.get("success").value()).isEqualTo("false");
            assertThat(answer.get("ret_msg").value())
                    .isEqualTo("error:handler not found,topic:" + topic);
            assertThat(again.get("success").value()).isEqualTo("true");
            assertThat(twice.get("success").value()).isEqualTo("false");
            assertThat(twice.get("ret_msg").value())
                    .isEqualTo("error:already subscribed,topic:publicTrade.BTCUSDT");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "{\"op\":\"dance\"}", "{\"op\":\"subscribe\",\"args\":[]}",
            "{\"op\":\"subscribe\"}", "[]", "{\"op\":{}}"})
    void shouldSurviveNonsense(String text) throws IOException {
        try (RawClient client = new RawClient(server.port(), PATH)) {
            Json answer = Json.parse(client.send(text).next().text());
            Json pong = Json.parse(client.send("{\"op\":\"ping\"}").next().text());

            assertThat(answer.get("success").value()).isEqualTo("false");
            assertThat(pong.get("ret_msg").value()).isEqualTo("pong");
        }
    }

    @Test
    void shouldLimitTheLettersOfAllTopics() throws IOException {
        try (VenueServer small = open(VenueLimits.of(Venue.BYBIT_LINEAR).withArgsCharacters(40));
                RawClient client = new RawClient(small.port(), PATH)) {
            assertThat(subscribe(client, "publicTrade.BTCUSDT").get("success").value())
                    .isEqualTo("true");
            assertThat(answerOf(client, "subscribe", "orderbook.1000.BTCUSDT").get("success")
                    .value()).isEqualTo("false");
            assertThat(answerOf(client, "unsubscribe", "publicTrade.BTCUSDT").get("success")
                    .value()).isEqualTo("true");
            assertThat(answerOf(client, "subscribe", "orderbook.1000.BTCUSDT").get("success")
                    .value()).isEqualTo("true");
        }
    }

    @Test
    void shouldStopWhatIsUnsubscribed() throws IOException {
        try (RawClient client = new RawClient(server.port(), PATH)) {
            var _ = subscribe(client, "orderbook.50.BTCUSDT");
            while (!client.next().text().contains("orderbook.50.BTCUSDT")) {
                // Until it flows.
            }
            var _ = answerOf(client, "unsubscribe", "orderbook.50.BTCUSDT");
            var _ = answerOf(client, "subscribe", "orderbook.50.ETHUSDT");
            for (int i = 0; i < 50; i++) {
                assertThat(client.next().text()).contains("orderbook.50.ETHUSDT");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 200, 1_000})
    void shouldBeginEveryBookWithASnapshotWheneverOneComes(int depth) throws IOException {
        String topic = "orderbook." + depth + ".BTCUSDT";
        try (RawClient first = new RawClient(server.port(), PATH);
                RawClient late = new RawClient(server.port(), PATH)) {
            var _ = subscribe(first, topic);
            TestBook told = new TestBook();
            for (int i = 0; i < 20; i++) {
                told.apply(Json.parse(first.next().text()));
            }
            var _ = subscribe(late, topic);
            TestBook toldLate = new TestBook();
            for (int i = 0; i < 10; i++) {
                toldLate.apply(Json.parse(late.next().text()));
            }
            while (told.lastId < toldLate.lastId) {
                told.apply(Json.parse(first.next().text()));
            }

            assertThat(toldLate.bids).isEqualTo(told.bids).hasSizeLessThanOrEqualTo(depth);
            assertThat(toldLate.asks).isEqualTo(told.asks);
            assertThat(told.levels()).isGreaterThan(depth == 1 ? 1 : 80);
        }
    }

    @Test
    void shouldCutWhoSaysNothing() throws IOException {
        try (VenueServer strict = open(VenueLimits.of(Venue.BYBIT_LINEAR).withSilenceMs(300));
                RawClient silent = new RawClient(strict.port(), PATH)) {
            assertThat(silent.next(RawClient.CLOSE).closeCode()).isEqualTo(1001);
        }
    }

    @Test
    void shouldNotCutWhoPings() throws IOException {
        VenueClock clock = VenueClock.still();
        try (VenueServer strict = open(VenueLimits.of(Venue.BYBIT_LINEAR).withSilenceMs(2_000),
                clock);
                RawClient silent = new RawClient(strict.port(), PATH);
                RawClient lively = new RawClient(strict.port(), PATH)) {
            TestClient.await(() -> strict.counts().connections() == 2); // no time passes before
            for (int i = 0; i < 2; i++) {
                clock.pass(Duration.ofMillis(1_200));
                assertThat(lively.send("{\"op\":\"ping\"}").next().text()).contains("pong");
            }
            assertThat(silent.next(RawClient.CLOSE).closeCode()).isEqualTo(1001);
            assertThat(lively.send("{\"op\":\"ping\"}").next().text()).contains("pong");
        }
    }

    @Test
    void shouldTellItsTime() throws Exception {
        Json answer = rest("/v5/market/time");
        String seconds = answer.get("result").get("timeSecond").value();

        assertThat(answer.get("retCode").value()).isEqualTo("0");
        assertThat(answer.get("result").get("timeNano").value()).startsWith(seconds).hasSize(19);
    }

    @Test
    void shouldListInPages() throws Exception {
        try (VenueServer large = VenueServer.builder(source()).fillerListings(1_300).open()) {
            List<String> symbols = new ArrayList<>();
            List<Integer> sizes = new ArrayList<>();
            String cursor = "";
            do {
                Json result = Json.parse(TestClient.body(large.httpUri(
                        "/v5/market/instruments-info?category=linear&limit=1000&cursor=" + cursor)))
                        .get("result");
                List<Json> list = result.get("list").list();
                sizes.add(list.size());
                list.forEach(item -> symbols.add(item.get("symbol").value()));
                cursor = result.get("nextPageCursor").value();
            } while (!cursor.isEmpty());

            assertThat(sizes).containsExactly(1_000, 304);
            assertThat(symbols).doesNotHaveDuplicates().contains("BTCUSDT", "FILL1299USDT");
        }
    }

    @ParameterizedTest
    @CsvSource({"BTCUSDT, 0.10, 0.001, BTC", "DOGEUSDT, 0.00001, 1, DOGE"})
    void shouldTellTickAndStep(String symbol, String tick, String step, String base)
            throws Exception {
        List<Json> list = rest("/v5/market/instruments-info?category=linear&symbol=" + symbol)
                .get("result").get("list").list();

        assertThat(list).hasSize(1);
        Json item = list.getFirst();
        assertThat(item.get("priceFilter").get("tickSize").value()).isEqualTo(tick);
        assertThat(item.get("lotSizeFilter").get("qtyStep").value()).isEqualTo(step);
        assertThat(item.get("baseCoin").value()).isEqualTo(base);
        assertThat(item.get("quoteCoin").value()).isEqualTo("USDT");
    }

    @Test
    void shouldAnswerTheBookItHasTold() throws Exception {
        try (RawClient client = new RawClient(server.port(), PATH)) {
            var _ = subscribe(client, "orderbook.1000.BTCUSDT");
            TestBook told = new TestBook();
            told.apply(Json.parse(client.next().text()));
            Json result = rest("/v5/market/orderbook?category=linear&symbol=BTCUSDT&limit=1000")
                    .get("result");
            long id = Long.parseLong(result.get("u").value());
            while (told.lastId < id) {
                told.apply(Json.parse(client.next().text()));
            }

            assertThat(told.lastId).isEqualTo(id);
            assertThat(result.get("b").list().stream().map(Json::text).toList())
                    .isEqualTo(told.texts(true, 1_000));
            assertThat(result.get("a").list().stream().map(Json::text).toList())
                    .isEqualTo(told.texts(false, 1_000));
        }
        assertThat(rest("/v5/market/orderbook?category=linear&symbol=BTCUSDT&limit=3")
                .get("result").get("b").list()).hasSize(3);
        assertThat(rest("/v5/market/orderbook?category=linear&symbol=BTCUSDT").get("result")
                .get("a").list()).hasSize(25);
    }

    @Test
    void shouldTellTheNewestTradesFirst() throws Exception {
        // So short that all of it is among the newest, however late they are asked for.
        SyntheticSource minute = SyntheticSource.builder(Venue.BYBIT_LINEAR, 12)
                .length(Duration.ofMinutes(1)).build();
        server.close();
        server = VenueServer.builder(minute).play(PlaySettings.standard().withSpeed(20).holding()
                .startingOnFirstSubscription()).open();
        try (RawClient client = new RawClient(server.port(), PATH)) {
            var _ = subscribe(client, "publicTrade.BTCUSDT");
            List<String> told = new ArrayList<>();
            while (told.size() < 30) {
                Json.parse(client.next().text()).get("data").list()
                        .forEach(trade -> told.add(trade.get("i").value()));
            }
            List<String> answered = new ArrayList<>();
            for (Json trade : rest(
                    "/v5/market/recent-trade?category=linear&symbol=BTCUSDT&limit=1000")
                    .get("result").get("list").list()) {
                answered.addFirst(trade.get("execId").value());
                assertThat(trade.get("side").value()).isIn("Buy", "Sell");
            }

            assertThat(answered).containsSubsequence(told);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v5/market/orderbook?category=linear&symbol=NOPE",
            "/v5/market/orderbook?category=spot&symbol=BTCUSDT",
            "/v5/market/recent-trade?category=linear&symbol=NOPE",
            "/v5/market/instruments-info"})
    void shouldSayWhatIsWrongWithParameters(String path) throws Exception {
        assertThat(rest(path).get("retCode").value()).isEqualTo("10001");
    }

    @Test
    void shouldTurnAwayWhoAsksTooOften() throws Exception {
        try (VenueServer strict = open(
                VenueLimits.of(Venue.BYBIT_LINEAR).withRestWeight(2, 60), VenueClock.still())) {
            assertThat(TestClient.get(strict.httpUri("/v5/market/time")).statusCode())
                    .isEqualTo(200);
            assertThat(TestClient.get(strict.httpUri("/v5/market/time")).statusCode())
                    .isEqualTo(200);
            assertThat(TestClient.get(strict.httpUri("/v5/market/time")).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void shouldTurnAwayWhoConnectsTooOften() throws IOException {
        try (VenueServer strict = open(
                VenueLimits.of(Venue.BYBIT_LINEAR).withConnectsPerFiveMinutes(1));
                RawClient first = new RawClient(strict.port(), PATH);
                RawClient second = new RawClient(strict.port(), PATH)) {
            assertThat(first.status()).startsWith("HTTP/1.1 101");
            assertThat(second.status()).startsWith("HTTP/1.1 403");
            assertThat(strict.counts().refused()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v5/public/spot", "/ws", "/v5/public/linear/more"})
    void shouldKnowNoOtherDoor(String path) throws IOException {
        try (RawClient client = new RawClient(server.port(), path)) {
            assertThat(client.status()).startsWith("HTTP/1.1 404");
        }
    }

    private static SyntheticSource source() {
        return SyntheticSource.builder(Venue.BYBIT_LINEAR, 12).build();
    }

    private static VenueServer open(VenueLimits limits) throws IOException {
        return open(limits, VenueClock.OF_THE_MACHINE);
    }

    private static VenueServer open(VenueLimits limits, VenueClock clock) throws IOException {
        return VenueServer.builder(source()).limits(limits)
                .play(PlaySettings.standard().withSpeed(20).withClock(clock)).open();
    }

    private Json rest(String path) throws Exception {
        return Json.parse(TestClient.body(server.httpUri(path)));
    }

    /** Sends and takes the next frame for the answer. */
    private static Json subscribe(RawClient client, String... topics) throws IOException {
        client.send("{\"op\":\"subscribe\",\"args\":[\"" + String.join("\",\"", topics) + "\"]}");
        return Json.parse(client.next().text());
    }

    /** Sends and takes the next answer; market data may come before it. */
    private static Json answerOf(RawClient client, String operation, String topic)
            throws IOException {
        client.send("{\"op\":\"" + operation + "\",\"args\":[\"" + topic + "\"]}");
        Json answer = Json.parse(client.next().text());
        while (!answer.has("success")) {
            answer = Json.parse(client.next().text());
        }
        return answer;
    }

    private static String keys(Json json) {
        return String.join(",", ((Json.Members) json).byName().keySet());
    }

    /** A book that begins with a snapshot and follows without a gap. */
    private static final class TestBook {
        final TreeMap<String, String> bids = new TreeMap<>(BybitServedTest::compare);
        final TreeMap<String, String> asks = new TreeMap<>(BybitServedTest::compare);
        long lastId = -1;

        void apply(Json frame) {
            Json data = frame.get("data");
            long id = Long.parseLong(data.get("u").value());
            boolean snapshot = frame.get("type").value().equals("snapshot");
            assertThat(snapshot || lastId + 1 == id).as("%s after %s", id, lastId).isTrue();
            if (snapshot) {
                bids.clear();
                asks.clear();
            }
            lastId = id;
            data.get("b").list().forEach(level -> set(bids, level));
            data.get("a").list().forEach(level -> set(asks, level));
        }

        int levels() {
            return bids.size() + asks.size();
        }

        List<String> texts(boolean bid, int most) {
            return (bid ? bids.descendingMap() : asks).entrySet().stream().limit(most)
                    .map(e -> "[\"" + e.getKey() + "\",\"" + e.getValue() + "\"]").toList();
        }

        private static void set(TreeMap<String, String> side, Json level) {
            String price = level.list().getFirst().value();
            String size = level.list().get(1).value();
            if (size.equals("0")) {
                side.remove(price);
            } else {
                side.put(price, size);
            }
        }
    }

    private static int compare(String one, String other) {
        return new BigDecimal(one).compareTo(new BigDecimal(other));
    }
}
