package com.waickoff.marketdata.feed;

import java.util.List;

/**
 * What a venue calls its streams, and how it is asked for them. A stream is the tape or the book of
 * an instrument.
 *
 * <p>Cold: texts are made. Threads: the feed thread.
 */
public interface StreamLanguage {
    /** An answer that names no trade. */
    long NO_TRADE = -1;
    /** An answer that cannot be used. */
    long UNREADABLE = -2;

    /** The name of a stream, as it stands in requests. */
    String name(String symbol, boolean isTape);

    /** The stream of the best levels that a book is held against; empty if there is none. */
    default String checkName(String symbol) {
        return "";
    }

    /** Most streams of one request. */
    int mostPerRequest();

    /**
     * A request.
     *
     * @param isSubscription whether the streams are to begin, or to end
     * @param id at least 1, never used before
     */
    String request(boolean isSubscription, long id, List<String> names);

    /** Whether what the venue says in refusing a subscription is that there is one already. */
    default boolean isSubscribed(String words) {
        return false;
    }

    /**
     * The cheapest REST request for the newest trade of an instrument.
     *
     * @return path and query, which end with {@link #ONE_TRADE} and name the symbol
     */
    String newestTrade(String symbol);

    /** How a request for the newest trade ends, and no other. */
    String ONE_TRADE = "&limit=1";

    /**
     * What an answer says of the newest trade: its id where ids chain, else its match time in ns.
     *
     * @return {@link #NO_TRADE} or {@link #UNREADABLE} without one
     */
    long newest(long address, int length);

    /** What may help if a stream delivers nothing though the market trades; may be empty. */
    default String hint(boolean isTape) {
        return "";
    }
}
