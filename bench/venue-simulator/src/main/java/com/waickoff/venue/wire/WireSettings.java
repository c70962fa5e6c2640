package com.waickoff.venue.wire;

import java.util.List;

/**
 * How a venue tells its markets.
 *
 * @param bookPushMs time between two book updates; 0 is the venue's own
 * @param snapshotSeconds time between two full books after the first; 0 is never again
 * @param tickerMs time between two tickers of an instrument, where the venue has any; 0 is none
 * @param countedIds trade UUIDs that count up instead of looking random: a small recording packs
 *        them well
 * @param everyStream books of every depth and pace the venue offers and its aggregated trades, not
 *        only what one engine asks for; Binance then answers the whole book before all else
 * @param streams parts of the names of those that are told; none for all
 */
public record WireSettings(int bookPushMs, int snapshotSeconds, int tickerMs, boolean countedIds,
        boolean everyStream, List<String> streams) {

    public WireSettings {
        streams = List.copyOf(streams);
        if (bookPushMs < 0 || snapshotSeconds < 0 || tickerMs < 0) {
            throw new IllegalArgumentException("times must not be below 0: " + bookPushMs + ", "
                    + snapshotSeconds + ", " + tickerMs);
        }
    }

    /** As the venue does it. */
    public static WireSettings standard() {
        return new WireSettings(0, 0, 200, false, false, List.of());
    }

    /** For small recordings: fewer book updates and tickers, ids that pack well. */
    public static WireSettings thin() {
        return new WireSettings(2_000, 0, 15_000, true, false, List.of());
    }

    public WireSettings withSnapshotSeconds(int newSnapshotSeconds) {
        return new WireSettings(bookPushMs, newSnapshotSeconds, tickerMs, countedIds, everyStream,
                streams);
    }

    public WireSettings withEveryStream() {
        return new WireSettings(bookPushMs, snapshotSeconds, tickerMs, countedIds, true, streams);
    }

    /** Of all streams only those whose names have one of these parts. */
    public WireSettings withStreams(List<String> parts) {
        return new WireSettings(bookPushMs, snapshotSeconds, tickerMs, countedIds, everyStream,
                parts);
    }

    /** Whether a stream is told. */
    public boolean isWanted(String name) {
        if (streams.isEmpty()) {
            return true;
        }
        for (String part : streams) {
            if (part.startsWith("@") ? name.endsWith(part) : name.startsWith(part)) {
                return true;
            }
        }
        return false;
    }
}
