package com.waickoff.marketdata.feed.binance;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.FeedEvents;
import com.waickoff.marketdata.feed.JsonCursor;
import com.waickoff.marketdata.feed.Literal;
import com.waickoff.marketdata.feed.VenueTime;
import com.waickoff.marketdata.status.Counter;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trade or an aggregate, and follows its chain of ids. A frame in the form the market is known
 * to use is matched piece by piece; any other was gathered by {@link BinanceEnvelope}, with the same
 * result:
 *
 * <pre>
 *   USD-M  {"e":"trade","E":1723161256322,"T":1723161256322,"s":"BTCUSDT","t":5266583935,"p":"61800.30",
 *           "q":"0.006","X":"MARKET","m":false}
 *   spot   {"e":"trade","E":1723161255343,"s":"BTCUSDT","t":3735683259,"p":"61837.63000000",
 *           "q":"0.02000000","T":1723161255342,"m":true,"M":true}
 *   both   {"e":"aggTrade","E":…,"s":"BTCUSDT","a":26129,"p":"0.01633102","q":"4.70443515","f":27781,
 *           "l":27781,"T":1498793709153,"m":true}                              spot adds "M"
 * </pre>
 *
 * <p>{@code m} says that the buyer was the maker: the aggressor sold. A print that is no book trade
 * ({@code X} is {@code NA}, {@code INSURANCE_FUND} or {@code ADL}, or price or quantity is 0) still
 * advances the chain.
 *
 * <p>Threads: the feed thread.
 */
final class BinanceTrades {
    private static final Literal TRADE = Literal.of("\",\"data\":{\"e\":\"trade\",\"E\":");
    private static final Literal AGG_TRADE = Literal.of("\",\"data\":{\"e\":\"aggTrade\",\"E\":");
    private static final Literal MATCH_TIME = Literal.of(",\"T\":");
    private static final Literal SYMBOL = Literal.of(",\"s\":\"");
    private static final Literal TRADE_ID = Literal.of("\",\"t\":");
    private static final Literal AGGREGATE_ID = Literal.of("\",\"a\":");
    private static final Literal PRICE = Literal.of(",\"p\":\"");
    private static final Literal QUANTITY = Literal.of("\",\"q\":\"");
    private static final Literal WITHOUT_RPI = Literal.of("\",\"nq\":\"");
    private static final Literal FIRST_FILL = Literal.of("\",\"f\":");
    private static final Literal LAST_FILL = Literal.of(",\"l\":");
    private static final Literal USDM_KIND = Literal.of("\",\"X\":\"MARKET\",\"m\":");
    private static final Literal SPOT_TIME = Literal.of("\",\"T\":");
    private static final Literal MAKER = Literal.of(",\"m\":");
    private static final Literal TRUE = Literal.of("true");
    private static final Literal FALSE = Literal.of("false");
    private static final Literal END = Literal.of("}}");
    private static final Literal SPOT_END = Literal.of(",\"M\":true}}");
    private static final Literal USDM_END = Literal.of(",\"st\":1}}");
    private static final Literal COINM_END = Literal.of(",\"st\":2}}");

    private static final int MOST_FAST_DIGITS = 15;
    /** How far a number is looked at from where it begins: every one that follows is farther. */
    private static final int REACH = 24;

    private final Market market;
    private final FeedEvents events;

    BinanceTrades(Market market, FeedEvents events) {
        this.market = market;
        this.events = events;
    }

