package com.waickoff.marketdata.mcp.serve;

import com.waickoff.marketdata.mcp.answer.Answer;
import com.waickoff.marketdata.mcp.answer.AnswerWriter;
import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.MustWaitException;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.catalogue.Catalogue;
import com.waickoff.marketdata.mcp.catalogue.Prompt;
import com.waickoff.marketdata.mcp.catalogue.ReadableContent;
import com.waickoff.marketdata.mcp.tool.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * Calls what a catalogue holds so that each call has a result: an answer below the size limit, or a
 * text that says what to do next. Whatever is thrown beneath, no word of an exception gets out.
 * Every transport and every revision of the protocol calls by this.
 *
 * <p>Threads: any.
 */
public final class ToolCalls {
    private final AnswerWriter writer;
    private final Incidents incidents;

    /**
     * What a call of a tool gave.
     *
     * @param isError whether there is no answer: models then only get the text
     * @param text the answer as JSON; of a failure what is the matter and what to do next
     */
    public record Result(boolean isError, String text) {
        /** The list of contents, with the text as the only one. */
        List<Map<String, Object>> content() {
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("type", "text");
            content.put("text", text);
            return List.of(content);
        }

        /** The answer as structured content: the text as it is, not written a second time. */
        RawValue structuredContent() {
            return new RawValue(text);
        }
    }

    /**
     * What was read of a resource.
     *
     * @param readable what was read: for its type and its freshness
     */
    public record Reading(ReadableContent readable, String text) {}

    private interface Call<T> {
        T made() throws ToolFailure;
    }

    /** Calls, whose faults go to {@code incidents}. */
    public ToolCalls(AnswerWriter writer, Incidents incidents) {
        this.writer = writer;
        this.incidents = incidents;
    }

    /** Calls a tool; {@code arguments} as the client sent them, null for none. */
    public Result call(Tool tool, @Nullable Map<String, Object> arguments) {
        try {
            return guarded("tool " + tool.name(), () -> {
                Answer answer = tool.call(Arguments.of(tool.parameters(), arguments));
                return new Result(false, writer.write(answer).text());
            });
        } catch (ToolFailure failure) {
            return new Result(true, failure.text());
        }
    }

    /**
     * Calls a tool.
     *
     * @param arguments as the client sent them; null for none
     * @param mayWait whether this thread may wait
     * @return null if it would have to wait, and must not
     */
    @Nullable
    Result call(Tool tool, @Nullable Map<String, Object> arguments, boolean mayWait) {
        if (mayWait) {
            return call(tool, arguments);
        }
        if (tool.mayWait(arguments == null ? Map.of() : arguments)) {
            return null;
        }
        try {
            return call(tool.atOnce(), arguments);
        } catch (MustWaitException later) {
            return null;
        }
    }

    /**
     * Reads a resource.
     *
     * @throws ToolFailure if there is none of this URI, or it cannot be read now
     */
    public Reading read(Catalogue catalogue, String uri) throws ToolFailure {
        ReadableContent readable = catalogue.find(uri);
        return guarded("resource " + readable.name(),
                () -> new Reading(readable, readable.read(uri)));
    }

    /**
     * The messages of a prompt; {@code arguments} as the client sent them, null for none.
     *
     * @throws ToolFailure if an argument is missing or not allowed
     */
    public List<Prompt.Message> render(Prompt prompt, @Nullable Map<String, Object> arguments)
            throws ToolFailure {
        return guarded("prompt " + prompt.name(), () -> prompt.render(texts(arguments)));
    }

    private static Map<String, String> texts(@Nullable Map<String, Object> arguments)
            throws ToolFailure {
        if (arguments == null) {
            return Map.of();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, Object> argument : arguments.entrySet()) {
            if (!(argument.getValue() instanceof String text)) {
                throw new ToolFailure(ErrorCode.INVALID_ARGUMENT, "arguments of a prompt are texts,"
                        + " but " + ToolFailure.quoted(argument.getKey()) + " is none.");
            }
            texts.put(argument.getKey(), text);
        }
        return texts;
    }

    private <T> T guarded(String where, Call<T> call) throws ToolFailure {
        try {
            return call.made();
        } catch (MustWaitException later) {
            throw later;
        } catch (RuntimeException | LinkageError | StackOverflowError | InternalError fault) {
            // InternalError: what a mapped file that was cut short is told by.
            String reference = incidents.record(where, fault);
            throw new ToolFailure(ErrorCode.INTERNAL, "ref=" + reference
                    + ". A fault of the adapter; its standard error has more under this"
                    + " reference. Other tools still work.");
        }
    }
}
