package com.waickoff.marketdata.feed.bybit;

import com.waickoff.marketdata.feed.RecentTrades;
import java.util.List;

/**
 * What of Bybit is wanted.
 *
 * @param symbols as the venue writes them; their definitions are asked for unless they are given
 * @param bookDepth levels a side of the book topic: 1, 50, 200 or 1000; 0 takes the topic that comes
 *     first, for recordings, and asks for {@link #DEFAULT_BOOK_DEPTH}
 * @param recentTrades how many trades of each instrument are known again when they come twice, a
 *     power of two; each takes 24 bytes
 * @param maxFrameBytes longest frame that is decoded
 */
public record BybitSettings(List<String> symbols, int bookDepth, int recentTrades,
        int maxFrameBytes) {
    /** Levels a side that are asked for unless configured. */
    public static final int DEFAULT_BOOK_DEPTH = 200;
    /** Trades known again unless configured: twice what a request for recent trades brings. */
    public static final int DEFAULT_RECENT_TRADES = 2048;
    /** Longest frame unless configured: a snapshot of 1,000 levels a side takes about 50 KB. */
    public static final int DEFAULT_MAX_FRAME_BYTES = 4 << 20;

    /** Checks ranges. */
    public BybitSettings {
        symbols = List.copyOf(symbols);
        if (bookDepth != 0 && BybitTopics.depthIndex(bookDepth) < 0) {
            throw new IllegalArgumentException(
                    "bookDepth is " + bookDepth + ", allowed is 0, 1, 50, 200, 500 or 1000");
        }
        if (!RecentTrades.isCapacity(recentTrades)) {
            throw new IllegalArgumentException("recentTrades is " + recentTrades
                    + ", allowed are powers of two from " + RecentTrades.MIN_CAPACITY + " to "
                    + RecentTrades.MAX_CAPACITY);
        }
        if (maxFrameBytes < 1) {
            throw new IllegalArgumentException("maxFrameBytes is " + maxFrameBytes);
        }
    }

    /** Symbols with the defaults of everything else. */
    public static BybitSettings of(List<String> symbols) {
        return new BybitSettings(symbols, DEFAULT_BOOK_DEPTH, DEFAULT_RECENT_TRADES,
                DEFAULT_MAX_FRAME_BYTES);
    }
}
