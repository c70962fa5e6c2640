package com.waickoff.marketdata.storage.redis;

/**
 * Names of the keys, version 1. The part in braces is what a cluster hashes: all keys of an
 * instrument lie in one slot, and so do the drain's own.
 *
 * <pre>
 *   waickoff:v1:ev:{bybit-linear:BTCUSDT}            stream   its events
 *   waickoff:v1:snap:{bybit-linear:BTCUSDT}:latest   hash     what was last seen of it; expires
 *   waickoff:v1:wake:{bybit-linear:BTCUSDT}          channel  id of its newest event
 *   waickoff:v1:{drain}:cursor                       hash     journal, epoch, sequence
 *   waickoff:v1:{drain}:heads                        hash     instrument → "id number" of its newest event
 * </pre>
 */
final class RedisKeys {
    private final String root;
    private final String events;

    /**
     * Keys below a prefix.
     *
     * @param prefix first part of all keys, such as {@code waickoff}
     */
    RedisKeys(String prefix) {
        root = prefix + ":v1:";
        events = root + "ev:{";
    }

    String events(String instrument) {
        return events + instrument + '}';
    }

    /** Glob that all event streams match, and nothing else of ours. */
    String eventsPattern() {
        return escaped(events) + '*';
    }

    String latest(String instrument) {
        return root + "snap:{" + instrument + "}:latest";
    }

    /** Glob that all hashes of {@link #latest} match. */
    String latestPattern() {
        return escaped(root + "snap:{") + '*';
    }

    String wake(String instrument) {
        return root + "wake:{" + instrument + '}';
    }

    String cursor() {
        return root + "{drain}:cursor";
    }

    String heads() {
        return root + "{drain}:heads";
    }

    private static String escaped(String literal) {
        return literal.replaceAll("[\\\\*?\\[\\]]", "\\\\$0");
    }
}
