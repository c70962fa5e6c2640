package com.waickoff.marketdata.feed.bybit;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.feed.JsonCursor;
import com.waickoff.marketdata.feed.VenueTime;

/**
 * What is around the trades and levels of a frame, gathered from any order of keys. Where a key stands
 * twice the first one counts. Whatever of the frame was read before it proved malformed is kept: it
 * may tell whom the loss concerns.
 *
 * <p>Threads: the feed thread.
 */
final class BybitEnvelope {
    private static final long KEY_TOPIC = Ascii.word("topic");
    private static final long KEY_TYPE = Ascii.word("type");
    private static final long KEY_TIME = Ascii.word("ts");
    private static final long KEY_DATA = Ascii.word("data");
    private static final long KEY_MATCH_TIME = Ascii.word("cts");
    private static final long KEY_SYMBOL = Ascii.word("s");
    private static final long KEY_BIDS = Ascii.word("b");
    private static final long KEY_ASKS = Ascii.word("a");
    private static final long KEY_UPDATE_ID = Ascii.word("u");
    private static final long KEY_SEQUENCE = Ascii.word("seq");
    private static final long KEY_OPERATION = Ascii.word("op");
    private static final long KEY_SUCCESS = Ascii.word("success");
    private static final long KEY_REQUEST_ID = Ascii.word("req_id");
    private static final long KEY_WORDS = Ascii.word("ret_msg");

    /** Stands for a word that no key gave. */
    static final long UNSET = -2;

    private final JsonCursor cursor = new JsonCursor();
    /** Whether the whole frame is JSON. */
    boolean isJson;
    /** Whether it is an object. */
    boolean isObject;
    /** Where the topic is, and its length; 0 without one. */
    long topic;
    int topicLength;
    /** The type as a word. */
    long type;
    /** {@code ts} in ns, or negative. */
    long timeNs;
    /** {@code cts} in ns, or negative. */
    long matchTimeNs;
    /** Where the array of {@code data} begins; 0 if it is none. */
    long trades;
    /** The symbol within {@code data}; 0 without one. */
    long symbol;
    int symbolLength;
    /** Where the bids begin; 0 without them. */
    long bids;
    /** Where the asks begin; 0 without them. */
    long asks;
    /** {@code u}, or negative. */
    long updateId;
    /** {@code seq}, or negative. */
    long sequence;
    /** {@code op} as a word. */
    long operation;
    /** The token of {@code success}, 0 without one. */
    int success;
    /** {@code req_id} as a number, or negative. */
    long requestId;
    /** Where {@code ret_msg} is; 0 without one. */
    long words;
    int wordsLength;

    /** Reads a frame. */
    void read(long address, int length) {
        clear();
        cursor.wrap(address, length);
        isObject = cursor.next() == JsonCursor.BEGIN_OBJECT;
        if (!isObject) {
            while (cursor.depth() > 0) {
                cursor.next();
            }
        } else {
            while (cursor.next() == JsonCursor.KEY) {
                readMember(cursor.textWord());
            }
        }
        isJson = cursor.error() == JsonCursor.NO_ERROR && cursor.next() == JsonCursor.END;
    }

    private void readMember(long key) {
        long start = cursor.nextAddress();
        int token = cursor.next();
        boolean isText = token == JsonCursor.STRING || token == JsonCursor.NUMBER;
        if (token == JsonCursor.BEGIN_OBJECT && key == KEY_DATA && bids + asks + symbol == 0) {
            readData();
        } else if (token == JsonCursor.BEGIN_OBJECT || token == JsonCursor.BEGIN_ARRAY) {
            if (token == JsonCursor.BEGIN_ARRAY && key == KEY_DATA && trades == 0) {
                trades = start;
            }
            cursor.skipOut(1);
        } else if (key == KEY_SUCCESS && success == 0) {
            success = token;
        } else if (!isText) {
            return;
        } else if (key == KEY_TOPIC && topic == 0) {
            topic = cursor.textAddress();
            topicLength = cursor.textLength();
        } else if (key == KEY_TYPE && type == UNSET) {
            type = cursor.textWord();
        } else if (key == KEY_TIME && timeNs == UNSET) {
            timeNs = VenueTime.parse(cursor.textAddress(), cursor.textLength());
        } else if (key == KEY_MATCH_TIME && matchTimeNs == UNSET) {
            matchTimeNs = VenueTime.parse(cursor.textAddress(), cursor.textLength());
        } else if (key == KEY_OPERATION && operation == UNSET) {
            operation = cursor.textWord();
        } else if (key == KEY_REQUEST_ID && requestId == UNSET) {
            requestId = BybitRequests.id(cursor.textAddress(), cursor.textLength());
        } else if (key == KEY_WORDS && words == 0) {
            words = cursor.textAddress();
            wordsLength = cursor.textLength();
        }
    }

    /** The members of a book's {@code data}. */
    private void readData() {
        while (cursor.next() == JsonCursor.KEY) {
            long key = cursor.textWord();
            long start = cursor.nextAddress();
            int token = cursor.next();
            boolean isText = token == JsonCursor.STRING || token == JsonCursor.NUMBER;
            if (token == JsonCursor.BEGIN_ARRAY || token == JsonCursor.BEGIN_OBJECT) {
                boolean isArray = token == JsonCursor.BEGIN_ARRAY;
                if (isArray && key == KEY_BIDS && bids == 0) {
                    bids = start;
                } else if (isArray && key == KEY_ASKS && asks == 0) {
                    asks = start;
                }
                cursor.skipOut(1);
            } else if (isText && key == KEY_SYMBOL && symbol == 0) {
                symbol = cursor.textAddress();
                symbolLength = cursor.textLength();
            } else if (isText && key == KEY_UPDATE_ID && updateId == UNSET) {
                updateId = Decimal.parse(cursor.textAddress(), cursor.textLength(), 0);
            } else if (isText && key == KEY_SEQUENCE && sequence == UNSET) {
                sequence = Decimal.parse(cursor.textAddress(), cursor.textLength(), 0);
            }
        }
    }

    private void clear() {
        topic = 0;
        topicLength = 0;
        type = UNSET;
        timeNs = UNSET;
        matchTimeNs = UNSET;
        trades = 0;
        symbol = 0;
        symbolLength = 0;
        bids = 0;
        asks = 0;
        updateId = UNSET;
        sequence = UNSET;
        operation = UNSET;
        success = 0;
        requestId = UNSET;
        words = 0;
        wordsLength = 0;
    }
}
