package com.waickoff.marketdata;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.feed.FeedPorts;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.bybit.BybitFeed;
import com.waickoff.marketdata.feed.bybit.BybitSettings;
import java.util.List;

/** Which protocol speaks which venue's language. */
final class Venues {
    private Venues() {}

    /** The protocol of a venue for instruments whose definitions are known. */
    static VenueProtocol protocol(Venue venue, FeedPorts ports, List<Instrument> instruments) {
        List<String> symbols = instruments.stream().map(Instrument::symbol).toList();
        return switch (venue) {
            case BYBIT_LINEAR -> new BybitFeed(ports, BybitSettings.of(symbols), instruments);
            default -> throw new IllegalArgumentException(venue + " is not built yet");
        };
    }
}
