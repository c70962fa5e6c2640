package com.waickoff.marketdata.feed.bybit;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.feed.Literal;
import com.waickoff.marketdata.feed.SymbolTable;
import java.util.List;

/**
 * The topics of a feed's instruments. What a topic is bound to tells instrument and channel:
 *
 * <pre>
 *   route = index of the instrument × 8 + channel       channel 0: trades, 1 to 5: book of DEPTHS[channel − 1]
 * </pre>
 *
 * <p>Threads: the feed thread.
 */
final class BybitTopics {
    /** The route of a topic nobody asked for. */
    static final int MISSING = SymbolTable.MISSING;
    /** The channel of trades; every other one is a book. */
    static final int TRADES = 0;
    /** The channel of the best level alone. */
    static final int BEST_LEVEL = 1;

    /** Types of topics, whoever wants them: what stands before the first dot. */
    static final List<String> KNOWN_TYPES = List.of("publicTrade", "orderbook", "tickers", "kline",
            "liquidation", "allLiquidation", "kline_lt", "tickers_lt", "lt", "insurance",
            "priceLimit", "adlAlert", "system");

    private static final int CHANNELS = 8;
    /** Depths of book topics; 500 is history, and stands in recordings. */
    private static final int[] DEPTHS = {1, 50, 200, 500, 1000};
    private static final Literal TRADES_PREFIX = Literal.of("publicTrade.");
    private static final Literal BOOK_PREFIX = Literal.of("orderbook.");

    private final SymbolTable topics = new SymbolTable();
    private final SymbolTable symbols = new SymbolTable();

    /** Binds the topics of an instrument. */
    void add(String symbol, int index) {
        topics.put(trades(symbol), index * CHANNELS + TRADES);
        for (int i = 0; i < DEPTHS.length; i++) {
            topics.put(book(DEPTHS[i], symbol), index * CHANNELS + 1 + i);
        }
        symbols.put(symbol, index);
    }

    /** {@code publicTrade.BTCUSDT}. */
    static String trades(String symbol) {
        return "publicTrade." + symbol;
    }

    static String book(int depth, String symbol) {
        return "orderbook." + depth + '.' + symbol;
    }

    /** Where a topic leads, or {@link #MISSING}. */
    int route(long address, int length) {
        return topics.find(address, length);
    }

    static int instrumentIndex(int route) {
        return route / CHANNELS;
    }

    static int channel(int route) {
        return route % CHANNELS;
    }

    /** Depth of a book's channel. */
    static int depth(int channel) {
        return DEPTHS[channel - 1];
    }

    /** Whether a topic without a route is one we take, of an instrument we do not know. */
    boolean isUnknownInstrument(long address, int length) {
        boolean isTrades = length > TRADES_PREFIX.length() && TRADES_PREFIX.isAt(address);
        boolean isBook = length > BOOK_PREFIX.length() && BOOK_PREFIX.isAt(address);
        if (!isTrades && !isBook) {
            return false;
        }
        int symbolAt = length;
        while (Ascii.byteAt(address + symbolAt - 1) != '.') {
            symbolAt--;
        }
        return symbols.find(address + symbolAt, length - symbolAt) == SymbolTable.MISSING;
    }

    /** How long the type is with which a topic begins. */
    static int typeLength(long address, int length) {
        int dot = 0;
        while (dot < length && Ascii.byteAt(address + dot) != '.') {
            dot++;
        }
        return dot;
    }

    /** The place of a depth, or a negative number if there is no such topic. */
    static int depthIndex(int depth) {
        for (int i = 0; i < DEPTHS.length; i++) {
            if (DEPTHS[i] == depth) {
                return i;
            }
        }
        return -1;
    }
}
