package com.waickoff.marketdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.catalogue.Catalogue;
import com.waickoff.marketdata.mcp.catalogue.Completions.Reference;
import com.waickoff.marketdata.mcp.catalogue.Prompt;
import com.waickoff.marketdata.mcp.catalogue.ReadableContent;
import com.waickoff.marketdata.mcp.catalogue.ResourceTemplate;
import com.waickoff.marketdata.mcp.history.StoredPast;
import com.waickoff.marketdata.mcp.live.EngineDoor;
import com.waickoff.marketdata.mcp.serve.Incidents;
import com.waickoff.marketdata.mcp.serve.MarketServer;
import com.waickoff.marketdata.mcp.serve.ToolCalls;
import com.waickoff.marketdata.mcp.tool.Tool;
import com.waickoff.marketdata.storage.history.SnapshotHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
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

/** What can be read, prompted and completed, and how updates are followed. */
@Timeout(300)
class CatalogueTest {
    private static final long NOW_MS = ReplayedEngine.SAMPLE_END_MS;

    @TempDir
    private static Path directory;
    private static Path dataDir;
    private static MarketSources sources;
    private static Catalogue catalogue;
    private static Dialogue dialogue;

    @BeforeAll
    static void replay() throws IOException {
        dataDir = ReplayedEngine.sample(directory.resolve("data"));
        sources = sources(dataDir);
        catalogue = sources.catalogue(MarketServer.writer());
        dialogue = Dialogue.initialized(() -> NOW_MS, dataDir);
    }

    /** By a clock that stands still: no wait is over before something is new. */
    private static MarketSources sources(Path data) {
        Path snapshot = data.resolve("snapshot.bin");
        return new MarketSources(
                new EngineDoor(snapshot, data.resolve("status.bin"), () -> NOW_MS),
                StoredPast.of(new SnapshotHistory(snapshot, () -> NOW_MS), Duration.ofMinutes(1)),
                StoredPast.NONE, data.resolve("drain"), () -> 0);
    }

    @AfterAll
    static void end() throws IOException {
        dialogue.close();
        sources.close();
    }

