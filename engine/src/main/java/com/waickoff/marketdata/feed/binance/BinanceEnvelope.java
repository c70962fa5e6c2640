package com.waickoff.marketdata.feed.binance;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.feed.JsonCursor;
import com.waickoff.marketdata.feed.VenueTime;

/**
 * What a frame says, gathered from any order of keys: within {@code {"stream":…,"data":{…}}} or bare.
 * Where a key stands twice the first one counts. Whatever was read before the frame proved malformed
 * is kept: it may tell whom the loss concerns.
 *
 * <p>Threads: the feed thread.
 */
final class BinanceEnvelope {
    /** {@code e} is missing. */
    static final int NO_TYPE = 0;
    /** {@code e} is {@code trade}. */
    static final int TRADE = 1;
    /** {@code e} is {@code aggTrade}. */
    static final int AGG_TRADE = 2;
    /** {@code e} is {@code depthUpdate}. */
    static final int DIFF = 3;
    /** {@code e} is something else. */
    static final int OTHER_TYPE = 4;
    /** {@code e} is {@code serverShutdown}. */
    static final int SHUTDOWN = 5;

    /** Stands for a number that no key gave. */
    static final long UNSET = -2;

    private static final long KEY_STREAM = Ascii.word("stream");
    private static final long KEY_DATA = Ascii.word("data");
    private static final long KEY_TYPE = Ascii.word("e");
    private static final long KEY_EVENT_TIME = Ascii.word("E");
    private static final long KEY_MATCH_TIME = Ascii.word("T");
    private static final long KEY_SYMBOL = Ascii.word("s");
    private static final long KEY_TRADE_ID = Ascii.word("t");
    private static final long KEY_PRICE = Ascii.word("p");
    private static final long KEY_QUANTITY = Ascii.word("q");
    private static final long KEY_KIND = Ascii.word("X");
    private static final long KEY_BUYER_IS_MAKER = Ascii.word("m");
    private static final long KEY_FIRST = Ascii.word("U");
    private static final long KEY_LAST = Ascii.word("u");
    private static final long KEY_PREVIOUS = Ascii.word("pu");
    private static final long KEY_BIDS = Ascii.word("b");
    private static final long KEY_ASKS = Ascii.word("a");
    private static final long KEY_FIRST_FILL = Ascii.word("f");
    private static final long KEY_LAST_FILL = Ascii.word("l");
    private static final long KEY_RESULT = Ascii.word("result");
    private static final long KEY_ERROR = Ascii.word("error");
    private static final long KEY_CODE = Ascii.word("code");
    private static final long KEY_ID = Ascii.word("id");
    private static final long KEY_WORDS = Ascii.word("msg");
    private static final long WORD_TRADE = Ascii.word("trade");
    private static final long WORD_AGG_TRADE = Ascii.word("aggTrade");
    private static final long WORD_RPI = Ascii.word("RPI");
    private static final long WORD_NA = Ascii.word("NA");
    private static final long WORD_ADL = Ascii.word("ADL");
    private static final String INSURANCE_FUND = "INSURANCE_FUND";
    private static final String LAST_UPDATE_ID = "lastUpdateId";
    private static final String DEPTH_UPDATE = "depthUpdate";
    private static final String SERVER_SHUTDOWN = "serverShutdown";

    private final JsonCursor cursor = new JsonCursor();
    /** Whether the whole frame is JSON. */
    boolean isJson;
    /** Where the stream name is; 0 without one. */
    long stream;
    int streamLength;
    /** One of the types above. */
    int type;
    /** Where its name is; 0 without one. */
    long typeName;
    int typeNameLength;
    /** {@code E} in ns, or negative. */
    long eventTimeNs;
    /** {@code T} in ns, or negative. */
    long matchTimeNs;
    /** Where the symbol is; 0 without one. */
    long symbol;
    int symbolLength;
    /** {@code t}, or negative. */
    long tradeId;
    /** Where price and quantity are; 0 without them. */
    long price;
    int priceLength;
    long quantity;
    int quantityLength;
    /** Whether {@code X} says that the print is no book trade, or one against an RPI order. */
    boolean isOffBook;
    boolean isRpi;
    /** The token of {@code m}, 0 without one. */
    int buyerIsMaker;
    /** {@code U}, {@code u}, {@code pu}, or negative. */
    long first;
    long last;
    long previous;
    /** Where the levels begin; 0 without them. */
    long bids;
    long asks;
    /** {@code a}, {@code f}, {@code l} of an aggregate, or negative. */
    long aggregateId;
    long firstFill;
    long lastFill;
    /** Whether it answers a request, and whether it refuses it. */
    boolean isAnswer;
    boolean isRefusal;
    /** Which request, or negative; and what the venue says, 0 without it. */
    long requestId;
    long words;
    int wordsLength;
    private boolean isArray;
    private boolean isPartialDepth;

    /** Whether it is an event of any type, or one of those that bear none. */
    boolean isKnownShape() {
        boolean isBookTicker = symbol != 0 && last >= 0;
        return isArray || isPartialDepth || type != NO_TYPE || isBookTicker;
    }

    /** Reads a frame. */
    void read(long address, int length) {
        clear();
        cursor.wrap(address, length);
        int token = cursor.next();
        isArray = token == JsonCursor.BEGIN_ARRAY;
        if (token == JsonCursor.BEGIN_OBJECT) {
            while (cursor.next() == JsonCursor.KEY) {
                isPartialDepth |= cursor.textIs(LAST_UPDATE_ID);
                readMember(cursor.textWord());
            }
        } else {
            while (cursor.depth() > 0) {
                cursor.next();
            }
        }
        isJson = cursor.error() == JsonCursor.NO_ERROR && cursor.next() == JsonCursor.END;
    }

