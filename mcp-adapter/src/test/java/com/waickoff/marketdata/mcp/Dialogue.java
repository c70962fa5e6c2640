package com.waickoff.marketdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.json.schema.jackson3.DefaultJsonSchemaValidator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Talks with an adapter over a pair of streams, a line at a time, as a client does. */
final class Dialogue implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Nothing here takes so long; a busy machine may for a while. */
    private static final Duration HISTORY_DEADLINE = Duration.ofMinutes(4);

    private final OutputStream toAdapter;
    private final Lines fromAdapter;
    private final CompletableFuture<Integer> exitCode;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private int lastId;

    /**
     * What the adapter writes, line by line: any thread may write, and may end afterwards, which the
     * JDK's piped streams take for the end of the pipe.
     */
    private static final class Lines extends OutputStream {
        private static final String END = "";

        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) {
            if (b == '\n') {
                lines.add(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(b);
            }
        }

        @Override
        public void close() {
            lines.add(END);
        }

        /** The next line, or null at the end. */
        String next() {
            try {
                String next = lines.take();
                if (next.equals(END)) {
                    lines.add(END);
                    return null;
                }
                return next;
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while waiting for an answer", e);
            }
        }
    }

    /** Starts an adapter in this process. */
    Dialogue(LongSupplier epochMs, String... args) throws IOException {
        var in = new PipedInputStream(1 << 16);
        toAdapter = new PipedOutputStream(in);
        var out = new Lines();
        fromAdapter = out;
        Path here = Path.of("").toAbsolutePath();
        exitCode = new CompletableFuture<>();
        Thread.ofPlatform().name("adapter").daemon().start(() -> {
            try (out) {
                exitCode.complete(McpCommand.run(args, in, out,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        new McpCommand.Surroundings(Map.of(), here, null, "waickoff",
                                epochMs, HISTORY_DEADLINE)));
            } catch (RuntimeException e) {
                exitCode.completeExceptionally(e);
            }
        });
    }

    /** Starts an adapter and initializes the session. */
    static Dialogue initialized(LongSupplier epochMs, Path dataDir) throws IOException {
        Dialogue dialogue = new Dialogue(epochMs, "--data-dir", dataDir.toString());
        dialogue.initialize();
        return dialogue;
    }

    JsonNode initialize() throws IOException {
        JsonNode result = ask("initialize", """
                {"protocolVersion":"2025-11-25","capabilities":{},
                 "clientInfo":{"name":"test","version":"1"}}""").get("result");
        send("""
                {"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return result;
    }

    /** Sends a line as it is. */
    void send(String line) throws IOException {
        toAdapter.write((line.replace('\n', ' ') + '\n').getBytes(StandardCharsets.UTF_8));
        toAdapter.flush();
    }

    /** The next line, which must be JSON. */
    JsonNode receive() throws IOException {
        String line = fromAdapter.next();
        assertThat(line).as("the adapter ended; it said: %s", err).isNotNull();
        return JSON.readTree(line);
    }

    /** Sends a request and returns the response to it. */
    JsonNode ask(String method, String params) throws IOException {
        int id = ++lastId;
        send("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":"
                + params + "}");
        JsonNode response = receive();
        assertThat(response.get("id").asInt()).isEqualTo(id);
        return response;
    }

    /** Calls a tool; the arguments are JSON with single quotes. */
    JsonNode call(String tool, String arguments) throws IOException {
        ObjectNode params = JSON.createObjectNode();
        params.put("name", tool);
        params.set("arguments", JSON.readTree(arguments.replace('\'', '"')));
        JsonNode response = ask("tools/call", params.toString());
        assertThat(response.has("result")).as("%s", response).isTrue();
        return response.get("result");
    }

    /** Calls a tool that must answer, and returns what. */
    JsonNode answer(String tool, String arguments) throws IOException {
        JsonNode result = call(tool, arguments);
        while (isBusy(result)) {
            // The engine has lost its core in the middle of a write: what to do then is to call again.
            result = call(tool, arguments);
        }
        assertThat(result.path("isError").asBoolean()).as("%s", result).isFalse();
        JsonNode structured = result.get("structuredContent");
        assertThat(JSON.readTree(result.get("content").get(0).get("text").asString()))
                .as("the text is the same").isEqualTo(structured);
        return structured;
    }

    private static boolean isBusy(JsonNode result) {
        return result.path("isError").asBoolean()
                && result.get("content").get(0).get("text").asString().startsWith("BUSY: ");
    }

    /** Calls a tool that must answer, and checks the answer by the schema it is listed with. */
    JsonNode answerInShape(String tool, String arguments) throws IOException {
        JsonNode answer = answer(tool, arguments);
        for (JsonNode listed : ask("tools/list", "{}").get("result").get("tools")) {
            if (listed.get("name").asString().equals(tool)) {
                ValidationResponse checked = new DefaultJsonSchemaValidator().validate(
                        map(listed.get("outputSchema")), map(answer));
                assertThat(checked.valid()).as("%s: %s", checked.errorMessage(), answer)
                        .isTrue();
                return answer;
            }
        }
        throw new AssertionError("no tool " + tool);
    }

    private static Map<String, Object> map(JsonNode json) {
        return JSON.convertValue(json, new TypeReference<>() {
        });
    }

    /** Calls a tool that must fail, and returns its text. */
    String failure(String tool, String arguments) throws IOException {
        JsonNode result = call(tool, arguments);
        assertThat(result.path("isError").asBoolean()).as("%s", result).isTrue();
        assertThat(result.has("structuredContent")).isFalse();
        String text = result.get("content").get(0).get("text").asString();
        assertThat(text).matches("(?s)[A-Z_]+: .*").hasSizeLessThanOrEqualTo(600)
                .doesNotContain("Exception", "java.", "file:", "/tmp", "snapshot.bin");
        return text;
    }

    /** Ends the input; the adapter must then end by itself, with nothing left to say. */
    int end() throws IOException {
        toAdapter.close();
        assertThat(fromAdapter.next()).isNull();
        return exitCode.join();
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** The rest of what it sends, once the input has ended. */
    List<JsonNode> rest() throws IOException {
        toAdapter.close();
        return Stream.generate(fromAdapter::next).takeWhile(Objects::nonNull)
                .map(JSON::readTree).toList();
    }

    @Override
    public void close() throws IOException {
        toAdapter.close();
    }
}
