package com.waickoff.marketdata.feed.bybit;

import com.waickoff.marketdata.feed.Venue;

/** What differs between Bybit's products. */
enum Category {
    /** Perpetuals and futures settled in USDT or USDC. */
    LINEAR(Venue.BYBIT_LINEAR, "linear", 1000),
    /** Spot: ids of trades are numbers, keys stand in another order, metadata comes in one page. */
    SPOT(Venue.BYBIT_SPOT, "spot", 60),
    /** Derivatives settled in the base coin: quantities are contracts of one unit of the quote. */
    INVERSE(Venue.BYBIT_INVERSE, "inverse", 1000);

    final Venue venue;
    /** As it stands in paths and queries. */
    final String code;
    /** Most trades that a request for recent ones brings. */
    final int mostRecentTrades;

    Category(Venue venue, String code, int mostRecentTrades) {
        this.venue = venue;
        this.code = code;
        this.mostRecentTrades = mostRecentTrades;
    }

    /** Path of the WebSocket. */
    String streamPath() {
        return "/v5/public/" + code;
    }

    /** The category of a venue. */
    static Category of(Venue venue) {
        for (Category category : values()) {
            if (category.venue == venue) {
                return category;
            }
        }
        throw new IllegalArgumentException(venue + " is no category of this feed");
    }
}
