package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.decimal.Decimal;

/**
 * Reads the levels of one side as a venue tells its best ones, whatever their form: rare, and few.
 *
 * <p>Threads: the feed thread. Allocates nothing.
 */
public final class BestLevels {
    private BestLevels() {}

    /**
     * Reads the array that comes next.
     *
     * @return false if it is no array of pairs of numbers that fit the instrument's scales
     */
    public static boolean read(JsonCursor cursor, InstrumentFeed instrument, BookPicture into,
            boolean isBids) {
        if (cursor.next() != JsonCursor.BEGIN_ARRAY) {
            return false;
        }
        int token = cursor.next();
        while (token == JsonCursor.BEGIN_ARRAY) {
            long price = number(cursor, instrument.priceScale);
            long quantity = number(cursor, instrument.quantityScale);
            if (price <= 0 || quantity < 0 || !cursor.skipOut(1)) {
                return false;
            }
            if (isBids) {
                into.addBid(price, quantity);
            } else {
                into.addAsk(price, quantity);
            }
            token = cursor.next();
        }
        return token == JsonCursor.END_ARRAY;
    }

    private static long number(JsonCursor cursor, int scale) {
        int token = cursor.next();
        return token == JsonCursor.STRING || token == JsonCursor.NUMBER
                ? Decimal.parse(cursor.textAddress(), cursor.textLength(), scale) : -1;
    }
}