    /**
     * A trade in the expected form.
     *
     * @param at the quote behind the stream's name
     * @return its fate, or null if it is in any other form
     */
    @Nullable
    Counter decodeTrade(BinanceInstrument instrument, long at, long end) {
        boolean isSpot = market == Market.SPOT;
        long eventTime = at + TRADE.length();
        if (end - eventTime < 4 * REACH || !TRADE.isAt(at)) {
            return null;
        }
        int eventDigits = Ascii.digitCount(eventTime);
        long matchTime = isSpot ? eventTime : eventTime + eventDigits + MATCH_TIME.length();
        int matchDigits = isSpot ? eventDigits : Ascii.digitCount(matchTime);
        long symbol = matchTime + matchDigits + SYMBOL.length();
        long id = symbol + instrument.symbolLength() + TRADE_ID.length();
        if (end - id < REACH || !SYMBOL.isAt(symbol - SYMBOL.length())
                || !instrument.isSymbolAt(symbol) || !TRADE_ID.isAt(id - TRADE_ID.length())
                || (!isSpot && !MATCH_TIME.isAt(eventTime + eventDigits))) {
            return null;
        }
        int idDigits = Ascii.digitCount(id);
        long price = id + idDigits + PRICE.length();
        if (end - price < REACH || idDigits == 0 || idDigits > MOST_FAST_DIGITS
                || !PRICE.isAt(id + idDigits)) {
            return null;
        }
        int priceLength = Ascii.shortTextLength(price);
        long quantity = price + priceLength + QUANTITY.length();
        if (end - quantity < REACH || !QUANTITY.isAt(price + priceLength)) {
            return null;
        }
        int quantityLength = Ascii.shortTextLength(quantity);
        long maker = quantity + quantityLength + USDM_KIND.length();
        if (isSpot) {
            matchTime = quantity + quantityLength + SPOT_TIME.length();
            if (end - matchTime < REACH || !SPOT_TIME.isAt(quantity + quantityLength)) {
                return null;
            }
            matchDigits = Ascii.digitCount(matchTime);
            maker = matchTime + matchDigits + MAKER.length();
        }
        if (!isMakerAndEnd(maker, end) || !(isSpot
                ? MAKER.isAt(maker - MAKER.length())
                : USDM_KIND.isAt(maker - USDM_KIND.length()))) {
            return null;
        }
        return finish(instrument, VenueTime.toNs(eventTime, eventDigits),
                VenueTime.toNs(matchTime, matchDigits), Ascii.digits(id, idDigits), 0,
                Decimal.parse(price, priceLength, instrument.priceScale()),
                Decimal.parse(quantity, quantityLength, instrument.quantityScale()),
                TRUE.isAt(maker));
    }

    /** An aggregate in the expected form; parameters and result as of {@link #decodeTrade}. */
    @Nullable
    Counter decodeAggregate(BinanceInstrument instrument, long at, long end) {
        long eventTime = at + AGG_TRADE.length();
        if (end - eventTime < 4 * REACH || !AGG_TRADE.isAt(at)) {
            return null;
        }
        int eventDigits = Ascii.digitCount(eventTime);
        long symbol = eventTime + eventDigits + SYMBOL.length();
        long id = symbol + instrument.symbolLength() + AGGREGATE_ID.length();
        if (end - id < REACH || !SYMBOL.isAt(symbol - SYMBOL.length())
                || !instrument.isSymbolAt(symbol)
                || !AGGREGATE_ID.isAt(id - AGGREGATE_ID.length())) {
            return null;
        }
        int idDigits = Ascii.digitCount(id);
        long price = id + idDigits + PRICE.length();
        if (end - price < REACH || idDigits == 0 || idDigits > MOST_FAST_DIGITS
                || !PRICE.isAt(id + idDigits)) {
            return null;
        }
        int priceLength = Ascii.shortTextLength(price);
        long quantity = price + priceLength + QUANTITY.length();
        if (end - quantity < REACH || !QUANTITY.isAt(price + priceLength)) {
            return null;
        }
        int quantityLength = Ascii.shortTextLength(quantity);
        long afterQuantity = quantity + quantityLength;
        if (end - afterQuantity >= REACH && WITHOUT_RPI.isAt(afterQuantity)) {
            afterQuantity += WITHOUT_RPI.length();
            afterQuantity += Ascii.plainTextLength(afterQuantity, 16);
        }
        long fills = fills(afterQuantity, end);
        if (fills == 0) {
            return null;
        }
        long matchTime = afterQuantity + (fills >>> 32);
        int matchDigits = Ascii.digitCount(matchTime);
        long maker = matchTime + matchDigits + MAKER.length();
        if (!isMakerAndEnd(maker, end) || !MAKER.isAt(maker - MAKER.length())) {
            return null;
        }
        return finish(instrument, VenueTime.toNs(eventTime, eventDigits),
                VenueTime.toNs(matchTime, matchDigits), Ascii.digits(id, idDigits),
                fills & 0xffffffffL,
                Decimal.parse(price, priceLength, instrument.priceScale()),
                Decimal.parse(quantity, quantityLength, instrument.quantityScale()),
                TRUE.isAt(maker));
    }

    /**
     * {@code ","f":27781,"l":27782,"T":}: in the high half how long it is, in the low half how many
     * fills it names; 0 if it is in any other form.
     */
    private static long fills(long at, long end) {
        long first = at + FIRST_FILL.length();
        if (end - first < REACH || !FIRST_FILL.isAt(at)) {
            return 0;
        }
        int firstDigits = Ascii.digitCount(first);
        long last = first + firstDigits + LAST_FILL.length();
        if (end - last < REACH || !LAST_FILL.isAt(first + firstDigits)) {
            return 0;
        }
        int lastDigits = Ascii.digitCount(last);
        long matchTime = last + lastDigits + MATCH_TIME.length();
        if (end - matchTime < REACH || !MATCH_TIME.isAt(last + lastDigits) || firstDigits == 0
                || lastDigits == 0 || firstDigits > MOST_FAST_DIGITS
                || lastDigits > MOST_FAST_DIGITS) {
            return 0;
        }
        long count = Ascii.digits(last, lastDigits) - Ascii.digits(first, firstDigits) + 1;
        return count < 1 || count > Integer.MAX_VALUE ? 0 : ((matchTime - at) << 32) | count;
    }

