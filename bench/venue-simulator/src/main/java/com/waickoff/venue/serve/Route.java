package com.waickoff.venue.serve;

/** Which streams a connection can get, where a venue parts them by URL. */
enum Route {
    ANY, PUBLIC, MARKET;

    /** Whether a stream comes this way; if not it can be subscribed all the same. */
    boolean leadsTo(String name, StreamKind kind) {
        boolean isPublic = switch (kind) {
            case TRADES, BOOK, DIFFERENCES, PARTIAL_BOOK, BEST_PRICES -> true;
            case AGGREGATES -> false;
            case OTHER -> name.equals("!bookTicker") || name.contains("@rpiDepth");
        };
        return this == ANY || isPublic == (this == PUBLIC);
    }
}
