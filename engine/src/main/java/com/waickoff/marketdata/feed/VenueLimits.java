package com.waickoff.marketdata.feed;

/**
 * What a venue allows, and what it does with connections.
 *
 * @param messagesPerSecond most messages a second on one connection, pings and pongs included; 0 for
 *     any number
 * @param connectsPer5Minutes most attempts to connect within any five minutes; 0 for any number
 * @param lifetimeMs how long a connection lives at most: it is renewed before; 0 if it may live for
 *     ever
 * @param restWeightPerMinute most weight of REST requests within a minute, see {@link
 *     VenueProtocol#restWeight}; 0 for any
 */
public record VenueLimits(int messagesPerSecond, int connectsPer5Minutes, long lifetimeMs,
        int restWeightPerMinute) {
    /** A venue that allows everything. */
    public static final VenueLimits NONE = new VenueLimits(0, 0, 0, 0);

    /** Checks ranges. */
    public VenueLimits {
        if (messagesPerSecond < 0 || connectsPer5Minutes < 0 || lifetimeMs < 0
                || restWeightPerMinute < 0) {
            throw new IllegalArgumentException("limits are at least 0, not " + messagesPerSecond
                    + ", " + connectsPer5Minutes + ", " + lifetimeMs + ", "
                    + restWeightPerMinute);
        }
    }
}
