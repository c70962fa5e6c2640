package com.waickoff.marketdata;

import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.socket.FeedSettings;
import java.util.List;

/**
 * What is collected of a venue, and from where.
 *
 * @param symbols as the venue writes them; at least one
 * @param line where the venue is, and how patient to be with it
 * @param books how books are asked for, in the words of the venue: levels a side for Bybit, such as
 *     {@code 200}; the stream of their changes for Binance, such as {@code depth@100ms}
 * @param aggregated whether trades come merged, fills of one order at one price as one
 */
public record VenueConfig(Venue venue, List<String> symbols, FeedSettings line, String books,
        boolean aggregated) {
    /** The symbols are copied. */
    public VenueConfig {
        symbols = List.copyOf(symbols);
        if (symbols.isEmpty()) {
            throw new IllegalArgumentException(venue + " has no symbols");
        }
    }
}
