package com.waickoff.venue.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.venue.Venue;
import com.waickoff.venue.recording.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinanceServedTest {
    private static final Venue SPOT = Venue.BINANCE_SPOT;
    private static final Venue USDM = Venue.BINANCE_USDM;
    /** A window of weights whose edge no test meets. */
    private static final int NO_EDGE_S = 1_000_000;

    @ParameterizedTest
    @CsvSource({"BINANCE_SPOT, /stream?streams=btcusdt@trade/ethusdt@trade",
            "BINANCE_USDM, /public/stream?streams=btcusdt@trade/ethusdt@trade",
            "BINANCE_USDM, /stream?streams=btcusdt@trade/ethusdt@trade"})
    void shouldWrapWithTheStreamsName(Venue venue, String path) throws IOException {
        try (VenueServer server = open(venue);
                RawClient client = new RawClient(server.port(),
                        path)) {
            List<String> streams = new ArrayList<>();
            while (!(streams.contains("btcusdt@trade") && streams.contains("ethusdt@trade"))) {
                Json frame = Json.parse(client.next().text());
                streams.add(frame.get("stream").value());
                assertThat(frame.get("data").get("e").value()).isEqualTo("trade");
            }
            assertThat(streams).containsOnly("btcusdt@trade", "ethusdt@trade");
        }
    }

    @ParameterizedTest
    @CsvSource({"BINANCE_SPOT, /ws/btcusdt@trade", "BINANCE_USDM, /public/ws/btcusdt@trade",
            "BINANCE_USDM, /ws/btcusdt@trade", "BINANCE_USDM, /market/ws/btcusdt@aggTrade"})
    void shouldSendBarePayloads(Venue venue, String path) throws IOException {
        try (VenueServer server = open(venue);
                RawClient client = new RawClient(server.port(),
                        path)) {
            Json frame = Json.parse(client.next().text());

            assertThat(frame.has("stream")).isFalse();
            assertThat(frame.get("e").value() + frame.get("s").value())
                    .isIn("tradeBTCUSDT", "aggTradeBTCUSDT");
        }
    }

    @Test
    void shouldSubscribeAndListAndUnsubscribe() throws IOException {
        try (VenueServer server = open(SPOT);
                RawClient client = new RawClient(server.port(), "/ws")) {
            assertThat(answer(client, "SUBSCRIBE", "[\"btcusdt@trade\",\"ethusdt@depth\"]", "1"))
                    .isEqualTo("{\"result\":null,\"id\":1}");
            assertThat(answer(client, "UNSUBSCRIBE", "[\"btcusdt@trade\"]", "\"two\""))
                    .isEqualTo("{\"result\":null,\"id\":\"two\"}");
            assertThat(answer(client, "LIST_SUBSCRIPTIONS", null, "3"))
                    .isEqualTo("{\"result\":[\"ethusdt@depth\"],\"id\":3}");
            assertThat(Json.parse(client.next().text()).get("s").value()).isEqualTo("ETHUSDT");
        }
    }

    @Test
    void shouldChangeBetweenRawAndCombined() throws IOException {
        try (VenueServer server = open(USDM);
                RawClient client = new RawClient(server.port(), "/public/ws")) {
            assertThat(answer(client, "GET_PROPERTY", "[\"combined\"]", "1"))
                    .isEqualTo("{\"result\":false,\"id\":1}");
            assertThat(answer(client, "SET_PROPERTY", "[\"combined\",true]", "2"))
                    .isEqualTo("{\"result\":null,\"id\":2}");
            assertThat(answer(client, "GET_PROPERTY", "[\"combined\"]", "3"))
                    .isEqualTo("{\"result\":true,\"id\":3}");
            assertThat(answer(client, "SUBSCRIBE", "[\"btcusdt@bookTicker\"]", "4"))
                    .isEqualTo("{\"result\":null,\"id\":4}");
            assertThat(Json.parse(client.next().text()).get("stream").value())
                    .isEqualTo("btcusdt@bookTicker");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "no json | 3", "{\"method\":\"SUBSCRIBE\",\"params\":[\"a\"]} | 2",
            "{\"method\":\"SUBSCRIBE\",\"params\":[\"a\"],\"id\":1.5} | 2",
            "{\"method\":\"SUBSCRIBE\",\"params\":\"a\",\"id\":1} | 2",
            "{\"method\":\"SUBSCRIBE\",\"params\":[1],\"id\":1} | 2",
            "{\"method\":\"DANCE\",\"id\":1} | 2", "[] | 2",
            "{\"method\":\"SET_PROPERTY\",\"params\":[\"colour\",true],\"id\":1} | 0",
            "{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",1],\"id\":1} | 1",
            "{\"method\":\"GET_PROPERTY\",\"params\":[7],\"id\":1} | 2"})
    void shouldSayWhatIsWrong(String request, String code) throws IOException {
        try (VenueServer server = open(SPOT);
                RawClient client = new RawClient(server.port(), "/ws")) {
            Json error = Json.parse(client.send(request).next().text());

            assertThat(error.get("code").value()).isEqualTo(code);
            assertThat(error.get("msg").value()).isNotEmpty();
            assertThat(answer(client, "LIST_SUBSCRIPTIONS", null, "null"))
                    .isEqualTo("{\"result\":[],\"id\":null}");
        }
    }

    @ParameterizedTest
    @CsvSource({"/public/stream, btcusdt@aggTrade, btcusdt@trade",
            "/stream, btcusdt@aggTrade, btcusdt@trade",
            "/market/stream, btcusdt@trade, btcusdt@aggTrade",
            "/public/stream, nopeusdt@trade, btcusdt@trade"})
    void shouldAcknowledgeAndNeverDeliverWhatComesAnotherWay(String path, String silent,
            String flowing) throws IOException {
        try (VenueServer server = open(USDM);
                RawClient client = new RawClient(server.port(), path)) {
            assertThat(answer(client, "SUBSCRIBE", "[\"" + silent + "\",\"" + flowing + "\"]",
                    "1")).isEqualTo("{\"result\":null,\"id\":1}");
            for (int i = 0; i < 100; i++) {
                assertThat(Json.parse(client.next().text()).get("stream").value())
                        .isEqualTo(flowing);
            }
            client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":2}");
            String list = client.next().text();
            while (!list.contains("result")) {
                list = client.next().text();
            }
            assertThat(list).contains(silent).contains(flowing);
        }
    }

    @Test
    void shouldLimitTheStreamsOfAConnection() throws IOException {
        VenueLimits limits = VenueLimits.of(SPOT).withStreamsPerConnection(2);
        try (VenueServer server = open(SPOT, limits);
                RawClient client = new RawClient(server.port(), "/ws")) {
            assertThat(answer(client, "SUBSCRIBE", "[\"a@x\",\"b@x\",\"c@x\"]", "1"))
                    .contains("\"code\":2").contains("\"id\":1");
            assertThat(answer(client, "SUBSCRIBE", "[\"a@x\",\"b@x\"]", "2"))
                    .contains("\"result\":null");
        }
    }

    @Test
    void shouldCutWhoTalksTooMuch() throws IOException {
        try (VenueServer server = open(SPOT, VenueLimits.of(SPOT), VenueClock.still());
                RawClient client = new RawClient(server.port(), "/ws")) {
            for (int i = 1; i <= 6; i++) {
                client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":" + i + "}");
            }
            for (int i = 1; i <= 5; i++) {
                assertThat(client.next().text()).contains("\"id\":" + i);
            }
            assertThat(client.next(RawClient.CLOSE).closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void shouldPingAndTakeThePongWithItsPayloadOnly() throws IOException {
        VenueLimits limits = VenueLimits.of(SPOT).withPings(50, 1_500).withMessagesPerSecond(0);
        VenueClock clock = VenueClock.still();
        try (VenueServer server = open(SPOT, limits, clock);
                RawClient good = new RawClient(server.port(), "/ws");
                RawClient wrong = new RawClient(server.port(), "/ws");
                RawClient mute = new RawClient(server.port(), "/ws")) {
            TestClient.await(() -> server.counts().connections() == 3); // no time passes before
            for (int i = 0; i < 5; i++) {
                clock.pass(Duration.ofMillis(400));
                RawClient.Received ping = good.next(RawClient.PING);
                assertThat(ping.text()).matches("\\d{13,}");
                good.send(RawClient.PONG, ping.payload());
                wrong.send(RawClient.PONG, "other".getBytes(StandardCharsets.US_ASCII));
                int answered = i + 1;
                TestClient.await(() -> server.counts().pongs().count() == answered);
            }
            assertThat(wrong.next(RawClient.CLOSE).closeCode()).isEqualTo(1008);
            assertThat(mute.next(RawClient.CLOSE).closeCode()).isEqualTo(1008);
            clock.pass(Duration.ofMillis(400));
            assertThat(good.next().opcode()).isEqualTo(RawClient.PING);
        }
    }

    @Test
    void shouldAnswerAClientsPing() throws IOException {
        try (VenueServer server = open(USDM);
                RawClient client = new RawClient(server.port(), "/ws")) {
            client.send(RawClient.PING, "hello".getBytes(StandardCharsets.US_ASCII));

            assertThat(client.next(RawClient.PONG).text()).isEqualTo("hello");
        }
    }

    @Test
    void shouldEndEveryConnectionAtItsAge() throws IOException {
        try (VenueServer server = open(SPOT, VenueLimits.of(SPOT).withLifetimeMs(200));
                RawClient client = new RawClient(server.port(), "/ws")) {
            assertThat(client.next(RawClient.CLOSE).closeCode()).isEqualTo(1001);
        }
    }

    @Test
    void shouldEndAsTheClientEnds() throws IOException {
        try (VenueServer server = open(SPOT);
                RawClient client = new RawClient(server.port(), "/ws")) {
            client.send(RawClient.CLOSE, new byte[]{3, (byte) 0xe8});

            assertThat(client.next(RawClient.CLOSE).closeCode()).isEqualTo(1000);
            TestClient.await(() -> server.counts().connections() == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"BINANCE_SPOT, depth", "BINANCE_SPOT, depth@100ms", "BINANCE_USDM, depth@0ms",
            "BINANCE_USDM, depth", "BINANCE_USDM, depth@100ms"})
    void shouldAnswerABookThatJoinsTheDifferences(Venue venue, String depth) throws Exception {
        boolean spot = venue == SPOT;
        try (VenueServer server = open(venue);
                RawClient client = new RawClient(server.port(),
                        "/stream?streams=btcusdt@" + depth)) {
            List<Json> differences = new ArrayList<>();
            differences.add(Json.parse(client.next().text()).get("data"));
            Json answer = Json.parse(TestClient.body(server.httpUri(
                    rest(venue) + "depth?symbol=BTCUSDT&limit=1000")));
            long lastId = longOf(answer, "lastUpdateId");
            while (longOf(differences.getLast(), "u") <= lastId) {
                differences.add(Json.parse(client.next().text()).get("data"));
            }
            Json first = differences.stream().filter(difference -> spot
                    ? longOf(difference, "u") > lastId
                    : longOf(difference, "u") >= lastId).findFirst().orElseThrow();

            assertThat(lastId).isGreaterThanOrEqualTo(longOf(differences.getFirst(), "U") - 1);
            assertThat(longOf(first, "U")).isLessThanOrEqualTo(spot ? lastId + 1 : lastId);
            assertThat(answer.get("bids").list()).hasSizeGreaterThan(200);
            assertThat(answer.has("E")).isEqualTo(!spot);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "BINANCE_.*", mode = EnumSource.Mode.MATCH_ALL)
    void shouldAnswerAsManyLevelsAsAsked(Venue venue) throws Exception {
        try (VenueServer server = open(venue)) {
            TestClient.await(() -> server.counts().played() > 100);
            Json few = Json.parse(TestClient.body(server.httpUri(
                    rest(venue) + "depth?limit=5&symbol=" + second(venue))));
            Json usual = Json.parse(TestClient.body(server.httpUri(
                    rest(venue) + "depth?symbol=" + second(venue))));

            assertThat(few.get("bids").list()).hasSize(5);
            assertThat(usual.get("asks").list()).hasSizeBetween(100, venue == SPOT ? 100 : 500);
        }
    }

    @Test
    void shouldTellTickAndStepOfSpotWithEightDecimals() throws Exception {
        try (VenueServer server = open(SPOT)) {
            Json info = Json.parse(TestClient.body(server.httpUri(
                    "/api/v3/exchangeInfo?symbols=%5B%22ETHUSDT%22%5D")));
            Json symbol = info.get("symbols").list().getFirst();

            assertThat(info.get("symbols").list()).hasSize(1);
            assertThat(symbol.get("symbol").value()).isEqualTo("ETHUSDT");
            assertThat(symbol.get("baseAsset").value()).isEqualTo("ETH");
            assertThat(filter(symbol, "PRICE_FILTER", "tickSize")).isEqualTo("0.01000000");
            assertThat(filter(symbol, "LOT_SIZE", "stepSize")).isEqualTo("0.00010000");
            assertThat(TestClient.get(server.httpUri("/api/v3/exchangeInfo?symbol=NOPE"))
                    .statusCode()).isEqualTo(400);
        }
    }

    @Test
    void shouldTellAllOfUsdmWhateverIsAsked() throws Exception {
        try (VenueServer server = VenueServer.builder(source(USDM)).fillerListings(3).open()) {
            Json info = Json.parse(TestClient.body(server.httpUri(
                    "/fapi/v1/exchangeInfo?symbol=BTCUSDT")));

            assertThat(info.get("symbols").list()).hasSize(5);
            assertThat(filter(info.get("symbols").list().getFirst(), "PRICE_FILTER", "tickSize"))
                    .isEqualTo("0.10");
            assertThat(info.get("rateLimits").list().getFirst().get("limit").value())
                    .isEqualTo("2400");
        }
    }

    @ParameterizedTest
    @EnumSource(names = "BINANCE_.*", mode = EnumSource.Mode.MATCH_ALL)
    void shouldRepeatTradesByNumber(Venue venue) throws Exception {
        try (VenueServer server = open(venue);
                RawClient client = new RawClient(server.port(), "/ws/" + stream(venue, "@trade"))) {
            List<Json> told = new ArrayList<>();
            while (told.size() < 60) {
                Json trade = Json.parse(client.next().text());
                // Prints that are no trades of the book are not repeated.
                if (!trade.has("X") || trade.get("X").value().matches("MARKET|RPI")) {
                    told.add(trade);
                }
            }
            Json tenth = told.get(10);
            List<Json> trades = Json.parse(TestClient.body(server.httpUri(rest(venue)
                    + "historicalTrades?limit=20&symbol=" + first(venue) + "&fromId="
                    + tenth.get("t").value()), "X-MBX-APIKEY", "any")).list();
            List<Json> newest = Json.parse(TestClient.body(server.httpUri(rest(venue)
                    + "trades?limit=7&symbol=" + first(venue)))).list();

            assertThat(trades).hasSize(20);
            for (int i = 0; i < trades.size(); i++) {
                Json trade = told.get(10 + i);
                assertThat(trades.get(i).get("id")).isEqualTo(trade.get("t"));
                assertThat(trades.get(i).get("price")).isEqualTo(trade.get("p"));
                assertThat(trades.get(i).get("qty")).isEqualTo(trade.get("q"));
                assertThat(trades.get(i).get("time")).isEqualTo(trade.get("T"));
                assertThat(trades.get(i).get("isBuyerMaker")).isEqualTo(trade.get("m"));
            }
            assertThat(newest).hasSize(7);
            assertThat(longOf(newest.getLast(), "id"))
                    .isGreaterThanOrEqualTo(longOf(told.getLast(), "t"));
        }
    }

    @Test
    void shouldAskForAKeyWhereFuturesDo() throws Exception {
        try (VenueServer server = open(USDM)) {
            assertThat(TestClient.get(server.httpUri(
                    "/fapi/v1/historicalTrades?symbol=BTCUSDT")).statusCode()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "BINANCE_.*", mode = EnumSource.Mode.MATCH_ALL)
    void shouldRepeatAggregatesByNumberAndTime(Venue venue) throws Exception {
        String path = venue == USDM ? "/market/ws" : "/ws";
        try (VenueServer server = open(venue);
                RawClient client = new RawClient(server.port(),
                        path + "/" + stream(venue, "@aggTrade"))) {
            List<Json> told = new ArrayList<>();
            while (told.size() < 40) {
                told.add(Json.parse(client.next().text()));
            }
            shouldRepeat(server, venue, told);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "BINANCE_.*", mode = EnumSource.Mode.MATCH_ALL)
    void shouldMakeAggregatesWhereNoneAreTold(Venue venue) throws Exception {
        SyntheticSource source = SyntheticSource.builder(venue, 33).fewStreams().build();
        PlaySettings play = PlaySettings.standard().withSpeed(20).startingOnFirstSubscription();
        try (VenueServer server = VenueServer.builder(source).play(play).open();
                RawClient client = new RawClient(server.port(), "/ws/" + stream(venue, "@trade"))) {
            Map<Long, Json> told = new TreeMap<>();
            while (told.size() < 200) {
                Json trade = Json.parse(client.next().text());
                if (!trade.has("X") || trade.get("X").value().matches("MARKET|RPI")) {
                    told.put(longOf(trade, "t"), trade);
                }
            }
            List<Json> aggregates = Json.parse(TestClient.body(server.httpUri(rest(venue)
                    + "aggTrades?limit=1000&fromId=0&symbol=" + first(venue)))).list();
            long number = longOf(aggregates.getFirst(), "a");
            int whole = 0;
            for (Json aggregate : aggregates) {
                assertThat(longOf(aggregate, "a")).isEqualTo(number++);
                if (told.containsKey(longOf(aggregate, "l"))) {
                    shouldSumUp(aggregate, told);
                    whole++;
                }
            }

            assertThat(whole).isBetween(20, 199);
        }
    }

    private static void shouldSumUp(Json aggregate, Map<Long, Json> told) {
        BigDecimal sum = BigDecimal.ZERO;
        for (long id = longOf(aggregate, "f"); id <= longOf(aggregate, "l"); id++) {
            Json fill = told.get(id);
            if (fill != null) {
                assertThat(fill.get("p")).isEqualTo(aggregate.get("p"));
                assertThat(fill.get("T")).isEqualTo(aggregate.get("T"));
                assertThat(fill.get("m")).isEqualTo(aggregate.get("m"));
                sum = sum.add(new BigDecimal(fill.get("q").value()));
            }
        }
        assertThat(new BigDecimal(aggregate.get("q").value())).isEqualByComparingTo(sum);
    }

    @ParameterizedTest
    @ValueSource(strings = {"depth", "trades", "historicalTrades", "aggTrades"})
    void shouldRefuseUnknownSymbols(String name) throws Exception {
        try (VenueServer server = open(SPOT)) {
            HttpResponse<String> unknown = TestClient
                    .get(server.httpUri("/api/v3/" + name + "?symbol=NOPE"));
            HttpResponse<String> none = TestClient.get(server.httpUri("/api/v3/" + name));

            assertThat(unknown.statusCode()).isEqualTo(400);
            assertThat(unknown.body()).contains("-1121");
            assertThat(none.statusCode()).isEqualTo(400);
            assertThat(none.body()).contains("-1102");
        }
    }

    @Test
    void shouldWeighRequestsAndBanWhoGoesOn() throws Exception {
        VenueLimits limits = VenueLimits.of(SPOT).withRestWeight(100, NO_EDGE_S);
        try (VenueServer server = open(SPOT, limits)) {
            List<Integer> statuses = new ArrayList<>();
            List<String> weights = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                HttpResponse<String> response = TestClient
                        .get(server.httpUri("/api/v3/depth?symbol=BTCUSDT&limit=1000"));
                statuses.add(response.statusCode());
                weights.add(response.headers().firstValue("X-MBX-USED-WEIGHT-1M").orElseThrow());
                if (response.statusCode() != 200) {
                    assertThat(response.headers().firstValue("Retry-After")).isPresent();
                }
            }

            assertThat(statuses).containsExactly(200, 200, 429, 418);
            assertThat(weights).containsExactly("50", "100", "150", "200");
        }
    }

    @Test
    void shouldTurnAwayWhoConnectsTooOften() throws IOException {
        VenueLimits limits = VenueLimits.of(USDM).withConnectsPerFiveMinutes(2);
        try (VenueServer server = open(USDM, limits);
                RawClient first = new RawClient(server.port(), "/public/stream");
                RawClient second = new RawClient(server.port(), "/market/ws");
                RawClient third = new RawClient(server.port(), "/ws")) {
            assertThat(first.status()).startsWith("HTTP/1.1 101");
            assertThat(second.status()).startsWith("HTTP/1.1 101");
            assertThat(third.status()).startsWith("HTTP/1.1 429").contains("retry-after");
        }
    }

    @ParameterizedTest
    @CsvSource({"BINANCE_SPOT, /public/stream", "BINANCE_USDM, /private/ws",
            "BINANCE_SPOT, /v5/public/linear", "BINANCE_SPOT, /"})
    void shouldKnowNoOtherDoor(Venue venue, String path) throws IOException {
        try (VenueServer server = open(venue);
                RawClient client = new RawClient(server.port(), path)) {
            assertThat(client.status()).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void shouldAnswerPingAndTimeAndNothingElse() throws Exception {
        try (VenueServer server = open(SPOT)) {
            assertThat(TestClient.body(server.httpUri("/api/v3/ping"))).isEqualTo("{}");
            assertThat(TestClient.body(server.httpUri("/api/v3/time")))
                    .matches("\\{\"serverTime\":\\d{13}}");
            assertThat(TestClient.get(server.httpUri("/api/v3/dance")).statusCode())
                    .isEqualTo(404);
            assertThat(TestClient.get(server.httpUri("/fapi/v1/time")).statusCode())
                    .isEqualTo(404);
        }
    }

    private static void shouldRepeat(VenueServer server, Venue venue, List<Json> told)
            throws Exception {
        List<Json> byId = Json.parse(TestClient.body(server.httpUri(rest(venue)
                + "aggTrades?limit=5&symbol=" + first(venue) + "&fromId="
                + told.get(3).get("a").value())))
                .list();
        String start = told.get(5).get("T").value();
        String end = told.get(30).get("T").value();
        List<Json> byTime = Json.parse(TestClient.body(server.httpUri(rest(venue)
                + "aggTrades?limit=1000&symbol=" + first(venue) + "&startTime=" + start
                + "&endTime=" + end)))
                .list();

        assertThat(byId).hasSize(5);
        for (int i = 0; i < byId.size(); i++) {
            for (String name : List.of("a", "p", "q", "f", "l", "T", "m")) {
                assertThat(byId.get(i).get(name)).isEqualTo(told.get(3 + i).get(name));
            }
        }
        assertThat(byTime.stream().map(aggregate -> longOf(aggregate, "T")))
                .allMatch(time -> time >= Long.parseLong(start) && time <= Long.parseLong(end))
                .contains(Long.parseLong(start), Long.parseLong(end));
    }

    private static SyntheticSource source(Venue venue) {
        return SyntheticSource.builder(venue, 31).build();
    }

    private static VenueServer open(Venue venue) throws IOException {
        return open(venue, VenueLimits.of(venue));
    }

    private static VenueServer open(Venue venue, VenueLimits limits) throws IOException {
        return open(venue, limits, VenueClock.OF_THE_MACHINE);
    }

    private static VenueServer open(Venue venue, VenueLimits limits, VenueClock clock)
            throws IOException {
        return VenueServer.builder(source(venue)).limits(limits)
                .play(PlaySettings.standard().withSpeed(20).withClock(clock)).open();
    }

    private static String first(Venue venue) {
        return venue.listings().getFirst().symbol();
    }

    private static String second(Venue venue) {
        return venue.listings().get(1).symbol();
    }

    private static String stream(Venue venue, String name) {
        return first(venue).toLowerCase(Locale.ROOT) + name;
    }

    private static String rest(Venue venue) {
        return BinanceRest.prefix(venue);
    }

    /** Sends a request and takes its answer; market data may come before it. */
    private static String answer(RawClient client, String method, String params, String id)
            throws IOException {
        client.send("{\"method\":\"" + method + "\"" + (params == null ? "" : ",\"params\":"
                + params) + ",\"id\":" + id + "}");
        String text = client.next().text();
        while (!text.contains("\"id\":" + id)) {
            text = client.next().text();
        }
        return text;
    }

    private static String filter(Json symbol, String type, String name) {
        return symbol.get("filters").list().stream()
                .filter(filter -> filter.get("filterType").value().equals(type)).findFirst()
                .orElseThrow().get(name).value();
    }

    private static long longOf(Json json, String name) {
        return Long.parseLong(json.get(name).value());
    }
}
