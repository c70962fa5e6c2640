package com.waickoff.marketdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.waickoff.marketdata.mcp.answer.AnswerWriter;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.catalogue.Catalogue;
import com.waickoff.marketdata.mcp.catalogue.ReadableContent;
import com.waickoff.marketdata.mcp.history.StoredPast;
import com.waickoff.marketdata.mcp.live.EngineDoor;
import com.waickoff.marketdata.mcp.serve.Incidents;
import com.waickoff.marketdata.mcp.serve.MarketServer;
import com.waickoff.marketdata.mcp.serve.ToolCalls;
import com.waickoff.marketdata.mcp.tool.Tool;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.DepthSection;
import com.waickoff.marketdata.snapshot.InstrumentSections;
import com.waickoff.marketdata.snapshot.SnapshotConfig;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import com.waickoff.marketdata.snapshot.WallsSection;
import io.modelcontextprotocol.json.schema.jackson3.DefaultJsonSchemaValidator;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the largest answers cost: every tool at its maximal arguments, of markets in which every number
 * is long. Prints a table.
 */
@Timeout(300)
class AnswerSizesTest {
    private static final int MOST_BYTES = MarketServer.MAX_ANSWER_BYTES;
    private static final int MOST_TOKENS = 25_000;
    private static final int MOST_LISTED_TOKENS = 2_000;
    private static final long NOW_MS = ReplayedEngine.SAMPLE_END_MS;
    private static final long DAY_MS = 86_400_000L;
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final String BTC = "'instrument':'bybit-linear:BTCUSDT'";
    private static final Encoding TOKENS = Encodings.newLazyEncodingRegistry()
            .getEncoding(EncodingType.O200K_BASE);

    @TempDir
    Path directory;

    private final AnswerWriter writer = MarketServer.writer();
    private final ToolCalls calls = new ToolCalls(writer, new Incidents(1));
    private final List<String> lines = new ArrayList<>();

    @Test
    void shouldKeepEveryAnswerBelowWhatAModelCanTake() throws IOException {
        lines.add(String.format(Locale.ROOT, "%-20s %7s %7s  %s", "TOOL", "BYTES", "TOKENS",
                "ARGUMENTS"));
        try (MarketSources recorded = sources(
                ReplayedEngine.sample(directory.resolve("recorded")));
                MarketSources large = sources(largeEngine(directory.resolve("large")))) {
            Catalogue market = recorded.catalogue(writer);
            Catalogue many = large.catalogue(writer);
            measure(market, "ping", "{}");
            measure(many, "get_health", "{'detail':'full'}");
            measure(many, "list_instruments", "{'status':'all','limit':100}");
            measure(market, "get_market_snapshot", "{" + BTC + "}");
            String month = BTC + ",'window':'custom','from_ms':" + (NOW_MS - 31 * DAY_MS + 60_001)
                    + ",'to_ms':" + NOW_MS + ",'max_levels':200";
            measure(market, "get_volume_profile", "{" + month + "}");
            measure(market, "get_volume_profile", "{" + month + ",'format':'verbose'}");
            measureBoth(market, "get_order_flow", BTC + ",'timeframe':'1m','bars':300");
            measureBoth(market, "get_footprint", BTC + ",'timeframe':'1m','bars':20,'levels':40");
            measureBoth(many, "get_market_depth", "'instrument':'BTCUSDT0','levels':100");
            measureBoth(market, "get_candles", BTC + ",'timeframe':'1m','limit':500,'to_ms':"
                    + (NOW_MS - DAY_MS));
            measure(market, "get_trades", "{" + BTC + ",'from_ms':" + (NOW_MS - 3_600_000)
                    + ",'to_ms':" + NOW_MS + ",'limit':400}");
            measure(market, "poll_order_flow", "{" + BTC + ",'max_items':100,'wait_ms':20000}");
            for (ReadableContent resource : many.resources()) {
                String text = resource.read("market://" + resource.name());
                record("market://" + resource.name(), text, "");
            }
        } catch (ToolFailure failure) {
            throw new AssertionError(failure.text(), failure);
        } finally {
            lines.forEach(System.out::println);
        }
    }

