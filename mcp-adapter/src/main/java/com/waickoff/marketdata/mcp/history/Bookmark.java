package com.waickoff.marketdata.mcp.history;

import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.storage.history.Cursor;
import com.waickoff.marketdata.storage.history.HistoryException;

/** Where an answer ended, as text that only means something with the question it belongs to. */
public final class Bookmark {
    /** What is bookmarked is found again by times and sequences, whatever was restarted. */
    private static final long ANY_GENERATION = 0;

    private Bookmark() {}

    /**
     * As text.
     *
     * @param question what was asked, but for limits
     * @param position where it goes on
     */
    public static String of(String question, String position, long nowMs) {
        return new Cursor(ANY_GENERATION, nowMs, position).encode(question);
    }

    /**
     * Where it goes on.
     *
     * @throws ToolFailure if it is of another question, or too old
     */
    public static String position(String text, String question, long nowMs) throws ToolFailure {
        try {
            return Cursor.decode(text, question, ANY_GENERATION, nowMs).position();
        } catch (HistoryException unusable) {
            throw StoredPast.failure(unusable);
        }
    }
}
