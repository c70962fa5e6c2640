package com.waickoff.marketdata.mcp.tool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON schemas of answers. Only words that all drafts since 7 understand in the same way: clients
 * validate with what they have. In a fixed order: clients cache the list of tools by its bytes.
 */
final class Schemas {
    private static final String TYPE = "type";

    static final Map<String, Object> NUMBER = Map.of(TYPE, "number");
    static final Map<String, Object> NUMBER_OR_NULL = Map.of(TYPE, List.of("number", "null"));
    static final Map<String, Object> INTEGER = Map.of(TYPE, "integer");
    static final Map<String, Object> INTEGER_OR_NULL = Map.of(TYPE, List.of("integer", "null"));
    static final Map<String, Object> TEXT = Map.of(TYPE, "string");
    static final Map<String, Object> TEXT_OR_NULL = Map.of(TYPE, List.of("string", "null"));
    static final Map<String, Object> TRUTH = Map.of(TYPE, "boolean");

    private Schemas() {}

    /** One of these words. */
    static Map<String, Object> oneOf(List<String> words) {
        Map<String, Object> schema = ofType("string");
        schema.put("enum", words);
        return schema;
    }

    /** An array. */
    static Map<String, Object> arrayOf(Map<String, Object> items) {
        Map<String, Object> schema = ofType("array");
        schema.put("items", items);
        return schema;
    }

    /**
     * An object that has these and no others.
     *
     * @param optional names of those that may be absent
     */
    static Map<String, Object> object(Map<String, Object> properties, List<String> optional) {
        List<String> required = new ArrayList<>(properties.keySet());
        required.removeAll(optional);
        Map<String, Object> schema = ofType("object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    /** Rows as arrays, in the order of the columns, or as objects. */
    static Map<String, Object> rows(Map<String, Object> columns) {
        return rows(columns.size(), columns);
    }

    /**
     * Rows as arrays of so many values, or as objects that have more to say.
     *
     * @param compact values of an array
     * @param verbose what an object has
     */
    static Map<String, Object> rows(int compact, Map<String, Object> verbose) {
        return arrayOf(Map.of("anyOf", List.of(row(compact), object(verbose, List.of()))));
    }

    /** A table within an answer: the names of its columns, and rows as arrays. */
    static Map<String, Object> table(int columns) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("columns", arrayOf(TEXT));
        properties.put("rows", arrayOf(row(columns)));
        return object(properties, List.of());
    }

    /** A row of so many values. */
    static Map<String, Object> row(int count) {
        Map<String, Object> array = arrayOf(
                Map.of(TYPE, List.of("number", "string", "boolean", "null")));
        array.put("minItems", count);
        array.put("maxItems", count);
        return array;
    }

    private static Map<String, Object> ofType(String type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put(TYPE, type);
        return schema;
    }
}