    private void readMember(long key) {
        long start = cursor.nextAddress();
        int token = cursor.next();
        if (token == JsonCursor.STRING || token == JsonCursor.NUMBER) {
            readText(key);
        } else if (key == KEY_RESULT) {
            isAnswer = true;
            skipOut(token);
        } else if (key == KEY_ERROR) {
            isRefusal = true;
            readMembers(token);
        } else if (token == JsonCursor.BEGIN_OBJECT && key == KEY_DATA) {
            readMembers(token);
        } else if (key == KEY_BUYER_IS_MAKER && buyerIsMaker == 0) {
            buyerIsMaker = token;
            skipOut(token);
        } else {
            if (token == JsonCursor.BEGIN_ARRAY && key == KEY_BIDS && bids == 0) {
                bids = start;
            } else if (token == JsonCursor.BEGIN_ARRAY && key == KEY_ASKS && asks == 0) {
                asks = start;
            }
            skipOut(token);
        }
    }

    private void readMembers(int token) {
        if (token == JsonCursor.BEGIN_OBJECT) {
            while (cursor.next() == JsonCursor.KEY) {
                readMember(cursor.textWord());
            }
        } else {
            skipOut(token);
        }
    }

    private void skipOut(int token) {
        if (token == JsonCursor.BEGIN_ARRAY || token == JsonCursor.BEGIN_OBJECT) {
            cursor.skipOut(1);
        }
    }

    private void readText(long key) {
        long address = cursor.textAddress();
        int length = cursor.textLength();
        if (key == KEY_STREAM && stream == 0) {
            stream = address;
            streamLength = length;
        } else if (key == KEY_TYPE && type == NO_TYPE) {
            type = type();
            typeName = address;
            typeNameLength = length;
        } else if (key == KEY_EVENT_TIME && eventTimeNs == UNSET) {
            eventTimeNs = VenueTime.parse(address, length);
        } else if (key == KEY_MATCH_TIME && matchTimeNs == UNSET) {
            matchTimeNs = VenueTime.parse(address, length);
        } else if (key == KEY_SYMBOL && symbol == 0) {
            symbol = address;
            symbolLength = length;
        } else if (key == KEY_PRICE && price == 0) {
            price = address;
            priceLength = length;
        } else if (key == KEY_QUANTITY && quantity == 0) {
            quantity = address;
            quantityLength = length;
        } else if (key == KEY_KIND && !isOffBook && !isRpi) {
            isRpi = cursor.textWord() == WORD_RPI;
            isOffBook = cursor.textWord() == WORD_NA || cursor.textWord() == WORD_ADL
                    || cursor.textIs(INSURANCE_FUND);
        } else if (key == KEY_CODE) {
            isRefusal = true;
        } else if (key == KEY_RESULT) {
            isAnswer = true;
        } else if (key == KEY_WORDS && words == 0) {
            words = address;
            wordsLength = length;
        } else {
            readNumber(key, address, length);
        }
    }

    private void readNumber(long key, long address, int length) {
        if (key == KEY_TRADE_ID && tradeId == UNSET) {
            tradeId = Decimal.parse(address, length, 0);
        } else if (key == KEY_FIRST && first == UNSET) {
            first = Decimal.parse(address, length, 0);
        } else if (key == KEY_LAST && last == UNSET) {
            last = Decimal.parse(address, length, 0);
        } else if (key == KEY_PREVIOUS && previous == UNSET) {
            previous = Decimal.parse(address, length, 0);
        } else if (key == KEY_ASKS && aggregateId == UNSET) {
            aggregateId = Decimal.parse(address, length, 0);
        } else if (key == KEY_FIRST_FILL && firstFill == UNSET) {
            firstFill = Decimal.parse(address, length, 0);
        } else if (key == KEY_LAST_FILL && lastFill == UNSET) {
            lastFill = Decimal.parse(address, length, 0);
        } else if (key == KEY_ID && requestId == UNSET) {
            requestId = Decimal.parse(address, length, 0);
        }
    }

    private int type() {
        long word = cursor.textWord();
        if (word == WORD_TRADE) {
            return TRADE;
        }
        if (word == WORD_AGG_TRADE) {
            return AGG_TRADE;
        }
        if (cursor.textIs(DEPTH_UPDATE)) {
            return DIFF;
        }
        return cursor.textIs(SERVER_SHUTDOWN) ? SHUTDOWN : OTHER_TYPE;
    }

    private void clear() {
        stream = 0;
        streamLength = 0;
        type = NO_TYPE;
        typeName = 0;
        typeNameLength = 0;
        eventTimeNs = UNSET;
        matchTimeNs = UNSET;
        symbol = 0;
        symbolLength = 0;
        tradeId = UNSET;
        price = 0;
        priceLength = 0;
        quantity = 0;
        quantityLength = 0;
        isOffBook = false;
        isRpi = false;
        buyerIsMaker = 0;
        first = UNSET;
        last = UNSET;
        previous = UNSET;
        bids = 0;
        asks = 0;
        aggregateId = UNSET;
        firstFill = UNSET;
        lastFill = UNSET;
        isAnswer = false;
        isRefusal = false;
        requestId = UNSET;
        words = 0;
        wordsLength = 0;
        isArray = false;
        isPartialDepth = false;
    }
}
