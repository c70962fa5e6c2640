package com.waickoff.marketdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What the tools answer of an engine whose snapshot holds only the last minutes, with a real store
 * behind it: the same as of one whose snapshot holds everything.
 */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoredHistoryTest {
    private static final long START_MS = 1_767_621_600_000L;
    private static final String HOUR = "'from_ms':" + START_MS + ",'to_ms':"
            + (START_MS + 1_500_000);

    @TempDir
    private static Path directory;
    private static Path shortData;
    private static StoredEngine stored;
    private static Dialogue asked;
    private static Dialogue whole;

    @BeforeAll
    static void replayAndStore() throws Exception {
        shortData = ReplayedEngine.sample(directory.resolve("short"),
                "--journal-to", directory.resolve("short/journal").toString(), "--set",
                "history.bars-1m=5", "--set", "history.bars-5m=2", "--set",
                "history.row-bytes=4096");
        stored = StoredEngine.of(shortData);
        asked = Dialogue.initialized(() -> ReplayedEngine.SAMPLE_END_MS, shortData);
        whole = Dialogue.initialized(() -> ReplayedEngine.SAMPLE_END_MS,
                ReplayedEngine.sample(directory.resolve("whole"), "--set",
                        "history.row-bytes=1048576"));
    }

    @AfterAll
    static void end() throws IOException {
        asked.close();
        whole.close();
        stored.close();
    }

    @Test
    @Order(1)
    void shouldAnswerAsIfTheSnapshotHeldAll() throws IOException {
        for (String question : List.of(
                "get_candles {'instrument':'BTCUSDT','timeframe':'1m'," + HOUR + "}",
                "get_candles {'instrument':'ETHUSDT','timeframe':'5m'," + HOUR
                        + ",'format':'verbose'}",
                "get_order_flow {'instrument':'BTCUSDT','timeframe':'1m','bars':22}",
                "get_order_flow {'instrument':'ETHUSDT','timeframe':'5m','bars':5}",
                "get_footprint {'instrument':'BTCUSDT','timeframe':'1m','bars':20,'levels':9}",
                "get_footprint {'instrument':'ETHUSDT','timeframe':'5m','bars':5,'levels':20}",
                "get_volume_profile {'instrument':'BTCUSDT','window':'custom','from_ms':"
                        + (START_MS + 60_000) + ",'to_ms':" + (START_MS + 1_020_000) + "}",
                "get_volume_profile {'instrument':'ETHUSDT','window':'custom','from_ms':"
                        + START_MS + ",'max_levels':200,'order':'price'}")) {
            String tool = question.substring(0, question.indexOf(' '));
            String arguments = question.substring(question.indexOf(' ') + 1);
            JsonNode here = asked.answerInShape(tool, arguments);
            JsonNode there = whole.answer(tool, arguments);

            for (String field : List.of("rows", "columns", "barTable", "totals", "bars", "t0Ms",
                    "open", "high", "low", "close", "volume", "delta", "minDelta", "maxDelta",
                    "cvd", "vwap", "trades", "poc", "vah", "val", "rowTicks", "levels", "hvn",
                    "barsWithoutRows", "barsNotWhole")) {
                assertThat((Object) here.get(field)).as("%s: %s", question, field)
                        .isEqualTo(there.get(field));
            }
            assertThat(here.get("coverage").get("ppm")).as(question)
                    .isEqualTo(there.get("coverage").get("ppm"));
        }
    }

    @Test
    @Order(2)
    void shouldPageAcrossTheSeam() throws IOException {
        JsonNode all = asked.answer("get_candles", "{'instrument':'BTCUSDT','timeframe':'1m',"
                + HOUR + "}");
        List<String> paged = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = asked.answer("get_candles",
                    "{'instrument':'BTCUSDT','timeframe':'1m'," + HOUR + ",'limit':4" + cursor
                            + "}");
            long t0Ms = page.get("t0Ms").asLong();
            page.get("rows").forEach(row -> paged.add(
                    t0Ms + 60_000 * row.get(0).asLong() + " " + row.get(4)));
            assertThat(page.get("truncated").asBoolean()).isEqualTo(page.has("nextCursor"));
            cursor = page.has("nextCursor")
                    ? ",'cursor':'" + page.get("nextCursor").asString() + "'"
                    : null;
        }
        List<String> expected = new ArrayList<>();
        all.get("rows").forEach(row -> expected.add(
                all.get("t0Ms").asLong() + 60_000 * row.get(0).asLong() + " " + row.get(4)));
        assertThat(paged).hasSizeGreaterThan(20).isEqualTo(expected);
    }

    @Test
    @Order(3)
    void shouldGiveEachTradeOnce() throws IOException {
        JsonNode bar = asked.answer("get_candles",
                "{'instrument':'BTCUSDT','timeframe':'5m','format':'verbose'," + HOUR + "}")
                .get("rows").get(1);
        String range = "'from_ms':" + bar.get("startMs") + ",'to_ms':"
                + (bar.get("startMs").asLong() + 300_000);
        List<JsonNode> trades = trades(range + ",'limit':400");

        assertThat(trades).hasSize(bar.get("trades").asInt());
        assertThat(volume(trades)).isEqualByComparingTo(bar.get("volume").decimalValue());

        List<JsonNode> large = trades(range + ",'limit':7,'min_qty':0.5");
        assertThat(large).isNotEmpty().isEqualTo(trades.stream()
                .filter(trade -> trade.get(2).decimalValue()
                        .compareTo(new BigDecimal("0.5")) >= 0)
                .toList());
    }

    private static List<JsonNode> trades(String arguments) throws IOException {
        List<JsonNode> trades = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = asked.answerInShape("get_trades",
                    "{'instrument':'BTCUSDT'," + arguments + cursor + "}");
            page.get("rows").forEach(trades::add);
            assertThat(page.get("source").asString()).isEqualTo("history");
            cursor = page.has("nextCursor")
                    ? ",'cursor':'" + page.get("nextCursor").asString() + "'"
                    : null;
        }
        return trades;
    }

    private static BigDecimal volume(List<JsonNode> trades) {
        return trades.stream().map(trade -> trade.get(2).decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @ParameterizedTest
    @Order(4)
    @ValueSource(strings = {"{'instrument':'BTCUSDT','from_ms':5,'to_ms':5}|INVALID_ARGUMENT",
            "{'instrument':'BTCUSDT','from_ms':0,'to_ms':3600001}|RANGE_TOO_LARGE",
            "{'instrument':'BTCUSDT','to_ms':5}|INVALID_ARGUMENT: from_ms is missing",
            "{'instrument':'BTCUSDT','from_ms':0,'to_ms':5,'min_qty':-1}|INVALID_ARGUMENT",
            "{'instrument':'BTCUSDT','from_ms':0,'to_ms':5,'cursor':'x'}|INVALID_ARGUMENT: cursor",
            "{'instrument':'BTCUSDD','from_ms':0,'to_ms':5}|UNKNOWN_INSTRUMENT"})
    void shouldRefuseWhatIsNoQuestionAboutTrades(String question) throws IOException {
        String[] parts = question.split("\\|");
        assertThat(asked.failure("get_trades", parts[0])).startsWith(parts[1]);
    }

    @Test
    @Order(5)
    void shouldSayThatTheHistoryIsThere() throws IOException {
        JsonNode health = asked.answer("get_health", "{}");

        assertThat(health.get("historyTools").asBoolean()).isTrue();
        assertThat(health.get("rows").toString()).contains("[\"history\",\"ok\"");
    }

    @Test
    @Order(6)
    void shouldGoOnWithWhatIsLiveWhileTheHistoryIsAway() throws IOException {
        stored.stopStore();

        assertThat(asked.failure("get_trades",
                "{'instrument':'BTCUSDT','from_ms':0,'to_ms':5}"))
                .startsWith("HISTORY_UNAVAILABLE: ").contains("Live windows still work");
        JsonNode candles = asked.answer("get_candles",
                "{'instrument':'BTCUSDT','timeframe':'1m'," + HOUR + "}");
        assertThat(candles.get("source").asString()).isEqualTo("live");
        assertThat(candles.get("bars").asInt()).isBetween(1, 7);
        assertThat(candles.get("hint").asString()).contains("stored history does not answer");
        assertThat(candles.get("coverage").get("ppm").asInt()).isLessThan(1_000_000);
        assertThat(asked.answer("get_market_snapshot", "{'instrument':'BTCUSDT'}").get("stale")
                .asBoolean()).isFalse();
        assertThat(asked.answer("get_health", "{}").get("historyTools").asBoolean()).isFalse();

        stored.startStore();
        assertThat(asked.answer("get_candles",
                "{'instrument':'BTCUSDT','timeframe':'1m'," + HOUR + "}").get("bars").asInt())
                .isGreaterThan(20);
    }

    @Test
    @Order(7)
    void shouldGoOnWithThePastWhileTheEngineIsAway() throws IOException {
        Path file = shortData.resolve("snapshot.bin");
        Path aside = shortData.resolve("aside");
        Files.move(file, aside);
        try (Dialogue other = Dialogue.initialized(() -> ReplayedEngine.SAMPLE_END_MS,
                shortData)) {
            assertThat(other.failure("ping", "{}")).startsWith("ENGINE_DOWN: ");
            assertThat(other.failure("get_market_depth", "{'instrument':'BTCUSDT'}"))
                    .startsWith("ENGINE_DOWN: ");
            JsonNode candles = other.answer("get_candles",
                    "{'instrument':'BTCUSDT','timeframe':'1m'," + HOUR + "}");
            assertThat(candles.get("source").asString()).isEqualTo("history");
            assertThat(candles.get("bars").asInt()).isGreaterThan(20);
            assertThat(other.failure("get_candles", "{'instrument':'BTCUSDX'}"))
                    .startsWith("UNKNOWN_INSTRUMENT: ");
            assertThat(other.answer("list_instruments", "{'status':'all'}").get("total").asInt())
                    .isEqualTo(2);

            stored.stopStore();
            assertThat(other.failure("get_candles", "{'instrument':'BTCUSDT'}"))
                    .startsWith("ENGINE_DOWN: ");
            assertThat(other.answer("get_health", "{}").get("status").asString())
                    .isEqualTo("down");
        } finally {
            Files.move(aside, file);
        }
    }
}
