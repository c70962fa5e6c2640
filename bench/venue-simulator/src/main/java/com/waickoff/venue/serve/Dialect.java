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

    /** A frame of a kind that no client knows. */
    abstract String unknownEvent(VenueConnection connection);

    /** Says that the venue is about to stop, if it ever says so. */
    abstract void announceShutdown(VenueConnection connection);

    /** Status of the answer to one who connects too often. */
    abstract int tooManyConnectsStatus();

    /** Answers a REST request, now or later. */
    abstract void onRequest(RestCall call);

    /** Whether something befalls one of these streams now. */
    static boolean isAny(Befalling befalling, List<String> names) {
        boolean any = false;
        for (String name : names) {
            any |= befalling.take(name);
        }
        return any;
    }
}
