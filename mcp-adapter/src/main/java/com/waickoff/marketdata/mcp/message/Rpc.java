package com.waickoff.marketdata.mcp.message;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages that are sent, and the codes of errors. */
public final class Rpc {
    /** Value of {@code jsonrpc} in each message. */
    public static final String VERSION = "2.0";

    /** No JSON. */
    public static final int PARSE_ERROR = -32700;
    /** JSON, but no message. */
    public static final int INVALID_REQUEST = -32600;
    /** A message nobody here understands. */
    public static final int METHOD_NOT_FOUND = -32601;
    /** A message whose parameters have the wrong shape. */
    public static final int INVALID_PARAMS = -32602;
    /** A fault of this program. */
    public static final int INTERNAL_ERROR = -32603;

    /**
     * There is no room for it now. Codes of our own are beyond what JSON-RPC reserves; those of
     * refusals over HTTP are its status codes, and this is one of them.
     */
    public static final int BUSY = 429;

    /** What it is about cannot be had now. */
    public static final int UNAVAILABLE = 503;

    private Rpc() {}

    /** The answer to a request. */
    public static Map<String, @Nullable Object> result(@Nullable Object id, Object result) {
        Map<String, @Nullable Object> message = message(id);
        message.put("result", result);
        return message;
    }

    /** The answer to what cannot be answered; {@code id} is null where none could be read. */
    public static Map<String, @Nullable Object> error(@Nullable Object id, int code,
            String text) {
        return error(id, code, text, null);
    }

    /**
     * The answer to what cannot be answered.
     *
     * @param data more about it, for programs; null for nothing
     */
    public static Map<String, @Nullable Object> error(@Nullable Object id, int code, String text,
            @Nullable Object data) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", text);
        if (data != null) {
            error.put("data", data);
        }
        Map<String, @Nullable Object> message = message(id);
        message.put("error", error);
        return message;
    }

    /** What wants no answer. */
    public static Map<String, Object> notification(String method, Map<String, Object> params) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", VERSION);
        message.put("method", method);
        if (!params.isEmpty()) {
            message.put("params", params);
        }
        return message;
    }

    private static Map<String, @Nullable Object> message(@Nullable Object id) {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", VERSION);
        message.put("id", id);
        return message;
    }
}
