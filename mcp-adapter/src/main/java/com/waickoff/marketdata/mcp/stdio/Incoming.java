package com.waickoff.marketdata.mcp.stdio;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A line, read as a message of JSON-RPC 2.0, so far as the SDK relies on its shape.
 *
 * @param kind what it is
 * @param id of a request, and of what is refused where it has one
 * @param method of a request or a notification; empty otherwise
 * @param params an object, or null
 * @param code of the error, where it is refused
 * @param text of the error
 */
record Incoming(Kind kind, @Nullable Object id, String method, @Nullable Object params, int code,
        String text) {
    /** No JSON. */
    static final int PARSE_ERROR = -32700;
    /** JSON, but no message. */
    static final int INVALID_REQUEST = -32600;
    /** A message nobody here understands. */
    static final int METHOD_NOT_FOUND = -32601;
    /** A message whose parameters have the wrong shape. */
    static final int INVALID_PARAMS = -32602;

    private static final Set<String> KNOWN = Set.of(McpSchema.METHOD_INITIALIZE,
            McpSchema.METHOD_PING, McpSchema.METHOD_LOGGING_SET_LEVEL,
            McpSchema.METHOD_TOOLS_LIST, McpSchema.METHOD_TOOLS_CALL);
    private static final int SHOWN_METHOD_LENGTH = 64;

    /** What a line is. */
    enum Kind {
        /** An empty line, or an answer to nothing that was asked. */
        NOTHING,
        /** To be answered with an error at once. */
        REFUSED,
        /** Wants no answer. */
        NOTIFICATION,
        /** Wants an answer. */
        REQUEST
    }

    /**
     * Reads a line.
     *
     * @param tools that can be called
     */
    static Incoming of(McpJsonMapper mapper, byte[] line, Set<String> tools) {
        if (LineSource.isTooLong(line)) {
            return refused(null, INVALID_REQUEST, "The line is too long for a message.");
        }
        if (isBlank(line)) {
            return new Incoming(Kind.NOTHING, null, "", null, 0, "");
        }
        Object json;
        try {
            json = mapper.readValue(line, Object.class);
        } catch (IOException | RuntimeException notJson) {
            return refused(null, PARSE_ERROR, "The line is not valid JSON.");
        }
        return json instanceof Map<?, ?> message ? of(message, tools)
                : refused(null, INVALID_REQUEST, "A message is one JSON object on one line.");
    }

    private static Incoming of(Map<?, ?> message, Set<String> tools) {
        Object id = message.get("id");
        boolean identified = id instanceof String || id instanceof Number;
        Object shownId = identified ? id : null;
        if (!McpSchema.JSONRPC_VERSION.equals(message.get("jsonrpc"))) {
            return refused(shownId, INVALID_REQUEST, "jsonrpc must be \"2.0\".");
        }
        if (!(message.get("method") instanceof String method)) {
            boolean answer = message.containsKey("result") || message.containsKey("error");
            return answer ? new Incoming(Kind.NOTHING, null, "", null, 0, "")
                    : refused(shownId, INVALID_REQUEST, "method is missing or not a text.");
        }
        Object params = message.get("params");
        if (params != null && !(params instanceof Map)) {
            return refused(shownId, INVALID_PARAMS, "params must be an object.");
        }
        if (!message.containsKey("id")) {
            return new Incoming(Kind.NOTIFICATION, null, method, params, 0, "");
        }
        if (!identified) {
            return refused(null, INVALID_REQUEST, "id must be a text or a number.");
        }
        String problem = problemOf(method, params instanceof Map<?, ?> map ? map : Map.of(), tools);
        return problem == null ? new Incoming(Kind.REQUEST, id, method, params, 0, "")
                : refused(id, INVALID_PARAMS, problem);
    }

    /** What the SDK would fail upon, with words that are not for clients. */
    private static @Nullable String problemOf(String method, Map<?, ?> params, Set<String> tools) {
        if (params.get("_meta") != null && !(params.get("_meta") instanceof Map)) {
            return "_meta must be an object.";
        }
        return switch (method) {
            case McpSchema.METHOD_INITIALIZE -> problemOfInitialize(params);
            case McpSchema.METHOD_TOOLS_CALL -> problemOfCall(params, tools);
            default -> null;
        };
    }

    private static @Nullable String problemOfInitialize(Map<?, ?> params) {
        boolean greeted = params.get("protocolVersion") instanceof String
                && params.get("capabilities") instanceof Map
                && params.get("clientInfo") instanceof Map<?, ?> client
                && client.get("name") instanceof String && client.get("version") instanceof String;
        return greeted ? null : "initialize takes protocolVersion, capabilities and clientInfo with"
                + " name and version.";
    }

    private static @Nullable String problemOfCall(Map<?, ?> params, Set<String> tools) {
        if (!(params.get("name") instanceof String name)) {
            return "tools/call takes the name of a tool.";
        }
        if (!tools.contains(name)) {
            return "Unknown tool. There are: " + String.join(", ", new TreeSet<>(tools)) + ".";
        }
        Object arguments = params.get("arguments");
        return arguments == null || arguments instanceof Map ? null
                : "arguments must be an object.";
    }

    /** Whether it has this method. */
    boolean is(String wanted) {
        return method.equals(wanted);
    }

    /** Whether it has a method that this server answers. */
    boolean isKnown() {
        return KNOWN.contains(method);
    }

    /** What to say of a method that this server does not answer. */
    String unknownMethod() {
        boolean shown = method.length() <= SHOWN_METHOD_LENGTH
                && method.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return shown ? "Method not found: " + method : "Method not found.";
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private static Incoming refused(@Nullable Object id, int code, String text) {
        return new Incoming(Kind.REFUSED, id, "", null, code, text);
    }
}
