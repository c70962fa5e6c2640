package com.waickoff.marketdata.mcp.message;

import org.jspecify.annotations.Nullable;

/**
 * A request that is answered with an error. The text is for clients: never a path, a URI or the words
 * of an exception.
 */
public final class RpcFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final int code;
    private final String text;
    private final transient @Nullable Object data;

    /** A failure that its text says all about. */
    public RpcFailure(int code, String text) {
        this(code, text, null);
    }

    /**
     * A failure.
     *
     * @param data more about it, for programs; null for nothing
     */
    public RpcFailure(int code, String text, @Nullable Object data) {
        super(text, null, false, false);
        this.code = code;
        this.text = text;
        this.data = data;
    }

    /** The code of the error. */
    public int code() {
        return code;
    }

    /** What the client is told. */
    public String text() {
        return text;
    }

    /** More about it, for programs; null for nothing. */
    public @Nullable Object data() {
        return data;
    }
}
