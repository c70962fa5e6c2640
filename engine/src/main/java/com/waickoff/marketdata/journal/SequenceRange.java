package com.waickoff.marketdata.journal;

/**
 * Events by their sequence, both ends included.
 *
 * @param first at least 1
 * @param last at least {@code first}
 */
public record SequenceRange(long first, long last) {
    /** Number of events. */
    public long count() {
        return last - first + 1;
    }

    /** Whether all of {@code other} is in this range. */
    boolean contains(SequenceRange other) {
        return first <= other.first && other.last <= last;
    }

    @Override
    public String toString() {
        return first + " to " + last;
    }
}
