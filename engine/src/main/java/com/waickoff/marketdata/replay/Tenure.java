package com.waickoff.marketdata.replay;

import java.util.HashMap;
import java.util.Map;

/**
 * Which source an instrument is taken from, where several sources hold it: the one that told of it
 * first, until that ends. Instruments are the same by name, whatever their ids.
 *
 * <p>Threads: one.
 */
final class Tenure {
    private static final int NOBODY = -1;

    private final Map<String, Holding> byName = new HashMap<>();

    /** One instrument's. */
    static final class Holding {
        private int source = NOBODY;
        private boolean isTraded;
        private long lastTradeId;
        private long lastMatchNs;
        private long leftOut;

        /** Whether a trade of it has been handed on. */
        boolean isTraded() {
            return isTraded;
        }

        /** Id of the last trade in tape order. */
        long lastTradeId() {
            return lastTradeId;
        }

        /** Largest match time of its trades. */
        long lastMatchNs() {
            return lastMatchNs;
        }

        /** A trade was handed on. */
        void onTrade(long lastId, long matchNs) {
            lastTradeId = isTraded ? Math.max(lastTradeId, lastId) : lastId;
            lastMatchNs = Math.max(lastMatchNs, matchNs);
            isTraded = true;
        }

        /** An event was left out, because another source is the one. */
        void leftOut() {
            leftOut++;
        }
    }

    /** What is known of an instrument. */
    Holding holding(String name) {
        return byName.computeIfAbsent(name, unknown -> new Holding());
    }

    /** Whether the source has the instrument, or gets it now because nobody has it. */
    boolean take(Holding holding, int source) {
        if (holding.source == NOBODY) {
            holding.source = source;
        }
        return holding.source == source;
    }

    /** The source has ended. */
    void release(int source) {
        for (Holding holding : byName.values()) {
            if (holding.source == source) {
                holding.source = NOBODY;
            }
        }
    }

    /** How many events of each instrument were left out, by name; those of which none was are not. */
    Map<String, Long> leftOut() {
        Map<String, Long> counts = new java.util.TreeMap<>();
        byName.forEach((name, holding) -> {
            if (holding.leftOut > 0) {
                counts.put(name, holding.leftOut);
            }
        });
        return counts;
    }
}
