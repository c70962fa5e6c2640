package com.waickoff.venue.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.venue.Venue;
import com.waickoff.venue.recording.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a venue says of what it lists, and what of it changes while it runs. */
class ServedListingsTest {
    private static final Venue SPOT = Venue.BINANCE_SPOT;

    @ParameterizedTest
    @EnumSource
    void shouldTellTurnoversByRankUntilToldOtherwise(Venue venue) throws Exception {
        try (VenueServer server = open(venue)) {
            String first = venue.listings().getFirst().symbol();
            String second = venue.listings().get(1).symbol();
            BigDecimal highest = turnover(server, venue, first);
            assertThat(highest).isGreaterThan(turnover(server, venue, second).multiply(
                    new BigDecimal("1.9")));

            server.order("turnover " + second + " 123456");
            assertThat(turnover(server, venue, second).doubleValue()).isCloseTo(123456,
                    Percentage.withPercentage(0.1));
            // Money of inverse contracts is told in coins.
            assertThat(turnover(server, venue, first)).isCloseTo(highest,
                    Percentage.withPercentage(0.1));
        }
    }

    @Test
    void shouldHoldBackWhatIsHaltedAndTellItLater() throws Exception {
        try (VenueServer server = open(SPOT);
                RawClient client = new RawClient(server.port(),
                        "/stream?streams=btcusdt@trade/ethusdt@trade")) {
            long last = 0;
            for (int i = 0; i < 20 || last == 0; i++) {
                last = Math.max(last, idOf(client.next().text(), "btcusdt@trade"));
            }
            server.order("halt BTCUSDT");
            assertThat(status(server, "BTCUSDT")).isEqualTo("HALT");
            assertThat(status(server, "ETHUSDT")).isEqualTo("TRADING");
            long played = server.counts().played();
            TestClient.await(() -> server.counts().played() > played + 200);
            server.order("resume BTCUSDT");
            assertThat(status(server, "BTCUSDT")).isEqualTo("TRADING");
            for (int i = 0; i < 60;) {
                long id = idOf(client.next().text(), "btcusdt@trade");
                if (id > 0) {
                    // Nothing is missing behind a halt.
                    assertThat(id).isEqualTo(++last);
                    i++;
                }
            }
        }
    }

