package com.waickoff.marketdata.feed.bybit;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.FeedEvents;
import com.waickoff.marketdata.feed.JsonCursor;
import com.waickoff.marketdata.feed.Literal;
import com.waickoff.marketdata.feed.RecentTrades;
import com.waickoff.marketdata.feed.VenueTime;

/**
 * Reads the trades of a {@code publicTrade} frame into the open batch. A trade in the form of linear
 * contracts is matched piece by piece; any other goes through {@link JsonCursor} with the same
 * result:
 *
 * <pre>
 *   {"T":1672304486865,"s":"BTCUSDT","S":"Buy","v":"0.001","p":"16578.50","L":"PlusTick",
 *    "i":"20f43950-d8dd-5b31-9112-a178eb6023af","BT":false,"RPI":false,"seq":1783284617}
 * </pre>
 *
 * <p>Threads: the feed thread.
 */
final class BybitTrades {
    /** The array is no JSON; what was put into the open batch is still there. */
    static final long MALFORMED = -1;

    private static final Literal TIME = Literal.of("{\"T\":");
    private static final Literal SYMBOL = Literal.of(",\"s\":\"");
    private static final Literal BUY = Literal.of("\",\"S\":\"Buy\",\"v\":\"");
    private static final Literal SELL = Literal.of("\",\"S\":\"Sell\",\"v\":\"");
    private static final Literal PRICE = Literal.of("\",\"p\":\"");
    private static final Literal TICK_DIRECTION = Literal.of("\",\"L\":\"");
    private static final Literal ID = Literal.of("\",\"i\":\"");
    private static final Literal NOT_BLOCK = Literal.of("\",\"BT\":false,\"RPI\":");
    private static final Literal BLOCK = Literal.of("\",\"BT\":true,\"RPI\":");
    private static final Literal NOT_RPI = Literal.of("false,\"seq\":");
    private static final Literal RPI = Literal.of("true,\"seq\":");
    private static final int TIME_DIGITS = 13;
    /** Bytes of a trade without symbol, quantity, price, tick direction and sequence. */
    private static final int SHORTEST_BEFORE_ID = TIME.length() + TIME_DIGITS + SYMBOL.length()
            + BUY.length() + PRICE.length() + TICK_DIRECTION.length() + ID.length();
    /** Bytes from the id on, with a sequence of eight digits and what follows the trade. */
    private static final int SHORTEST_FROM_ID = TradeIds.UUID_LENGTH + NOT_BLOCK.length()
            + NOT_RPI.length() + 8 + 2;
    private static final int MOST_FAST_DIGITS = 15;
    private static final long NOT_FAST = 0;

    private static final long KEY_TIME = Ascii.word("T");
    private static final long KEY_SYMBOL = Ascii.word("s");
    private static final long KEY_SIDE = Ascii.word("S");
    private static final long KEY_QUANTITY = Ascii.word("v");
    private static final long KEY_PRICE = Ascii.word("p");
    private static final long KEY_ID = Ascii.word("i");
    private static final long KEY_BLOCK = Ascii.word("BT");
    private static final long KEY_RPI = Ascii.word("RPI");
    private static final long KEY_SEQUENCE = Ascii.word("seq");
    private static final long WORD_BUY = Ascii.word("Buy");
    private static final long WORD_SELL = Ascii.word("Sell");
    private static final long UNSET = Long.MIN_VALUE;

    private final FeedEvents events;
    private final JsonCursor trade = new JsonCursor();
    private int good;
    private int bad;
    private int repeated;

    BybitTrades(FeedEvents events) {
        this.events = events;
    }

    /** Trades put into the open batch by the last {@link #read}. */
    int good() {
        return good;
    }

    /** Trades that the last {@link #read} left out because they were received before. */
    int repeated() {
        return repeated;
    }

    /** Trades declared lost by the last {@link #read}. */
    int bad() {
        return bad;
    }

