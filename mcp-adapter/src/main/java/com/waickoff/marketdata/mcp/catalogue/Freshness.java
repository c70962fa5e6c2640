package com.waickoff.marketdata.mcp.catalogue;

/**
 * For how long and by whom what was read may be used again.
 *
 * @param ttlMs in ms
 * @param scope by whom
 */
public record Freshness(long ttlMs, Scope scope) {
    /** Whose cache may keep it. */
    public enum Scope {
        /** Anybody's: it is the same for all clients. */
        PUBLIC,
        /** Only the cache of the client that read it. */
        PRIVATE;

        /** As the protocol writes it: {@code public} or {@code private}. */
        public String label() {
            return this == PUBLIC ? "public" : "private";
        }
    }
}
