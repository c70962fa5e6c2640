package com.waickoff.marketdata.mcp.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.mcp.serve.MarketServer;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StdioLaneTest {
    /** Without a trace: the SDK writes all of it to the log. */
    private static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1;

        Fault(String message) {
            super(message, null, false, false);
        }
    }

    @Test
    void shouldKeepTheWordsOfExceptionsToItself() {
        List<String> incidents = new ArrayList<>();
        McpJsonMapper mapper = MarketServer.mapper();
        var out = new ByteArrayOutputStream();
        StdioLane lane = new StdioLane(mapper, in("""
                {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"1",\
                "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}
                {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"broken"}}
                {"jsonrpc":"2.0","id":3,"method":"ping"}
                """), out, 4096, Set.of("broken"), words -> {
            incidents.add(words);
            return "reference";
        });
        McpServer.sync(lane).jsonMapper(mapper).immediateExecution(true)
                .toolCall(Tool.builder("broken", Map.of("type", "object")).build(),
                        (exchange, request) -> broken())
                .build();

        lane.run();

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32603,"
                        + "\"message\":\"INTERNAL ref=reference\"}}");
        assertThat(incidents).containsExactly("mongodb://user:password@host");
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

    private static CallToolResult broken() {
        throw new Fault("mongodb://user:password@host");
    }

    private static ByteArrayInputStream in(String lines) {
        return new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
    }
}
