package com.waickoff.marketdata.feed.bybit;

import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.feed.JsonCursor;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What Bybit is asked for the newest trades of an instrument, and what it answers:
 *
 * <pre>
 *   GET /v5/market/recent-trade?category=linear&amp;symbol=BTCUSDT&amp;limit=1000
 *   {"retCode":0,"result":{"category":"linear","list":[{…},{…}]}}          newest first
 * </pre>
 *
 * <p>Threads: the feed thread.
 */
final class BybitRecentTrades {
    private static final String PATH = "/v5/market/recent-trade";

    private final JsonCursor cursor;
    private final Runnable trade;

    /**
     * A reader of answers.
     *
     * @param cursor reads them
     * @param trade reads a trade with the cursor: from behind its opening brace to behind its end
     */
    BybitRecentTrades(JsonCursor cursor, Runnable trade) {
        this.cursor = cursor;
        this.trade = trade;
    }

    /** Path and query; how many are wanted is to be appended. */
    static String path(Category category, String symbol) {
        return PATH + "?category=" + category.code + "&symbol="
                + URLEncoder.encode(symbol, StandardCharsets.UTF_8);
    }

    /** Whether a request asks for them. */
    static boolean isRequest(String url) {
        return url.contains(PATH);
    }

    /** Whether an answer is whole and no refusal; if not, trades that were read count for nothing. */
    boolean read(long address, int length) {
        boolean isAccepted = false;
        boolean isList = false;
        cursor.wrap(address, length);
        if (cursor.next() != JsonCursor.BEGIN_OBJECT) {
            return false;
        }
        while (cursor.next() == JsonCursor.KEY) {
            if (cursor.textIs("retCode")) {
                isAccepted = cursor.next() == JsonCursor.NUMBER
                        && Decimal.parse(cursor.textAddress(), cursor.textLength(), 0) == 0;
            } else if (!cursor.textIs("result")) {
                cursor.skipValue();
            } else if (cursor.next() == JsonCursor.BEGIN_OBJECT) {
                isList |= readResult();
            }
        }
        return isAccepted && isList && cursor.error() == JsonCursor.NO_ERROR;
    }

    private boolean readResult() {
        boolean isList = false;
        while (cursor.next() == JsonCursor.KEY) {
            if (!cursor.textIs("list")) {
                cursor.skipValue();
            } else if (cursor.next() == JsonCursor.BEGIN_ARRAY) {
                isList = true;
                while (cursor.next() == JsonCursor.BEGIN_OBJECT) {
                    trade.run();
                }
            }
        }
        return isList;
    }
}
