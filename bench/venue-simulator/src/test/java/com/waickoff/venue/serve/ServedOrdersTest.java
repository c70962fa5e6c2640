package com.waickoff.venue.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.venue.Venue;
import com.waickoff.venue.recording.Json;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a venue does wrong when it is told to, as a client sees it. */
class ServedOrdersTest {
    private static final String TRADES = "/ws/btcusdt@trade";
    /** Frames that may be on their way to who reads slowly. */
    private static final int MANY = 100_000;
    private static final long YEAR_MS = 365L * 24 * 3_600_000;

    private final List<ServedFault> log = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"", "dance", "strike", "strike dance", "strike cut all now",
            "strike corrupt-level", "next drop", "next drop a@b 3", "next drop a@b xx",
            "silence a@b elsewhere", "refuse", "refuse many", "slow-rest", "shutdown soon",
            "faults drop", "halt", "steps BTCUSDT 1", "steps BTCUSDT a b", "turnover BTCUSDT x"})
    void shouldUnderstandNoOther(String words) {
        assertThatThrownBy(() -> Order.parse(words)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"strike cut", "10 strike cut", "every 0s strike cut", "market 1s halt X",
                    "5d strike cut"})
    void shouldUnderstandNoOtherLine(String line) {
        assertThatThrownBy(() -> VenueScript.parse(line))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldReadLinesAndRemarks() {
        VenueScript script = VenueScript.parse("# of a day\n1.5s strike cut # now; then\n"
                + "every market:24h strike close;\n 20ms halt BTCUSDT ");

        assertThat(script.entries()).hasSize(3);
        assertThat(script.entries().get(0).atNs()).isEqualTo(1_500_000_000L);
        assertThat(script.entries().get(1).market()).isTrue();
        assertThat(script.entries().get(1).everyNs()).isEqualTo(Duration.ofDays(1).toNanos());
        assertThat(script.entries().get(2).atNs()).isEqualTo(20_000_000L);
    }

    @Test
    void shouldStopAStreamUntilItIsSubscribedAgain() throws IOException {
        try (VenueServer server = open(Venue.BINANCE_SPOT);
                RawClient client = new RawClient(server.port(),
                        "/stream?streams=btcusdt@trade/ethusdt@trade")) {
            awaitStream(client, "btcusdt@trade");
            server.order("silence btcusdt@*");
            barrier(client, 1);
            for (int i = 0; i < 50; i++) {
                assertThat(client.next().text()).contains("ethusdt@trade");
            }
            client.send(request("UNSUBSCRIBE", "btcusdt@trade", 2));
            client.send(request("SUBSCRIBE", "btcusdt@trade", 3));
            awaitStream(client, "btcusdt@trade");
        }
    }

    @Test
    void shouldStopAStreamUntilItIsSubscribedOnAnotherConnection() throws IOException {
        try (VenueServer server = open(Venue.BINANCE_SPOT);
                RawClient client = new RawClient(server.port(),
                        "/stream?streams=btcusdt@trade/ethusdt@trade")) {
            awaitStream(client, "btcusdt@trade");
            server.order("silence btcusdt@trade other");
            client.send(request("UNSUBSCRIBE", "btcusdt@trade", 2));
            client.send(request("SUBSCRIBE", "btcusdt@trade", 3));
            barrier(client, 4);
            for (int i = 0; i < 50; i++) {
                assertThat(client.next().text()).contains("ethusdt@trade");
            }
            try (RawClient other = new RawClient(server.port(), "/stream?streams=btcusdt@trade")) {
                awaitStream(other, "btcusdt@trade");
            }
        }
    }

    @Test
    void shouldRefuseAStreamSoManyTimes() throws IOException {
        try (VenueServer server = open(Venue.BYBIT_LINEAR);
                RawClient client = new RawClient(server.port(), "/v5/public/linear")) {
            server.order("nack publicTrade.BTC* x2");
            String subscribe = "{\"op\":\"subscribe\",\"args\":[\"publicTrade.BTCUSDT\"]}";
            assertThat(client.send(subscribe).next().text()).contains("\"success\":false");
            assertThat(client.send("{\"op\":\"subscribe\",\"args\":[\"publicTrade.ETHUSDT\"]}")
                    .next().text()).contains("\"success\":true");
            client.send(subscribe);
            client.send(subscribe);
            assertThat(awaitAnswer(client)).contains("\"success\":false");
            assertThat(awaitAnswer(client)).contains("\"success\":true");
        }
    }

    @ParameterizedTest
    @CsvSource({"no-ack, true", "ignore, false"})
    void shouldNotAcknowledge(String verb, boolean delivers) throws IOException {
        try (VenueServer server = open(Venue.BINANCE_SPOT);
                RawClient client = new RawClient(server.port(), "/stream")) {
            server.order(verb + " btcusdt@trade x1");
            client.send(request("SUBSCRIBE", "btcusdt@trade", 1));
            client.send(request("SUBSCRIBE", "ethusdt@trade", 2));
            List<String> texts = new ArrayList<>();
            while (texts.stream().filter(text -> text.contains("ethusdt@trade")).count() < 40) {
                texts.add(client.next().text());
            }
            assertThat(texts).noneMatch(text -> text.contains("\"id\":1"))
                    .anyMatch(text -> text.contains("\"id\":2"));
            assertThat(texts.stream().anyMatch(text -> text.contains("btcusdt@trade")))
                    .isEqualTo(delivers);
        }
    }

    @Test
    void shouldRefuseAndSlowRest() throws Exception {
        try (VenueServer server = open(Venue.BINANCE_SPOT)) {
            server.order("refuse-rest 503x2 3600");
            for (int i = 0; i < 2; i++) {
                var refused = TestClient.get(server.httpUri("/api/v3/time"));
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).hasValue("3600");
            }
            assertThat(TestClient.get(server.httpUri("/api/v3/time")).statusCode())
                    .isEqualTo(200);
            assertThat(server.counts().violations(Limit.RETRY_AFTER)).isEqualTo(1);
            server.order("slow-rest 300");
            long beganNs = System.nanoTime();
            assertThat(TestClient.get(server.httpUri("/api/v3/time")).statusCode())
                    .isEqualTo(200);
            assertThat(System.nanoTime() - beganNs).isGreaterThan(300_000_000L);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/ws | {\"e\":\"serverShutdown\"",
            "/stream | {\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\""})
    void shouldSayThatItStopsAndStop(String path, String expected) throws IOException {
        try (VenueServer server = open(Venue.BINANCE_SPOT);
                RawClient client = new RawClient(server.port(), path)) {
            server.order("shutdown 50");
            assertThat(client.next().text()).startsWith(expected);
            try (RawClient next = new RawClient(server.port(), TRADES)) {
                assertThat(client.next(RawClient.CLOSE).closeCode()).isEqualTo(1001);
                // Who comes afterwards stays.
                assertThat(next.next().text()).contains("trade");
                assertThat(next.next().text()).contains("trade");
            }
        }
    }

    @Test
    void shouldExchangeTwoFrames() throws IOException {
        try (VenueServer server = open(Venue.BINANCE_SPOT);
                RawClient client = new RawClient(server.port(), TRADES)) {
            long last = tradeId(client);
            server.order("next swap btcusdt@trade x1");
            long next = tradeId(client);
            while (next == last + 1) {
                last = next;
                next = tradeId(client);
            }
            assertThat(next).isEqualTo(last + 2);
            assertThat(tradeId(client)).isEqualTo(last + 1);
            assertThat(tradeId(client)).isEqualTo(last + 3);
            assertThat(log).hasSize(1);
        }
    }

    @Test
    void shouldTellWildTimes() throws IOException {
        try (VenueServer server = open(Venue.BINANCE_SPOT);
                RawClient client = new RawClient(server.port(), TRADES)) {
            long now = Long.parseLong(Json.parse(client.next().text()).get("T").value());
            server.order("next wild-time btcusdt@trade x3");
            List<Long> wild = new ArrayList<>();
            while (wild.size() < 3) {
                long time = Long.parseLong(Json.parse(client.next().text()).get("T").value());
                if (Math.abs(time - now) > YEAR_MS / 2) {
                    wild.add(time);
                }
            }
            assertThat(wild.get(0)).isZero();
            assertThat(wild.get(1) - now).isBetween(YEAR_MS - 1_000, YEAR_MS + 3_600_000);
            assertThat(wild.get(2)).isEqualTo(-1);
            long after = Long.parseLong(Json.parse(client.next().text()).get("T").value());
            assertThat(after - now).isBetween(0L, 3_600_000L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAddAFieldAndAnEventNobodyKnows(Venue venue) throws IOException {
        try (VenueServer server = open(venue);
                RawClient client = trades(server, venue)) {
            server.order("next new-field * x1");
            server.order("strike unknown-event");
            boolean field = false;
            boolean event = false;
            while (!field || !event) {
                String text = client.next().text();
                var _ = Json.parse(text);
                field |= text.contains("\"zz\":{");
                event |= text.contains("dancing");
            }
        }
    }

    @Test
    void shouldSendFramesThatNobodyShouldSend() throws IOException {
        try (VenueServer server = open(Venue.BINANCE_SPOT);
                RawClient client = new RawClient(server.port(), TRADES)) {
            server.order("strike bad-utf8");
            while (!client.next().letters().equals("{\"e\":\"\u00c3(\"}")) {
                assertThat(client.head()).isEqualTo(0x81);
            }
            server.order("strike compressed");
            do {
                assertThat(client.next().opcode()).isEqualTo(RawClient.TEXT);
            } while (client.head() != 0xc1);
            server.order("strike masked");
            while (!client.next().letters().equals("{\"masked\":1}")) {
                assertThat(client.isMasked()).isFalse();
            }
            assertThat(client.isMasked()).isTrue();
            server.order("strike binary");
            while (client.next().opcode() != 2) {
                assertThat(client.head()).isEqualTo(0x81);
            }
            server.order("strike deep-json");
            String text = client.next().letters();
            while (!text.startsWith("[[[[")) {
                text = client.next().letters();
            }
            assertThat(text).hasSize(100_000);
            assertThat(client.next().text()).contains("trade");
        }
    }

    @Test
    void shouldSayThatAFrameHas64MegabytesAndLeaveItAtThat() throws IOException {
        try (VenueServer server = open(Venue.BINANCE_SPOT);
                RawClient client = new RawClient(server.port(), "/ws")) {
            server.order("strike huge-header");
            assertThat(client.readByte()).isEqualTo(0x81);
            assertThat(client.readByte()).isEqualTo(127);
            long length = 0;
            for (int i = 0; i < 8; i++) {
                length = length << 8 | client.readByte();
            }
            assertThat(length).isEqualTo(64 << 20);
            client.send(RawClient.CLOSE, new byte[]{3, (byte) 0xf1});
            assertThatThrownBy(() -> readToTheEnd(client)).isInstanceOf(EOFException.class);
            TestClient.await(() -> server.counts().connections() == 0);
        }
    }

    @Test
    void shouldTrickle() throws IOException {
        try (VenueServer server = open(Venue.BINANCE_SPOT);
                RawClient client = new RawClient(server.port(), TRADES)) {
            var _ = client.next();
            server.order("strike trickle");
            client.patience(300);
            long bytes = 0;
            int silences = 0;
            // What is on its way, and from then on a byte a second.
            while (silences < 6) {
                try {
                    var _ = client.readByte();
                    bytes += silences == 0 ? 0 : 1;
                } catch (SocketTimeoutException e) {
                    silences++;
                }
            }
            assertThat(bytes).isLessThan(30);
            assertThat(server.counts().connections()).isEqualTo(1);
        }
    }

    @Test
    void shouldSendBytesOneByOneAndLoseNone() throws IOException {
        try (VenueServer server = open(Venue.BINANCE_SPOT);
                RawClient client = new RawClient(server.port(), TRADES)) {
            var _ = client.next();
            server.order("strike slice");
            long last = tradeId(client);
            for (int i = 0; i < 200; i++) {
                assertThat(tradeId(client)).isEqualTo(++last);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BINANCE_SPOT, btcusdt@depth@100ms, btcusdt@depth5@100ms",
            "BINANCE_USDM, btcusdt@depth@0ms, btcusdt@depth5@100ms"})
    void shouldTellAWrongLevelThatOnlyAnOracleFinds(Venue venue, String differences,
            String oracle) throws Exception {
        try (VenueServer server = open(venue);
                RawClient client = new RawClient(server.port(), "/stream?streams=" + differences
                        + "/" + oracle)) {
            Oracle check = new Oracle(venue, differences);
            check.join(client, server);
            for (int i = 0; i < 30; i++) {
                check.next(client);
            }
            assertThat(check.compared).isPositive();
            assertThat(check.mismatches).isZero();
            long gaps = check.gaps;
            server.order("next corrupt-level " + differences + " x20");
            for (int i = 0; i < MANY && (check.mismatches == 0 || log.size() < 20); i++) {
                check.next(client);
            }
            assertThat(check.mismatches).isPositive();
            assertThat(check.gaps).isEqualTo(gaps).isZero();
            assertThat(log).hasSize(20).allMatch(fault -> fault.stream().equals(differences));
        }
    }

    @ParameterizedTest
    @CsvSource({"BINANCE_SPOT, btcusdt@depth@100ms", "BINANCE_USDM, btcusdt@depth@100ms"})
    void shouldTellABidAsHighAsAnAsk(Venue venue, String differences) throws Exception {
        try (VenueServer server = open(venue);
                RawClient client = new RawClient(server.port(), "/stream?streams=" + differences)) {
            Oracle check = new Oracle(venue, differences);
            check.join(client, server);
            for (int i = 0; i < 10; i++) {
                check.next(client);
                assertThat(check.isCrossed()).isFalse();
            }
            server.order("next cross " + differences);
            for (int i = 0; i < MANY && !check.isCrossed(); i++) {
                check.next(client);
            }
            assertThat(check.isCrossed()).isTrue();
            assertThat(check.gaps).isZero();
        }
    }

    @Test
    void shouldCrossABookThatBeginsWithASnapshot() throws IOException {
        try (VenueServer server = open(Venue.BYBIT_LINEAR);
                RawClient client = new RawClient(server.port(), "/v5/public/linear")) {
            client.send("{\"op\":\"subscribe\",\"args\":[\"orderbook.50.BTCUSDT\"]}");
            server.order("next cross orderbook.50.*");
            server.order("next corrupt-level orderbook.50.* x2");
            TestClient.await(() -> log.size() == 3);
            assertThat(log).extracting(ServedFault::fault).containsExactly(LineFault.CROSS,
                    LineFault.CORRUPT_LEVEL, LineFault.CORRUPT_LEVEL);
            TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>();
            TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
            do {
                Json frame = Json.parse(client.next().text());
                if (frame.has("data")) {
                    Oracle.set(bids, frame.get("data").get("b"));
                    Oracle.set(asks, frame.get("data").get("a"));
                }
            } while (bids.isEmpty() || bids.lastKey().compareTo(asks.firstKey()) < 0);
        }
    }

    @Test
    void shouldStrikeWhoHasAStream() throws IOException {
        try (VenueServer server = open(Venue.BINANCE_SPOT);
                RawClient bitcoin = new RawClient(server.port(), TRADES);
                RawClient ether = new RawClient(server.port(), "/ws/ethusdt@trade")) {
            var _ = bitcoin.next();
            server.order("strike cut btcusdt@*");
            assertThatThrownBy(() -> readToTheEnd(bitcoin)).isInstanceOf(EOFException.class);
            var _ = ether.next();
            assertThat(server.counts().faults()).isEqualTo(1);
        }
    }

    @Test
    void shouldBefallTheFramesOfSomeStreamsOnly() throws IOException {
        LineFaults faults = LineFaults.of(LineFault.DROP, 0.5, 3)
                .withStreams(List.of("eth*"));
        try (VenueServer server = VenueServer.builder(source(Venue.BINANCE_SPOT)).faults(faults)
                .play(PlaySettings.standard().withSpeed(20)).faultLog(log::add).open();
                RawClient client = new RawClient(server.port(),
                        "/stream?streams=btcusdt@trade/ethusdt@trade")) {
            for (int i = 0; i < 300; i++) {
                var _ = client.next();
            }
            assertThat(log).isNotEmpty().allMatch(fault -> fault.stream().equals("ethusdt@trade"));
        }
    }

    @Test
    void shouldFollowAScriptByMarketTimeAlike() throws Exception {
        List<String> once = scripted();
        log.clear();

        assertThat(once).hasSizeGreaterThan(5).isEqualTo(scripted());
    }

    @Test
    void shouldFollowAScriptByTheClock() throws IOException {
        try (VenueServer server = VenueServer.builder(source(Venue.BINANCE_SPOT))
                .script(VenueScript.parse("every 50ms strike close")).open()) {
            for (int i = 0; i < 3; i++) {
                try (RawClient client = new RawClient(server.port(), "/ws")) {
                    assertThat(client.next(RawClient.CLOSE).closeCode()).isEqualTo(1012);
                }
            }
        }
    }

    private List<String> scripted() throws Exception {
        SyntheticSource source = SyntheticSource.builder(Venue.BINANCE_SPOT, 8).symbols("BTCUSDT")
                .length(Duration.ofSeconds(20)).build();
        try (VenueServer server = VenueServer.builder(source).faultLog(log::add)
                .play(PlaySettings.standard().unlimited().startingOnSubscribe().holding())
                .script(VenueScript.parse("market:2s next drop btcusdt@trade x3;"
                        + "every market:5s next duplicate btcusdt@depth x1"))
                .open();
                TestClient client = new TestClient(
                        server.wsUri("/stream?streams=btcusdt@trade/btcusdt@depth"))) {
            server.end().get();
            assertThat(client.error()).isNull();
            return log.stream().map(ServedFault::csv).toList();
        }
    }

    /** A book by its differences, held against partial books. */
    private static final class Oracle {
        private final boolean spot;
        private final String differences;
        private final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>();
        private final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
        private long lastId;
        private long gaps;
        private long compared;
        private long mismatches;

        Oracle(Venue venue, String differences) {
            this.spot = venue == Venue.BINANCE_SPOT;
            this.differences = differences;
        }

        void join(RawClient client, VenueServer server) throws Exception {
            var _ = client.next();
            Json answer = Json.parse(TestClient.body(server.httpUri((spot ? "/api/v3" : "/fapi/v1")
                    + "/depth?symbol=BTCUSDT&limit=1000")));
            lastId = Long.parseLong(answer.get("lastUpdateId").value());
            set(bids, answer.get("bids"));
            set(asks, answer.get("asks"));
        }

        void next(RawClient client) throws IOException {
            Json frame = Json.parse(client.next().text());
            Json data = frame.get("data");
            if (!frame.get("stream").value().equals(differences)) {
                compare(data);
                return;
            }
            long id = Long.parseLong(data.get("u").value());
            if (id <= lastId) {
                return;
            }
            long before = Long.parseLong(data.get(spot ? "U" : "pu").value());
            gaps += before > (spot ? lastId + 1 : lastId) ? 1 : 0;
            set(bids, data.get("b"));
            set(asks, data.get("a"));
            lastId = id;
        }

        boolean isCrossed() {
            return bids.lastKey().compareTo(asks.firstKey()) >= 0;
        }

        private void compare(Json partial) {
            long id = Long.parseLong(partial.get(spot ? "lastUpdateId" : "u").value());
            if (id == lastId) {
                compared++;
                List<Json> told = partial.get(spot ? "asks" : "a").list();
                int i = 0;
                for (Map.Entry<BigDecimal, BigDecimal> level : asks.entrySet()) {
                    if (i == told.size()) {
                        break;
                    }
                    mismatches += differs(told.get(i++), level) ? 1 : 0;
                }
                told = partial.get(spot ? "bids" : "b").list();
                i = 0;
                for (Map.Entry<BigDecimal, BigDecimal> level : bids.descendingMap().entrySet()) {
                    if (i == told.size()) {
                        break;
                    }
                    mismatches += differs(told.get(i++), level) ? 1 : 0;
                }
            }
        }

        private static boolean differs(Json told, Map.Entry<BigDecimal, BigDecimal> level) {
            return new BigDecimal(told.list().get(0).value()).compareTo(level.getKey()) != 0
                    || new BigDecimal(told.list().get(1).value()).compareTo(level.getValue()) != 0;
        }

        private static void set(TreeMap<BigDecimal, BigDecimal> side, Json levels) {
            for (Json level : levels.list()) {
                BigDecimal price = new BigDecimal(level.list().get(0).value());
                BigDecimal quantity = new BigDecimal(level.list().get(1).value());
                if (quantity.signum() == 0) {
                    side.remove(price);
                } else {
                    side.put(price, quantity);
                }
            }
        }
    }

    private static RawClient trades(VenueServer server, Venue venue) throws IOException {
        String symbol = venue.listings().getFirst().symbol();
        if (!venue.isBybit()) {
            return new RawClient(server.port(), "/ws/" + symbol.toLowerCase(Locale.ROOT)
                    + "@trade");
        }
        RawClient client = new RawClient(server.port(), "/v5/public/" + venue.category());
        return client.send("{\"op\":\"subscribe\",\"args\":[\"publicTrade." + symbol + "\"]}");
    }

    private static void readToTheEnd(RawClient client) throws IOException {
        while (true) {
            var _ = client.readByte();
        }
    }

    private static long tradeId(RawClient client) throws IOException {
        return Long.parseLong(Json.parse(client.next().text()).get("t").value());
    }

    private static void awaitStream(RawClient client, String stream) throws IOException {
        while (!client.next().text().contains("{\"stream\":\"" + stream)) {
            // Others come first.
        }
    }

    private static String awaitAnswer(RawClient client) throws IOException {
        String text = client.next().text();
        while (!text.contains("\"success\":")) {
            text = client.next().text();
        }
        return text;
    }

    /** Reads all that was sent before. */
    private static void barrier(RawClient client, int id) throws IOException {
        client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":" + id + "}");
        while (!client.next().text().contains("\"id\":" + id)) {
            // What was on its way.
        }
    }

    private static String request(String method, String stream, int id) {
        return "{\"method\":\"" + method + "\",\"params\":[\"" + stream + "\"],\"id\":" + id + "}";
    }

    private static SyntheticSource source(Venue venue) {
        return SyntheticSource.builder(venue, 31).build();
    }

    private VenueServer open(Venue venue) throws IOException {
        return VenueServer.builder(source(venue)).faultLog(log::add)
                .play(PlaySettings.standard().withSpeed(10)).open();
    }
}
