package com.waickoff.venue.serve;

import com.waickoff.venue.Venue;

/**
 * What a venue allows its clients, and what it expects of them. All clients of a loopback venue come
 * from one address.
 *
 * @param messagesPerSecond most messages of a client on one connection; more end it. 0: any number
 * @param connectsPerFiveMinutes most attempts of an address; more are refused. 0: any number
 * @param streamsPerConnection most streams of one connection; 0: any number
 * @param argsCharacters most letters of all topics of one connection (Bybit); 0: any number
 * @param restWeight most weight of REST requests in {@code restSeconds}; 0: any
 * @param restSeconds window of the weight
 * @param pingMs time between two pings of the venue; 0: it sends none
 * @param pongMs how long it waits for a pong before it cuts
 * @param silenceMs how long a client may say nothing before it is cut; 0: as long as it likes
 * @param lifetimeMs age at which every connection is cut; 0: none
 * @param mostPendingBytes of one client that does not read; more cut it. 0: the venue waits for it
 */
public record VenueLimits(int messagesPerSecond, int connectsPerFiveMinutes,
        int streamsPerConnection, int argsCharacters, int restWeight, int restSeconds, long pingMs,
        long pongMs, long silenceMs, long lifetimeMs, long mostPendingBytes) {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final long PENDING_BYTES = 64L << 20;

    /** Checks ranges. */
    public VenueLimits {
        if (messagesPerSecond < 0 || connectsPerFiveMinutes < 0 || streamsPerConnection < 0
                || argsCharacters < 0 || restWeight < 0 || restSeconds < 1 || pingMs < 0
                || pongMs < 1 || silenceMs < 0 || lifetimeMs < 0 || mostPendingBytes < 0) {
            throw new IllegalArgumentException("limits must be 0 or above, windows at least 1");
        }
    }

    /** As the venue documents them. */
    public static VenueLimits of(Venue venue) {
        return switch (venue) {
            case BYBIT_LINEAR -> new VenueLimits(0, 500, 0, 21_000, 600, 5, 0, MINUTE, 10 * MINUTE,
                    0, PENDING_BYTES);
            case BINANCE_USDM -> new VenueLimits(10, 300, 1_024, 0, 2_400, 60, 3 * MINUTE,
                    10 * MINUTE, 0, DAY, PENDING_BYTES);
            case BINANCE_SPOT -> new VenueLimits(5, 300, 1_024, 0, 6_000, 60, 20 * SECOND, MINUTE,
                    0, DAY, PENDING_BYTES);
        };
    }

    public VenueLimits withMessagesPerSecond(int messages) {
        return new VenueLimits(messages, connectsPerFiveMinutes, streamsPerConnection,
                argsCharacters, restWeight, restSeconds, pingMs, pongMs, silenceMs, lifetimeMs,
                mostPendingBytes);
    }

    public VenueLimits withConnectsPerFiveMinutes(int connects) {
        return new VenueLimits(messagesPerSecond, connects, streamsPerConnection, argsCharacters,
                restWeight, restSeconds, pingMs, pongMs, silenceMs, lifetimeMs, mostPendingBytes);
    }

    public VenueLimits withStreamsPerConnection(int streams) {
        return new VenueLimits(messagesPerSecond, connectsPerFiveMinutes, streams, argsCharacters,
                restWeight, restSeconds, pingMs, pongMs, silenceMs, lifetimeMs, mostPendingBytes);
    }

    public VenueLimits withArgsCharacters(int characters) {
        return new VenueLimits(messagesPerSecond, connectsPerFiveMinutes, streamsPerConnection,
                characters, restWeight, restSeconds, pingMs, pongMs, silenceMs, lifetimeMs,
                mostPendingBytes);
    }

    public VenueLimits withRestWeight(int weight, int seconds) {
        return new VenueLimits(messagesPerSecond, connectsPerFiveMinutes, streamsPerConnection,
                argsCharacters, weight, seconds, pingMs, pongMs, silenceMs, lifetimeMs,
                mostPendingBytes);
    }

    public VenueLimits withPings(long newPingMs, long newPongMs) {
        return new VenueLimits(messagesPerSecond, connectsPerFiveMinutes, streamsPerConnection,
                argsCharacters, restWeight, restSeconds, newPingMs, newPongMs, silenceMs,
                lifetimeMs, mostPendingBytes);
    }

    public VenueLimits withSilenceMs(long newSilenceMs) {
        return new VenueLimits(messagesPerSecond, connectsPerFiveMinutes, streamsPerConnection,
                argsCharacters, restWeight, restSeconds, pingMs, pongMs, newSilenceMs, lifetimeMs,
                mostPendingBytes);
    }

    public VenueLimits withLifetimeMs(long newLifetimeMs) {
        return new VenueLimits(messagesPerSecond, connectsPerFiveMinutes, streamsPerConnection,
                argsCharacters, restWeight, restSeconds, pingMs, pongMs, silenceMs, newLifetimeMs,
                mostPendingBytes);
    }

    public VenueLimits withMostPendingBytes(long bytes) {
        return new VenueLimits(messagesPerSecond, connectsPerFiveMinutes, streamsPerConnection,
                argsCharacters, restWeight, restSeconds, pingMs, pongMs, silenceMs, lifetimeMs,
                bytes);
    }
}