    private boolean isMakerAndEnd(long maker, long end) {
        boolean isTrue = end - maker >= TRUE.length() && TRUE.isAt(maker);
        long at = maker + (isTrue ? TRUE.length() : FALSE.length());
        if (at > end || (!isTrue && !FALSE.isAt(maker))) {
            return false;
        }
        long left = end - at;
        return (left == END.length() && END.isAt(at))
                || (left == SPOT_END.length() && SPOT_END.isAt(at))
                || (left == USDM_END.length() && (USDM_END.isAt(at) || COINM_END.isAt(at)));
    }

    /** A trade of usable form; what its values are worth is decided elsewhere if they are bad. */
    private @Nullable Counter finish(BinanceInstrument instrument, long eventTimeNs,
            long matchTimeNs, long id, long fills, long price, long quantity,
            boolean buyerIsMaker) {
        if (eventTimeNs < 0 || matchTimeNs < 0 || price <= 0 || quantity <= 0) {
            return null;
        }
        events.up(instrument, eventTimeNs);
        return publish(instrument, id, matchTimeNs, price, quantity, fills,
                buyerIsMaker ? 0 : EventFlags.BUY);
    }

    /** A trade in any form. */
    Counter decode(BinanceInstrument instrument, BinanceEnvelope frame, boolean isAggregate) {
        long id = isAggregate ? frame.aggregateId : frame.tradeId;
        events.up(instrument, frame.eventTimeNs);
        if (id < 0) {
            return Counter.REJECTED_UNKNOWN_SHAPE; // the next id shows what is missing
        }
        long price = Decimal.parse(frame.price, frame.priceLength, instrument.priceScale());
        long quantity = Decimal.parse(frame.quantity, frame.quantityLength,
                instrument.quantityScale());
        boolean isOffBook = frame.isOffBook || price == 0 || quantity == 0;
        if (isOffBook) {
            price = Math.max(0, price);
            quantity = Math.max(0, quantity);
        }
        boolean isSided = frame.buyerIsMaker == JsonCursor.TRUE
                || frame.buyerIsMaker == JsonCursor.FALSE;
        if (price < 0 || quantity < 0 || frame.matchTimeNs < 0 || !isSided) {
            events.lostTrade(instrument, id, Math.max(0, frame.matchTimeNs),
                    Reason.VALUE_OUT_OF_RANGE);
            return Counter.REJECTED_VALUE_OUT_OF_RANGE;
        }
        boolean areFillsKnown = isAggregate && frame.firstFill >= 0
                && frame.lastFill >= frame.firstFill;
        long fills = areFillsKnown ? frame.lastFill - frame.firstFill + 1 : 0;
        int flags = (frame.buyerIsMaker == JsonCursor.FALSE ? EventFlags.BUY : 0)
                | (frame.isRpi ? EventFlags.RPI : 0) | (isOffBook ? EventFlags.OFF_BOOK : 0);
        return publish(instrument, id, frame.matchTimeNs, price, quantity, fills, flags);
    }

    private Counter publish(BinanceInstrument instrument, long id, long matchTimeNs, long price,
            long quantity, long fills, int tradeFlags) {
        int flags = fills > 0 ? tradeFlags | EventFlags.AGGREGATE : tradeFlags;
        int place = events.follow(instrument, id, matchTimeNs);
        if (place == FeedEvents.REPEATED) {
            return Counter.IGNORED_DUPLICATE;
        }
        if (place == FeedEvents.MISSED) {
            flags |= EventFlags.REPAIRED;
        }
        if (instrument.fills != null) {
            instrument.fills.add(id, (flags & EventFlags.OFF_BOOK) == 0 ? quantity : 0);
        }
        if ((flags & EventFlags.OFF_BOOK) == 0) {
            events.trade(instrument, matchTimeNs, price, quantity, id, fills, flags);
        } else {
            events.offBookTrade(instrument, matchTimeNs, price, quantity, id, fills, flags);
        }
        events.publishTrades();
        return Counter.FRAMES_DECODED;
    }
}
