package com.waickoff.marketdata.mcp.argument;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One parameter of a tool. */
public sealed interface Parameter {
    /** What it is called. */
    String name();

    /** Its JSON schema. */
    Map<String, Object> schema();

    /** What stands for it where it is not given; null if nothing does. */
    @Nullable
    Object fallback();

    /** Whether it must be given. */
    default boolean required() {
        return false;
    }

    /**
     * The value of what was given.
     *
     * @throws ToolFailure if it is not allowed, saying what is
     */
    Object check(Object given) throws ToolFailure;

    /**
     * A text.
     *
     * @param minLength in Unicode code points, as is {@code maxLength}
     */
    record Text(String name, boolean required, int minLength, int maxLength, String description)
            implements
                Parameter {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("type", "string");
            if (minLength > 0) {
                schema.put("minLength", minLength);
            }
            schema.put("maxLength", maxLength);
            schema.put("description", description);
            return schema;
        }

        @Override
        public @Nullable Object fallback() {
            return null;
        }

        @Override
        public Object check(Object given) throws ToolFailure {
            if (!(given instanceof String text)) {
                throw refused(name, given, "a text of at most " + maxLength + " characters");
            }
            int length = text.codePointCount(0, text.length());
            if (length < minLength || length > maxLength) {
                throw refused(name, given, "a text of " + minLength + " to " + maxLength
                        + " characters");
            }
            return text;
        }
    }

    /** One of several words. */
    record Choice(String name, List<String> words, String fallback) implements Parameter {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("type", "string");
            schema.put("enum", words);
            schema.put("default", fallback);
            return schema;
        }

        @Override
        public Object check(Object given) throws ToolFailure {
            if (given instanceof String word && words.contains(word)) {
                return word;
            }
            throw refused(name, given, "one of " + String.join(", ", words));
        }
    }

    /**
     * A whole number.
     *
     * @param description null if the name says it all
     * @param fallback null if nothing stands for it
     * @param required whether it must be given
     */
    record Whole(String name, long minimum, long maximum, @Nullable Long fallback,
            @Nullable String description, boolean required) implements Parameter {
        /** No upper bound but that of the type. */
        public static final long UNBOUNDED = Long.MAX_VALUE;

        /** One that need not be given. */
        public Whole(String name, long minimum, long maximum, @Nullable Long fallback,
                @Nullable String description) {
            this(name, minimum, maximum, fallback, description, false);
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("type", "integer");
            schema.put("minimum", minimum);
            if (maximum != UNBOUNDED) {
                schema.put("maximum", maximum);
            }
            if (fallback != null) {
                schema.put("default", fallback);
            }
            if (description != null) {
                schema.put("description", description);
            }
            return schema;
        }

        @Override
        public Object check(Object given) throws ToolFailure {
            if (given instanceof Number number) {
                try {
                    // 20.0 is a whole number, in JSON as elsewhere.
                    long value = new BigDecimal(number.toString()).longValueExact();
                    if (value >= minimum && value <= maximum) {
                        return value;
                    }
                } catch (ArithmeticException | NumberFormatException notWhole) {
                    throw refused(name, given, allowed());
                }
            }
            throw refused(name, given, allowed());
        }

        private String allowed() {
            return "a whole number "
                    + (maximum == UNBOUNDED ? "from " + minimum + " on"
                            : minimum + " to " + maximum);
        }
    }

    /** Something that is on or off. */
    record Switch(String name, Boolean fallback) implements Parameter {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("type", "boolean");
            schema.put("default", fallback);
            return schema;
        }

        @Override
        public Object check(Object given) throws ToolFailure {
            if (given instanceof Boolean) {
                return given;
            }
            throw refused(name, given, "true or false");
        }
    }

    /** A number from 0 on, with all its decimals. */
    record Amount(String name) implements Parameter {
        private static final int MOST_DIGITS = 40;

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("type", "number");
            schema.put("minimum", 0);
            return schema;
        }

        @Override
        public @Nullable Object fallback() {
            return null;
        }

        @Override
        public Object check(Object given) throws ToolFailure {
            if (given instanceof Number number) {
                try {
                    BigDecimal value = new BigDecimal(number.toString());
                    if (value.signum() >= 0 && value.precision() <= MOST_DIGITS
                            && Math.abs((long) value.scale()) <= MOST_DIGITS) {
                        return value;
                    }
                } catch (NumberFormatException notFinite) {
                    throw refused(name, given, "a number from 0 on");
                }
            }
            throw refused(name, given, "a number from 0 on");
        }
    }

    private static ToolFailure refused(String name, Object given, String allowed) {
        return new ToolFailure(ErrorCode.INVALID_ARGUMENT, name + " is "
                + ToolFailure.quoted(String.valueOf(given)) + ", allowed is " + allowed + ".");
    }
}
