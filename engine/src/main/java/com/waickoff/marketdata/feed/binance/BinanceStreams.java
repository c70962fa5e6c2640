package com.waickoff.marketdata.feed.binance;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.feed.SymbolTable;
import java.util.List;
import java.util.Locale;

/**
 * The streams of a feed's instruments. What a stream name is bound to tells instrument and channel:
 *
 * <pre>
 *   route = index of the instrument × 16 + channel      0: trade, 1: aggTrade, 2: another one, known by name,
 *                                                       3: best levels, 4 and up: diffs of DIFFS[channel − 4]
 * </pre>
 *
 * <p>Partial depth ({@code depth20}) looks like a diff but is none: only the name tells.
 *
 * <p>Threads: the feed thread.
 */
final class BinanceStreams {
    /** The route of a stream nobody asked for. */
    static final int MISSING = SymbolTable.MISSING;
    /** {@code @trade}. */
    static final int TRADE = 0;
    /** {@code @aggTrade}. */
    static final int AGG_TRADE = 1;
    /** A stream of no use to us that is worth knowing by name, because it is frequent. */
    static final int OTHER = 2;
    /** The best levels of the book, against which it is held. */
    static final int BEST_LEVELS = 3;
    /** Diffs of the first kind; others follow. */
    static final int FIRST_DIFF = 4;

    /** Types of events by the names of streams and by those in payloads, whoever wants them. */
    static final List<String> KNOWN_TYPES = List.of("trade", "aggTrade", "blockTrade", "depth",
            "depthUpdate", "rpiDepth", "bookTicker", "kline", "continuousKline", "continuous_kline",
            "indexPriceKline", "indexPrice_kline", "markPriceKline", "markPrice_kline", "ticker",
            "24hrTicker", "1hTicker", "4hTicker", "1dTicker", "miniTicker", "24hrMiniTicker",
            "avgPrice", "markPrice", "markPriceUpdate", "indexPrice", "indexPriceUpdate",
            "assetIndex", "assetIndexUpdate", "compositeIndex", "forceOrder", "contractInfo",
            "tradingSession", "referencePrice");

    private static final int CHANNELS = 16;
    private static final List<String> DIFFS = List.of("depth", "depth@100ms", "depth@250ms",
            "depth@500ms", "depth@1000ms", "depth@0ms");

    private final SymbolTable streams = new SymbolTable();
    private final SymbolTable symbols = new SymbolTable();
    private final SymbolTable lowerCaseSymbols = new SymbolTable();

    /** Binds the streams of an instrument. */
    void add(String symbol, int index, String bestLevels) {
        symbols.put(symbol, index);
        lowerCaseSymbols.put(symbol.toLowerCase(Locale.ROOT), index);
        streams.put(name(symbol, "trade"), index * CHANNELS + TRADE);
        streams.put(name(symbol, "aggTrade"), index * CHANNELS + AGG_TRADE);
        streams.put(name(symbol, "bookTicker"), index * CHANNELS + OTHER);
        streams.put(name(symbol, bestLevels), index * CHANNELS + BEST_LEVELS);
        for (int i = 0; i < DIFFS.size(); i++) {
            streams.put(name(symbol, DIFFS.get(i)), index * CHANNELS + FIRST_DIFF + i);
        }
    }

    /** {@code btcusdt@trade}. */
    static String name(String symbol, String stream) {
        return symbol.toLowerCase(Locale.ROOT) + '@' + stream;
    }

    /** Where a stream leads, or {@link #MISSING}. */
    int route(long address, int length) {
        return streams.find(address, length);
    }

    /** Where a symbol and a channel lead, or {@link #MISSING}: for payloads without a stream. */
    int route(long symbol, int symbolLength, int channel) {
        int index = symbols.find(symbol, symbolLength);
        return index < 0 ? MISSING : index * CHANNELS + channel;
    }

    static int instrumentIndex(int route) {
        return route / CHANNELS;
    }

    static int channel(int route) {
        return route % CHANNELS;
    }

    /** Whether a stream without a route is about an instrument we do not know. */
    boolean isUnknownInstrument(long address, int length) {
        int symbolLength = 0;
        while (symbolLength < length && Ascii.byteAt(address + symbolLength) != '@') {
            symbolLength++;
        }
        return Ascii.byteAt(address) != '!'
                && lowerCaseSymbols.find(address, symbolLength) == SymbolTable.MISSING;
    }

    /**
     * Where the type stands in the name of a stream: {@code kline} of {@code btcusdt@kline_1m}, {@code
     * ticker} of {@code !ticker@arr}, {@code depth} of {@code btcusdt@depth20@100ms}.
     *
     * @return its place in the high half, its length in the low one
     */
    static long type(long address, int length) {
        int start = length != 0 && Ascii.byteAt(address) == '!' ? 1 : 0;
        for (int i = 0; start == 0 && i < length; i++) {
            start = Ascii.byteAt(address + i) == '@' ? i + 1 : 0;
        }
        int end = start;
        while (end < length && Ascii.byteAt(address + end) != '@'
                && Ascii.byteAt(address + end) != '_') {
            end++;
        }
        while (end > start && Ascii.digitCount(address + end - 1) != 0) {
            end--;
        }
        return (long) start << Integer.SIZE | (end - start);
    }

    /** The place of a stream of diffs, or a negative number if it is none. */
    static int diffIndex(String stream) {
        return DIFFS.indexOf(stream);
    }

    /** All streams of diffs, for messages. */
    static String diffStreams() {
        return String.join(", ", DIFFS);
    }
}
