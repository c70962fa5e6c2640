package com.waickoff.venue.recording;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A JSON text as a tree that keeps the order of members and the letters of every scalar, so that a
 * frame can be taken apart and put together again without changing a digit. Slow and allocating:
 * for faults and tests. Immutable only as far as its lists and maps are left alone.
 */
public sealed interface Json {
    /** An object; the keys are without their quotes, escapes as written. */
    record Members(LinkedHashMap<String, Json> byName) implements Json {}

    /** An array. */
    record Items(List<Json> items) implements Json {}

    /** A string (with its quotes), number, {@code true}, {@code false} or {@code null}. */
    record Scalar(String token) implements Json {}

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException if it is not one JSON value
     */
    static Json parse(String text) {
        return new Parser(text).parse();
    }

    /** The value without white space. */
    default String text() {
        StringBuilder out = new StringBuilder();
        write(out, "");
        return out.toString();
    }

    /** Writes the value with {@code gap} around every token, e.g. a blank. */
    default void write(StringBuilder out, String gap) {
        switch (this) {
            case Scalar scalar -> out.append(scalar.token);
            case Items items -> {
                out.append('[').append(gap);
                String separator = "";
                for (Json item : items.items) {
                    out.append(separator);
                    item.write(out, gap);
                    separator = gap + "," + gap;
                }
                out.append(gap).append(']');
            }
            case Members members -> {
                out.append('{').append(gap);
                String separator = "";
                for (Map.Entry<String, Json> member : members.byName.entrySet()) {
                    out.append(separator).append('"').append(member.getKey()).append('"');
                    out.append(gap).append(':').append(gap);
                    member.getValue().write(out, gap);
                    separator = gap + "," + gap;
                }
                out.append(gap).append('}');
            }
        }
    }

    /** Whether this is an object with a member of the name. */
    default boolean has(String name) {
        return this instanceof Members members && members.byName.containsKey(name);
    }

    /**
     * The member of a name.
     *
     * @throws IllegalArgumentException if this is no object or has no such member
     */
    default Json get(String name) {
        if (this instanceof Members members) {
            Json value = members.byName.get(name);
            if (value != null) {
                return value;
            }
        }
        throw new IllegalArgumentException("no member " + name + " in " + text());
    }

    /**
     * The items of an array.
     *
     * @throws IllegalArgumentException if this is none
     */
    default List<Json> list() {
        if (this instanceof Items array) {
            return array.items;
        }
        throw new IllegalArgumentException("no array: " + text());
    }

    /** The letters of a scalar, a string's without its quotes (escapes as written). */
    default String value() {
        if (this instanceof Scalar(String token)) {
            return token.startsWith("\"") ? token.substring(1, token.length() - 1) : token;
        }
        throw new IllegalArgumentException("no scalar: " + text());
    }

    /** Recursive descent over one text. */
    final class Parser {
        private static final Pattern WORD = Pattern
                .compile("true|false|null|-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

        private final String text;
        private int at;

        private Parser(String text) {
            this.text = text;
        }

        private Json parse() {
            Json value = value();
            skipSpace();
            if (at != text.length()) {
                throw malformed("text after the value");
            }
            return value;
        }

        private Json value() {
            skipSpace();
            return switch (peek()) {
                case '{' -> object();
                case '[' -> array();
                case '"' -> new Scalar(string());
                default -> new Scalar(word());
            };
        }

        private Json object() {
            LinkedHashMap<String, Json> members = new LinkedHashMap<>();
            at++;
            skipSpace();
            if (peek() == '}') {
                at++;
                return new Members(members);
            }
            while (true) {
                skipSpace();
                String quoted = string();
                expect(':');
                members.put(quoted.substring(1, quoted.length() - 1), value());
                if (endsAfterSeparator('}')) {
                    return new Members(members);
                }
            }
        }

        private Json array() {
            List<Json> items = new ArrayList<>();
            at++;
            skipSpace();
            if (peek() == ']') {
                at++;
                return new Items(items);
            }
            while (true) {
                items.add(value());
                if (endsAfterSeparator(']')) {
                    return new Items(items);
                }
            }
        }

        private boolean endsAfterSeparator(char end) {
            skipSpace();
            if (peek() == end) {
                at++;
                return true;
            }
            expect(',');
            return false;
        }

        private String string() {
            int start = at;
            if (peek() != '"') {
                throw malformed("no string");
            }
            at++;
            while (peek() != '"') {
                at += peek() == '\\' ? 2 : 1;
            }
            at++;
            return text.substring(start, at);
        }

        private String word() {
            int start = at;
            while (at < text.length() && ",:{}[]\" \t\r\n".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String word = text.substring(start, at);
            if (!WORD.matcher(word).matches()) {
                throw malformed("no value");
            }
            return word;
        }

        private void expect(char wanted) {
            skipSpace();
            if (peek() != wanted) {
                throw malformed("no " + wanted);
            }
            at++;
        }

        private char peek() {
            if (at >= text.length()) {
                throw malformed("the text ends early");
            }
            return text.charAt(at);
        }

        private void skipSpace() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private IllegalArgumentException malformed(String what) {
            return new IllegalArgumentException("not JSON: " + what + " at " + at + " of " + text);
        }
    }
}
