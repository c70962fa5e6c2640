package com.waickoff.marketdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the tools say of the sample recording, and what they refuse. */
@Timeout(300)
class ToolsTest {
    private static final String BTC = "bybit-linear:BTCUSDT";

    @TempDir
    private static Path directory;
    private static Path dataDir;
    private static Dialogue dialogue;
    private static JsonNode tools;

    @BeforeAll
    static void replay() throws IOException {
        dataDir = ReplayedEngine.sample(directory.resolve("data"));
        dialogue = Dialogue.initialized(() -> ReplayedEngine.SAMPLE_END_MS, dataDir);
        tools = dialogue.ask("tools/list", "{}").get("result").get("tools");
    }

    @AfterAll
    static void end() throws IOException {
        assertThat(dialogue.end()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"bybit-linear:BTCUSDT,1m", "bybit-linear:BTCUSDT,5m", "bybit-linear:BTCUSDT,15m",
            "bybit-linear:BTCUSDT,1h", "bybit-linear:BTCUSDT,4h", "bybit-linear:BTCUSDT,1d",
            "bybit-linear:ETHUSDT,1m", "bybit-linear:ETHUSDT,1h", "bybit-linear:ETHUSDT,1d"})
    void shouldGiveTheNumbersOfTheCommandLine(String instrument, String window)
            throws IOException {
        JsonNode drawn = Dialogue.JSON.readTree(ReplayedEngine.engine(List.of("profile",
                instrument, "--timeframe", window, "--json", "--data", dataDir.toString())));
        JsonNode told = dialogue.answer("get_volume_profile", "{'instrument':'" + instrument
                + "','window':'" + window + "','max_levels':200,'order':'price'}");

        Map<String, String> names = Map.ofEntries(Map.entry("instrument", "instrument"),
                Map.entry("timeframe", "window"), Map.entry("start_ms", "startMs"),
                Map.entry("end_ms", "endMs"), Map.entry("closed", "closed"),
                Map.entry("open", "open"), Map.entry("high", "high"), Map.entry("low", "low"),
                Map.entry("close", "close"), Map.entry("volume", "volume"),
                Map.entry("buy_volume", "buyVolume"), Map.entry("sell_volume", "sellVolume"),
                Map.entry("delta", "delta"), Map.entry("min_delta", "minDelta"),
                Map.entry("max_delta", "maxDelta"), Map.entry("cvd", "cvd"),
                Map.entry("trades", "trades"), Map.entry("poc", "poc"), Map.entry("vah", "vah"),
                Map.entry("val", "val"), Map.entry("row_size", "rowSize"));
        names.forEach((there, here) -> assertThat(told.get(here)).as(here)
                .isEqualTo(drawn.get(there)));
        JsonNode quality = drawn.get("quality");
        assertThat(told.get("coverage").get("ppm")).isEqualTo(quality.get("coverage").get("ppm"));
        assertThat(told.get("coverage").get("fromMs"))
                .isEqualTo(quality.get("coverage").get("from_ms"));
        assertThat(told.get("coverage").get("toMs"))
                .isEqualTo(quality.get("coverage").get("to_ms"));
        assertThat(told.get("bookState")).isEqualTo(quality.get("book_state"));
        assertThat(told.get("asOfMs")).isEqualTo(quality.get("as_of_ms"));
        assertThat(told.get("seq")).isEqualTo(quality.get("sequence"));
        assertThat(told.get("levels").asInt()).isEqualTo(drawn.get("rows").size());
        assertThat(rows(told)).isEqualTo(heaviest(drawn.get("rows"), 200));
        assertThat(told.get("truncated").asBoolean()).isEqualTo(drawn.get("rows").size() > 200);
    }

    private static List<List<BigDecimal>> rows(JsonNode answer) {
        List<List<BigDecimal>> rows = new ArrayList<>();
        answer.get("rows").forEach(row -> {
            List<BigDecimal> values = new ArrayList<>();
            row.forEach(value -> values.add(value.decimalValue()));
            rows.add(values);
        });
        return rows;
    }

