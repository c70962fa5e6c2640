package com.waickoff.marketdata.mcp.answer;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tool found out.
 *
 * @param fields in the order in which they are written; values may be null
 * @param table rows, which come last; null if the answer has none
 * @param hints what the model should know about the answer
 */
public record Answer(Map<String, Object> fields, @Nullable Table table, List<String> hints) {
    /** An answer with rows or without. */
    public Answer {
        hints = List.copyOf(hints);
    }

    /**
     * An answer as it is sent: as structured content, and once more as a text for clients that know
     * none.
     */
    public static final class Written {
        private final byte[] json;

        private Written(byte[] json) {
            this.json = json;
        }

        /** JSON on one line, in UTF-8; not to be changed. */
        public byte[] json() {
            return json;
        }

        /** The same. */
        public String text() {
            return new String(json, StandardCharsets.UTF_8);
        }
    }

    /**
     * Writes the answer; rows that would make it larger than {@code maxBytes} are left out, and it
     * says so.
     *
     * @param maxBytes of JSON in UTF-8
     */
    public Written write(int maxBytes) {
        Table shown = table;
        while (true) {
            byte[] json = JsonText.of(json(shown));
            if (json.length <= maxBytes || shown == null || shown.rows().isEmpty()) {
                return new Written(json);
            }
            // Rows are about equally long: near the mark at once, one less at least.
            int rows = shown.rows().size();
            int fitting = (int) ((long) rows * maxBytes / json.length);
            shown = shown.cut(Math.clamp(fitting, 0, rows - 1));
        }
    }

    private Map<String, Object> json(@Nullable Table shown) {
        Map<String, Object> json = new LinkedHashMap<>(fields);
        boolean truncated = shown != null && !shown.complete();
        json.put("truncated", truncated);
        String hint = String.join(" ", hints);
        if (shown != null && truncated) {
            if (shown.cursor() != null && !shown.rows().isEmpty()) {
                json.put("nextCursor", shown.cursor().apply(shown.rows().getLast()));
            }
            hint = hint.isEmpty() ? shown.narrowing() : hint + ' ' + shown.narrowing();
        }
        if (!hint.isEmpty()) {
            json.put("hint", hint);
        }
        if (shown != null) {
            shown.writeTo(json);
        }
        return json;
    }
}
