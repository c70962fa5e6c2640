package com.waickoff.marketdata.feed.bybit;

import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.feed.JsonCursor;
import com.waickoff.marketdata.feed.StreamLanguage;
import com.waickoff.marketdata.feed.VenueTime;
import java.util.List;

/**
 * Texts of requests to Bybit about streams. They allocate.
 *
 * <pre>
 *   {"req_id":"7","op":"subscribe","args":["publicTrade.BTCUSDT","orderbook.200.BTCUSDT"]}
 *   {"success":true,"ret_msg":"","conn_id":"…","req_id":"7","op":"subscribe"}
 * </pre>
 */
final class BybitRequests implements StreamLanguage {
    static final String HEARTBEAT = "{\"op\":\"ping\"}";

    /** Characters around a topic: two quotes and a comma. */
    static final int AROUND_TOPIC = 3;

    /** What spot takes at once; one that is unknown spoils a request for the others everywhere. */
    private static final int MOST_TOPICS = 10;
    private static final String SUBSCRIBED = "already subscribed";

    private final Category category;
    private final int bookDepth;
    private final JsonCursor cursor = new JsonCursor();
    private final BybitRecentTrades recentTrades = new BybitRecentTrades(cursor, this::readTrade);
    private long newestNs;

    /** Requests for books of this depth. */
    BybitRequests(Category category, int bookDepth) {
        this.category = category;
        this.bookDepth = bookDepth == BybitInstrument.ANY_DEPTH ? BybitSettings.DEFAULT_BOOK_DEPTH
                : bookDepth;
    }

    @Override
    public String name(String symbol, boolean isTape) {
        return isTape ? BybitTopics.trades(symbol) : BybitTopics.book(bookDepth, symbol);
    }

    @Override
    public String checkName(String symbol) {
        return bookDepth == 1 ? "" : BybitTopics.book(1, symbol);
    }

    @Override
    public int mostPerRequest() {
        return MOST_TOPICS;
    }

    @Override
    public String request(boolean isSubscription, long id, List<String> names) {
        return "{\"req_id\":\"" + id + "\",\"op\":\""
                + (isSubscription ? "subscribe" : "unsubscribe") + "\",\"args\":[\""
                + String.join("\",\"", names) + "\"]}";
    }

    @Override
    public boolean isSubscribed(String words) {
        return words.contains(SUBSCRIBED);
    }

    @Override
    public String newestTrade(String symbol) {
        return BybitRecentTrades.path(category, symbol) + ONE_TRADE;
    }

    @Override
    public long newest(long address, int length) {
        newestNs = NO_TRADE;
        return recentTrades.read(address, length) ? newestNs : UNREADABLE;
    }

    private void readTrade() {
        while (cursor.next() == JsonCursor.KEY) {
            boolean isTime = cursor.textIs("time");
            int token = cursor.next();
            if (token == JsonCursor.BEGIN_OBJECT || token == JsonCursor.BEGIN_ARRAY) {
                cursor.skipOut(1);
            } else if (isTime && (token == JsonCursor.STRING || token == JsonCursor.NUMBER)) {
                newestNs = Math.max(newestNs,
                        VenueTime.parse(cursor.textAddress(), cursor.textLength()));
            }
        }
    }

    /** Characters of an instrument's topics in a request. */
    int characters(BybitInstrument instrument) {
        String symbol = instrument.definition().symbol();
        return name(symbol, true).length() + name(symbol, false).length() + 2 * AROUND_TOPIC
                + (instrument.isChecked() ? checkName(symbol).length() + AROUND_TOPIC : 0);
    }

    /** The number of a request as an answer repeats it, or a negative one. */
    static long id(long address, int length) {
        return length == 0 ? -1 : Decimal.parse(address, length, 0);
    }
}
