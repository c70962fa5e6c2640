package com.waickoff.venue.serve;

/** Which streams a connection can get, where a venue parts them by URL. */
enum Route {
    ANY, PUBLIC, MARKET;

    /** Whether a stream comes this way; if not it can be subscribed all the same. */
    boolean leadsTo(StreamKind kind) {
        boolean market = kind == StreamKind.AGGREGATES || kind == StreamKind.OTHER;
        return this == ANY || market == (this == MARKET);
    }
}
