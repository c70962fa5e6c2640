package com.waickoff.marketdata.mcp.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Contents that the suite compares, as JSON. */
final class Fixtures {
    static final String WATCHED = "test://watched-resource";
    static final String STATIC_TEXT = "test://static-text";
    static final String STATIC_BINARY = "test://static-binary";
    static final String TEMPLATE = "test://template/{id}/data";

    /** One red pixel. */
    private static final String PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4"
            + "z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";
    /** Eight samples of silence. */
    private static final String WAV = "UklGRiwAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQgAAACA"
            + "gICAgICAgA==";
    private static final String RICH_SCHEMA_TOOL = "json_schema_2020_12_tool";
    private static final String TEMPLATE_START = "test://template/";
    private static final String TEMPLATE_END = "/data";

    /** Tools that always give the same. */
    static final Map<String, Map<String, Object>> RESULTS = results();

    private Fixtures() {}

    private static Map<String, Map<String, Object>> results() {
        Map<String, Map<String, Object>> results = new LinkedHashMap<>();
        results.put("test_simple_text",
                content(text("This is a simple text response for testing.")));
        results.put("test_image_content", content(image()));
        results.put("test_audio_content", content(media("audio", WAV, "audio/wav")));
        results.put("test_embedded_resource", content(embedded("test://embedded-resource",
                "text/plain", "This is an embedded resource content.")));
        results.put("test_multiple_content_types",
                content(List.of(text("Multiple content types test:"), image(),
                        embedded("test://mixed-content-resource", "application/json",
                                "{\"test\":\"data\",\"value\":123}"))));
        results.put(RICH_SCHEMA_TOOL, content(text("ok")));
        Map<String, Object> failed = content(
                text("This tool intentionally returns an error for testing"));
        failed.put("isError", true);
        results.put("test_error_handling", failed);
        return results;
    }

    static Map<String, Object> content(Map<String, Object> part) {
        return content(List.of(part));
    }

    private static Map<String, Object> content(List<Map<String, Object>> parts) {
        return ordered("content", parts);
    }

    static Map<String, Object> text(String text) {
        return ordered("type", "text", "text", text);
    }

    static Map<String, Object> image() {
        return media("image", PNG, "image/png");
    }

    static Map<String, Object> embedded(String uri, String type, String text) {
        return ordered("type", "resource", "resource",
                ordered("uri", uri, "mimeType", type, "text", text));
    }

    private static Map<String, Object> media(String kind, String data, String type) {
        return ordered("type", kind, "data", data, "mimeType", type);
    }

    /** What is read of a resource; empty if there is none. */
    static Map<String, Object> resource(String uri) {
        if (uri.equals(STATIC_TEXT)) {
            return ordered("uri", uri, "mimeType", "text/plain", "text",
                    "This is the content of the static text resource.");
        } else if (uri.equals(STATIC_BINARY)) {
            return ordered("uri", uri, "mimeType", "image/png", "blob", PNG);
        } else if (uri.equals(WATCHED)) {
            return ordered("uri", uri, "mimeType", "text/plain", "text", "watched");
        } else if (uri.startsWith(TEMPLATE_START) && uri.endsWith(TEMPLATE_END)) {
            String id = uri.substring(TEMPLATE_START.length(),
                    uri.length() - TEMPLATE_END.length());
            return ordered("uri", uri, "mimeType", "application/json", "text", "{\"id\":\"" + id
                    + "\",\"templateTest\":true,\"data\":\"Data for ID: " + id + "\"}");
        }
        return Map.of();
    }

    static List<Map<String, Object>> resources() {
        return List.of(
                ordered("uri", STATIC_TEXT, "name", "static-text", "description",
                        "A text that stays", "mimeType", "text/plain"),
                ordered("uri", STATIC_BINARY, "name", "static-binary", "description",
                        "An image that stays", "mimeType", "image/png"),
                ordered("uri", WATCHED, "name", "watched-resource", "description",
                        "A text that is watched", "mimeType", "text/plain"));
    }

    static List<Map<String, Object>> templates() {
        return List.of(ordered("uriTemplate", TEMPLATE, "name", "template", "description",
                "A text made from its URI", "mimeType", "application/json"));
    }

    static List<Map<String, Object>> prompts() {
        return List.of(prompt("test_simple_prompt"),
                prompt("test_prompt_with_arguments", "arg1", "arg2"),
                prompt("test_prompt_with_embedded_resource", "resourceUri"),
                prompt("test_prompt_with_image"));
    }

    static Map<String, Object> prompt(String name, String... arguments) {
        return ordered("name", name, "description", "Prompt of the suite", "arguments",
                List.of(arguments).stream().map(argument -> ordered("name", argument, "description",
                        "Argument of the suite", "required", true)).toList());
    }

    /** What a prompt says; empty if there is none. */
    static List<Map<String, Object>> messages(String prompt, Map<String, Object> arguments) {
        return switch (prompt) {
            case "test_simple_prompt" ->
                List.of(message(text("This is a simple prompt for testing.")));
            case "test_prompt_with_arguments" -> List.of(message(text(
                    "Prompt with arguments: arg1='" + arguments.get("arg1") + "', arg2='"
                            + arguments.get("arg2") + "'")));
            case "test_prompt_with_embedded_resource" -> List.of(
                    message(embedded(String.valueOf(arguments.get("resourceUri")), "text/plain",
                            "Embedded resource content for testing.")),
                    message(text("Please process the embedded resource above.")));
            case "test_prompt_with_image" -> List.of(message(image()),
                    message(text("Please analyze the image above.")));
            default -> List.of();
        };
    }

    static Map<String, Object> message(Map<String, Object> content) {
        return ordered("role", "user", "content", content);
    }

    static Map<String, Object> tool(String name) {
        return ordered("name", name, "description", "Tool of the suite", "inputSchema",
                inputSchema(name));
    }

    static Map<String, Object> inputSchema(String tool) {
        if (tool.equals(RICH_SCHEMA_TOOL)) {
            return richSchema();
        }
        String argument = switch (tool) {
            case "test_sampling" -> "prompt";
            case "test_elicitation" -> "message";
            default -> "";
        };
        return argument.isEmpty() ? ordered("type", "object", "properties", Map.of())
                : ordered("type", "object", "properties",
                        Map.of(argument, Map.of("type", "string")), "required",
                        List.of(argument));
    }

    /** Words of JSON Schema 2020-12, which must come out of a list of tools as they went in. */
    private static Map<String, Object> richSchema() {
        Map<String, Object> text = Map.of("type", "string");
        Map<String, Object> phone = Map.of("required", List.of("phone"));
        Map<String, Object> email = Map.of("required", List.of("email"));
        return ordered("$schema", "https://json-schema.org/draft/2020-12/schema", "type",
                "object", "$defs",
                Map.of("address", ordered("$anchor", "addressDef", "type", "object", "properties",
                        ordered("street", text, "city", text))),
                "properties",
                ordered("name", text, "address", Map.of("$ref", "#/$defs/address"),
                        "contactMethod",
                        ordered("type", "string", "enum", List.of("phone", "email")), "phone",
                        text, "email", text),
                "allOf", List.of(Map.of("anyOf", List.of(phone, email))), "if",
                Map.of("properties", Map.of("contactMethod", Map.of("const", "phone"))), "then",
                phone, "else", email, "additionalProperties", false);
    }

    /** An object whose names keep their order. */
    static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }
}
