package com.waickoff.marketdata.mcp.answer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an answer.
 *
 * @param columns names of the values of a row
 * @param rows values in the order of the columns; a value may be null
 * @param shape how they are written
 * @param complete whether these are all rows there are
 * @param narrowing what to ask for where rows had to be left out
 * @param cursor the cursor that continues after a row; null where there is no paging
 * @param keepsLast whether the last rows are the ones to keep where there is no room for all
 */
public record Table(List<String> columns, List<List<Object>> rows, Shape shape, boolean complete,
        String narrowing, @Nullable Function<List<Object>, String> cursor, boolean keepsLast) {
    /** How rows are written. */
    public enum Shape {
        /** Names once, then arrays: a quarter of the tokens. */
        COMPACT,
        /** An object for each row. */
        VERBOSE
    }

    /** The {@code count} rows that matter most. */
    Table cut(int count) {
        return new Table(columns, keepsLast ? rows.subList(rows.size() - count, rows.size())
                : rows.subList(0, count), shape, false, narrowing, cursor, keepsLast);
    }

    /** The columns and rows alone: of a table beside that of the answer. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        writeTo(json);
        return json;
    }

    void writeTo(Map<String, Object> json) {
        if (shape == Shape.COMPACT) {
            json.put("columns", columns);
            json.put("rows", rows);
            return;
        }
        List<Map<String, Object>> objects = new ArrayList<>(rows.size());
        for (List<Object> row : rows) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                object.put(columns.get(i), row.get(i));
            }
            objects.add(object);
        }
        json.put("rows", objects);
    }
}
