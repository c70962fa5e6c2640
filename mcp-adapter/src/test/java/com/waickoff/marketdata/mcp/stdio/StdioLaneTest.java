package com.waickoff.marketdata.mcp.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.mcp.StubService;
import com.waickoff.marketdata.mcp.subscribe.Fanout;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lane over a pair of streams. */
@Timeout(300)
class StdioLaneTest {
    private static final String META = """
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}}""";
    private static final String GREETING = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"1",\
            "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}
            """;

    private final StubService service = new StubService(
            new Fanout.Settings(10_000_000L, 10_000_000_000L, 8, 8), () -> 1);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void shouldKeepTheWordsOfExceptionsToItself() {
        var out = new ByteArrayOutputStream();
        new StdioLane(service, in(GREETING + """
                {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"broken"}}
                {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"broken",%s}}
                {"jsonrpc":"2.0","id":4,"method":"ping"}
                """.formatted(META)), out, 4096).run();

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.subList(1, 3)).allMatch(line -> line.matches(".*\"error\":\\{\"code\":"
                + "-32603,\"message\":\"INTERNAL ref=[0-9a-f]{10}\"}}"));
        assertThat(lines.toString()).doesNotContain("mongodb");
    }

    @Test
    void shouldAnswerOthersWhileACallWaitsAndForgetWhatIsCancelled() throws Exception {
        try (Client client = new Client(service)) {
            client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                    + "{\"name\":\"wait\"," + META + "}}");
            client.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"server/discover\",\"params\":{"
                    + META + "}}");
            assertThat(client.receive()).contains("\"id\":2");
            service.waits.await();
            client.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":"
                    + "{\"requestId\":1}}");
            service.interrupted.await();
            client.send("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"server/discover\",\"params\":{"
                    + META + "}}");
            assertThat(client.receive()).contains("\"id\":3");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void shouldTellOfChangesInBothEras() throws Exception {
        try (Client client = new Client(service)) {
            client.send(GREETING.strip());
            client.receive();
            client.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"resources/subscribe\","
                    + "\"params\":{\"uri\":\"test://watched\"}}");
            assertThat(client.receive()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}");
            service.version.incrementAndGet();
            assertThat(client.receive()).isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":"
                    + "\"notifications/resources/updated\",\"params\":{\"uri\":\"test://watched\"}}");
            client.send("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"resources/unsubscribe\","
                    + "\"params\":{\"uri\":\"test://watched\"}}");
            client.receive();
            client.send("{\"jsonrpc\":\"2.0\",\"id\":\"l\",\"method\":\"subscriptions/listen\","
                    + "\"params\":{\"notifications\":{\"resourceSubscriptions\":[\"test://watched\"]},"
                    + META + "}}");
            assertThat(client.receive()).contains("subscriptions/acknowledged");
            service.version.incrementAndGet();
            assertThat(client.receive()).contains("resources/updated", "subscriptionId\":\"l\"");
            client.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":"
                    + "{\"requestId\":\"l\"}}");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void shouldReadLinesOfAnyLengthAndSkipThoseThatAreTooLong() throws IOException {
        String allowed = "a".repeat(40_000);
        LineSource lines = new LineSource(in(allowed + "\n" + "b".repeat(40_001) + "\n\nc\r\n"
                + "d".repeat(100_000) + "\nlast"), 40_000);

        assertThat(lines.next()).asString(StandardCharsets.UTF_8).isEqualTo(allowed);
        assertThat(LineSource.isTooLong(lines.next())).isTrue();
        byte[] empty = lines.next();
        assertThat(empty).isEmpty();
        assertThat(LineSource.isTooLong(empty)).isFalse();
        assertThat(lines.next()).asString(StandardCharsets.UTF_8).isEqualTo("c\r");
        assertThat(LineSource.isTooLong(lines.next())).isTrue();
        assertThat(lines.next()).asString(StandardCharsets.UTF_8).isEqualTo("last");
        assertThat(lines.next()).isNull();
    }

    private static ByteArrayInputStream in(String lines) {
        return new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
    }

    /** A client at the other ends of the streams. */
    private static final class Client implements AutoCloseable {
        private final OutputStream toLane;
        private final BufferedReader fromLane;
        private final Thread lane;

        Client(StubService service) throws IOException {
            // Pipes of the operating system: those of the library die with the thread that wrote.
            Pipe there = Pipe.open();
            Pipe back = Pipe.open();
            toLane = Channels.newOutputStream(there.sink());
            var in = Channels.newInputStream(there.source());
            var out = Channels.newOutputStream(back.sink());
            fromLane = new BufferedReader(new InputStreamReader(
                    Channels.newInputStream(back.source()), StandardCharsets.UTF_8));
            lane = Thread.ofPlatform().daemon().start(() -> {
                try (out) {
                    new StdioLane(service, in, out, 4096).run();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        void send(String line) throws IOException {
            toLane.write((line + '\n').getBytes(StandardCharsets.UTF_8));
            toLane.flush();
        }

        String receive() throws IOException {
            return fromLane.readLine();
        }

        List<String> rest() throws IOException {
            toLane.close();
            return fromLane.lines().toList();
        }

        @Override
        public void close() throws IOException, InterruptedException {
            toLane.close();
            lane.join();
        }
    }
}