    @Test
    void shouldForgetWhatIsDelisted() throws Exception {
        try (VenueServer server = open(SPOT);
                RawClient client = new RawClient(server.port(),
                        "/stream?streams=btcusdt@trade/ethusdt@trade")) {
            server.order("delist BTCUSDT");
            assertThat(symbols(server)).containsExactly("ETHUSDT");
            assertThat(TestClient.get(server.httpUri("/api/v3/depth?symbol=BTCUSDT")).statusCode())
                    .isEqualTo(400);
            client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}");
            while (!client.next().text().contains("\"id\":1")) {
                // What was on its way.
            }
            for (int i = 0; i < 50; i++) {
                assertThat(client.next().text()).contains("ethusdt@trade");
            }
        }
    }

    @Test
    void shouldListWhatWasNotThere() throws Exception {
        try (VenueServer server = builder(Venue.BYBIT_LINEAR)
                .script(VenueScript.parse("0s unlist ETHUSDT")).open();
                RawClient client = new RawClient(server.port(), "/v5/public/linear")) {
            String subscribe = "{\"op\":\"subscribe\",\"args\":[\"orderbook.50.ETHUSDT\"]}";
            assertThat(client.send(subscribe).next().text()).contains("handler not found");
            assertThat(instruments(server, "")).doesNotContain("ETHUSDT");
            assertThat(instruments(server, "&status=PreLaunch")).contains("ETHUSDT");
            TestClient.await(() -> server.counts().played() > 500);

            server.order("list ETHUSDT");
            assertThat(instruments(server, "")).contains("ETHUSDT");
            assertThat(client.send(subscribe).next().text()).contains("\"success\":true");
            assertThat(client.next().text()).contains("\"type\":\"snapshot\"");
        }
    }

    @Test
    void shouldTellAnotherTickAndLot() throws Exception {
        try (VenueServer server = open(Venue.BYBIT_LINEAR)) {
            server.order("steps BTCUSDT 0.50 0.002");

            assertThat(instruments(server, "&symbol=BTCUSDT"))
                    .contains("\"tickSize\":\"0.50\"").contains("\"qtyStep\":\"0.002\"");
        }
    }

    @Test
    void shouldShowOnlyWhatTradesUnlessAskedForMore() throws Exception {
        try (VenueServer server = open(Venue.BYBIT_LINEAR)) {
            server.order("delist SOLUSDT");
            server.order("status DOGEUSDT PreLaunch");

            assertThat(instruments(server, "")).contains("BTCUSDT").doesNotContain("SOLUSDT")
                    .doesNotContain("DOGEUSDT");
            assertThat(instruments(server, "&status=Closed")).contains("SOLUSDT");
            assertThat(instruments(server, "&status=PreLaunch")).contains("DOGEUSDT");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveAClockOfItsOwn(Venue venue) throws Exception {
        long offsetMs = 86_400_000;
        try (VenueServer server = VenueServer.builder(
                SyntheticSource.builder(venue, 5).fewStreams().build())
                .play(PlaySettings.standard().withTimes(PlaySettings.Times.REBASED))
                .clockOffsetMs(offsetMs).open()) {
            TestClient.await(() -> server.counts().played() > 0);
            String path = venue.isBybit()
                    ? "/v5/market/time"
                    : BinanceRest.prefix(venue) + "time";
            Json answer = Json.parse(TestClient.body(server.httpUri(path)));
            long told = venue.isBybit()
                    ? Long.parseLong(answer.get("result").get("timeNano").value()) / 1_000_000
                    : Long.parseLong(answer.get("serverTime").value());

            assertThat(told - offsetMs).isCloseTo(System.currentTimeMillis(),
                    Offset.offset(60_000L));
        }
    }

    @Test
    void shouldSayWhatItCannotDo() throws Exception {
        try (VenueServer server = open(SPOT)) {
            assertThatThrownBy(() -> server.order("halt NOPE"))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("NOPE");
            assertThatThrownBy(() -> server.order("dance")).isInstanceOf(
                    IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> builder(SPOT).script(VenueScript.parse("0s halt NOPE")).open())
                .isInstanceOf(IllegalStateException.class);
    }

    private static BigDecimal turnover(VenueServer server, Venue venue, String symbol)
            throws Exception {
        if (venue.isBybit()) {
            Json ticker = Json.parse(TestClient.body(server.httpUri("/v5/market/tickers?category="
                    + venue.category() + "&symbol=" + symbol))).get("result").get("list").list()
                    .getFirst();
            return venue.isInverse()
                    ? number(ticker, "turnover24h").multiply(number(ticker, "lastPrice"))
                    : number(ticker, "turnover24h");
        }
        Json answer = Json.parse(TestClient.body(server.httpUri(BinanceRest.prefix(venue)
                + "ticker/24hr?symbol=" + symbol)));
        Json ticker = answer instanceof Json.Items(List<Json> items) ? items.getFirst() : answer;
        return venue.isInverse()
                ? number(ticker, "baseVolume").multiply(number(ticker, "lastPrice"))
                : number(ticker, "quoteVolume");
    }

    private static BigDecimal number(Json json, String name) {
        return new BigDecimal(json.get(name).value());
    }

    private static String instruments(VenueServer server, String more) throws Exception {
        return TestClient.body(
                server.httpUri("/v5/market/instruments-info?category=linear" + more));
    }

    private static List<String> symbols(VenueServer server) throws Exception {
        return Json.parse(TestClient.body(server.httpUri("/api/v3/exchangeInfo"))).get("symbols")
                .list().stream().map(symbol -> symbol.get("symbol").value()).toList();
    }

    private static String status(VenueServer server, String symbol) throws Exception {
        return Json.parse(TestClient.body(server.httpUri("/api/v3/exchangeInfo?symbol=" + symbol)))
                .get("symbols").list().getFirst().get("status").value();
    }

    /** Number of the trade that a text of a stream tells, else 0. */
    private static long idOf(String text, String stream) {
        Json frame = Json.parse(text);
        return frame.has("stream") && frame.get("stream").value().equals(stream)
                ? Long.parseLong(frame.get("data").get("t").value())
                : 0;
    }

    private static VenueServer.Builder builder(Venue venue) {
        return VenueServer.builder(SyntheticSource.builder(venue, 31).build())
                .play(PlaySettings.standard().withSpeed(20));
    }

    private static VenueServer open(Venue venue) throws IOException {
        return builder(venue).open();
    }
}
