package com.waickoff.marketdata.feed.binance;

import com.waickoff.marketdata.feed.JsonCursor;
import com.waickoff.marketdata.feed.ListingReader;
import com.waickoff.marketdata.feed.MetadataDialect;
import com.waickoff.marketdata.feed.TurnoverReader;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.VenueTime;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What Binance says of a market:
 *
 * <pre>
 *   exchangeInfo   spot can be asked for symbols by name, and refuses them all (400) if it does not know one;
 *                  futures tell everything whatever is asked for
 *   ticker/24hr    [{"symbol":"BTCUSDT","volume":"…","quoteVolume":"…"}]
 *   time           {"serverTime":1499827319559}
 * </pre>
 *
 * <p>Futures settled in coins tell {@code volume} in contracts. Cold: allocates.
 */
final class BinanceMetadata implements MetadataDialect {
    /** A request for more symbols than this would be longer than some proxies take. */
    private static final int MOST_NAMED = 100;

    private final Market market;
    private final JsonCursor cursor = new JsonCursor();

    BinanceMetadata(Market market) {
        this.market = market;
    }

    @Override
    public Venue venue() {
        return market.venue;
    }

    @Override
    public int mostNamed() {
        return market == Market.SPOT ? MOST_NAMED : 0;
    }

    @Override
    public String listPath(List<String> symbols) {
        if (market != Market.SPOT) {
            return market.metadataPath;
        }
        // The sets of permissions are most of the whole list, and of no use here.
        return market.metadataPath + (symbols.isEmpty() ? "?showPermissionSets=false"
                : "?symbols=" + URLEncoder.encode("[\"" + String.join("\",\"", symbols) + "\"]",
                        StandardCharsets.UTF_8));
    }

    @Override
    public boolean isList(String url) {
        return url.contains(market.metadataPath);
    }

    @Override
    public ListingReader listings() {
        return new BinanceListings(market.venue);
    }

    @Override
    public String turnoverPath() {
        return market.tickersPath;
    }

    @Override
    public boolean isTurnover(String url) {
        return url.contains(market.tickersPath);
    }

    @Override
    public TurnoverReader turnovers() {
        return new TurnoverReader(venue().isInverse() ? "volume" : "quoteVolume");
    }

    @Override
    public String timePath() {
        return market.timePath;
    }

    @Override
    public boolean isTime(String url) {
        return url.endsWith(market.timePath);
    }

    @Override
    public long readTime(long address, int length) {
        cursor.wrap(address, length);
        if (cursor.next() != JsonCursor.BEGIN_OBJECT) {
            return -1;
        }
        while (cursor.next() == JsonCursor.KEY) {
            if (cursor.textIs("serverTime") && cursor.next() == JsonCursor.NUMBER) {
                return VenueTime.parse(cursor.textAddress(), cursor.textLength());
            }
            cursor.skipValue();
        }
        return -1;
    }
}
