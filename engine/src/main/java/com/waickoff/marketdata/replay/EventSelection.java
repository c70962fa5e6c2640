package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.Instrument;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of the events of its sources a replay is about. What is left out is left out with all that
 * tells of it: without trades no feed comes up, so that the coverage says that nothing is known of
 * the tape; without books none is ever ready.
 *
 * @param instruments names such as {@code bybit-linear:BTCUSDT}, where {@code *} stands for any
 *     characters and {@code ?} for one; all if empty
 * @param trades whether trades, their gaps, and the ups and downs of their feeds
 * @param books whether book levels, and what becomes of books
 */
public record EventSelection(List<String> instruments, boolean trades, boolean books) {
    /** Everything. */
    public static final EventSelection ALL = new EventSelection(List.of(), true, true);

    /** The names are copied. */
    public EventSelection {
        instruments = List.copyOf(instruments);
    }

    /** Whether nothing is left out. */
    public boolean isAll() {
        return trades && books && instruments.isEmpty();
    }

    /** Whether events of this instrument are wanted. */
    public boolean wants(Instrument instrument) {
        return instruments.isEmpty() || instruments.stream()
                .anyMatch(name -> pattern(name).matcher(instrument.name()).matches());
    }

    /** Whether events of this kind are wanted: clocks and definitions always are. */
    boolean wants(byte kind) {
        return switch (kind) {
            case EventKind.TRADE, EventKind.TRADE_GAP, EventKind.FEED_UP, EventKind.FEED_DOWN ->
                trades;
            case EventKind.BOOK_LEVEL, EventKind.BOOK_RESET, EventKind.BOOK_READY,
                    EventKind.DEPTH_PAUSED, EventKind.DEPTH_RESUMED ->
                books;
            default -> true;
        };
    }

    private static Pattern pattern(String name) {
        return Pattern.compile(Stream.of(name.splitWithDelimiters("[*?]", 0))
                .map(part -> switch (part) {
                    case "*" -> ".*";
                    case "?" -> ".";
                    default -> Pattern.quote(part);
                }).collect(Collectors.joining()));
    }
}