    /**
     * Reads all trades.
     *
     * @param address of the array's {@code [}
     * @param end of the frame
     * @return the address behind the array's {@code ]}, or {@link #MALFORMED}
     */
    long read(BybitInstrument instrument, long address, long end) {
        good = 0;
        bad = 0;
        repeated = 0;
        if (address >= end || Ascii.byteAt(address) != '[') {
            return MALFORMED;
        }
        long at = address + 1;
        do {
            long behind = readFast(instrument, at, end);
            at = behind != NOT_FAST
                    ? behind
                    : readSlowPath(instrument, at, end, at == address + 1);
        } while (at > 0 && Ascii.byteAt(at - 1) == ',');
        return at;
    }

    /** A trade in the expected form: the address behind the comma or bracket that follows it. */
    private long readFast(BybitInstrument instrument, long at, long end) {
        int symbolLength = instrument.symbolLength();
        if (end - at < SHORTEST_BEFORE_ID + symbolLength + SHORTEST_FROM_ID) {
            return NOT_FAST;
        }
        long time = at + TIME.length();
        long symbol = time + TIME_DIGITS + SYMBOL.length();
        long side = symbol + symbolLength;
        boolean isBuy = BUY.isAt(side);
        if (!TIME.isAt(at) || Ascii.digitCount(time) != TIME_DIGITS
                || !SYMBOL.isAt(time + TIME_DIGITS) || !instrument.isSymbolAt(symbol)
                || (!isBuy && !SELL.isAt(side))) {
            return NOT_FAST;
        }
        long quantity = side + (isBuy ? BUY.length() : SELL.length());
        int quantityLength = Ascii.shortTextLength(quantity);
        long price = quantity + quantityLength + PRICE.length();
        int priceLength = Ascii.shortTextLength(price);
        long direction = price + priceLength + TICK_DIRECTION.length();
        long afterDirection = direction + Ascii.plainTextLength(direction, 16);
        long id = afterDirection + ID.length();
        if (end - id < SHORTEST_FROM_ID || !PRICE.isAt(quantity + quantityLength)
                || !TICK_DIRECTION.isAt(price + priceLength) || !ID.isAt(afterDirection)
                || !TradeIds.isLowerCaseUuid(id)) {
            return NOT_FAST;
        }
        long block = id + TradeIds.UUID_LENGTH;
        boolean isBlock = !NOT_BLOCK.isAt(block);
        long rpi = block + (isBlock ? BLOCK.length() : NOT_BLOCK.length());
        boolean isRpi = !NOT_RPI.isAt(rpi);
        long sequence = rpi + (isRpi ? RPI.length() : NOT_RPI.length());
        int digits = Ascii.digitCount(sequence);
        long behind = sequence + digits + 2;
        if (behind > end || digits == 0 || digits > MOST_FAST_DIGITS
                || (isBlock && !BLOCK.isAt(block)) || (isRpi && !RPI.isAt(rpi))
                || !isEndOfTrade(sequence + digits)) {
            return NOT_FAST;
        }
        long matchTimeNs = VenueTime.toNs(time, TIME_DIGITS);
        long scaledPrice = Decimal.parse(price, priceLength, instrument.priceScale());
        long scaledQuantity = Decimal.parse(quantity, quantityLength, instrument.quantityScale());
        if (matchTimeNs < 0 || scaledPrice <= 0 || scaledQuantity <= 0) {
            return NOT_FAST;
        }
        int flags = (isBuy ? EventFlags.BUY : 0) | (isBlock ? EventFlags.BLOCK : 0)
                | (isRpi ? EventFlags.RPI : 0);
        put(instrument, matchTimeNs, scaledPrice, scaledQuantity, TradeIds.foldUuid(id),
                Ascii.digits(sequence, digits), flags);
        return behind;
    }

    private static boolean isEndOfTrade(long at) {
        return Ascii.byteAt(at) == '}'
                && (Ascii.byteAt(at + 1) == ',' || Ascii.byteAt(at + 1) == ']');
    }

