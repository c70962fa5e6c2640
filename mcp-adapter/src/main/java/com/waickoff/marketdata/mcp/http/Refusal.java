package com.waickoff.marketdata.mcp.http;

import java.util.Map;

/** A request that is refused before anybody reads it as a message: the status says it all. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String text;
    private final transient Map<String, String> headers;

    Refusal(int status, String text) {
        this(status, text, Map.of());
    }

    Refusal(int status, String text, Map<String, String> headers) {
        super(text, null, false, false);
        this.status = status;
        this.text = text;
        this.headers = headers;
    }

    int status() {
        return status;
    }

    String text() {
        return text;
    }

    Map<String, String> headers() {
        return headers;
    }
}
