package com.waickoff.marketdata.status;

import java.util.Locale;

/** What a feed is doing. The ordinals are written to the file: never reorder, only append. */
public enum FeedState {
    /** Not started yet. */
    IDLE,
    /** Resolving and connecting. */
    CONNECTING,
    /** Connected; subscriptions not yet acknowledged. */
    SUBSCRIBING,
    /** Subscribed and receiving. */
    LIVE,
    /** Waiting before the next attempt to connect. */
    BACKING_OFF,
    /** The venue refuses; one attempt now and then. */
    BREAKER_OPEN,
    /** Stopped on purpose. */
    STOPPED,
    /** A state of a newer version. */
    UNKNOWN,
    /** Connected; TLS and the WebSocket handshake are under way. */
    HANDSHAKING,
    /** Connected, and for too long without data: the market is quiet, or the feed is dead. */
    SILENT;

    private static final FeedState[] VALUES = values();

    /** As it is shown: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static FeedState of(int code) {
        return code >= 0 && code < VALUES.length ? VALUES[code] : UNKNOWN;
    }
}
