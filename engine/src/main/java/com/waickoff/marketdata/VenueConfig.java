package com.waickoff.marketdata;

import com.waickoff.marketdata.feed.InstrumentWishes;
import com.waickoff.marketdata.feed.StreamSettings;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.socket.FeedSettings;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is collected of a venue, and from where.
 *
 * @param wishes which instruments, at least one, or a pattern of them
 * @param line where the venue is, and how patient to be with it
 * @param books how books are asked for, in the words of the venue: levels a side for Bybit, such as
 *     {@code 200}; the stream of their changes for Binance, such as {@code depth@100ms}
 * @param aggregated whether trades come merged, fills of one order at one price as one
 * @param streams how silence of single streams is judged
 * @param areBooksChecked whether books are held against what the venue tells of their best levels
 */
public record VenueConfig(Venue venue, InstrumentWishes wishes, FeedSettings line, String books,
        boolean aggregated, StreamSettings streams, boolean areBooksChecked) {
    /** Checks that something is wanted. */
    public VenueConfig {
        if (wishes.symbols().isEmpty() && wishes.patterns().isEmpty()) {
            throw new IllegalArgumentException(venue + " has no symbols");
        }
    }

    /** A venue whose books are not checked. */
    public VenueConfig(Venue venue, InstrumentWishes wishes, FeedSettings line, String books,
            boolean aggregated, StreamSettings streams) {
        this(venue, wishes, line, books, aggregated, streams, false);
    }

    /** The same with its books checked, or not. */
    public VenueConfig withBooksChecked(boolean areChecked) {
        return new VenueConfig(venue, wishes, line, books, aggregated, streams,
                areChecked);
    }

    /** Some symbols of a venue. */
    public VenueConfig(Venue venue, List<String> symbols, FeedSettings line, String books,
            boolean aggregated) {
        this(venue, InstrumentWishes.live(symbols), line, books, aggregated);
    }

    /** The same with the usual patience for silent streams. */
    public VenueConfig(Venue venue, InstrumentWishes wishes, FeedSettings line, String books,
            boolean aggregated) {
        this(venue, wishes, line, books, aggregated, StreamSettings.DEFAULT);
    }

    /** The symbols that are named, as the venue writes them. */
    public List<String> symbols() {
        return wishes.symbols();
    }

    /** Most instruments there will be of this venue. */
    public int mostInstruments() {
        return wishes.patterns().isEmpty() ? wishes.symbols().size() : wishes.most();
    }

    /** What is wanted, in words: {@code BTCUSDT, and of *USDC the 20 busiest in all}. */
    public String wanted() {
        String named = String.join(", ", wishes.symbols());
        if (wishes.patterns().isEmpty()) {
            return named;
        }
        String patterns = wishes.patterns().stream().map(Object::toString)
                .collect(Collectors.joining(", "));
        return (named.isEmpty() ? "" : named + ", and ") + "what matches " + patterns
                + (wishes.leastTurnover().signum() == 0 ? ""
                        : ", with a turnover of at least " + wishes.leastTurnover().toPlainString()
                                + " in 24 h")
                + ", the busiest first, at most " + wishes.most() + " in all";
    }
}
