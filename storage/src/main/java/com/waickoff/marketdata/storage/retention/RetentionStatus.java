package com.waickoff.marketdata.storage.retention;

import java.util.Map;
import java.util.TreeMap;

/** What retention did, when, and what failed, for the status file. Threads: one writes, any reads. */
public final class RetentionStatus {
    private static final String PREFIX = "retention.";

    private final Map<String, String> values = new TreeMap<>();

    /** Of a retention that has done nothing yet. */
    public RetentionStatus() {
        put("state", "waiting");
    }

    /** Values by their keys. */
    public synchronized Map<String, String> values() {
        return Map.copyOf(values);
    }

    synchronized void put(String key, String value) {
        values.put(PREFIX + key, value);
    }

    synchronized void put(String key, long value) {
        values.put(PREFIX + key, Long.toString(value));
    }

    synchronized void add(String key, long value) {
        values.merge(PREFIX + key, Long.toString(value), (before, more) -> Long
                .toString(Long.parseLong(before) + Long.parseLong(more)));
    }

    synchronized void failed(String what, long nowMs) {
        add("errors", 1);
        put("last_error", what);
        put("last_error_ms", nowMs);
    }
}
