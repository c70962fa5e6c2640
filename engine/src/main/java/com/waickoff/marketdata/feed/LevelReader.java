package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.event.EventSink;

/**
 * Reads the levels of one side of a book, {@code [["65114.20","6.054"],["65114.10","0"],…]}, into
 * slots of the open batch.
 *
 * <p>A row in the form all venues send is matched against its punctuation, eight bytes at a time; any
 * other row (white space, bare numbers, escapes, further elements) goes through {@link JsonCursor}
 * with the same result. Nothing is committed or aborted here.
 *
 * <p>Threads: the feed thread.
 */
public final class LevelReader {
    /** The array is not complete JSON, or a row is no array of at least two numbers. */
    public static final long MALFORMED = -1;
    /** A price is not positive, a quantity negative, or one fits neither scale nor long. */
    public static final long OUT_OF_RANGE = -2;

    private static final long ROW_START = Ascii.word("[\"");
    private static final long BETWEEN = Ascii.word("\",\"");
    private static final long ROW_END = Ascii.word("\"],[\"");
    private static final long LAST_ROW_END = Ascii.word("\"]]");
    private static final int ROW_START_LENGTH = 2;
    private static final int BETWEEN_LENGTH = 3;
    private static final int ROW_END_LENGTH = 3;
    private static final long TWO_BYTES = Ascii.firstBytes(2);
    private static final long THREE_BYTES = Ascii.firstBytes(3);
    private static final long FIVE_BYTES = Ascii.firstBytes(5);
    private static final long NOT_FAST = 0;
    /** How far a fast row looks: two numbers of sixteen bytes and their punctuation. */
    private static final int REACH = ROW_START_LENGTH + BETWEEN_LENGTH + 2 * 16;

    private final EventSink sink;
    private final JsonCursor row = new JsonCursor();
    private int instrumentId;
    private int priceScale;
    private int quantityScale;
    private long matchTimeNs;
    private long receiveTimeNs;
    private long updateId;
    private int count;

    /** A reader that fills slots of {@code sink}. */
    public LevelReader(EventSink sink) {
        this.sink = sink;
    }

    /** Says what the levels to come belong to, and begins to count. */
    public void begin(InstrumentFeed instrument, long matchTimeNs, long receiveTimeNs,
            long updateId) {
        this.instrumentId = instrument.id;
        this.priceScale = instrument.priceScale;
        this.quantityScale = instrument.quantityScale;
        this.matchTimeNs = matchTimeNs;
        this.receiveTimeNs = receiveTimeNs;
        this.updateId = updateId;
        this.count = 0;
    }

    /** Levels put into slots since {@link #begin}. */
    public int count() {
        return count;
    }

    /**
     * Reads one side.
     *
     * @param address of the array's {@code [}
     * @param end of the frame
     * @param flags of the levels: their side, and whether they are a snapshot
     * @return the address behind the array's {@code ]}, or {@link #MALFORMED} or
     *     {@link #OUT_OF_RANGE}
     */
    public long read(long address, long end, int flags) {
        if (address >= end || Ascii.byteAt(address) != '[') {
            return MALFORMED;
        }
        long at = address + 1;
        do {
            long behind = end - at < REACH ? NOT_FAST : readFast(at, flags);
            at = behind != NOT_FAST ? behind : readSlowPath(at, end, flags, at == address + 1);
        } while (at > 0 && Ascii.byteAt(at - 1) == ',');
        return at;
    }

    /** {@code ["price","quantity"],[" or "]]}: the address behind the comma or the last bracket. */
    private long readFast(long at, int flags) {
        long price = at + ROW_START_LENGTH;
        int priceLength = Ascii.shortTextLength(price);
        long quantity = price + priceLength + BETWEEN_LENGTH;
        int quantityLength = Ascii.shortTextLength(quantity);
        long after = Ascii.longAt(quantity + quantityLength);
        if ((Ascii.longAt(at) & TWO_BYTES) != ROW_START
                || (Ascii.longAt(price + priceLength) & THREE_BYTES) != BETWEEN
                || ((after & FIVE_BYTES) != ROW_END && (after & THREE_BYTES) != LAST_ROW_END)) {
            return NOT_FAST;
        }
        long scaledPrice = Decimal.parse(price, priceLength, priceScale);
        long scaledQuantity = Decimal.parse(quantity, quantityLength, quantityScale);
        if (scaledPrice <= 0 || scaledQuantity < 0) {
            return NOT_FAST;
        }
        put(scaledPrice, scaledQuantity, flags);
        return quantity + quantityLength + ROW_END_LENGTH;
    }

    /** Any row, and what follows it; {@code isFirst} allows that there is none at all. */
    private long readSlowPath(long at, long end, int flags, boolean isFirst) {
        row.wrap(at, (int) (end - at));
        long start = row.nextAddress();
        if (isFirst && start < end && Ascii.byteAt(start) == ']') {
            return start + 1;
        }
        if (row.next() != JsonCursor.BEGIN_ARRAY || !isNumber(row.next())) {
            return MALFORMED;
        }
        long scaledPrice = Decimal.parse(row.textAddress(), row.textLength(), priceScale);
        if (!isNumber(row.next())) {
            return MALFORMED;
        }
        long scaledQuantity = Decimal.parse(row.textAddress(), row.textLength(), quantityScale);
        if (!row.skipOut(1)) {
            return MALFORMED;
        }
        long behind = row.nextAddress();
        if (behind >= end || (Ascii.byteAt(behind) != ',' && Ascii.byteAt(behind) != ']')) {
            return MALFORMED;
        }
        if (scaledPrice <= 0 || scaledQuantity < 0) {
            return OUT_OF_RANGE;
        }
        put(scaledPrice, scaledQuantity, flags);
        return behind + 1;
    }

    private void put(long price, long quantity, int flags) {
        sink.next().bookLevel(instrumentId, matchTimeNs, receiveTimeNs, price, quantity, updateId,
                flags);
        count++;
    }

    private static boolean isNumber(int token) {
        return token == JsonCursor.STRING || token == JsonCursor.NUMBER;
    }
}
