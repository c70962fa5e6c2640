package com.waickoff.marketdata.storage.redis;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which Redis, and how much of it.
 *
 * @param host of the server
 * @param port of the server
 * @param database number of the logical database, 0 to 15 unless the server has more
 * @param tls null for a plain connection
 * @param login who we are
 * @param prefix first part of all keys: letters, digits, {@code . _ -}
 * @param streamLength about how many events an instrument's stream keeps, 1,000 to 100,000,000
 * @param windowEntries most entries on their way at once, 1 to 10,000
 * @param timeout how long an answer may take, 50 ms to 60 s
 * @param latestExpiry how long what was last seen of an instrument stays when nothing follows, 1 s
 *     to 1 day
 */
public record RedisSettings(String host, int port, int database, @Nullable RedisTls tls,
        RedisLogin login, String prefix, int streamLength, int windowEntries,
        Duration timeout, Duration latestExpiry) {
    /** Of {@link #streamLength()}: some 10 MB of a busy instrument. */
    public static final int DEFAULT_STREAM_LENGTH = 100_000;
    /** Of {@link #windowEntries()}. */
    public static final int DEFAULT_WINDOW_ENTRIES = 1_000;
    /** Of {@link #timeout()}. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);
    /** Of {@link #latestExpiry()}. */
    public static final Duration DEFAULT_LATEST_EXPIRY = Duration.ofSeconds(60);

    private static final int DEFAULT_PORT = 6379;
    private static final String TLS_SCHEME = "rediss";
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(50);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

    /** Checks ranges. */
    public RedisSettings {
        check(port > 0 && port < 1 << 16, "port", port, "1 to 65535");
        check(database >= 0, "database", database, "0 or more");
        check(prefix.matches("[A-Za-z0-9._-]{1,64}"), "prefix", prefix,
                "1 to 64 letters, digits, '.', '_', '-'");
        check(streamLength >= 1_000 && streamLength <= 100_000_000, "stream-length", streamLength,
                "1000 to 100000000 entries");
        check(windowEntries >= 1 && windowEntries <= 10_000, "window", windowEntries,
                "1 to 10000 entries");
        check(timeout.compareTo(SHORTEST_TIMEOUT) >= 0 && timeout.compareTo(LONGEST_TIMEOUT) <= 0,
                "timeout-ms", timeout.toMillis(), "50 to 60000 ms");
        check(latestExpiry.toSeconds() >= 1 && latestExpiry.toDays() <= 1, "latest-expiry-seconds",
                latestExpiry.toSeconds(), "1 to 86400 s");
    }

    /**
     * A server by its address, all else as by default.
     *
     * @param uri {@code redis://host:port/database}, or {@code rediss://…} for TLS; credentials are
     *     not part of it, because addresses are shown
     * @throws IllegalArgumentException if it is something else; the message repeats nothing of the
     *     user part
     */
    public static RedisSettings at(String uri) {
        URI parsed;
        try {
            parsed = URI.create(uri);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "redis.uri is no address, allowed is redis[s]://host:port/database");
        }
        if (parsed.getRawUserInfo() != null || parsed.getRawQuery() != null) {
            throw new IllegalArgumentException("redis.uri holds a user, a password or options;"
                    + " name them by redis.username and redis.password-file or in the environment");
        }
        boolean encrypted = TLS_SCHEME.equals(parsed.getScheme());
        if (parsed.getHost() == null || !(encrypted || "redis".equals(parsed.getScheme()))) {
            throw new IllegalArgumentException(
                    "redis.uri is '" + uri + "', allowed is redis[s]://host:port/database");
        }
        String path = parsed.getPath() == null ? "" : parsed.getPath().replaceFirst("^/", "");
        check(path.matches("[0-9]{0,4}"), "uri", uri, "a number as its database");
        return new RedisSettings(parsed.getHost(),
                parsed.getPort() < 0 ? DEFAULT_PORT : parsed.getPort(),
                path.isEmpty() ? 0 : Integer.parseInt(path), encrypted ? RedisTls.SYSTEM : null,
                RedisLogin.NONE, "waickoff", DEFAULT_STREAM_LENGTH, DEFAULT_WINDOW_ENTRIES,
                DEFAULT_TIMEOUT, DEFAULT_LATEST_EXPIRY);
    }

    /** The same for another user. */
    public RedisSettings with(RedisLogin newLogin) {
        return new RedisSettings(host, port, database, tls, newLogin, prefix, streamLength,
                windowEntries, timeout, latestExpiry);
    }

    /** The same with other trust and certificates, encrypted. */
    public RedisSettings with(RedisTls newTls) {
        return new RedisSettings(host, port, database, newTls, login, prefix, streamLength,
                windowEntries, timeout, latestExpiry);
    }

    /** The same below other keys. */
    public RedisSettings withPrefix(String newPrefix) {
        return new RedisSettings(host, port, database, tls, login, newPrefix, streamLength,
                windowEntries, timeout, latestExpiry);
    }

    /** The same with other bounds. */
    public RedisSettings withBounds(int newStreamLength, int newWindowEntries, Duration newTimeout,
            Duration newLatestExpiry) {
        return new RedisSettings(host, port, database, tls, login, prefix, newStreamLength,
                newWindowEntries, newTimeout, newLatestExpiry);
    }

    /** Where it is, for people. */
    public String address() {
        return (tls == null ? "redis" : TLS_SCHEME) + "://" + host + ':' + port + '/' + database;
    }

    private static void check(boolean holds, String key, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "redis." + key + " is " + value + ", allowed is " + allowed);
        }
    }
}
