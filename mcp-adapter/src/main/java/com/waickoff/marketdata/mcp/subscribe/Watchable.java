package com.waickoff.marketdata.mcp.subscribe;

/**
 * Resources that can be watched.
 *
 * <p>Threads: any, many at once.
 */
public interface Watchable {
    /** Whether there is such a resource, and it ever changes. */
    boolean isWatchable(String uri);

    /** A number that differs as soon as the content does; cheap to ask for. */
    long version(String uri);
}
