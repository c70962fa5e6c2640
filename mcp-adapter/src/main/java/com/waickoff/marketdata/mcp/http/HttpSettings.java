package com.waickoff.marketdata.mcp.http;

import com.waickoff.marketdata.mcp.access.Places;
import com.waickoff.marketdata.mcp.access.TokenCheck;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the server listens, to whom it answers, and its bounds.
 *
 * @param host a name or an address of this machine
 * @param port 0 for any that is free
 * @param places names of the server, and pages that may ask
 * @param tokens who may ask; null for everybody who can connect
 * @param metadata of the protected resource (RFC 9728), without its own address; empty for none
 * @param publicUrl how clients reach the server, such as {@code https://md.example.com}; empty for as
 *     they say themselves
 * @param requestsPerSecond of each client, 0 for no limit
 * @param burst requests of a client at once
 * @param maxSessions of the older era, at once
 * @param sessionIdleMs how long a session that nobody uses is kept
 * @param maxBodyBytes of a request
 * @param idleTimeoutMs after how long without a byte a connection is closed
 * @param maxConnections at once
 * @param signOfLifeMs how often a stream without news shows that it lives
 */
public record HttpSettings(String host, int port, Places places, @Nullable TokenCheck tokens,
        Map<String, Object> metadata, String publicUrl, int requestsPerSecond, int burst,
        int maxSessions, long sessionIdleMs, int maxBodyBytes, long idleTimeoutMs,
        int maxConnections, long signOfLifeMs) {
    /** The map is copied. */
    public HttpSettings {
        metadata = Map.copyOf(metadata);
    }
}
