package com.waickoff.venue.serve;

import com.waickoff.venue.wire.WireText;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * The book behind a stream of differences: begun by an answer that was recorded, or else by what is
 * told, and answered from as the venue would. Belongs to the event loop.
 */
final class KeptDifferences {
    private static final byte[] LAST = WireScan.key("u");
    private static final byte[] EVENT_TIME = WireScan.key("E");
    private static final byte[] MATCH_TIME = WireScan.key("T");
    private static final byte[] ANSWER_LAST = WireScan.key("lastUpdateId");
    /** Differences that may be newer than an answer that comes. */
    private static final int MOST_RECENT = 64;
    private static final int MOST_BEFORE_ANSWER = 4_096;

    private final KeptBook book = new KeptBook();
    private final ArrayDeque<byte[]> recent = new ArrayDeque<>();
    private boolean answered;
    private long lastId;
    private long eventTimeMs;
    private long matchTimeMs;

    void onDifference(byte[] bytes, int start, int length) {
        recent.add(Arrays.copyOfRange(bytes, start, start + length));
        while (recent.size() > (answered ? MOST_RECENT : MOST_BEFORE_ANSWER)) {
            recent.remove();
        }
        apply(bytes, start, start + length);
    }

    /** Takes a recorded answer, and what was told since. */
    void onAnswer(byte[] bytes, int start, int length) {
        int end = start + length;
        long answerId = WireScan.number(bytes, start, end, ANSWER_LAST);
        if (answerId < 0) {
            return;
        }
        book.clear();
        book.applyAnswer(bytes, start, end);
        lastId = answerId;
        eventTimeMs = WireScan.number(bytes, start, end, EVENT_TIME);
        matchTimeMs = WireScan.number(bytes, start, end, MATCH_TIME);
        answered = true;
        for (byte[] difference : recent) {
            if (WireScan.number(difference, 0, difference.length, LAST) > answerId) {
                apply(difference, 0, difference.length);
            }
        }
        while (recent.size() > MOST_RECENT) {
            recent.remove();
        }
    }

    /** Whether there is anything to answer with. */
    boolean isKnown() {
        return lastId > 0;
    }

    KeptBook book() {
        return book;
    }

    /**
     * Appends the answer to a request for so many levels a side.
     *
     * @param symbolAndPair members of the answer that only COIN-M has; empty elsewhere
     */
    void appendAnswer(WireText text, int most, boolean withTimes, String symbolAndPair) {
        text.append("{\"lastUpdateId\":").append(lastId).append(symbolAndPair);
        if (withTimes) {
            text.append(",\"E\":").append(Math.max(0, eventTimeMs)).append(",\"T\":")
                    .append(Math.max(0, matchTimeMs));
        }
        text.append(",\"bids\":[");
        book.append(text, true, most);
        text.append("],\"asks\":[");
        book.append(text, false, most);
        text.append("]}");
    }

    private void apply(byte[] bytes, int from, int to) {
        long id = WireScan.number(bytes, from, to, LAST);
        if (id < 0) {
            return;
        }
        book.apply(bytes, from, to);
        lastId = id;
        eventTimeMs = WireScan.number(bytes, from, to, EVENT_TIME);
        matchTimeMs = WireScan.number(bytes, from, to, MATCH_TIME);
    }
}
