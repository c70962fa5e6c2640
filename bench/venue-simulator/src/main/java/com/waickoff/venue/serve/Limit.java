package com.waickoff.venue.serve;

/** What a venue limits, and what it counts of its clients. */
public enum Limit {
    /** Messages of a client on one connection within a second: pings, pongs and texts. */
    MESSAGES_PER_SECOND,
    /** Attempts to connect within five minutes, refused ones too. */
    CONNECTS_PER_FIVE_MINUTES,
    /** Connections at a time. */
    CONNECTIONS,
    /** Streams of one connection. */
    STREAMS_PER_CONNECTION,
    /** Characters of the arguments of all subscriptions of one connection, as JSON (Bybit). */
    ARGS_CHARACTERS,
    /** Arguments of one subscription request (Bybit spot). */
    ARGS_PER_REQUEST,
    /** Weight of the REST requests within their window. */
    REST_WEIGHT,
    /** Requests and handshakes sent sooner than the venue had said: in spite of Retry-After. */
    RETRY_AFTER,
    /** Time from a ping of the venue to its pong, in ms. */
    PONG_MS,
    /** Time for which a client said nothing, in ms; only those that were cut for it. */
    SILENCE_MS
}
