package com.waickoff.marketdata.feed;

import java.util.List;

/**
 * How a venue is asked what it trades, how much of it, and what time it is; and how its answers are
 * read. Bodies are native memory, as {@link VenueProtocol#onHttp} gets them.
 *
 * <p>Cold: allocates. Threads: the feed thread.
 */
public interface MetadataDialect {
    /** Which venue this is. */
    Venue venue();

    /** Most symbols that can be asked for by name; 0 where only the whole list can be. */
    int mostNamed();

    /**
     * The request for the list.
     *
     * @param symbols at most {@link #mostNamed}; none for the whole list
     */
    String listPath(List<String> symbols);

    /** Whether a request asks for the list, or a page of it. */
    boolean isList(String url);

    /** A reader of pages of the list, one after the other. */
    ListingReader listings();

    /** The request for what was traded of every symbol in 24 hours. */
    String turnoverPath();

    /** Whether a request asks for that. */
    boolean isTurnover(String url);

    /** A reader of that: in the currency of prices; in contracts where the venue's are inverse. */
    TurnoverReader turnovers();

    /** The request for the time. */
    String timePath();

    /** Whether a request asks for the time. */
    boolean isTime(String url);

    /** Reads the time, in ns since the epoch; a negative number if it cannot be read. */
    long readTime(long address, int length);
}
