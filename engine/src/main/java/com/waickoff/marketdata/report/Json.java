package com.waickoff.marketdata.report;

import java.util.Locale;

/**
 * Writes JSON from left to right, and sees to commas and quotes; that brackets match is the caller's.
 *
 * <p>Threads: one.
 */
public final class Json {
    private final StringBuilder json = new StringBuilder();

    /** Opens an object or array, as an element of an array or as the whole. */
    public Json open(char bracket) {
        comma();
        json.append(bracket);
        return this;
    }

    /** Opens an object or array, as a member of an object. */
    public Json begin(String name, char bracket) {
        name(name);
        json.append(bracket);
        return this;
    }

    /** Closes an object or array. */
    public Json end(char bracket) {
        json.append(bracket);
        return this;
    }

    /** A member that is a number. */
    public Json number(String name, long value) {
        return literal(name, Long.toString(value));
    }

    /** A member that is written as it stands: a decimal, {@code true}, {@code null}. */
    public Json literal(String name, String value) {
        name(name);
        json.append(value);
        return this;
    }

    /** A member that is a text. */
    public Json text(String name, String value) {
        name(name);
        quote(value);
        return this;
    }

    /** An element that is written as it stands. */
    public Json literal(String value) {
        comma();
        json.append(value);
        return this;
    }

    /** An element that is a text. */
    public Json text(String value) {
        comma();
        quote(value);
        return this;
    }

    @Override
    public String toString() {
        return json.toString();
    }

    private void name(String name) {
        comma();
        quote(name);
        json.append(':');
    }

    private void comma() {
        char last = json.isEmpty() ? '{' : json.charAt(json.length() - 1);
        if (last != '{' && last != '[' && last != ':') {
            json.append(',');
        }
    }

    private void quote(String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