    @Test
    void shouldListTheToolsForLittle() throws IOException {
        try (Dialogue dialogue = Dialogue.initialized(() -> NOW_MS, directory)) {
            JsonNode first = dialogue.ask("tools/list", "{}").get("result");
            JsonNode second = dialogue.ask("tools/list", "{}").get("result");
            ArrayNode bare = Dialogue.JSON.createArrayNode();
            first.get("tools").forEach(tool -> {
                ObjectNode copy = (ObjectNode) tool.deepCopy();
                copy.remove("outputSchema");
                bare.add(copy);
            });
            int tokens = TOKENS.countTokens(bare.toString());
            System.out.printf(Locale.ROOT, "tools/list: %,d tokens without output schemas, %,d"
                    + " with, %,d bytes%n", tokens, TOKENS.countTokens(first.toString()),
                    first.toString().getBytes(StandardCharsets.UTF_8).length);

            assertThat(second.toString()).isEqualTo(first.toString());
            assertThat(tokens).isLessThan(MOST_LISTED_TOKENS);
        }
    }

    private void measureBoth(Catalogue catalogue, String tool, String arguments) {
        measure(catalogue, tool, '{' + arguments + '}');
        measure(catalogue, tool, '{' + arguments + ",'format':'verbose'}");
    }

    private void measure(Catalogue catalogue, String name, String arguments) {
        Tool tool = catalogue.tools().stream().filter(one -> one.name().equals(name)).findFirst()
                .orElseThrow();
        Map<String, Object> given = Dialogue.JSON.readValue(arguments.replace('\'', '"'),
                new TypeReference<>() {
                });
        ToolCalls.Result result = calls.call(tool, given);
        assertThat(result.isError()).as("%s %s: %s", name, arguments, result.text()).isFalse();
        var checked = new DefaultJsonSchemaValidator().validate(tool.outputSchema(),
                Dialogue.JSON.readValue(result.text(), new TypeReference<Map<String, Object>>() {
                }));
        assertThat(checked.valid()).as("%s: %s", name, checked.errorMessage()).isTrue();
        record(name, result.text(), arguments);
    }

    private void record(String name, String text, String arguments) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        int tokens = TOKENS.countTokens(text);
        lines.add(String.format(Locale.ROOT, "%-20s %,7d %,7d  %s%s", name, bytes, tokens,
                arguments, text.contains("\"truncated\":true") ? " (cut)" : ""));
        assertThat(bytes).as("%s", name).isLessThanOrEqualTo(MOST_BYTES);
        assertThat(tokens).as("%s", name).isLessThanOrEqualTo(MOST_TOKENS);
    }

    /** The engine that is there, with a past of long numbers both in its snapshot and in a store. */
    private MarketSources sources(Path dataDir) {
        return new MarketSources(new EngineDoor(dataDir.resolve("snapshot.bin"),
                dataDir.resolve("status.bin"), () -> NOW_MS),
                StoredPast.of(new InventedHistory(NOW_MS - DAY_MS, NOW_MS - 60_000), DEADLINE),
                StoredPast.of(new InventedHistory(NOW_MS - 40 * DAY_MS, NOW_MS - 60_000),
                        DEADLINE),
                dataDir.resolve("drain"), System::nanoTime);
    }

    /** An engine that follows many instruments, the first of which has a deep book. */
    private static Path largeEngine(Path dataDir) throws IOException {
        Files.createDirectories(dataDir);
        long nowNs = NOW_MS * 1_000_000L;
        try (SnapshotWriter snapshot = SnapshotWriter.create(dataDir.resolve("snapshot.bin"),
                new SnapshotConfig(128, 64, 100, 8), Run.ofThisProcess(nowNs))) {
            for (int i = 0; i < 120; i++) {
                InstrumentSections sections = snapshot.define(new SnapshotInstrument(i + 1,
                        "binance-coinm", "BTCUSDT" + i, 1, 1, 3, 1, BigDecimal.TEN, "SYMBOL" + i,
                        "contracts", "USD", 1));
                if (i == 0) {
                    fill(sections.depth(), sections.walls(), nowNs);
                }
            }
            snapshot.heartbeat(nowNs);
        }
        return dataDir;
    }

    private static void fill(DepthSection depth, WallsSection walls, long nowNs) {
        depth.begin();
        depth.book(BookState.SYNCED, 1, nowNs, nowNs, 1_000, 1_000);
        walls.begin(nowNs, 5);
        walls.side(true, 100, 98_765);
        walls.side(false, 100, 98_765);
        for (int i = 0; i < 100; i++) {
            depth.addBid(1_234_567 - i, 98_765_432 + i);
            depth.addAsk(1_234_568 + i, 98_765_432 + i);
            if (i < WallsSection.CAPACITY) {
                walls.add(true, 1_234_567 - i, 98_765_432, 98_765_432, nowNs);
                walls.add(false, 1_234_568 + i, 98_765_432, 98_765_432, nowNs);
            }
        }
        walls.end(7);
        depth.end(7);
    }
}
