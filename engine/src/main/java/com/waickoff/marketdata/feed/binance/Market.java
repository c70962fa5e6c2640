package com.waickoff.marketdata.feed.binance;

import com.waickoff.marketdata.feed.Venue;

/** What differs between Binance's markets. */
enum Market {
    /** Diffs chain by {@code U = last u + 1}. */
    SPOT(Venue.BINANCE_SPOT, "/stream", "/api/v3/depth", "/api/v3/exchangeInfo", 5000, 5),
    /** Diffs chain by {@code pu = last u}; ids are shared with other symbols. */
    USDM(Venue.BINANCE_USDM, "/public/stream", "/fapi/v1/depth", "/fapi/v1/exchangeInfo", 1000, 10);

    final Venue venue;
    final String streamPath;
    final String depthPath;
    final String metadataPath;
    /** Most levels a side of a REST snapshot. */
    final int deepestSnapshot;
    /** Most messages a client may send in a second. */
    final int messagesPerSecond;

    Market(Venue venue, String streamPath, String depthPath, String metadataPath,
            int deepestSnapshot, int messagesPerSecond) {
        this.venue = venue;
        this.streamPath = streamPath;
        this.depthPath = depthPath;
        this.metadataPath = metadataPath;
        this.deepestSnapshot = deepestSnapshot;
        this.messagesPerSecond = messagesPerSecond;
    }

    /** The market of a venue. */
    static Market of(Venue venue) {
        for (Market market : values()) {
            if (market.venue == venue) {
                return market;
            }
        }
        throw new IllegalArgumentException(venue + " is no market of this feed");
    }
}
