package com.waickoff.venue.serve;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is to happen at a venue, and when, counted from the start of the play:
 *
 * <pre>
 *   10s strike reset                by the wall clock
 *   market:2h silence btcusdt@*     by event time, which a fast play runs through sooner
 *   every market:24h strike close   after that long, and again and again
 *   0s unlist NEWUSDT               before the first client comes in
 * </pre>
 *
 * A line or a semicolon ends each; a # begins a remark. What is to be done: {@link Order}.
 */
public final class VenueScript {
    private static final Pattern ENTRY = Pattern
            .compile("(every\\s+)?(market:)?(\\d+(?:\\.\\d+)?)(ms|s|m|h)\\s+(.+)");

    /**
     * One line.
     *
     * @param market whether by event time, not by the wall clock
     * @param everyNs time to the next time; 0 for once
     */
    record Entry(boolean market, long atNs, long everyNs, Order order) {
        Entry again() {
            return new Entry(market, atNs + everyNs, everyNs, order);
        }
    }

    private final List<Entry> entries;

    private VenueScript(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    public static VenueScript none() {
        return new VenueScript(List.of());
    }

    /**
     * Reads a script.
     *
     * @throws IllegalArgumentException if a line makes no sense
     */
    public static VenueScript parse(String text) {
        List<Entry> entries = new ArrayList<>();
        for (String part : text.replaceAll("#[^\n]*", "").split("[;\n]", -1)) {
            String line = part.strip();
            if (line.isEmpty()) {
                continue;
            }
            Matcher entry = ENTRY.matcher(line);
            if (!entry.matches()) {
                throw new IllegalArgumentException("no line of a script: " + line);
            }
            long ns = new BigDecimal(entry.group(3))
                    .multiply(BigDecimal.valueOf(unitNs(entry.group(4)))).longValue();
            boolean every = entry.group(1) != null;
            if (every && ns == 0) {
                throw new IllegalArgumentException("every no time at all: " + line);
            }
            entries.add(new Entry(entry.group(2) != null, ns, every ? ns : 0,
                    Order.parse(entry.group(5))));
        }
        return new VenueScript(entries);
    }

    List<Entry> entries() {
        return entries;
    }

    private static long unitNs(String unit) {
        return switch (unit) {
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }
}
