package com.waickoff.marketdata.mcp;

import static com.waickoff.marketdata.mcp.PlayedEngine.MINUTE_MS;
import static com.waickoff.marketdata.mcp.PlayedEngine.NOON_MS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Ranges over a tick that became coarser, then finer: the trades of all definitions, whether their
 * windows are open or closed, and whether the snapshot has them or the store.
 */
@Timeout(300)
class ChangedTickTest {
    private static final long SEED = 97;
    private static final int MINUTES = 24;
    private static final long COARSER_MS = NOON_MS + 10 * MINUTE_MS + 30_000;
    private static final long FINER_MS = NOON_MS + 17 * MINUTE_MS + 30_000;
    /** All ticks divide it. */
    private static final BigDecimal COMMON_ROW = new BigDecimal("0.5");
    /** Nothing is known of the second or two between the last trade of one and the first of the other. */
    private static final int LEAST_PPM = 960_000;
    private static final List<Trade> TRADES = new ArrayList<>();

    @TempDir
    private static Path directory;
    private static PlayedEngine engine;
    private static StoredEngine store;
    /** Its snapshot has everything. */
    private static Dialogue shown;
    /** Its snapshot has the last minutes only, the store all that is closed. */
    private static Dialogue stored;

    private record Trade(long timeMs, BigDecimal price, BigDecimal quantity, boolean isBuy) {}

    @BeforeAll
    static void play() throws Exception {
        System.out.println("changed tick: seed " + SEED);
        engine = PlayedEngine.of(directory.resolve("shown"));
        play(engine);
        shown = Dialogue.initialized(engine::nowMs, directory.resolve("shown"));
        long nowMs;
        try (PlayedEngine journaled = PlayedEngine.forgetful(directory.resolve("stored"),
                true)) {
            TRADES.clear();
            play(journaled);
            nowMs = journaled.nowMs();
        }
        store = StoredEngine.of(directory.resolve("stored"));
        stored = Dialogue.initialized(() -> nowMs, directory.resolve("stored"));
    }

    @AfterAll
    static void end() throws IOException {
        shown.close();
        stored.close();
        engine.close();
        store.close();
    }