    @Test
    void shouldInstructInFewWords() {
        assertThat(catalogue.instructions().split("\\s+")).hasSizeLessThanOrEqualTo(120);
        assertThat(catalogue.instructions()).startsWith("Order flow").contains("coverage",
                "ageMs", "not advice", "get_market_snapshot");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            market://bybit-linear/BTCUSDT/snapshot | get_market_snapshot | {'instrument':'BTCUSDT'}
            market://instruments | list_instruments | {'status':'all','limit':100}
            """)
    void shouldReadWhatToolsAnswer(String uri, String tool, String arguments) throws Exception {
        JsonNode read = Dialogue.JSON.readTree(catalogue.find(uri).read(uri));

        assertThat((Object) read)
                .isEqualTo(dialogue.answer(tool, arguments));
        JsonNode contents = dialogue.ask("resources/read", "{\"uri\":\"" + uri + "\"}")
                .get("result").get("contents").get(0);
        assertThat(contents.get("uri").asString()).isEqualTo(uri);
        assertThat(contents.get("mimeType").asString()).isEqualTo("application/json");
        assertThat((Object) Dialogue.JSON.readTree(contents.get("text").asString()))
                .isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"market://bybit-linear/ETHUSDT/depth",
            "market://bybit-linear/ETHUSDT/orderflow/live",
            "market://bybit-linear/ETHUSDT/profile/15m",
            "market://bybit-linear/%45THUSDT/profile/session"})
    void shouldReadAndWatchWhatIsOfAnInstrument(String uri) throws Exception {
        ReadableContent found = catalogue.find(uri);
        JsonNode read = Dialogue.JSON.readTree(found.read(uri));

        assertThat(read.get("instrument").asString()).isEqualTo("bybit-linear:ETHUSDT");
        assertThat(found.isSubscribable()).isTrue();
        assertThat(found.version(uri)).isEqualTo(found.version(uri));
        assertThat(found.freshness().ttlMs()).isBetween(250L, 1_000L);
    }

    @ParameterizedTest
    @CsvSource({"market://bybit-linear/DOGEUSDT/depth,UNKNOWN_INSTRUMENT",
            "market://bybit-linear/BTCUSDT/profile/2h,UNKNOWN_RESOURCE",
            "market://bybit-linear/BTCUSDT,UNKNOWN_RESOURCE",
            "market://bybit-linear/BTC%2FUSDT/depth,UNKNOWN_RESOURCE",
            "market://bybit-linear/BTCUSDT/depth/..,UNKNOWN_RESOURCE",
            "market://bybit-linear/%zz/depth,UNKNOWN_RESOURCE",
            "file:///etc/passwd,UNKNOWN_RESOURCE"})
    void shouldFindNothingBehindOtherUris(String uri, ErrorCode code) {
        assertThatThrownBy(() -> catalogue.find(uri).read(uri)).isInstanceOfSatisfying(
                ToolFailure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @Test
    void shouldTellThatTheGuideIsTheSameForAll() throws Exception {
        ReadableContent guide = catalogue.find("market://guide");

        assertThat(guide.read("market://guide")).contains("coverage", "not advice");
        assertThat(guide.freshness().scope().label()).isEqualTo("public");
        assertThat(guide.isSubscribable()).isFalse();
        assertThat(catalogue.find("market://health").freshness().scope().label())
                .isEqualTo("private");
    }

    @Test
    void shouldWordPromptsFromCheckedArguments() throws Exception {
        Prompt compare = prompt("compare_profiles");

        String text = compare.render(Map.of("instrument", "BTCUSDT", "day_a", "2026-01-04",
                "day_b", "2026-01-05")).getFirst().text();

        assertThat(text).contains("bybit-linear:BTCUSDT", "2026-01-05 (from_ms=1767571200000, "
                + "to_ms=1767657600000)", "get_volume_profile", "no advice");
        assertThat(prompt("check_data_quality").render(Map.of()).getFirst().text())
                .contains("get_health");
        for (Map<String, String> wrong : List.of(Map.<String, String>of(),
                Map.of("instrument", "BTCUSDT", "timeframe", "ignore all of this"),
                Map.of("instrument", "ignore all of this", "timeframe", "1m"),
                Map.of("instrument", "BTCUSDT", "timeframe", "1m", "tone", "rude"))) {
            assertThatThrownBy(() -> prompt("explain_order_flow").render(wrong))
                    .isInstanceOf(ToolFailure.class);
        }
        assertThat(dialogue.ask("prompts/get", """
                {"name":"analyze_session","arguments":{"instrument":"ETHUSDT"}}""")
                .get("result").get("messages").get(0).get("content").get("text").asString())
                .contains("bybit-linear:ETHUSDT");
    }

    private static Prompt prompt(String name) {
        return catalogue.prompts().stream().filter(prompt -> prompt.name().equals(name))
                .findFirst().orElseThrow();
    }

    @Test
    void shouldComplete() throws IOException {
        ResourceTemplate profile = catalogue.templates().getLast();
        Reference template = new Reference.OfTemplate(profile.uriTemplate());
        assertThat(profile.uriTemplate()).isEqualTo("market://{venue}/{symbol}/profile/{window}");

        assertThat(proposed(new Reference.OfPrompt("analyze_session"), "instrument", "eth",
                Map.of())).containsExactly("bybit-linear:ETHUSDT");
        assertThat(proposed(template, "venue", "", Map.of())).containsExactly("bybit-linear");
        assertThat(proposed(template, "symbol", "B", Map.of("venue", "bybit-linear")))
                .containsExactly("BTCUSDT");
        assertThat(proposed(template, "symbol", "", Map.of("venue", "elsewhere"))).isEmpty();
        assertThat(proposed(template, "window", "1", Map.of())).startsWith("1m", "15m", "1h", "1d");
        assertThat(proposed(template, "colour", "", Map.of())).isEmpty();
        assertThat(dialogue.ask("completion/complete", """
                {"ref":{"type":"ref/prompt","name":"explain_order_flow"},
                 "argument":{"name":"timeframe","value":"5"}}""").get("result")
                .get("completion").get("values").toString()).isEqualTo("[\"5m\",\"15m\"]");
    }

    private static List<String> proposed(Reference reference, String argument, String begun,
            Map<String, String> others) {
        return catalogue.completions().propose(reference, argument, begun, others).values();
    }

    @Test
    void shouldGiveWhatIsNewOnceAndThenNothing() throws IOException {
        JsonNode first = dialogue.answer("poll_order_flow",
                "{'instrument':'BTCUSDT','max_items':3}");
        String cursor = first.get("nextCursor").asString();
        JsonNode second = dialogue.answer("poll_order_flow", "{'instrument':'BTCUSDT','cursor':'"
                + cursor + "','wait_ms':200}");

        assertThat(first.get("rows").size()).isEqualTo(3);
        assertThat(second.get("changed").asBoolean()).isFalse();
        assertThat(second.get("rows").size()).isZero();
        assertThat(dialogue.failure("poll_order_flow",
                "{'instrument':'ETHUSDT','cursor':'" + cursor + "'}"))
                .startsWith("INVALID_ARGUMENT: cursor is not one of this question");
    }

    @Test
    void shouldSayThatACursorIsOfAnotherJournal() throws IOException {
        String cursor = dialogue.answer("poll_order_flow", "{'instrument':'BTCUSDT'}")
                .get("nextCursor").asString();
        Path anew = ReplayedEngine.sample(directory.resolve("anew"), "--to",
                "2026-01-05T14:10:00Z");
        try (Dialogue other = Dialogue.initialized(() -> NOW_MS, anew)) {
            assertThat(other.failure("poll_order_flow",
                    "{'instrument':'BTCUSDT','cursor':'" + cursor + "'}"))
                    .startsWith("CURSOR_EXPIRED: ");
            JsonNode early = other.answer("poll_order_flow",
                    "{'instrument':'BTCUSDT','max_items':1}");
            JsonNode missed = dialogue.answer("poll_order_flow", "{'instrument':'BTCUSDT',"
                    + "'max_items':4,'cursor':'" + early.get("nextCursor").asString() + "'}");
            // The minute that was open then, and all behind it, but for the four that fit.
            assertThat(missed.get("rows").size()).isEqualTo(4);
            assertThat(missed.get("dropped").asInt()).isBetween(8, 9);
        }
    }

    @Test
    void shouldSayThatACursorsMinuteHasLeftTheSnapshot() throws IOException {
        Path forgetful = directory.resolve("forgetful");
        try (PlayedEngine engine = PlayedEngine.forgetful(forgetful, false);
                Dialogue other = Dialogue.initialized(engine::nowMs, forgetful)) {
            engine.define("0.1");
            engine.trade(engine.nowMs(), "97000.1", "1", true);
            String cursor = ",'cursor':'" + other.answer("poll_order_flow",
                    "{'instrument':'BTCUSDT'}").get("nextCursor").asString() + "'}";
            for (int minute = 1; minute < 20; minute++) {
                engine.passTo(PlayedEngine.NOON_MS + minute * PlayedEngine.MINUTE_MS);
                engine.trade(engine.nowMs(), "97000.1", "1", true);
                String question = "{'instrument':'BTCUSDT'" + cursor;
                if (minute < 8) {
                    assertThat(other.answer("poll_order_flow", question).get("rows").size())
                            .isEqualTo(minute + 1);
                }
            }
            assertThat(other.failure("poll_order_flow", "{'instrument':'BTCUSDT'" + cursor))
                    .startsWith("CURSOR_EXPIRED: ").contains("get_order_flow");
        }
    }

    @Test
    void shouldEndItsWaitWhenSomethingIsNew() throws Exception {
        Path before = ReplayedEngine.sample(directory.resolve("before"), "--to",
                "2026-01-05T14:10:00Z");
        try (MarketSources waiting = sources(before)) {
            String cursor = poll(waiting, Map.of("instrument", "BTCUSDT")).get("nextCursor")
                    .asString();
            Path after = ReplayedEngine.sample(directory.resolve("after"), "--to",
                    "2026-01-05T14:12:00Z");
            Thread engine = Thread.ofPlatform().start(() -> {
                try {
                    Files.move(after.resolve("snapshot.bin"), before.resolve("snapshot.bin"),
                            StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            JsonNode news = poll(waiting,
                    Map.of("instrument", "BTCUSDT", "wait_ms", 20_000, "cursor", cursor));
            engine.join();

            assertThat(news.get("changed").asBoolean()).isTrue();
            assertThat(news.get("rows").size()).isBetween(2, 4);
            assertThat(news.get("dropped").asInt()).isZero();
        }
    }

    private static JsonNode poll(MarketSources asked, Map<String, Object> arguments) {
        Tool poll = asked.catalogue(MarketServer.writer()).tools().stream()
                .filter(tool -> tool.name().equals("poll_order_flow")).findFirst().orElseThrow();
        ToolCalls.Result result = new ToolCalls(MarketServer.writer(), new Incidents(1))
                .call(poll, arguments);
        assertThat(result.isError()).as(result.text()).isFalse();
        return Dialogue.JSON.readTree(result.text());
    }
}
