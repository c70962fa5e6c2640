package com.waickoff.marketdata.feed.socket;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Where a feed's venue is, and how patient the feed is with it.
 *
 * @param name of the feed, such as {@code bybit-linear}
 * @param webSocket scheme {@code ws} or {@code wss}, host, and port if it is not the scheme's; a path
 *     stands before the one the protocol asks for
 * @param rest the same with {@code http} or {@code https}
 * @param maxFrameBytes longest message that is taken; a longer one ends the connection before any of
 *     it is kept
 * @param connectTimeoutMs how long a TCP connection may take
 * @param handshakeTimeoutMs how long TLS and the WebSocket handshake together may take
 * @param silenceTimeoutMs how long a connection may be without a single complete frame; after half of
 *     it the venue is pinged
 * @param firstBackOffMs most time before the first attempt after a connection ended; doubles with
 *     each one that fails
 * @param maxBackOffMs most time before any attempt
 * @param breakerMs shortest pause after the venue has refused (HTTP 403, 418, 429, 451) or could not
 *     prove who it is; doubles each time, unless the venue says when to come back
 * @param lifetimeMs how long a connection may live before the venue ends it: it is renewed before;
 *     0 for what is known of the venue
 * @param restTimeoutMs how long the answer of a REST request may take
 * @param restSpacingMs least time between two REST requests
 * @param maxAnswerBytes longest answer of a REST request that is taken
 */
