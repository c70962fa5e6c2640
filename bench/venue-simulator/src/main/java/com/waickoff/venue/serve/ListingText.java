package com.waickoff.venue.serve;

import com.waickoff.venue.market.Listing;
import java.util.List;
import java.util.Locale;

/** What is said of a listing besides its own fields. */
final class ListingText {
    private static final List<String> QUOTES = List.of("USDT", "USDC", "FDUSD", "BUSD", "USD",
            "BTC", "ETH", "BNB", "EUR");

    private ListingText() {}

    /** The currency that prices are in; the last three letters if it is none of the usual. */
    static String quote(String symbol) {
        for (String quote : QUOTES) {
            if (symbol.endsWith(quote) && symbol.length() > quote.length()) {
                return quote;
            }
        }
        return symbol.length() > 3 ? symbol.substring(symbol.length() - 3) : symbol;
    }

    /** The currency that is traded. */
    static String base(String symbol) {
        return symbol.substring(0, symbol.length() - quote(symbol).length());
    }

    /** A listing that nothing is traded of. */
    static Listing filler(int number) {
        return new Listing(String.format(Locale.ROOT, "FILL%04dUSDT", number), "0.0001", "0.1",
                "1.0000", 1);
    }
}
