package com.waickoff.venue.reference;

/** Lengths of windows, aligned to UTC. */
public enum ReferenceTimeframe {
    M1("1m", 60_000), M5("5m", 300_000), M15("15m", 900_000), H1("1h", 3_600_000), H4("4h",
            14_400_000), D1("1d", 86_400_000);

    private final String label;
    private final long lengthMs;

    ReferenceTimeframe(String label, long lengthMs) {
        this.label = label;
        this.lengthMs = lengthMs;
    }

    /** As it is written in exports, e.g. {@code 15m}. */
    public String label() {
        return label;
    }

    /** Start of the window that holds a time; both in ms since the epoch. */
    public long startOf(long timeMs) {
        return Math.floorDiv(timeMs, lengthMs) * lengthMs;
    }
}
