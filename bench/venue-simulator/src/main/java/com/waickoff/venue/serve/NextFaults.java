package com.waickoff.venue.serve;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to befall the next frames of some streams. Belongs to the event loop. */
final class NextFaults {
    /** One order. */
    static final class Next {
        private final LineFault fault;
        private final List<NamePattern> patterns;
        private int left;
        private long done;

        private Next(LineFault fault, List<NamePattern> patterns, int left) {
            this.fault = fault;
            this.patterns = patterns;
            this.left = left;
        }

        LineFault fault() {
            return fault;
        }

        /** How many it has befallen. */
        long done() {
            return done;
        }
    }

    private final List<Next> orders = new ArrayList<>();

    void add(LineFault fault, List<NamePattern> patterns, int times) {
        orders.add(new Next(fault, patterns, times));
    }

    /** The first order about a stream, or null. */
    @Nullable
    Next find(MarketStream stream) {
        if (orders.isEmpty()) {
            return null;
        }
        for (Next next : orders) {
            if (NamePattern.anyMatches(next.patterns, stream.name())) {
                return next;
            }
        }
        return null;
    }

    /** It has befallen a frame. */
    void done(Next next) {
        next.done++;
        next.left--;
        for (Iterator<Next> all = orders.iterator(); all.hasNext();) {
            if (all.next().left <= 0) {
                all.remove();
            }
        }
    }
}
