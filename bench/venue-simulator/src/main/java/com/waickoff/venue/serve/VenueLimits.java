package com.waickoff.venue.serve;

import com.waickoff.venue.Venue;
import java.util.function.Consumer;

/**
 * What a venue allows its clients, and what it expects of them. All clients of a loopback venue come
 * from one address.
 *
 * @param messagesPerSecond most messages of a client on one connection; more end it. 0: any number
 * @param connectsPerFiveMinutes most attempts of an address; more are refused. 0: any number
 * @param connections most connections at a time; more are refused. 0: any number
 * @param streamsPerConnection most streams of one connection; 0: any number
 * @param argsCharacters most characters of all arguments of one connection as JSON: topics, quotes
 *        and commas (Bybit); 0: any number
 * @param argsPerRequest most arguments of one subscription request (Bybit spot); 0: any number
 * @param restWeight most weight of REST requests in {@code restSeconds}; 0: any
 * @param restSeconds window of the weight
 * @param restBanMs how long who goes on is banned
 * @param pingMs time between two pings of the venue; 0: it sends none
 * @param pongMs how long it waits for a pong before it cuts
 * @param silenceMs how long a client may say nothing before it is cut; 0: as long as it likes
 * @param lifetimeMs age at which every connection is cut; 0: none
 * @param mostPendingBytes of one client that does not read; more cut it. 0: the venue waits for it
 */
