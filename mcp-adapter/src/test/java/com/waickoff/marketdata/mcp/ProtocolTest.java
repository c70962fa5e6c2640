package com.waickoff.marketdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The protocol on a pair of streams, in whatever a client may send. */
@Timeout(300)
class ProtocolTest {
    private static final long NOW_MS = 1_800_000_000_000L;
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":"i","method":"initialize","params":{"protocolVersion":"2025-06-18",\
            "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";
    private static final String INITIALIZED = """
            {"jsonrpc":"2.0","method":"notifications/initialized"}""";

    @TempDir
    Path directory;

    @Test
    void shouldIntroduceItself() throws IOException {
        try (Dialogue dialogue = new Dialogue(() -> NOW_MS, "--data-dir", directory.toString())) {
            JsonNode result = dialogue.initialize();

            assertThat(result.get("protocolVersion").asString()).isEqualTo("2025-11-25");
            assertThat(result.get("serverInfo").get("name").asString()).isEqualTo("waickoff");
            assertThat(result.get("capabilities").has("tools")).isTrue();
            assertThat(result.get("instructions").asString().split(" "))
                    .hasSizeLessThanOrEqualTo(120);
        }
    }

    @Test
    void shouldSpeakTheVersionAClientAsksFor() throws IOException {
        assertThat(answers(INITIALIZE).getFirst().get("result").get("protocolVersion").asString())
                .isEqualTo("2025-06-18");
        assertThat(answers(INITIALIZE.replace("2025-06-18", "1999-01-01")).getFirst()
                .get("result").get("protocolVersion").asString()).isEqualTo("2025-11-25");
    }

