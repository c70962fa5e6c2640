package com.waickoff.venue.serve;

import java.util.ArrayDeque;

/** Counts what happens within a sliding time. Belongs to the event loop. */
final class RateWindow {
    private record Mark(long timeNs, int weight) {}

    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private final long lengthNs;
    private int sum;

    RateWindow(long lengthNs) {
        this.lengthNs = lengthNs;
    }

    /** Counts and returns the sum with what was counted before. */
    int add(long nowNs, int weight) {
        while (!marks.isEmpty() && nowNs - marks.getFirst().timeNs >= lengthNs) {
            sum -= marks.remove().weight;
        }
        marks.add(new Mark(nowNs, weight));
        sum += weight;
        return sum;
    }

    /** Takes back what was counted last. */
    void takeBack() {
        sum -= marks.removeLast().weight;
    }
}