public record VenueLimits(int messagesPerSecond, int connectsPerFiveMinutes, int connections,
        int streamsPerConnection, int argsCharacters, int argsPerRequest, int restWeight,
        int restSeconds, long restBanMs, long pingMs, long pongMs, long silenceMs, long lifetimeMs,
        long mostPendingBytes) {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final long MB = 1L << 20;
    private static final long PENDING_BYTES = 64 * MB;
    private static final int BYBIT_CONNECTS = 500;
    private static final int BYBIT_CONNECTIONS = 1_000;
    private static final int BYBIT_ARGS_CHARACTERS = 21_000;
    private static final int BYBIT_SPOT_ARGS = 10;
    private static final int BINANCE_CONNECTS = 300;
    private static final int BINANCE_STREAMS = 1_024;

    /** What is to be changed of limits. */
    private static final class Draft {
        int messagesPerSecond;
        int connectsPerFiveMinutes;
        int connections;
        int streamsPerConnection;
        int argsCharacters;
        int argsPerRequest;
        int restWeight;
        int restSeconds;
        long restBanMs;
        long pingMs;
        long pongMs;
        long silenceMs;
        long lifetimeMs;
        long mostPendingBytes;

        Draft(VenueLimits limits) {
            messagesPerSecond = limits.messagesPerSecond;
            connectsPerFiveMinutes = limits.connectsPerFiveMinutes;
            connections = limits.connections;
            streamsPerConnection = limits.streamsPerConnection;
            argsCharacters = limits.argsCharacters;
            argsPerRequest = limits.argsPerRequest;
            restWeight = limits.restWeight;
            restSeconds = limits.restSeconds;
            restBanMs = limits.restBanMs;
            pingMs = limits.pingMs;
            pongMs = limits.pongMs;
            silenceMs = limits.silenceMs;
            lifetimeMs = limits.lifetimeMs;
            mostPendingBytes = limits.mostPendingBytes;
        }

        VenueLimits limits() {
            return new VenueLimits(messagesPerSecond, connectsPerFiveMinutes, connections,
                    streamsPerConnection, argsCharacters, argsPerRequest, restWeight, restSeconds,
                    restBanMs, pingMs, pongMs, silenceMs, lifetimeMs, mostPendingBytes);
        }
    }

    /** Checks ranges. */
    public VenueLimits {
        if (messagesPerSecond < 0 || connectsPerFiveMinutes < 0 || connections < 0
                || streamsPerConnection < 0 || argsCharacters < 0 || argsPerRequest < 0
                || restWeight < 0 || restSeconds < 1 || restBanMs < 0 || pingMs < 0 || pongMs < 1
                || silenceMs < 0 || lifetimeMs < 0 || mostPendingBytes < 0) {
            throw new IllegalArgumentException("limits must be 0 or above, windows at least 1");
        }
    }

    /** As the venue documents them. */
    public static VenueLimits of(Venue venue) {
        return switch (venue) {
            case BYBIT_LINEAR, BYBIT_INVERSE -> bybit(0);
            case BYBIT_SPOT -> bybit(BYBIT_SPOT_ARGS);
            case BINANCE_USDM, BINANCE_COINM -> binance(10, 2_400, 3 * MINUTE, 10 * MINUTE);
            case BINANCE_SPOT -> binance(5, 6_000, 20 * SECOND, MINUTE);
        };
    }

    private static VenueLimits bybit(int argsPerRequest) {
        return new VenueLimits(0, BYBIT_CONNECTS, BYBIT_CONNECTIONS, 0, BYBIT_ARGS_CHARACTERS,
                argsPerRequest, 600, 5, 10 * MINUTE, 0, MINUTE, 10 * MINUTE, 0, PENDING_BYTES);
    }

    private static VenueLimits binance(int messages, int weight, long pingMs, long pongMs) {
        return new VenueLimits(messages, BINANCE_CONNECTS, 0, BINANCE_STREAMS, 0, 0, weight, 60,
                2 * MINUTE, pingMs, pongMs, 0, DAY, PENDING_BYTES);
    }

    public VenueLimits withMessagesPerSecond(int messages) {
        return with(draft -> draft.messagesPerSecond = messages);
    }

    public VenueLimits withConnectsPerFiveMinutes(int connects) {
        return with(draft -> draft.connectsPerFiveMinutes = connects);
    }

    public VenueLimits withConnections(int most) {
        return with(draft -> draft.connections = most);
    }

    public VenueLimits withStreamsPerConnection(int streams) {
        return with(draft -> draft.streamsPerConnection = streams);
    }

    public VenueLimits withArgsCharacters(int characters) {
        return with(draft -> draft.argsCharacters = characters);
    }

    public VenueLimits withArgsPerRequest(int most) {
        return with(draft -> draft.argsPerRequest = most);
    }

    public VenueLimits withRestWeight(int weight, int seconds) {
        return with(draft -> {
            draft.restWeight = weight;
            draft.restSeconds = seconds;
        });
    }

    public VenueLimits withRestBanMs(long ms) {
        return with(draft -> draft.restBanMs = ms);
    }

    public VenueLimits withPings(long newPingMs, long newPongMs) {
        return with(draft -> {
            draft.pingMs = newPingMs;
            draft.pongMs = newPongMs;
        });
    }

    public VenueLimits withSilenceMs(long ms) {
        return with(draft -> draft.silenceMs = ms);
    }

    public VenueLimits withLifetimeMs(long ms) {
        return with(draft -> draft.lifetimeMs = ms);
    }

    public VenueLimits withMostPendingBytes(long bytes) {
        return with(draft -> draft.mostPendingBytes = bytes);
    }

    /**
     * With other limits by name, e.g. {@code messages=5,pong-ms=1000}.
     *
     * @param text empty for none
     * @throws IllegalArgumentException if a name or a number is not known
     */
    public VenueLimits with(String text) {
        VenueLimits limits = this;
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            String[] keyAndValue = part.split("=", 2);
            if (keyAndValue.length < 2) {
                throw new IllegalArgumentException("no limit=number: " + part);
            }
            int value = Integer.parseInt(keyAndValue[1]);
            limits = switch (keyAndValue[0]) {
                case "messages" -> limits.withMessagesPerSecond(value);
                case "connects" -> limits.withConnectsPerFiveMinutes(value);
                case "connections" -> limits.withConnections(value);
                case "streams" -> limits.withStreamsPerConnection(value);
                case "args" -> limits.withArgsCharacters(value);
                case "args-request" -> limits.withArgsPerRequest(value);
                case "weight" -> limits.withRestWeight(value, limits.restSeconds());
                case "ban-ms" -> limits.withRestBanMs(value);
                case "ping-ms" -> limits.withPings(value, limits.pongMs());
                case "pong-ms" -> limits.withPings(limits.pingMs(), value);
                case "silence-ms" -> limits.withSilenceMs(value);
                case "lifetime-ms" -> limits.withLifetimeMs(value);
                case "pending-mb" -> limits.withMostPendingBytes(value * MB);
                default -> throw new IllegalArgumentException("no limit " + keyAndValue[0]);
            };
        }
        return limits;
    }

    private VenueLimits with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.limits();
    }
}
