package com.waickoff.marketdata.feed.binance;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.feed.JsonCursor;
import com.waickoff.marketdata.feed.VenueTime;

/**
 * One element of the answers that tell trades after the fact, in either form and any order of keys:
 *
 * <pre>
 *   {"id":28457,"price":"4.00000100","qty":"12.00000000","time":1499865549590,"isBuyerMaker":true}
 *   {"a":26129,"p":"0.01633102","q":"4.70443515","f":27781,"l":27781,"T":1498793709153,"m":true}
 * </pre>
 *
 * <p>Threads: the feed thread.
 */
final class HistoryRow {
    private static final long NONE = -1;
    private static final long AGGREGATE = Ascii.word("a");
    private static final long FIRST = Ascii.word("f");
    private static final long LAST = Ascii.word("l");
    private static final long ID = Ascii.word("id");
    private static final long TIME = Ascii.word("time");
    private static final long SHORT_TIME = Ascii.word("T");
    private static final long PRICE = Ascii.word("price");
    private static final long SHORT_PRICE = Ascii.word("p");
    private static final long QUANTITY = Ascii.word("qty");
    private static final long SHORT_QUANTITY = Ascii.word("q");
    private static final long SHORT_MAKER = Ascii.word("m");
    private static final String MAKER = "isBuyerMaker";
    private static final String RPI = "isRPITrade";

    /** {@code a}, or -1. */
    long aggregateId;
    /** {@code f} and {@code l} of an aggregate, twice {@code id} of a trade, or -1. */
    long firstId;
    long lastId;
    /** Match time in ns, or negative. */
    long matchTimeNs;
    /** Scaled price and quantity; negative if they fit neither scale nor long. */
    long price;
    long quantity;
    /** Whether the buyer was the maker, so that the aggressor sold. */
    boolean buyerIsMaker;
    /** Whether one side was a retail-price-improvement order. */
    boolean isRpi;

    /** Reads the members of an object that has begun. */
    void read(JsonCursor cursor, int priceScale, int quantityScale) {
        aggregateId = NONE;
        firstId = NONE;
        lastId = NONE;
        matchTimeNs = NONE;
        price = NONE;
        quantity = NONE;
        buyerIsMaker = false;
        isRpi = false;
        while (cursor.next() == JsonCursor.KEY) {
            boolean isMaker = cursor.textWord() == SHORT_MAKER || cursor.textIs(MAKER);
            boolean isRpiKey = cursor.textIs(RPI);
            long key = cursor.textWord();
            int token = cursor.next();
            if (token == JsonCursor.BEGIN_OBJECT || token == JsonCursor.BEGIN_ARRAY) {
                cursor.skipOut(1);
            } else if (isMaker) {
                buyerIsMaker = token == JsonCursor.TRUE;
            } else if (isRpiKey) {
                isRpi = token == JsonCursor.TRUE;
            } else if (token == JsonCursor.STRING || token == JsonCursor.NUMBER) {
                readText(key, cursor.textAddress(), cursor.textLength(), priceScale, quantityScale);
            }
        }
    }

    private void readText(long key, long address, int length, int priceScale, int quantityScale) {
        if (key == ID) {
            firstId = Decimal.parse(address, length, 0);
            lastId = firstId;
        } else if (key == AGGREGATE) {
            aggregateId = Decimal.parse(address, length, 0);
        } else if (key == FIRST) {
            firstId = Decimal.parse(address, length, 0);
        } else if (key == LAST) {
            lastId = Decimal.parse(address, length, 0);
        } else if (key == TIME || key == SHORT_TIME) {
            matchTimeNs = VenueTime.parse(address, length);
        } else if (key == PRICE || key == SHORT_PRICE) {
            price = Decimal.parse(address, length, priceScale);
        } else if (key == QUANTITY || key == SHORT_QUANTITY) {
            quantity = Decimal.parse(address, length, quantityScale);
        }
    }

    /** Whether all of it can be used. */
    boolean isUsable() {
        return firstId >= 0 && lastId >= firstId && matchTimeNs >= 0 && price > 0 && quantity > 0;
    }
}
