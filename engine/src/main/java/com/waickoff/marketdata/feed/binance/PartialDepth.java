package com.waickoff.marketdata.feed.binance;

import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.feed.BestLevels;
import com.waickoff.marketdata.feed.BookCheck;
import com.waickoff.marketdata.feed.BookPicture;
import com.waickoff.marketdata.feed.JsonCursor;

/**
 * The best levels of a book, in a stream of their own. Those of futures look like a diff: only the
 * name of the stream tells.
 *
 * <pre>
 *   {"stream":"btcusdt@depth5","data":{"lastUpdateId":160,"bids":[ levels ],"asks":[ levels ]}}
 *   {"stream":"btcusdt@depth5@500ms","data":{"e":"depthUpdate",…,"U":157,"u":160,"pu":149,
 *    "b":[ levels ],"a":[ levels ]}}
 * </pre>
 *
 * <p>Threads: the feed thread.
 */
final class PartialDepth {
    /** Levels of a side. */
    static final int LEVELS = 5;

    private final JsonCursor cursor = new JsonCursor();
    private final JsonCursor side = new JsonCursor();
    private long updateId;
    private long bids;
    private long asks;

    /** Reads a frame, and has the check hold it. @return false if it is of another form */
    boolean read(long address, int length, BinanceInstrument instrument, BookCheck check) {
        updateId = -1;
        bids = 0;
        asks = 0;
        cursor.wrap(address, length);
        if (cursor.next() != JsonCursor.BEGIN_OBJECT) {
            return false;
        }
        while (cursor.next() == JsonCursor.KEY) {
            if (!cursor.textIs("data")) {
                cursor.skipValue();
            } else if (cursor.next() == JsonCursor.BEGIN_OBJECT) {
                while (cursor.next() == JsonCursor.KEY) {
                    readMember();
                }
            }
        }
        if (cursor.error() != JsonCursor.NO_ERROR || updateId < 0 || bids == 0 || asks == 0) {
            return false;
        }
        BookPicture said = check.begin(updateId, LEVELS);
        long end = address + length;
        side.wrap(bids, (int) (end - bids));
        if (!BestLevels.read(side, instrument, said, true)) {
            return false;
        }
        side.wrap(asks, (int) (end - asks));
        if (!BestLevels.read(side, instrument, said, false)) {
            return false;
        }
        check.hold();
        return true;
    }

    private void readMember() {
        if (cursor.textIs("lastUpdateId") || cursor.textIs("u")) {
            updateId = cursor.next() == JsonCursor.NUMBER
                    ? Decimal.parse(cursor.textAddress(), cursor.textLength(), 0) : -1;
        } else if (cursor.textIs("bids") || cursor.textIs("b")) {
            bids = cursor.nextAddress();
            cursor.skipValue();
        } else if (cursor.textIs("asks") || cursor.textIs("a")) {
            asks = cursor.nextAddress();
            cursor.skipValue();
        } else {
            cursor.skipValue();
        }
    }
}
