package com.waickoff.marketdata.feed.bybit;

import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.feed.JsonCursor;
import com.waickoff.marketdata.feed.ListingReader;
import com.waickoff.marketdata.feed.MetadataDialect;
import com.waickoff.marketdata.feed.TurnoverReader;
import com.waickoff.marketdata.feed.Venue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What Bybit says of a product:
 *
 * <pre>
 *   GET /v5/market/instruments-info   pages of at most 1000; spot in one page, whatever is asked for
 *   GET /v5/market/tickers            {"retCode":0,"result":{"list":[{"symbol":"BTCUSDT","turnover24h":"…"}]}}
 *   GET /v5/market/time               {"retCode":0,"result":{"timeSecond":"…","timeNano":"…"}}
 * </pre>
 *
 * <p>Inverse contracts are worth one unit of the quote each, so that their {@code volume24h} is what
 * was traded in the quote; their {@code turnover24h} is in the base. Cold: allocates.
 */
final class BybitMetadata implements MetadataDialect {
    static final String PATH = "/v5/market/instruments-info";

    private static final String TICKERS = "/v5/market/tickers";
    private static final String TIME = "/v5/market/time";
    private static final Pattern ENCODED = Pattern
            .compile("([A-Za-z0-9._~:,*-]|%[0-9A-Fa-f]{2})+");

    private final Category category;
    private final JsonCursor cursor = new JsonCursor();

    BybitMetadata(Category category) {
        this.category = category;
    }

    @Override
    public Venue venue() {
        return category.venue;
    }

    @Override
    public int mostNamed() {
        return 0;
    }

    @Override
    public String listPath(List<String> symbols) {
        return PATH + "?category=" + category.code + "&limit=1000";
    }

    @Override
    public boolean isList(String url) {
        return url.contains(PATH);
    }

    @Override
    public ListingReader listings() {
        return new BybitListings(category.venue, this::pageAt);
    }

    /** The venue gives cursors in the form that is to be asked for; older ones needed encoding. */
    private String pageAt(String next) {
        return listPath(List.of()) + "&cursor=" + (ENCODED.matcher(next).matches() ? next
                : URLEncoder.encode(next, StandardCharsets.UTF_8));
    }

    @Override
    public String turnoverPath() {
        return TICKERS + "?category=" + category.code;
    }

    @Override
    public boolean isTurnover(String url) {
        return url.contains(TICKERS);
    }

    @Override
    public TurnoverReader turnovers() {
        return new TurnoverReader(venue().isInverse() ? "volume24h" : "turnover24h", "result",
                "list");
    }

    @Override
    public String timePath() {
        return TIME;
    }

    @Override
    public boolean isTime(String url) {
        return url.contains(TIME);
    }

    @Override
    public long readTime(long address, int length) {
        cursor.wrap(address, length);
        if (cursor.next() != JsonCursor.BEGIN_OBJECT || !cursor.seekMember("result")
                || cursor.next() != JsonCursor.BEGIN_OBJECT || !cursor.seekMember("timeNano")) {
            return -1;
        }
        int token = cursor.next();
        return token == JsonCursor.STRING || token == JsonCursor.NUMBER
                ? Decimal.parse(cursor.textAddress(), cursor.textLength(), 0)
                : -1;
    }
}
