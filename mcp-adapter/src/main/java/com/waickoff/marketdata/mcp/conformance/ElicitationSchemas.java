package com.waickoff.marketdata.mcp.conformance;

import java.util.List;
import java.util.Map;

/** What clients are asked to let people fill in. */
final class ElicitationSchemas {
    static final Map<String, Object> USER = object(Fixtures.ordered("username",
            described("string", "User's response"), "email",
            described("string", "User's email address")), "username", "email");

    static final Map<String, Object> DEFAULTS = object(Fixtures.ordered("name",
            preset("string", "John Doe"), "age", preset("integer", 30), "score",
            preset("number", 95.5), "status",
            Fixtures.ordered("type", "string", "enum", List.of("active", "inactive", "pending"),
                    "default", "active"),
            "verified", preset("boolean", true)));

    static final Map<String, Object> CHOICES = object(Fixtures.ordered("untitledSingle",
            Fixtures.ordered("type", "string", "enum", options()), "titledSingle",
            Fixtures.ordered("type", "string", "oneOf", titled("Option")), "legacyEnum",
            Fixtures.ordered("type", "string", "enum", List.of("opt1", "opt2", "opt3"),
                    "enumNames", List.of("Option One", "Option Two", "Option Three")),
            "untitledMulti",
            Fixtures.ordered("type", "array", "items",
                    Fixtures.ordered("type", "string", "enum", options())),
            "titledMulti",
            Fixtures.ordered("type", "array", "items",
                    Fixtures.ordered("anyOf", titled("Choice")))));

    private ElicitationSchemas() {}

    private static Map<String, Object> object(Map<String, Object> properties, String... required) {
        Map<String, Object> schema = Fixtures.ordered("type", "object", "properties", properties);
        if (required.length > 0) {
            schema.put("required", List.of(required));
        }
        return schema;
    }

    private static Map<String, Object> described(String type, String description) {
        return Fixtures.ordered("type", type, "description", description);
    }

    private static Map<String, Object> preset(String type, Object value) {
        return Fixtures.ordered("type", type, "default", value);
    }

    private static List<String> options() {
        return List.of("option1", "option2", "option3");
    }

    private static List<Map<String, Object>> titled(String noun) {
        return List.of(Fixtures.ordered("const", "value1", "title", "First " + noun),
                Fixtures.ordered("const", "value2", "title", "Second " + noun),
                Fixtures.ordered("const", "value3", "title", "Third " + noun));
    }
}