    private static void play(PlayedEngine market) {
        SplittableRandom random = new SplittableRandom(SEED);
        BigDecimal tick = new BigDecimal("0.1");
        market.define(tick.toString());
        for (long timeMs = NOON_MS + 2_000; timeMs < NOON_MS + MINUTES * MINUTE_MS
                - 20_000; timeMs += 2_000) {
            market.passTo(timeMs);
            if (timeMs == COARSER_MS || timeMs == FINER_MS) {
                tick = new BigDecimal(timeMs == COARSER_MS ? "0.5" : "0.01");
                market.define(tick.toString());
            }
            Trade trade = new Trade(timeMs, new BigDecimal("97000").add(tick.multiply(
                    BigDecimal.valueOf(random.nextInt(8)))), BigDecimal.valueOf(
                            1 + random.nextInt(900), 3),
                    random.nextBoolean());
            TRADES.add(trade);
            market.trade(timeMs, trade.price.toString(), trade.quantity.toString(), trade.isBuy);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,24", "0,11", "5,15", "10,18", "17,18", "12,24", "16,24"})
    void shouldAddUpAllDefinitions(int fromMinute, int toMinute) throws IOException {
        long fromMs = NOON_MS + fromMinute * MINUTE_MS;
        long toMs = NOON_MS + toMinute * MINUTE_MS;
        for (Dialogue asked : List.of(shown, stored)) {
            JsonNode profile = asked.answer("get_volume_profile",
                    "{'instrument':'BTCUSDT','window':'custom','from_ms':" + fromMs + ",'to_ms':"
                            + toMs + ",'row_ticks':50,'max_levels':200,'order':'price'}");
            List<Trade> trades = between(fromMs, toMs);

            assertThat(profile.get("trades").asInt()).as("%s", profile).isEqualTo(trades.size());
            assertThat(profile.get("volume").decimalValue()).isEqualByComparingTo(sum(trades));
            assertThat(profile.get("buyVolume").decimalValue()).isEqualByComparingTo(
                    sum(trades.stream().filter(Trade::isBuy).toList()));
            assertThat(profile.get("open").decimalValue())
                    .isEqualByComparingTo(trades.getFirst().price);
            assertThat(profile.get("close").decimalValue())
                    .isEqualByComparingTo(trades.getLast().price);
            assertThat(profile.get("rowSize").decimalValue()).isEqualByComparingTo(COMMON_ROW);
            assertThat(rows(profile)).isEqualTo(rows(trades));
            assertThat(profile.get("coverage").get("ppm").asInt()).as("%s", profile)
                    .isGreaterThan(LEAST_PPM);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"get_candles {'instrument':'BTCUSDT','timeframe':'1m','from_ms':"
            + NOON_MS + ",'format':'verbose'}",
            "get_order_flow {'instrument':'BTCUSDT','timeframe':'1m','bars':24,'format':'verbose'}",
            "get_candles {'instrument':'BTCUSDT','timeframe':'5m','from_ms':" + NOON_MS
                    + ",'format':'verbose'}"})
    void shouldShowTheBarsOfAllDefinitions(String question) throws IOException {
        int space = question.indexOf(' ');
        for (Dialogue asked : List.of(shown, stored)) {
            JsonNode answer = asked.answer(question.substring(0, space),
                    question.substring(space + 1));
            BigDecimal volume = BigDecimal.ZERO;
            long trades = 0;
            for (JsonNode row : answer.get("rows")) {
                volume = volume.add(row.get("volume").decimalValue());
                trades += row.get("trades").asLong();
            }
            assertThat(trades).as("%s", answer).isEqualTo(TRADES.size());
            assertThat(volume).isEqualByComparingTo(sum(TRADES));
            assertThat(answer.get("coverage").get("ppm").asInt()).as("%s", answer)
                    .isGreaterThan(LEAST_PPM);
        }
    }

    @Test
    void shouldPageWithoutLosingEitherOfTwoBarsOfAMinute() throws IOException {
        for (Dialogue asked : List.of(shown, stored)) {
            for (int limit : new int[]{1, 4, 11}) {
                long trades = 0;
                String cursor = "";
                while (cursor != null) {
                    JsonNode page = asked.answer("get_candles",
                            "{'instrument':'BTCUSDT','timeframe':'1m','format':'verbose','from_ms':"
                                    + NOON_MS + ",'to_ms':" + (NOON_MS + MINUTES * MINUTE_MS)
                                    + ",'limit':" + limit + cursor + "}");
                    for (JsonNode row : page.get("rows")) {
                        trades += row.get("trades").asLong();
                    }
                    cursor = page.has("nextCursor")
                            ? ",'cursor':'" + page.get("nextCursor").asString() + "'"
                            : null;
                }
                assertThat(trades).as("pages of %d", limit).isEqualTo(TRADES.size());
            }
        }
    }

    @Test
    void shouldFollowTheFlowOverAChange() throws IOException {
        JsonNode all = shown.answer("poll_order_flow", "{'instrument':'BTCUSDT','max_items':100}");
        long trades = 0;
        for (JsonNode row : all.get("rows")) {
            trades += row.get(5).asLong();
        }

        assertThat(trades).isEqualTo(TRADES.size());
        assertThat(shown.answer("poll_order_flow", "{'instrument':'BTCUSDT','cursor':'"
                + all.get("nextCursor").asString() + "'}").get("changed").asBoolean()).isFalse();
    }

    private static List<Trade> between(long fromMs, long toMs) {
        return TRADES.stream().filter(trade -> trade.timeMs >= fromMs && trade.timeMs < toMs)
                .toList();
    }

    private static BigDecimal sum(List<Trade> trades) {
        return trades.stream().map(Trade::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Bought and sold by row, on the common grid. */
    private static TreeMap<BigDecimal, List<BigDecimal>> rows(List<Trade> trades) {
        TreeMap<BigDecimal, List<BigDecimal>> rows = new TreeMap<>();
        for (Trade trade : trades) {
            BigDecimal row = trade.price.divideToIntegralValue(COMMON_ROW).multiply(COMMON_ROW);
            BigDecimal bought = trade.isBuy ? trade.quantity : BigDecimal.ZERO;
            rows.merge(row.setScale(1), List.of(bought, trade.quantity.subtract(bought)),
                    (one, other) -> List.of(one.get(0).add(other.get(0)),
                            one.get(1).add(other.get(1))));
        }
        rows.replaceAll((row, volumes) -> volumes.stream().map(ChangedTickTest::plain).toList());
        return rows;
    }

    private static TreeMap<BigDecimal, List<BigDecimal>> rows(JsonNode profile) {
        TreeMap<BigDecimal, List<BigDecimal>> rows = new TreeMap<>();
        for (JsonNode row : profile.get("rows")) {
            rows.put(row.get(0).decimalValue().setScale(1), List.of(
                    plain(row.get(2).decimalValue()), plain(row.get(3).decimalValue())));
        }
        return rows;
    }

    private static BigDecimal plain(BigDecimal number) {
        return number.setScale(3);
    }
}
