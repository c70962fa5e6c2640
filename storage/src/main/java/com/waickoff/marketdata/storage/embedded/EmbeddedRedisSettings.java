package com.waickoff.marketdata.storage.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a Redis of the drain's own runs.
 *
 * @param port on loopback; 0 for a free one, which is kept from then on as long as it stays free
 * @param maxMemoryBytes beyond that it takes no more events until there is room, 16 MiB or more
 * @param executable the {@code redis-server} to run; null for the one that comes with the drain
 */
public record EmbeddedRedisSettings(int port, long maxMemoryBytes, @Nullable Path executable) {
    /** Any port, 256 MiB, the server that comes with the drain. */
    public static final EmbeddedRedisSettings DEFAULT = new EmbeddedRedisSettings(0,
            256L << 20, null);

    private static final long LEAST_MEMORY_BYTES = 16L << 20;

    /** Checks ranges. */
    public EmbeddedRedisSettings {
        if (port < 0 || port >= 1 << 16) {
            throw new IllegalArgumentException(
                    "port of the embedded Redis is " + port + ", allowed is 0 to 65535");
        }
        if (maxMemoryBytes < LEAST_MEMORY_BYTES) {
            throw new IllegalArgumentException("memory of the embedded Redis is " + maxMemoryBytes
                    + " bytes, needed are " + LEAST_MEMORY_BYTES);
        }
    }
}