    @Test
    void shouldAnswerEachOfAThousandCallsThatComeAtOnce() throws IOException {
        String[] lines = new String[1002];
        lines[0] = INITIALIZE;
        lines[1] = INITIALIZED;
        for (int i = 0; i < 1000; i++) {
            lines[i + 2] = call(i, "ping", "{}");
        }
        ReplayedEngine.withInstruments(directory, NOW_MS, "binance-spot:BTCUSDT");

        List<JsonNode> answers = answers(lines);

        assertThat(answers).hasSize(1001);
        assertThat(answers.subList(1, 1001)).allSatisfy(answer -> assertThat(answer
                .get("result").get("structuredContent").get("ok").asBoolean()).isTrue());
        assertThat(answers.subList(1, 1001).stream().map(answer -> answer.get("id").asInt())
                .collect(Collectors.toSet()))
                .isEqualTo(IntStream.range(0, 1000).boxed().collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            garbage                                                | -32700 |
            {"jsonrpc":"2.0","id":1,"method":"ping"                | -32700 |
            {"jsonrpc":"2.0","id":1,"method":"ping"} {}            | -32700 |
            {"a":"\u0001"}                                         | -32700 |
            [{"jsonrpc":"2.0","id":1,"method":"ping"}]             | -32600 |
            17                                                     | -32600 |
            null                                                   | -32600 |
            {}                                                     | -32600 |
            {"jsonrpc":"1.0","id":1,"method":"ping"}               | -32600 | 1
            {"jsonrpc":"2.0","id":1}                               | -32600 | 1
            {"jsonrpc":"2.0","id":1,"method":7}                    | -32600 | 1
            {"jsonrpc":"2.0","id":null,"method":"ping"}            | -32600 |
            {"jsonrpc":"2.0","id":[1],"method":"ping"}             | -32600 |
            {"jsonrpc":"2.0","id":1,"method":"ping","params":[]}   | -32602 | 1
            {"jsonrpc":"2.0","id":1,"method":"initialize"}         | -32602 | 1
            {"jsonrpc":"2.0","id":"x","method":"tools/list"}       | -32600 | "x"
            {"jsonrpc":"2.0","id":1,"method":"server/discover"}    | -32602 | 1
            {"jsonrpc":"2.0","id":1,"method":"tools/fly"}          | -32601 | 1
            """)
    void shouldAnswerWhatIsNoRequestWithAnErrorAndGoOn(String line, int code, String id)
            throws IOException {
        List<JsonNode> answers = answers(line, INITIALIZE, INITIALIZED, call(2, "ping", "{}"));

        assertThat(answers).hasSize(3);
        assertThat(answers.getFirst().get("error").get("code").asInt()).isEqualTo(code);
        assertThat(answers.getFirst().get("id").toString()).isEqualTo(id == null ? "null" : id);
        assertThat(answers.getFirst().get("error").get("message").asString())
                .doesNotContain("Exception", "jackson", "java");
        assertThat(answers.get(1).has("result")).isTrue();
        assertThat(answers.get(2).has("result")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tools/call | {"name":"get_quotes"}             | Unknown tool. There are: get_candles, get_footprint,
            tools/call | {}                                | tools/call takes the name of a tool.
            tools/call | {"name":"ping","arguments":[]}    | arguments must be an object.
            tools/call | {"name":"ping","_meta":5}         | _meta must be an object.
            initialize | {"protocolVersion":"1","capabilities":{"roots":5},"clientInfo":{"name":"a","version":"b"}} | params have the wrong shape.
            logging/setLevel | {"level":{"loud":1}}         | params have the wrong shape.
            """)
    void shouldRefuseParametersOfAnotherShape(String method, String params, String text)
            throws IOException {
        List<JsonNode> answers = answers(INITIALIZE, INITIALIZED,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params
                        + "}",
                call(2, "ping", "{}"));

        assertThat(answers).hasSize(3);
        assertThat(answers.get(1).get("error").get("message").asString()).startsWith(text)
                .doesNotContain("Exception", "jackson", "java");
        assertThat(answers.get(2).has("result")).isTrue();
    }

    @Test
    void shouldAnswerAClientThatNeverSaysThatItIsReady() throws IOException {
        List<JsonNode> answers = answers(INITIALIZE, call(1, "ping", "{}"), INITIALIZED,
                call(2, "ping", "{}"));

        assertThat(answers).hasSize(3).allSatisfy(
                answer -> assertThat(answer.has("result")).isTrue());
    }

    @Test
    void shouldAnswerAPingInEveryState() throws IOException {
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

        assertThat(answers(ping, INITIALIZE, ping, INITIALIZED, ping)).hasSize(4)
                .allSatisfy(answer -> assertThat(answer.has("result")).isTrue());
    }

    @Test
    void shouldPassOverWhatWantsNoAnswer() throws IOException {
        assertThat(answers("", "  ", "\r", "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"tools/list\"}", INITIALIZE)).hasSize(1);
    }

    @Test
    void shouldRefuseALineThatIsTooLongAndReadTheNext() throws IOException {
        String longLine = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"a\":\""
                + "x".repeat(256 * 1024) + "\"}}";
        String asLongAsAllowed = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\",\"params\":{\"a\":\""
                + "x".repeat(200 * 1024) + "\"}}";

        List<JsonNode> answers = answers(longLine, asLongAsAllowed);

        assertThat(answers).hasSize(2);
        assertThat(answers.getFirst().get("error").get("code").asInt()).isEqualTo(-32600);
        assertThat(answers.get(1).has("result")).isTrue();
    }

    @Test
    void shouldAnswerALastLineThatHasNoEnd() throws IOException {
        var out = new ByteArrayOutputStream();
        int exitCode = run(new ByteArrayInputStream(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"
                        .getBytes(StandardCharsets.UTF_8)),
                out, "--data-dir", directory.toString());

        assertThat(exitCode).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"result\"");
    }

    @Test
    void shouldEndQuietlyWhenTheClientNoLongerListens() {
        byte[] lines = String.join("\n", INITIALIZE, INITIALIZED, call(1, "ping", "{}"))
                .getBytes(StandardCharsets.UTF_8);
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        assertThat(run(new ByteArrayInputStream(lines), closed, "--data-dir",
                directory.toString())).isZero();
    }

    @Test
    void shouldRefuseToStartWithAWrongConfiguration() throws IOException {
        var err = new ByteArrayOutputStream();
        int exitCode = McpCommand.run(new String[]{"--set", "rows.ticks=0"},
                new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(),
                new PrintStream(err, true, StandardCharsets.UTF_8), surroundings());

        assertThat(exitCode).isEqualTo(78);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("rows.ticks is 0");
        assertThat(run(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(),
                "--nonsense")).isEqualTo(2);
    }

    private List<JsonNode> answers(String... lines) throws IOException {
        var out = new ByteArrayOutputStream();
        int exitCode = run(new ByteArrayInputStream(
                (String.join("\n", lines) + '\n').getBytes(StandardCharsets.UTF_8)), out,
                "--data-dir", directory.toString());
        assertThat(exitCode).isZero();
        return out.toString(StandardCharsets.UTF_8).lines().map(Dialogue.JSON::readTree).toList();
    }

    private static int run(ByteArrayInputStream in, OutputStream out, String... args) {
        return McpCommand.run(args, in, out,
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                surroundings());
    }

    private static McpCommand.Surroundings surroundings() {
        return new McpCommand.Surroundings(Map.of(), Path.of("").toAbsolutePath(), null,
                () -> NOW_MS);
    }

    private static String call(int id, String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":"
                + "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}}";
    }
}