    /** From the rows of the command line, by price; of equally heavy ones the lower. */
    private static List<List<BigDecimal>> heaviest(JsonNode drawn, int count) {
        List<List<BigDecimal>> all = new ArrayList<>();
        drawn.forEach(row -> {
            BigDecimal buy = row.get("buy_volume").decimalValue();
            BigDecimal sell = row.get("sell_volume").decimalValue();
            BigDecimal volume = buy.add(sell).stripTrailingZeros();
            all.add(List.of(row.get("row_low").decimalValue(),
                    volume.scale() < 0 ? volume.setScale(0) : volume, buy, sell));
        });
        return all.stream().sorted((one, other) -> {
            int byVolume = other.get(1).compareTo(one.get(1));
            return byVolume != 0 ? byVolume : one.get(0).compareTo(other.get(0));
        }).limit(count).sorted((one, other) -> one.get(0).compareTo(other.get(0))).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ping               | {}
            list_instruments   | {}
            list_instruments   | {'query':'eth','status':'all','limit':1}
            list_instruments   | {'query':'nothing like it'}
            get_health         | {}
            get_health         | {'detail':'full'}
            get_market_snapshot | {'instrument':'BTCUSDT'}
            get_volume_profile | {'instrument':'BTCUSDT','window':'custom','from_ms':1767621600000}
            get_order_flow     | {'instrument':'BTCUSDT'}
            get_order_flow     | {'instrument':'BTCUSDT','timeframe':'1m','bars':300,'format':'verbose'}
            get_footprint      | {'instrument':'BTCUSDT'}
            get_footprint      | {'instrument':'BTCUSDT','timeframe':'1m','bars':20,'levels':40,'format':'verbose'}
            get_footprint      | {'instrument':'ETHUSDT','levels':1,'signals':false}
            get_market_depth   | {'instrument':'BTCUSDT'}
            get_market_depth   | {'instrument':'ETHUSDT','levels':100,'aggregate_ticks':5,'format':'verbose'}
            get_candles        | {'instrument':'BTCUSDT'}
            get_candles        | {'instrument':'BTCUSDT','timeframe':'1m','limit':500,'format':'verbose'}
            poll_order_flow    | {'instrument':'BTCUSDT'}
            get_volume_profile | {'instrument':'BTCUSDT'}
            get_volume_profile | {'instrument':'BTCUSDT','format':'verbose','max_levels':200}
            get_volume_profile | {'instrument':'ETHUSDT','window':'1m','value_area_method':'single_row','row_ticks':25}
            """)
    void shouldAnswerInTheShapeItPromised(String tool, String arguments) throws IOException {
        JsonNode answer = dialogue.answerInShape(tool, arguments);

        assertThat(answer.toString().length()).isLessThan(32 * 1024);
    }

    @Test
    void shouldListItsToolsInTheSameBytesEachTime() throws IOException {
        assertThat(tools).map(tool -> tool.get("name").asString())
                .containsExactly("ping", "get_health", "list_instruments",
                        "get_market_snapshot", "get_volume_profile", "get_order_flow",
                        "get_footprint", "get_market_depth", "get_candles", "get_trades",
                        "poll_order_flow");
        assertThat(dialogue.ask("tools/list", "{}").get("result").get("tools").toString())
                .isEqualTo(tools.toString());
        for (JsonNode tool : tools) {
            assertThat(tool.get("annotations").toString()).isEqualTo(
                    "{\"readOnlyHint\":true,\"idempotentHint\":true,\"openWorldHint\":false}");
            assertThat(tool.get("inputSchema").get("additionalProperties").asBoolean()).isFalse();
        }
    }

    @Test
    void shouldSayThatNumbersOfARunningEngineAreCurrent() throws IOException {
        JsonNode answer = dialogue.answer("get_volume_profile",
                "{'instrument':'" + BTC + "','window':'1h'}");

        assertThat(answer.get("stale").asBoolean()).isFalse();
        assertThat(answer.has("staleReason")).isFalse();
        assertThat(answer.get("ageMs").asLong()).isEqualTo(
                ReplayedEngine.SAMPLE_END_MS - answer.get("asOfMs").asLong());
        assertThat(answer.get("source").asString()).isEqualTo("live");
    }

    @Test
    void shouldNotMissWhatNobodyStarted() throws IOException {
        JsonNode health = dialogue.answer("get_health", "{}");

        assertThat(health.get("status").asString()).as("%s", health).isEqualTo("ok");
        assertThat(health.get("liveTools").asBoolean()).isTrue();
        assertThat(health.get("historyTools").asBoolean()).isFalse();
        assertThat(health.get("rows").toString()).contains("[\"sink\",\"off\",\"no_drain\"")
                .contains("[\"history\",\"off\",\"no_drain\"");
    }

    @Test
    void shouldApplyDefaults() throws IOException {
        JsonNode answer = dialogue.answer("get_volume_profile", "{'instrument':'" + BTC + "'}");

        assertThat(answer.get("window").asString()).isEqualTo("1d");
        assertThat(answer.get("rows").size()).isEqualTo(20);
        assertThat(answer.get("columns").toString())
                .isEqualTo("[\"price\",\"vol\",\"buy\",\"sell\"]");
        JsonNode parameters = answer.get("algorithm").get("parameters");
        assertThat(parameters.get("valueAreaMethod").asString()).isEqualTo("two_row");
        assertThat(parameters.get("valueAreaPct").asInt()).isEqualTo(70);
        List<BigDecimal> volumes = rows(answer).stream().map(row -> row.get(1)).toList();
        assertThat(volumes).isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(answer.get("truncated").asBoolean()).isTrue();
        assertThat(answer.get("hint").asString()).contains("max_levels").contains("row_ticks");
    }

    @Test
    void shouldAddUpRowsExactly() throws IOException {
        JsonNode fine = dialogue.answer("get_volume_profile",
                "{'instrument':'" + BTC + "','window':'1m','max_levels':200}");
        JsonNode coarse = dialogue.answer("get_volume_profile", "{'instrument':'" + BTC
                + "','window':'1m','max_levels':200,'row_ticks':10,'order':'price'}");

        assertThat(fine.get("truncated").asBoolean()).isFalse();
        assertThat(coarse.get("rowTicks").asInt()).isEqualTo(10);
        assertThat(coarse.get("rowSize").decimalValue()).isEqualByComparingTo("1");
        for (List<BigDecimal> row : rows(coarse)) {
            BigDecimal sum = rows(fine).stream()
                    .filter(part -> part.get(0).compareTo(row.get(0)) >= 0
                            && part.get(0).compareTo(row.get(0).add(BigDecimal.ONE)) < 0)
                    .map(part -> part.get(1)).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(row.get(1)).as("%s", row).isEqualByComparingTo(sum);
            assertThat(row.get(2).add(row.get(3))).isEqualByComparingTo(row.get(1));
        }
        assertThat(rows(coarse).stream().map(row -> row.get(1)).reduce(BigDecimal.ZERO,
                BigDecimal::add)).isEqualByComparingTo(coarse.get("volume").decimalValue());
    }

    @Test
    void shouldWriteTheSameRowsAsObjectsWhereThatIsAskedFor() throws IOException {
        JsonNode compact = dialogue.answer("get_volume_profile",
                "{'instrument':'" + BTC + "','max_levels':3}");
        JsonNode verbose = dialogue.answer("get_volume_profile",
                "{'instrument':'" + BTC + "','max_levels':3,'format':'verbose'}");

        assertThat(verbose.has("columns")).isFalse();
        for (int i = 0; i < 3; i++) {
            JsonNode row = verbose.get("rows").get(i);
            assertThat(row.get("price")).isEqualTo(compact.get("rows").get(i).get(0));
            assertThat(row.get("sell")).isEqualTo(compact.get("rows").get(i).get(3));
        }
    }

    @Test
    void shouldRaiseRowsToWhatTheWindowHas() throws IOException {
        Path rough = ReplayedEngine.sample(directory.resolve("rough"), "--row-ticks", "5");
        try (Dialogue other = Dialogue.initialized(() -> ReplayedEngine.SAMPLE_END_MS, rough)) {
            JsonNode answer = other.answer("get_volume_profile",
                    "{'instrument':'BTCUSDT','window':'5m','row_ticks':7}");
            JsonNode asItIs = other.answer("get_volume_profile",
                    "{'instrument':'BTCUSDT','window':'5m'}");

            assertThat(answer.get("rowTicks").asInt()).isEqualTo(10);
            assertThat(answer.get("algorithm").get("parameters").get("rowTicks").asInt())
                    .isEqualTo(10);
            assertThat(answer.get("hint").asString()).contains("raised from 7 to 10");
            assertThat(asItIs.get("rowTicks").asInt()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'instrument':'BTCUSD'}                        | UNKNOWN_INSTRUMENT: 'BTCUSD' is not tracked. Nearest: bybit-linear:BTCUSDT. Call list_instruments.
            {'instrument':'bybit-linear:BTCUSDC'}          | UNKNOWN_INSTRUMENT: 'bybit-linear:BTCUSDC' is not tracked. Nearest: bybit-linear:BTCUSDT
            {'instrument':'BTC'}                           | Nearest: bybit-linear:BTCUSDT
            {'instrument':'quite another thing'}           | is not tracked. Call list_instruments.
            {'instrument':'BTCUSDT','window':'custom'}     | INVALID_ARGUMENT: from_ms is missing: window=custom needs it
            {'instrument':'BTCUSDT','window':'custom','from_ms':1767621600000,'to_ms':5} | INVALID_ARGUMENT: from_ms 1767621600000 to to_ms 5 is no range
            {'instrument':'BTCUSDT','window':'custom','from_ms':1}             | RANGE_TOO_LARGE: from_ms to to_ms is longer than 31 days
            {'instrument':'BTCUSDT','window':'custom','from_ms':1,'to_ms':100} | HISTORY_UNAVAILABLE: the stored history does not answer. Live windows still work
            {'instrument':'BTCUSDT','window':'2h'}         | INVALID_ARGUMENT: window is '2h', allowed is one of 1m, 5m,
            {'instrument':'BTCUSDT','from_ms':1}           | INVALID_ARGUMENT: from_ms only with window=custom
            {'instrument':'BTCUSDT','max_levels':201}      | INVALID_ARGUMENT: max_levels is '201', allowed is a whole number 1 to 200.
            {'instrument':'BTCUSDT','max_levels':1.5}      | INVALID_ARGUMENT: max_levels is '1.5'
            {'instrument':'BTCUSDT','max_levels':1e99}     | INVALID_ARGUMENT: max_levels is
            {'instrument':'BTCUSDT','max_levels':1e999999} | INVALID_ARGUMENT: max_levels is
            {'instrument':'BTCUSDT','row_ticks':'10'}      | INVALID_ARGUMENT: row_ticks is '10', allowed is a whole number
            {'instrument':'BTCUSDT','order':null}          | INVALID_ARGUMENT: order is null
            {'instrument':'BTCUSDT','depth':3}             | INVALID_ARGUMENT: there is no parameter 'depth'. There are: instrument, window
            {'instrument':7}                               | INVALID_ARGUMENT: instrument is '7'
            {'instrument':''}                              | INVALID_ARGUMENT: instrument is ''
            {}                                             | INVALID_ARGUMENT: instrument is missing.
            """)
    void shouldSayWhatIsAllowedAndWhatToDo(String arguments, String text) throws IOException {
        assertThat(dialogue.failure("get_volume_profile", arguments)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "10.0", "1e1"})
    void shouldTakeWholeNumbersHoweverTheyAreWritten(String ten) throws IOException {
        assertThat(dialogue.answer("get_volume_profile",
                "{'instrument':'BTCUSDT','max_levels':" + ten + "}").get("rows").size())
                .isEqualTo(10);
    }

    @Test
    void shouldRefuseArgumentsWhereThereAreNoParameters() throws IOException {
        assertThat(dialogue.failure("ping", "{'verbose':true}")).isEqualTo(
                "INVALID_ARGUMENT: there is no parameter 'verbose'. This tool takes none.");
    }

    @Test
    void shouldShowOfStrangeTextsOnlyWhatIsPlain() throws IOException {
        assertThat(dialogue.failure("get_volume_profile",
                "{'instrument':'a\\u0000b\\u001b[31m\\u202ec'}")).contains("'a?b?[31m?c'");
    }
}
