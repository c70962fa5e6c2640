package com.waickoff.marketdata.feed.binance;

import com.waickoff.marketdata.feed.Venue;

/** What differs between Binance's markets. */
enum Market {
    /** Diffs chain by {@code U = last u + 1}. */
    SPOT(Venue.BINANCE_SPOT, "/stream", "/api/v3/", 5000, 5),
    /** Diffs chain by {@code pu = last u}; ids are shared with other symbols. */
    USDM(Venue.BINANCE_USDM, "/public/stream", "/fapi/v1/", 1000, 10),
    /** As USD-M; its streams are not parted by URL. */
    COINM(Venue.BINANCE_COINM, "/stream", "/dapi/v1/", 1000, 10);

    final Venue venue;
    final String streamPath;
    final String depthPath;
    final String metadataPath;
    final String tradesPath;
    final String aggregatesPath;
    /** Most levels a side of a REST snapshot. */
    final int deepestSnapshot;
    /** Most messages a client may send in a second. */
    final int messagesPerSecond;

    Market(Venue venue, String streamPath, String restPath, int deepestSnapshot,
            int messagesPerSecond) {
        this.venue = venue;
        this.streamPath = streamPath;
        this.depthPath = restPath + "depth";
        this.metadataPath = restPath + "exchangeInfo";
        this.tradesPath = restPath + "historicalTrades";
        this.aggregatesPath = restPath + "aggTrades";
        this.deepestSnapshot = deepestSnapshot;
        this.messagesPerSecond = messagesPerSecond;
    }

    /** Whether it trades contracts: single trades are told after the fact only to holders of keys. */
    boolean isFutures() {
        return this != SPOT;
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
