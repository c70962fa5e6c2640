package com.waickoff.marketdata.feed.recording;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answers that define instruments, as every file repeats them: the last one to each request, in
 * the order in which they came.
 *
 * <p>Threads: the feed thread.
 */
final class Definitions {
    /** More pages than any list of instruments has. */
    private static final int MOST = 100;

    private final Map<String, byte[]> byUrl = new LinkedHashMap<>();

    /** @param text of a line, behind its kind */
    void add(String url, byte[] text) {
        byUrl.remove(url);
        if (byUrl.size() == MOST) {
            byUrl.remove(byUrl.keySet().iterator().next());
        }
        byUrl.put(url, text);
    }

    Collection<byte[]> all() {
        return byUrl.values();
    }
}
