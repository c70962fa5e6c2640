package com.waickoff.marketdata.feed.socket;

import java.io.IOException;
import java.io.Serial;

/** The venue was not even reached: something is wrong with the proxy, or between us and it. */
final class ProxyException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * What is wrong.
     *
     * @param code what kind, in snake_case
     * @param message for people, with the proxy and without user and password
     */
    ProxyException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** What kind, in snake_case. */
    String code() {
        return code;
    }
}
