package com.waickoff.venue.serve;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a venue talks with its clients. Belongs to the event loop. */
abstract sealed class Dialect permits BybitDialect, BinanceDialect {
    final Exchange exchange;

    Dialect(Exchange exchange) {
        this.exchange = exchange;
    }

    /** What a handshake's URL asks for, or null if there is nothing behind it. */
    abstract @Nullable Door door(String path, Map<String, List<String>> query);

    /** Subscribes what the door names. */
    abstract void onOpen(VenueConnection connection, Door door);

    abstract void onText(VenueConnection connection, String text);

    /** Status of the answer to one who connects too often. */
    abstract int tooManyConnectsStatus();

    /** Answers a REST request, now or later. */
    abstract void onRequest(RestCall call);
}
