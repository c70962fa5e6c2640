package com.waickoff.marketdata.mcp.access;

import org.jspecify.annotations.Nullable;

/**
 * Knows whose a bearer token is.
 *
 * <p>Threads: any, many at once.
 */
@FunctionalInterface
public interface TokenCheck {
    /** Whose token it is; null if it is nobody's, or no longer. */
    @Nullable
    Principal check(String token);

    /** Whether a check may wait, for keys that are fetched. */
    default boolean mayWait() {
        return true;
    }
}
