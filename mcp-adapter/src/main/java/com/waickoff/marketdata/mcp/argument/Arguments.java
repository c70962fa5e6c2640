package com.waickoff.marketdata.mcp.argument;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a tool was asked with: checked, with what stands for what was not given. */
public final class Arguments {
    private final Map<String, Object> given;
    private final Map<String, Object> values;

    private Arguments(Map<String, Object> given, Map<String, Object> values) {
        this.given = given;
        this.values = values;
    }

    /** The JSON schema of these parameters; others are refused. */
    public static Map<String, Object> schema(List<? extends Parameter> parameters) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Parameter parameter : parameters) {
            properties.put(parameter.name(), parameter.schema());
            if (parameter.required()) {
                required.add(parameter.name());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    /**
     * Checks arguments.
     *
     * @param given as the client sent them; null for none
     * @throws ToolFailure at the first that is not allowed
     */
    public static Arguments of(List<? extends Parameter> parameters,
            @Nullable Map<String, Object> given) throws ToolFailure {
        Map<String, Object> sent = given == null ? Map.of() : given;
        List<String> names = parameters.stream().map(Parameter::name).toList();
        for (String name : sent.keySet()) {
            if (!names.contains(name)) {
                throw new ToolFailure(ErrorCode.INVALID_ARGUMENT, "there is no parameter "
                        + ToolFailure.quoted(name) + ". "
                        + (names.isEmpty() ? "This tool takes none."
                                : "There are: " + String.join(", ", names) + "."));
            }
        }
        Map<String, Object> values = new HashMap<>();
        for (Parameter parameter : parameters) {
            Object value = sent.get(parameter.name());
            if (value == null && sent.containsKey(parameter.name())) {
                throw new ToolFailure(ErrorCode.INVALID_ARGUMENT,
                        parameter.name() + " is null: give it a value, or leave it out.");
            } else if (value != null) {
                values.put(parameter.name(), parameter.check(value));
            } else if (parameter.required()) {
                throw new ToolFailure(ErrorCode.INVALID_ARGUMENT,
                        parameter.name() + " is missing.");
            } else if (parameter.fallback() != null) {
                values.put(parameter.name(), parameter.fallback());
            }
        }
        return new Arguments(sent, values);
    }

    /** Whether the client gave it. */
    public boolean isGiven(Parameter parameter) {
        return given.containsKey(parameter.name());
    }

    /** The text given, or null. */
    public @Nullable String text(Parameter.Text parameter) {
        return (String) values.get(parameter.name());
    }

    /** A text that is required. */
    public String requiredText(Parameter.Text parameter) {
        return (String) present(parameter);
    }

    /** The word given, or the one that stands for it. */
    public String word(Parameter.Choice parameter) {
        return (String) present(parameter);
    }

    /** A number that is given or has something that stands for it. */
    public long number(Parameter.Whole parameter) {
        return (Long) present(parameter);
    }

    /** The number given, or else {@code otherwise}. */
    public long number(Parameter.Whole parameter, long otherwise) {
        Object value = values.get(parameter.name());
        return value == null ? otherwise : (Long) value;
    }

    /** The amount given, or null. */
    public @Nullable BigDecimal amount(Parameter.Amount parameter) {
        return (BigDecimal) values.get(parameter.name());
    }

    /** Whether a switch is on. */
    public boolean isOn(Parameter.Switch parameter) {
        return (Boolean) present(parameter);
    }

    private Object present(Parameter parameter) {
        Object value = values.get(parameter.name());
        if (value == null) {
            throw new IllegalStateException(parameter.name()
                    + " is neither required nor has it a default: ask isGiven first");
        }
        return value;
    }
}
