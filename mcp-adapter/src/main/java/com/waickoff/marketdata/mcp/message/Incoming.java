package com.waickoff.marketdata.mcp.message;

import io.modelcontextprotocol.json.McpJsonMapper;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody sent, read as a message of JSON-RPC 2.0: nothing in here has another shape than it
 * says.
 *
 * @param kind what it is
 * @param id of a request, and of what is refused or answered where it has one: a text or a number
 * @param method of a request or a notification; empty otherwise
 * @param params of a request or a notification; empty where it has none
 * @param body the message itself, of an answer; null otherwise
 * @param code of the error, where it is refused
 * @param text of the error
 */
public record Incoming(Kind kind, @Nullable Object id, String method, Map<String, Object> params,
        @Nullable Map<?, ?> body, int code, String text) {
    private static final int SHOWN_METHOD_LENGTH = 64;
    private static final String META = "_meta";

    /** What a message is. */
    public enum Kind {
        /** Blank. */
        NOTHING,
        /** To be answered with an error at once. */
        REFUSED,
        /** Wants no answer. */
        NOTIFICATION,
        /** Wants an answer. */
        REQUEST,
        /** Answers what was asked from here. */
        ANSWER
    }

    /** Reads what should be one message. */
    public static Incoming of(McpJsonMapper mapper, byte[] text) {
        if (isBlank(text)) {
            return new Incoming(Kind.NOTHING, null, "", Map.of(), null, 0, "");
        }
        Object json;
        try {
            json = mapper.readValue(text, Object.class);
        } catch (IOException | RuntimeException notJson) {
            return refused(null, Rpc.PARSE_ERROR, "That is not valid JSON.");
        }
        return json instanceof Map<?, ?> message ? of(message)
                : refused(null, Rpc.INVALID_REQUEST, "A message is one JSON object.");
    }

    private static Incoming of(Map<?, ?> message) {
        Object id = message.get("id");
        boolean identified = id instanceof String || id instanceof Number;
        Object shownId = identified ? id : null;
        if (!Rpc.VERSION.equals(message.get("jsonrpc"))) {
            return refused(shownId, Rpc.INVALID_REQUEST, "jsonrpc must be \"2.0\".");
        }
        if (!(message.get("method") instanceof String method)) {
            boolean answer = message.containsKey("result") || message.containsKey("error");
            return answer ? new Incoming(Kind.ANSWER, shownId, "", Map.of(), message, 0, "")
                    : refused(shownId, Rpc.INVALID_REQUEST, "method is missing or not a text.");
        }
        Map<String, Object> params = Map.of();
        if (message.get("params") != null) {
            if (!(message.get("params") instanceof Map<?, ?> given)) {
                return refused(shownId, Rpc.INVALID_PARAMS, "params must be an object.");
            }
            params = named(given);
        }
        if (!message.containsKey("id")) {
            return new Incoming(Kind.NOTIFICATION, null, method, params, null, 0, "");
        }
        if (!identified) {
            return refused(null, Rpc.INVALID_REQUEST, "id must be a text or a number.");
        }
        if (params.get(META) != null && !(params.get(META) instanceof Map)) {
            return refused(id, Rpc.INVALID_PARAMS, "_meta must be an object.");
        }
        return new Incoming(Kind.REQUEST, id, method, params, null, 0, "");
    }

    /** A message that is refused before it is read as one. */
    public static Incoming refused(@Nullable Object id, int code, String text) {
        return new Incoming(Kind.REFUSED, id, "", Map.of(), null, code, text);
    }

    /** Metadata of the message; empty where it has none. */
    public Map<String, Object> meta() {
        return params.get(META) instanceof Map<?, ?> meta ? named(meta) : Map.of();
    }

    /** Whether it has this method. */
    public boolean is(String wanted) {
        return method.equals(wanted);
    }

    /** What to say of a method that is not answered here. */
    public String unknownMethod() {
        boolean shown = method.length() <= SHOWN_METHOD_LENGTH
                && method.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return shown ? "Method not found: " + method : "Method not found.";
    }

    /** In JSON all names are texts. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> named(Map<?, ?> object) {
        return (Map<String, Object>) object;
    }

    private static boolean isBlank(byte[] text) {
        for (byte b : text) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return false;
            }
        }
        return true;
    }
}