public record FeedSettings(String name, URI webSocket, URI rest, int maxFrameBytes,
        int connectTimeoutMs, int handshakeTimeoutMs, int silenceTimeoutMs, int firstBackOffMs,
        int maxBackOffMs, int breakerMs, long lifetimeMs, int restTimeoutMs, int restSpacingMs,
        int maxAnswerBytes) {
    /** Longest message unless configured. */
    public static final int DEFAULT_MAX_FRAME_BYTES = 4 << 20;
    /** Time for a TCP connection unless configured. */
    public static final int DEFAULT_CONNECT_TIMEOUT_MS = 5_000;
    /** Time for TLS and handshake unless configured. */
    public static final int DEFAULT_HANDSHAKE_TIMEOUT_MS = 10_000;
    /** Silence that ends a connection unless configured: a dead peer is found within ten seconds. */
    public static final int DEFAULT_SILENCE_TIMEOUT_MS = 9_000;
    /** Most time before the first new attempt unless configured. */
    public static final int DEFAULT_FIRST_BACK_OFF_MS = 500;
    /** Most time before any new attempt unless configured. */
    public static final int DEFAULT_MAX_BACK_OFF_MS = 30_000;
    /** Shortest pause after a refusal unless configured. */
    public static final int DEFAULT_BREAKER_MS = 60_000;
    /** Time for a REST answer unless configured. */
    public static final int DEFAULT_REST_TIMEOUT_MS = 10_000;
    /** Time between REST requests unless configured. */
    public static final int DEFAULT_REST_SPACING_MS = 100;
    /** Longest REST answer unless configured: lists of all instruments take some MB. */
    public static final int DEFAULT_MAX_ANSWER_BYTES = 64 << 20;

    /** Checks ranges and addresses. */
    public FeedSettings {
        check(webSocket, "webSocket", Set.of("ws", "wss"));
        check(rest, "rest", Set.of("http", "https"));
        positive(maxFrameBytes, "maxFrameBytes");
        positive(connectTimeoutMs, "connectTimeoutMs");
        positive(handshakeTimeoutMs, "handshakeTimeoutMs");
        positive(silenceTimeoutMs, "silenceTimeoutMs");
        positive(firstBackOffMs, "firstBackOffMs");
        positive(breakerMs, "breakerMs");
        positive(restTimeoutMs, "restTimeoutMs");
        positive(maxAnswerBytes, "maxAnswerBytes");
        if (maxBackOffMs < firstBackOffMs) {
            throw new IllegalArgumentException("maxBackOffMs is " + maxBackOffMs
                    + ", must be at least firstBackOffMs, " + firstBackOffMs);
        }
        if (lifetimeMs < 0) {
            throw new IllegalArgumentException(
                    "lifetimeMs is " + lifetimeMs + ", must be at least 0");
        }
        if (restSpacingMs < 0) {
            throw new IllegalArgumentException(
                    "restSpacingMs is " + restSpacingMs + ", must be at least 0");
        }
    }

    /** A feed with the defaults of everything else. */
    public static FeedSettings of(String name, URI webSocket, URI rest) {
        return new FeedSettings(name, webSocket, rest, DEFAULT_MAX_FRAME_BYTES,
                DEFAULT_CONNECT_TIMEOUT_MS, DEFAULT_HANDSHAKE_TIMEOUT_MS,
                DEFAULT_SILENCE_TIMEOUT_MS, DEFAULT_FIRST_BACK_OFF_MS, DEFAULT_MAX_BACK_OFF_MS,
                DEFAULT_BREAKER_MS, 0, DEFAULT_REST_TIMEOUT_MS, DEFAULT_REST_SPACING_MS,
                DEFAULT_MAX_ANSWER_BYTES);
    }

    /** The same with another bound of messages. */
    public FeedSettings withMaxFrameBytes(int bytes) {
        return new FeedSettings(name, webSocket, rest, bytes, connectTimeoutMs,
                handshakeTimeoutMs, silenceTimeoutMs, firstBackOffMs, maxBackOffMs, breakerMs,
                lifetimeMs, restTimeoutMs,
                restSpacingMs, maxAnswerBytes);
    }

    /** The same with other times for connecting and for the handshake. */
    public FeedSettings withConnectTimeoutsMs(int connectMs, int handshakeMs) {
        return new FeedSettings(name, webSocket, rest, maxFrameBytes, connectMs, handshakeMs,
                silenceTimeoutMs, firstBackOffMs, maxBackOffMs, breakerMs, lifetimeMs,
                restTimeoutMs, restSpacingMs,
                maxAnswerBytes);
    }

    /** The same with another patience for silence. */
    public FeedSettings withSilenceTimeoutMs(int ms) {
        return new FeedSettings(name, webSocket, rest, maxFrameBytes, connectTimeoutMs,
                handshakeTimeoutMs, ms, firstBackOffMs, maxBackOffMs, breakerMs, lifetimeMs,
                restTimeoutMs,
                restSpacingMs, maxAnswerBytes);
    }

    /** The same with other pauses between attempts. */
    public FeedSettings withBackOffMs(int firstMs, int maxMs) {
        return new FeedSettings(name, webSocket, rest, maxFrameBytes, connectTimeoutMs,
                handshakeTimeoutMs, silenceTimeoutMs, firstMs, maxMs, breakerMs, lifetimeMs,
                restTimeoutMs,
                restSpacingMs, maxAnswerBytes);
    }

    /** The same with another pause after a refusal. */
    public FeedSettings withBreakerMs(int ms) {
        return new FeedSettings(name, webSocket, rest, maxFrameBytes, connectTimeoutMs,
                handshakeTimeoutMs, silenceTimeoutMs, firstBackOffMs, maxBackOffMs, ms, lifetimeMs,
                restTimeoutMs, restSpacingMs, maxAnswerBytes);
    }

    /** The same with another life of a connection. */
    public FeedSettings withLifetimeMs(long ms) {
        return new FeedSettings(name, webSocket, rest, maxFrameBytes, connectTimeoutMs,
                handshakeTimeoutMs, silenceTimeoutMs, firstBackOffMs, maxBackOffMs, breakerMs, ms,
                restTimeoutMs, restSpacingMs, maxAnswerBytes);
    }

    /** The same with another patience for REST, and other pauses between its requests. */
    public FeedSettings withRest(int timeoutMs, int spacingMs, int maxBytes) {
        return new FeedSettings(name, webSocket, rest, maxFrameBytes, connectTimeoutMs,
                handshakeTimeoutMs, silenceTimeoutMs, firstBackOffMs, maxBackOffMs, breakerMs,
                lifetimeMs, timeoutMs,
                spacingMs, maxBytes);
    }

    private static void check(URI uri, String what, Set<String> schemes) {
        String scheme = uri.getScheme();
        if (scheme == null || !schemes.contains(scheme.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(what + " is " + uri + ", must begin with "
                    + String.join(":// or ", schemes.stream().sorted().toList()) + "://");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw new IllegalArgumentException(what + " is " + uri + ", which names no host");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null
                || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    what + " is " + uri + ", must be a scheme, a host and a port");
        }
    }

    private static void positive(int value, String what) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " is " + value + ", must be at least 1");
        }
    }
}
