package com.waickoff.marketdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Which instrument is meant, and which there are. */
@Timeout(300)
class InstrumentsTest {
    private static final long NOW_MS = 1_800_000_000_000L;

    @TempDir
    Path directory;

    @Test
    void shouldNameTheVenuesWhereASymbolIsOnSeveral() throws IOException {
        try (Dialogue dialogue = dialogue("bybit-linear:BTCUSDT", "binance-spot:BTCUSDT",
                "binance-spot:BTCFDUSD")) {
            assertThat(profileFailure(dialogue, "BTCUSDT")).isEqualTo(
                    "AMBIGUOUS_INSTRUMENT: 2 venues have 'BTCUSDT'. Name one: "
                            + "binance-spot:BTCUSDT, bybit-linear:BTCUSDT.");
            assertThat(profileFailure(dialogue, "binance-spot:BTCUSDT")).startsWith("NO_DATA: ");
            assertThat(profileFailure(dialogue, "BTCFDUSD")).startsWith("NO_DATA: ");
            assertThat(profileFailure(dialogue, "BTCUSD")).startsWith("UNKNOWN_INSTRUMENT: ")
                    .contains("Nearest: binance-spot:BTCUSDT, bybit-linear:BTCUSDT");
        }
    }

    @Test
    void shouldKnowSymbolsOfOtherScripts() throws IOException {
        try (Dialogue dialogue = dialogue("binance-usdm:币安人生USDT", "binance-usdm:𝔘USDT")) {
            assertThat(profileFailure(dialogue, "币安人生USDT")).startsWith("NO_DATA: ")
                    .contains("binance-usdm:币安人生USDT");
            assertThat(profileFailure(dialogue, "𝔘USDT")).startsWith("NO_DATA: ")
                    .contains("𝔘USDT");
            assertThat(profileFailure(dialogue, "币安USDT"))
                    .contains("Nearest: binance-usdm:币安人生USDT");
            JsonNode rows = dialogue.answer("list_instruments",
                    "{'query':'币安','status':'all'}").get("rows");
            assertThat(rows.toString()).isEqualTo(
                    "[[\"binance-usdm:币安人生USDT\",\"BTC\",\"USDT\",0.1,0.001,null,null]]");
        }
    }

    @Test
    void shouldPageThroughAllOfThem() throws IOException {
        String[] names = IntStream.range(0, 57).mapToObj(i -> "binance-spot:S%02dUSDT".formatted(i))
                .toArray(String[]::new);
        try (Dialogue dialogue = dialogue(names)) {
            List<String> seen = new ArrayList<>();
            String cursor = "";
            int pages = 0;
            do {
                JsonNode page = dialogue.answer("list_instruments", "{'status':'all','limit':20"
                        + (cursor.isEmpty() ? "" : ",'cursor':'" + cursor + "'") + "}");
                page.get("rows").forEach(row -> seen.add(row.get(0).asString()));
                assertThat(page.get("total").asInt()).isEqualTo(57);
                assertThat(page.get("truncated").asBoolean()).isEqualTo(page.has("nextCursor"));
                cursor = page.path("nextCursor").asString("");
                pages++;
            } while (!cursor.isEmpty());

            assertThat(pages).isEqualTo(3);
            assertThat(seen).containsExactly(names);
            assertThat(dialogue.failure("list_instruments", "{'cursor':'?!'}"))
                    .startsWith("INVALID_ARGUMENT: cursor");
        }
    }

    @Test
    void shouldListOnlyThoseWithDataUnlessAllAreAskedFor() throws IOException {
        try (Dialogue dialogue = dialogue("binance-spot:BTCUSDT")) {
            JsonNode active = dialogue.answer("list_instruments", "{}");

            assertThat(active.get("rows").size()).isZero();
            assertThat(active.get("hint").asString()).contains("status=all");
            assertThat(active.get("asOfMs").isNull()).isTrue();
            assertThat(dialogue.answer("list_instruments", "{'status':'all'}").get("rows").size())
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldSayThatAnEngineKnowsNothingYet() throws IOException {
        try (Dialogue dialogue = dialogue()) {
            assertThat(profileFailure(dialogue, "BTCUSDT")).contains("knows no instrument yet");
            assertThat(dialogue.answer("list_instruments", "{}").get("hint").asString())
                    .contains("knows no instrument yet");
            assertThat(dialogue.answer("ping", "{}").get("instruments").asInt()).isZero();
        }
    }

    private Dialogue dialogue(String... names) throws IOException {
        return Dialogue.initialized(() -> NOW_MS,
                ReplayedEngine.withInstruments(directory.resolve("data"), NOW_MS, names));
    }

    private static String profileFailure(Dialogue dialogue, String instrument)
            throws IOException {
        return dialogue.failure("get_volume_profile", "{'instrument':'" + instrument + "'}");
    }
}
