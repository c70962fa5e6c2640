package com.waickoff.marketdata.status;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of measured latencies, in ns. Ids are written to the status file: never renumber
 * and never reuse one, only append.
 */
public enum Latency {
    /** From the venue's match time to the receive time; two clocks, so it can be negative. */
    VENUE_TO_RECEIVE(0, "from the venue's match time to the receive time"),
    /** From the receive time of a frame to the moment its events are in the snapshot. */
    RECEIVE_TO_SNAPSHOT(1, "from receiving a frame to showing it in the snapshot"),
    /** Appending one document to the journal. */
    JOURNAL_APPEND(2, "appending one document to the journal"),
    /** How long the publisher waited for room in the ring, when it waited. */
    RING_STALL(3, "waiting for room in the ring"),
    /** From the loss of a connection to the first frame of the next. */
    RECONNECT(4, "from losing a connection to the first frame of the next"),
    /** From sending a REST request to its answer. */
    HTTP_ROUND_TRIP(5, "from a REST request to its answer"),
    /** How late a periodic task ran: the machine's own hiccups. */
    HICCUP(6, "how late a periodic task ran");

    private static final Latency[] VALUES = values();

    private final int id;
    private final String label;
    private final String description;

    Latency(int id, String description) {
        this.id = id;
        this.label = name().toLowerCase(Locale.ROOT);
        this.description = description;
    }

    /** Number in the file; stable for ever. */
    public int id() {
        return id;
    }

    /** The name as it is shown: snake_case. */
    public String label() {
        return label;
    }

    /** What is measured, as half a sentence in lower case. */
    public String description() {
        return description;
    }

    /** The latency with this id; null for one of a newer version. */
    static @Nullable Latency of(int id) {
        for (Latency latency : VALUES) {
            if (latency.id == id) {
                return latency;
            }
        }
        return null;
    }
}