    /** Any trade, and what follows it; {@code isFirst} allows that there is none at all. */
    private long readSlowPath(BybitInstrument instrument, long at, long end, boolean isFirst) {
        trade.wrap(at, (int) (end - at));
        long start = trade.nextAddress();
        if (isFirst && start < end && Ascii.byteAt(start) == ']') {
            return start + 1;
        }
        if (trade.next() != JsonCursor.BEGIN_OBJECT) {
            return MALFORMED;
        }
        long time = UNSET;
        long side = UNSET;
        long price = UNSET;
        long quantity = UNSET;
        long id64 = RecentTrades.NO_ID;
        long sequence = UNSET;
        int block = -1;
        int rpi = -1;
        boolean isSymbolRight = true;
        while (trade.next() == JsonCursor.KEY) {
            long key = trade.textWord();
            int value = trade.next();
            long address = trade.textAddress();
            int length = trade.textLength();
            boolean isText = value == JsonCursor.STRING || value == JsonCursor.NUMBER;
            if (value == JsonCursor.BEGIN_OBJECT || value == JsonCursor.BEGIN_ARRAY) {
                trade.skipOut(1);
            } else if (key == KEY_TIME && time == UNSET && isText) {
                time = VenueTime.parse(address, length);
            } else if (key == KEY_SYMBOL && isText) {
                isSymbolRight &= length == instrument.symbolLength()
                        && instrument.isSymbolAt(address);
            } else if (key == KEY_SIDE && side == UNSET && isText) {
                side = trade.textWord();
            } else if (key == KEY_PRICE && price == UNSET && isText) {
                price = Decimal.parse(address, length, instrument.priceScale());
            } else if (key == KEY_QUANTITY && quantity == UNSET && isText) {
                quantity = Decimal.parse(address, length, instrument.quantityScale());
            } else if (key == KEY_ID && id64 == RecentTrades.NO_ID && isText) {
                id64 = TradeIds.of(address, length);
            } else if (key == KEY_SEQUENCE && sequence == UNSET && isText) {
                sequence = Decimal.parse(address, length, 0);
            } else if (key == KEY_BLOCK && block < 0) {
                block = value == JsonCursor.TRUE ? EventFlags.BLOCK : 0;
            } else if (key == KEY_RPI && rpi < 0) {
                rpi = value == JsonCursor.TRUE ? EventFlags.RPI : 0;
            }
        }
        long behind = trade.nextAddress();
        if (trade.error() != JsonCursor.NO_ERROR || !isFollowed(behind, end)) {
            return MALFORMED;
        }
        int flags = (side == WORD_BUY ? EventFlags.BUY : 0) | Math.max(0, block) | Math.max(0, rpi);
        if (isSymbolRight && time >= 0 && price >= 0 && quantity >= 0
                && (side == WORD_BUY || side == WORD_SELL)) {
            put(instrument, time, price, quantity, id64, Math.max(0, sequence), flags);
        } else {
            lose(instrument, time);
        }
        return behind + 1;
    }

    private static boolean isFollowed(long behind, long end) {
        return behind < end && (Ascii.byteAt(behind) == ',' || Ascii.byteAt(behind) == ']');
    }

    private void lose(BybitInstrument instrument, long time) {
        bad++;
        events.lostTrade(instrument, Math.max(0, time), Reason.VALUE_OUT_OF_RANGE);
    }

    private void put(BybitInstrument instrument, long time, long price, long quantity, long id64,
            long sequence, int flags) {
        if (!events.isNew(instrument, id64)) {
            repeated++;
            return;
        }
        good++;
        if (price == 0 || quantity == 0) {
            events.offBookTrade(instrument, time, price, quantity, id64, sequence,
                    flags | EventFlags.OFF_BOOK);
        } else {
            events.trade(instrument, time, price, quantity, id64, sequence, flags);
        }
    }
}
