package com.waickoff.venue.serve;

import com.waickoff.venue.Venue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stream of a venue by its name, and who listens to it. Belongs to the event loop. */
final class MarketStream {
    private static final Pattern BINANCE_DEPTH = Pattern.compile("depth(\\d*)(@\\d+ms)?");

    private final int number;
    private final String name;
    private final byte[] nameBytes;
    private final StreamKind kind;
    private final String symbol;
    private final int depth;
    private final List<VenueConnection> subscribers = new ArrayList<>();

    private MarketStream(int number, String name, StreamKind kind, String symbol, int depth) {
        this.number = number;
        this.name = name;
        this.nameBytes = name.getBytes(StandardCharsets.UTF_8);
        this.kind = kind;
        this.symbol = symbol;
        this.depth = depth;
    }

    /**
     * A stream as its name tells it; a name that says nothing is of {@link StreamKind#OTHER}.
     *
     * @param number its place among the streams of a venue, from 0
     */
    static MarketStream of(Venue venue, String name, int number) {
        return venue.isBybit() ? ofBybit(name, number) : ofBinance(name, number);
    }

    /** What a stream of that name tells, whether there is one or not. */
    static StreamKind kindOf(Venue venue, String name) {
        return of(venue, name, 0).kind;
    }

    private static MarketStream ofBybit(String name, int number) {
        String symbol = name.substring(name.lastIndexOf('.') + 1);
        String[] parts = name.split("\\.", -1);
        if (parts.length == 2 && parts[0].equals("publicTrade")) {
            return new MarketStream(number, name, StreamKind.TRADES, symbol, 0);
        }
        if (parts.length == 3 && parts[0].equals("orderbook") && parts[1].matches("\\d{1,5}")) {
            return new MarketStream(number, name, StreamKind.BOOK, symbol,
                    Integer.parseInt(parts[1]));
        }
        return new MarketStream(number, name, StreamKind.OTHER, symbol, 0);
    }

    private static MarketStream ofBinance(String name, int number) {
        int at = name.indexOf('@');
        if (at < 1 || name.charAt(0) == '!') {
            return new MarketStream(number, name, StreamKind.OTHER, "", 0);
        }
        String symbol = name.substring(0, at).toUpperCase(Locale.ROOT);
        String rest = name.substring(at + 1);
        Matcher book = BINANCE_DEPTH.matcher(rest);
        if (book.matches()) {
            return book.group(1).isEmpty()
                    ? new MarketStream(number, name, StreamKind.DIFFERENCES, symbol, 0)
                    : new MarketStream(number, name, StreamKind.PARTIAL_BOOK, symbol,
                            Integer.parseInt(book.group(1)));
        }
        StreamKind kind = switch (rest) {
            case "trade" -> StreamKind.TRADES;
            case "aggTrade" -> StreamKind.AGGREGATES;
            case "bookTicker" -> StreamKind.BEST_PRICES;
            default -> StreamKind.OTHER;
        };
        return new MarketStream(number, name, kind, symbol, 0);
    }

    /** Of which symbol a stream of that name tells; empty for streams of all symbols. */
    static String symbolOf(Venue venue, String name) {
        return of(venue, name, 0).symbol;
    }

    /** Place among the venue's streams, from 0. */
    int number() {
        return number;
    }

    String name() {
        return name;
    }

    /** The name as it stands in frames; not to be written to. */
    byte[] nameBytes() {
        return nameBytes;
    }

    StreamKind kind() {
        return kind;
    }

    /** Upper case, as in REST requests; empty for streams of all symbols. */
    String symbol() {
        return symbol;
    }

    /** Levels a side, where the name says so; else 0. */
    int depth() {
        return depth;
    }

    /** Who gets what is told, in the order they came. Not to be changed while it is walked. */
    List<VenueConnection> subscribers() {
        return subscribers;
    }
}
