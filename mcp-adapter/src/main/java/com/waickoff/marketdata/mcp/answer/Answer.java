package com.waickoff.marketdata.mcp.answer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
     * An answer as it is sent.
     *
     * @param json the structured content
     * @param text the same as text, for clients that know no structured content
     */
    public record Written(Map<String, Object> json, String text) {}

    /**
     * Writes the answer; rows that would make it larger than {@code maxBytes} are left out, and it
     * says so.
     *
     * @param toText writes JSON on one line
     * @param maxBytes of the text in UTF-8
     */
    public Written write(Function<Object, String> toText, int maxBytes) {
        Table shown = table;
        while (true) {
            Map<String, Object> json = json(shown);
            String text = toText.apply(json);
            int bytes = utf8Length(text);
            if (bytes <= maxBytes || shown == null || shown.rows().isEmpty()) {
                return new Written(json, text);
            }
            // Rows are about equally long: near the mark at once, one less at least.
            int rows = shown.rows().size();
            int fitting = (int) ((long) rows * maxBytes / bytes);
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

    private static int utf8Length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A surrogate is half of four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
