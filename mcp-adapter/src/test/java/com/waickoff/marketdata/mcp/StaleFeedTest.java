package com.waickoff.marketdata.mcp;

import static com.waickoff.marketdata.mcp.PlayedEngine.MINUTE_MS;
import static com.waickoff.marketdata.mcp.PlayedEngine.NOON_MS;
import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What is not kept up to date any more is answered, and said to be stale, by every tool whose numbers
 * it concerns.
 */
@Timeout(300)
class StaleFeedTest {
    private static final String BTC = "{'instrument':'BTCUSDT'}";
    private static final String LAST_MINUTES = "{'instrument':'BTCUSDT','timeframe':'1m'}";
    private static final long LAST_HEARD_MS = NOON_MS + 2 * MINUTE_MS + 30_000;

    /** Tools whose numbers are made of trades. */
    private static final List<String> OF_TRADES = List.of("get_volume_profile " + BTC,
            "get_volume_profile {'instrument':'BTCUSDT','window':'custom','from_ms':" + NOON_MS
                    + "}",
            "get_order_flow " + LAST_MINUTES, "get_footprint " + LAST_MINUTES,
            "get_candles " + LAST_MINUTES, "poll_order_flow " + BTC);
    /** Tools whose numbers are made of the book as well. */
    private static final List<String> OF_BOOKS = List.of("get_market_snapshot " + BTC,
            "get_market_depth " + BTC);
    private static final List<String> OF_ALL = List.of("ping {}", "list_instruments {}");

    @TempDir
    private static Path directory;
    private static final Map<Case, PlayedEngine> ENGINES = new EnumMap<>(Case.class);
    private static final Map<Case, Dialogue> DIALOGUES = new EnumMap<>(Case.class);

    /** What happens; where no time passes by that, the engine goes on for some seconds. */
    private enum Case {
        LIVE("synced", null, engine -> {}), FEED_DOWN("stale", "feed_down", engine -> {
            engine.resetBook(Reason.DISCONNECTED);
            engine.feedDown(Reason.DISCONNECTED);
        }), BOOK_STALE("stale", "book_down",
                engine -> engine.resetBook(Reason.SEQUENCE_GAP)), BOOK_REBUILDING("rebuilding",
                        "book_down",
                        engine -> engine.resetBook(Reason.VENUE_RESTART)), ENGINE_STOPPED("synced",
                                "engine_stopped",
                                engine -> engine.standStillUntil(LAST_HEARD_MS + MINUTE_MS));

        private final String bookState;
        private final String staleReason;
        private final Consumer<PlayedEngine> happens;

        Case(String bookState, String staleReason, Consumer<PlayedEngine> happens) {
            this.bookState = bookState;
            this.staleReason = staleReason;
            this.happens = happens;
        }
    }

    private static Stream<Arguments> questions() {
        return Stream.of(Case.values()).flatMap(one -> Stream.of(
                OF_TRADES.stream().map(question -> Arguments.of(one, question,
                        one == Case.FEED_DOWN || one == Case.ENGINE_STOPPED)),
                OF_BOOKS.stream().map(question -> Arguments.of(one, question, one != Case.LIVE)),
                OF_ALL.stream().map(question -> Arguments.of(one, question,
                        one == Case.ENGINE_STOPPED)))
                .flatMap(each -> each));
    }

    @BeforeAll
    static void play() throws IOException {
        for (Case one : Case.values()) {
            Path dataDir = directory.resolve(one.name());
            PlayedEngine engine = PlayedEngine.of(dataDir);
            ENGINES.put(one, engine);
            engine.define("0.1");
            for (int minute = 0; minute < 3; minute++) {
                engine.passTo(NOON_MS + minute * MINUTE_MS + 30_000);
                engine.trade(engine.nowMs(), "97000." + minute, "0.5", true);
            }
            engine.book("97000.1", "97000.2");
            one.happens.accept(engine);
            if (engine.nowMs() == LAST_HEARD_MS) {
                engine.passTo(LAST_HEARD_MS + 10_000);
            }
            DIALOGUES.put(one, Dialogue.initialized(engine::nowMs, dataDir));
        }
    }

    @AfterAll
    static void end() throws IOException {
        for (Dialogue dialogue : DIALOGUES.values()) {
            dialogue.close();
        }
        ENGINES.values().forEach(PlayedEngine::close);
    }

    @ParameterizedTest
    @MethodSource("questions")
    void shouldAnswerAndSayWhetherItIsStale(Case happened, String question, boolean isStale)
            throws IOException {
        int space = question.indexOf(' ');
        JsonNode answer = DIALOGUES.get(happened).answer(question.substring(0, space),
                question.substring(space + 1));

        assertThat(answer.get("stale").asBoolean()).as("%s", answer).isEqualTo(isStale);
        assertThat(answer.path("staleReason").asString("none"))
                .isEqualTo(isStale ? happened.staleReason : "none");
        assertThat(answer.has("hint") && answer.get("hint").asString()
                .contains("last known numbers")).as("%s", answer).isEqualTo(isStale);
        assertThat(answer.get("ageMs").asLong()).as("%s", answer)
                .isEqualTo(ENGINES.get(happened).nowMs() - answer.get("asOfMs").asLong());
        assertThat(answer.get("asOfMs").asLong()).as("%s", answer)
                .isEqualTo(LAST_HEARD_MS);
        if (!OF_ALL.contains(question)) {
            assertThat(answer.get("bookState").asString()).isEqualTo(happened.bookState);
        }
    }
}
