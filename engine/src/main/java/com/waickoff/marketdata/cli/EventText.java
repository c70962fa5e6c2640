package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.report.Json;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Shown;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Events as lines: for people, with the day in lines of their own; or as JSON, with every field.
 *
 * <p>Threads: one.
 */
final class EventText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS",
            Locale.ROOT);
    private static final int SEQUENCE_COLUMNS = 11;
    private static final int KIND_COLUMNS = 10;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long NS_PER_DAY = TimeUnit.DAYS.toNanos(1);

    private final InstrumentCatalogue catalogue;
    private long day = Long.MIN_VALUE;

    /** Words for events whose instruments this catalogue knows. */
    EventText(InstrumentCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The name of a kind as it is written on the command line: {@code book-level}. */
    static String name(byte kind) {
        return EventKind.name(kind).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** An event in lines for people: the day before it, where that is another one. */
    List<String> lines(MarketEvent event, long sequence) {
        List<String> lines = new ArrayList<>(2);
        long eventDay = Math.floorDiv(event.receiveTimeNs(), NS_PER_DAY);
        if (eventDay != day) {
            day = eventDay;
            lines.add("received on " + instant(event.receiveTimeNs()).toString().substring(0, 10)
                    + ", UTC");
        }
        String detail = detail(event);
        lines.add((Shown.right(Figures.count(sequence), SEQUENCE_COLUMNS) + ' '
                + time(event.receiveTimeNs()) + ' '
                + Shown.left(name(event.kind()), KIND_COLUMNS) + ' '
                + (event.instrumentId() < 0 ? "" : instrument(event.instrumentId()) + ' ') + detail)
                .stripTrailing());
        return lines;
    }

    /** An event as a line of JSON. */
    String json(MarketEvent event, long sequence) {
        Json json = new Json().open('{').number("sequence", sequence)
                .text("kind", name(event.kind()))
                .number("receive_time_ns", event.receiveTimeNs())
                .number("match_time_ns", event.matchTimeNs());
        if (event.instrumentId() >= 0) {
            json.text("instrument", instrument(event.instrumentId()));
        }
        json.begin("flags", '[');
        flags(event).forEach(json::text);
        json.end(']');
        switch (event.kind()) {
            case EventKind.TRADE -> json.literal("price", price(event))
                    .literal("quantity", quantity(event)).number("id", event.id64())
                    .number("aux", event.aux());
            case EventKind.BOOK_LEVEL -> json.literal("price", price(event))
                    .literal("quantity", quantity(event)).number("update_id", event.updateId());
            case EventKind.BOOK_RESET, EventKind.BOOK_READY -> json
                    .number("update_id", event.updateId());
            case EventKind.TRADE_GAP -> json.number("first_missing", event.firstMissing())
                    .number("last_missing", event.lastMissing());
            case EventKind.FEED_UP, EventKind.FEED_DOWN -> json.number("epoch", event.epoch());
            default -> {
                // They have no more than a reason.
            }
        }
        if (hasReason(event.kind())) {
            json.text("reason", reason(event));
        }
        return json.end('}').toString();
    }

    private String detail(MarketEvent event) {
        return switch (event.kind()) {
            case EventKind.TRADE -> (event.has(EventFlags.BUY) ? "buy " : "sell ")
                    + quantity(event) + " at " + price(event) + ", id " + event.id64();
            case EventKind.BOOK_LEVEL -> (event.has(EventFlags.BID) ? "bid " : "ask ")
                    + price(event) + (event.quantity() == 0 ? " gone" : ": " + quantity(event))
                    + (event.has(EventFlags.FIRST)
                            ? event.has(EventFlags.SNAPSHOT) ? ", first of a snapshot"
                                    : ", first of an update"
                            : event.has(EventFlags.LAST) ? ", last" : "");
            case EventKind.BOOK_RESET -> "update " + event.updateId() + ", " + reason(event);
            case EventKind.BOOK_READY -> "update " + event.updateId();
            case EventKind.TRADE_GAP -> event.has(EventFlags.REPAIRED) ? "filled"
                    : (event.has(EventFlags.BY_TIME) ? "by time"
                            : "ids " + event.firstMissing() + " to " + event.lastMissing())
                            + ", " + reason(event);
            case EventKind.FEED_UP -> "connection " + event.epoch();
            case EventKind.FEED_DOWN -> "connection " + event.epoch() + ", " + reason(event);
            case EventKind.INSTRUMENT -> definition(event.instrumentId());
            default -> "";
        };
    }

    private String definition(int id) {
        if (!isKnown(id)) {
            return "";
        }
        Instrument instrument = catalogue.get(id);
        return "tick " + Decimal.toString(instrument.tick(), instrument.priceScale()) + ", lot "
                + Decimal.toString(instrument.lot(), instrument.quantityScale());
    }

    private static boolean hasReason(byte kind) {
        return kind == EventKind.BOOK_RESET || kind == EventKind.TRADE_GAP
                || kind == EventKind.FEED_DOWN;
    }

    private static String reason(MarketEvent event) {
        return event.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private String instrument(int id) {
        return isKnown(id) ? Shown.plain(catalogue.get(id).name()) : "instrument " + id;
    }

    private boolean isKnown(int id) {
        return id >= 0 && id < catalogue.count();
    }

    private String price(MarketEvent event) {
        int id = event.instrumentId();
        return Decimal.toString(event.price(), isKnown(id) ? catalogue.get(id).priceScale() : 0);
    }

    private String quantity(MarketEvent event) {
        int id = event.instrumentId();
        return Decimal.toString(event.quantity(),
                isKnown(id) ? catalogue.get(id).quantityScale() : 0);
    }

    private static List<String> flags(MarketEvent event) {
        List<String> flags = new ArrayList<>();
        add(flags, event, EventFlags.FIRST, "first");
        add(flags, event, EventFlags.LAST, "last");
        add(flags, event, EventFlags.BUY, "buy");
        add(flags, event, EventFlags.BID, "bid");
        add(flags, event, EventFlags.SNAPSHOT, "snapshot");
        add(flags, event, EventFlags.BLOCK, "block");
        add(flags, event, EventFlags.RPI, "rpi");
        add(flags, event, EventFlags.REPAIRED, "repaired");
        add(flags, event, EventFlags.OFF_BOOK, "off-book");
        add(flags, event, EventFlags.BY_TIME, "by-time");
        add(flags, event, EventFlags.AGGREGATE, "aggregate");
        add(flags, event, EventFlags.SPAN, "span");
        return flags;
    }

    private static void add(List<String> flags, MarketEvent event, short flag, String name) {
        if (event.has(flag)) {
            flags.add(name);
        }
    }

    private static Instant instant(long epochNs) {
        return Instant.ofEpochSecond(Math.floorDiv(epochNs, NS_PER_SECOND),
                Math.floorMod(epochNs, NS_PER_SECOND));
    }

    private static String time(long epochNs) {
        return TIME.format(LocalTime.ofInstant(instant(epochNs), ZoneOffset.UTC));
    }
}
