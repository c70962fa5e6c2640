package com.waickoff.marketdata.feed.binance;

import com.waickoff.marketdata.feed.QueryText;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.VenueLimits;
import java.util.concurrent.TimeUnit;

/** What differs between Binance's markets. */
enum Market {
    /** Diffs chain by {@code U = last u + 1}. */
    SPOT(Venue.BINANCE_SPOT, "/stream", "/stream", "/api/v3/", 5000, 5),
    /** Diffs chain by {@code pu = last u}; ids are shared with other symbols. */
    USDM(Venue.BINANCE_USDM, "/public/stream", "/market/stream", "/fapi/v1/", 1000, 10),
    /** As USD-M; its streams are not parted by URL. */
    COINM(Venue.BINANCE_COINM, "/stream", "/stream", "/dapi/v1/", 1000, 10);

    private static final int CONNECTS_PER_5_MINUTES = 300;
    private static final int LIFETIME_HOURS = 24;
    private static final int SPOT_WEIGHT_PER_MINUTE = 6_000;
    private static final int FUTURES_WEIGHT_PER_MINUTE = 2_400;

    final Venue venue;
    /** Path of the WebSocket for books and single trades. */
    final String streamPath;
    /** Path of the WebSocket for trades that come merged. */
    final String aggregatesStreamPath;
    final String depthPath;
    final String metadataPath;
    final String tradesPath;
    final String aggregatesPath;
    /** Tells the newest trades. */
    final String newestPath;
    final String tickersPath;
    final String timePath;
    /** Most levels a side of a REST snapshot. */
    final int deepestSnapshot;
    /** Most messages a client may send in a second. */
    private final int messagesPerSecond;

    Market(Venue venue, String streamPath, String aggregatesStreamPath, String restPath,
            int deepestSnapshot, int messagesPerSecond) {
        this.venue = venue;
        this.streamPath = streamPath;
        this.aggregatesStreamPath = aggregatesStreamPath;
        this.depthPath = restPath + "depth";
        this.metadataPath = restPath + "exchangeInfo";
        this.tradesPath = restPath + "historicalTrades";
        this.aggregatesPath = restPath + "aggTrades";
        this.newestPath = restPath + "trades";
        this.tickersPath = restPath + "ticker/24hr";
        this.timePath = restPath + "time";
        this.deepestSnapshot = deepestSnapshot;
        this.messagesPerSecond = messagesPerSecond;
    }

    /** The stream of the best levels of a book, the slowest there is. */
    String bestLevelsStream() {
        return isFutures() ? "depth5@500ms" : "depth5";
    }

    /** Whether it trades contracts: single trades are told after the fact only to holders of keys. */
    boolean isFutures() {
        return this != SPOT;
    }

    /** What a client may do, and how long a connection lives. */
    VenueLimits limits() {
        return new VenueLimits(messagesPerSecond, CONNECTS_PER_5_MINUTES,
                TimeUnit.HOURS.toMillis(LIFETIME_HOURS),
                this == SPOT ? SPOT_WEIGHT_PER_MINUTE : FUTURES_WEIGHT_PER_MINUTE);
    }

    /** What a REST request takes of the limit of weights, by the documents of the venue. */
    int restWeight(String path) {
        boolean isSpot = this == SPOT;
        if (path.startsWith(depthPath)) {
            return depthWeight(QueryText.limitOf(path));
        }
        if (path.startsWith(aggregatesPath)) {
            return isSpot ? 4 : 20;
        }
        if (path.startsWith(tradesPath)) {
            return isSpot ? 25 : 200;
        }
        if (path.startsWith(newestPath)) {
            return isSpot ? 25 : 5;
        }
        if (path.startsWith(metadataPath)) {
            return isSpot ? 20 : 1;
        }
        return path.contains("/ticker/24hr") ? 80 : 1;
    }

    private int depthWeight(int levels) {
        if (this == SPOT) {
            return levels <= 100 ? 5 : levels <= 500 ? 25 : levels <= 1_000 ? 50 : 250;
        }
        return levels <= 50 ? 2 : levels <= 100 ? 5 : levels <= 500 ? 10 : 20;
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
