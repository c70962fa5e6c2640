package com.waickoff.marketdata.mcp.health;

import java.util.Locale;

/**
 * Text in the exposition format of Prometheus, version 0.0.4.
 *
 * <pre>
 *   # HELP name what it is
 *   # TYPE name counter
 *   name{label="value"} 1
 * </pre>
 */
final class Exposition {
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();

    /** Begins a family: all its samples follow. */
    Exposition family(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ')
                .append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n')
                .append("# TYPE ").append(name).append(' ').append(type).append('\n');
        return this;
    }

    /** A sample that is a count, with names and values of labels in turn. */
    Exposition sample(String name, long value, String... labels) {
        return line(name, Long.toString(value), labels);
    }

    /** A sample in seconds, with names and values of labels in turn. */
    Exposition seconds(String name, double value, String... labels) {
        return line(name, String.format(Locale.ROOT, "%.9f", value), labels);
    }

    private Exposition line(String name, String value, String... labels) {
        text.append(name);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"")
                    .append(escaped(labels[i + 1])).append('"');
        }
        if (labels.length > 0) {
            text.append('}');
        }
        text.append(' ').append(value).append('\n');
        return this;
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
