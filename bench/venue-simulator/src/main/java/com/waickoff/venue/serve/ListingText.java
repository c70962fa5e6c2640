package com.waickoff.venue.serve;

import com.waickoff.venue.Venue;
import com.waickoff.venue.market.Listing;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is said of a listing besides its own fields. */
final class ListingText {
    private static final List<String> QUOTES = List.of("USDT", "USDC", "FDUSD", "BUSD", "USD",
            "BTC", "ETH", "BNB", "EUR");
    private static final int MONEY_DECIMALS = 8;

    private ListingText() {}

    /** The two currencies, without what stands behind an underscore. */
    static String pair(String symbol) {
        int end = symbol.indexOf('_');
        return end < 0 ? symbol : symbol.substring(0, end);
    }

    /** The currency that prices are in; the last three letters if it is none of the usual. */
    static String quote(String symbol) {
        String pair = pair(symbol);
        for (String quote : QUOTES) {
            if (pair.endsWith(quote) && pair.length() > quote.length()) {
                return quote;
            }
        }
        return pair.length() > 3 ? pair.substring(pair.length() - 3) : pair;
    }

    /** The currency that is traded. */
    static String base(String symbol) {
        String pair = pair(symbol);
        return pair.substring(0, pair.length() - quote(symbol).length());
    }

    /** A listing that nothing is traded of. */
    static Listing filler(Venue venue, int number) {
        return new Listing(String.format(Locale.ROOT, "FILL%04d%s", number, venue.symbolEnd()),
                "0.0001", venue.isInverse() ? "1" : "0.1", "1.0000", 1);
    }

    /** What the last trade was made at, or where prices began. */
    static BigDecimal lastPrice(Listing listing, @Nullable KeptTape trades) {
        if (trades != null) {
            for (KeptTape.Told told : trades.newest()) {
                String price = told.lastPrice();
                if (told.isOfTheBook() && !price.isEmpty()) {
                    return new BigDecimal(price);
                }
            }
        }
        return new BigDecimal(listing.startPrice());
    }

    /** Money at a price as a quantity of what is traded. */
    static BigDecimal quantity(BigDecimal money, BigDecimal price) {
        return money.divide(price, MathContext.DECIMAL64).setScale(MONEY_DECIMALS,
                RoundingMode.DOWN);
    }
}
