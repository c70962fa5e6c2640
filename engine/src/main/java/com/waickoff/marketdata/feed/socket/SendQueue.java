package com.waickoff.marketdata.feed.socket;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Texts that wait for their turn to be sent: so many at most, and so far apart that the venue's limit
 * holds in every second, with room for the pongs it also counts.
 */
final class SendQueue {
    private static final int MOST_TEXTS = 1024;
    private static final long NS_PER_S = 1_000_000_000;

    private final ArrayDeque<String> texts = new ArrayDeque<>();
    private final long spacingNs;
    private long nextTimeNs = Long.MIN_VALUE;

    /**
     * An empty queue.
     *
     * @param messagesPerSecond what the venue takes, 0 for any number
     */
    SendQueue(int messagesPerSecond) {
        // Two thirds of what is allowed: control frames are counted too, and clocks differ.
        this.spacingNs = messagesPerSecond == 0 ? 0 : NS_PER_S * 3 / 2 / messagesPerSecond;
    }

    /** Puts a text at the end. @return false if there is no room */
    boolean offer(String text) {
        if (texts.size() == MOST_TEXTS) {
            return false;
        }
        texts.add(text);
        return true;
    }

    /** The text whose turn it is now, or null. */
    @Nullable
    String poll(long nowNs) {
        if (texts.isEmpty() || nowNs < nextTimeNs) {
            return null;
        }
        nextTimeNs = nowNs + spacingNs;
        return texts.poll();
    }

    /** Forgets what waits: nobody is there to send it to. */
    void clear() {
        texts.clear();
    }
}
