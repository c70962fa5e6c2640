package com.waickoff.marketdata.mcp.serve;

import com.waickoff.marketdata.mcp.answer.Answer;
import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.tool.Tool;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls tools so that each call has a result: an answer below the size limit, or a text that says what
 * to do next. The SDK would hand an exception's message to the client.
 *
 * <p>Threads: any.
 */
final class ToolCalls {
    private final McpJsonMapper mapper;
    private final Incidents incidents;
    private final int maxAnswerBytes;

    ToolCalls(McpJsonMapper mapper, Incidents incidents, int maxAnswerBytes) {
        this.mapper = mapper;
        this.incidents = incidents;
        this.maxAnswerBytes = maxAnswerBytes;
    }

    CallToolResult call(Tool tool, @Nullable Map<String, Object> arguments) {
        try {
            Answer answer = tool.call(Arguments.of(tool.parameters(), arguments));
            Answer.Written written = answer.write(this::text, maxAnswerBytes);
            return CallToolResult.builder().structuredContent(written.json())
                    .addTextContent(written.text()).build();
        } catch (ToolFailure failure) {
            return failed(failure);
        } catch (RuntimeException | LinkageError | StackOverflowError | InternalError fault) {
            // InternalError: what a mapped file that was cut short is told by.
            String reference = incidents.record("tool " + tool.name(), fault);
            return failed(new ToolFailure(ErrorCode.INTERNAL, "ref=" + reference
                    + ". A fault of the adapter; its standard error has more under this"
                    + " reference. Other tools still work."));
        }
    }

    private static CallToolResult failed(ToolFailure failure) {
        return CallToolResult.builder().addTextContent(failure.text()).isError(true).build();
    }

    private String text(Object json) {
        try {
            return mapper.writeValueAsString(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
