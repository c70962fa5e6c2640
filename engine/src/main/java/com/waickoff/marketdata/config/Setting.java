package com.waickoff.marketdata.config;

import com.waickoff.marketdata.feed.Nearest;
import com.waickoff.marketdata.terminal.Shown;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key of the configuration with its default and what it may be.
 *
 * <p>The range of a number is not repeated here: the record of the room that uses it checks it, and
 * is asked for one value at a time, so that all wrong values are found at once.
 *
 * <p>Threads: immutable.
 */
public final class Setting {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(_[0-9]+)*");
    private static final Pattern SECRET_KEY = Pattern
            .compile("(^|[.\\-_])(secret|password|passwd|passphrase|token|credentials?|(api|access"
                    + "|private)[\\-_]?key)(?!-file$)([.\\-_]|$)");
    /** Whose login is shown in no part. */
    private static final Pattern PROXY_KEY = Pattern.compile("(^|[.\\-_])proxy$");
    /** To the last at sign: a password may hold anything, even where it must not. */
    private static final Pattern URL_PASSWORD = Pattern.compile("(//[^/@:]*):.*@");
    private static final String MASK = "***";
    private static final String ALLOWED = "allowed ";

    private final String key;
    private final String defaultText;
    private final String meaning;
    private final Kind kind;

    /** What values a setting takes. */
    private sealed interface Kind {
        /** A whole number that a record's constructor accepts. */
        record Whole(LongConsumer check) implements Kind {}

        /** One of some words. */
        record Choice(List<String> choices) implements Kind {}

        /** Any text that passes. */
        record Text(Predicate<String> check, String allowed) implements Kind {}
    }

    private Setting(String key, String defaultText, String meaning, Kind kind) {
        this.key = key;
        this.defaultText = defaultText;
        this.meaning = meaning;
        this.kind = kind;
    }

    /**
     * A whole number.
     *
     * @param check throws {@link IllegalArgumentException} with {@code … allowed is …} if the room
     *     that uses the number refuses it
     */
    static Setting number(String key, long defaultValue, String meaning, LongConsumer check) {
        return new Setting(key, Long.toString(defaultValue), meaning, new Kind.Whole(check));
    }

    /** One of some words, the first of which is the default. */
    static Setting choice(String key, String meaning, String... choices) {
        return new Setting(key, choices[0], meaning, new Kind.Choice(List.of(choices)));
    }

    /**
     * Text that passes a check.
     *
     * @param allowed what passes, such as {@code is a directory}
     */
    static Setting text(String key, String defaultText, String meaning, Predicate<String> check,
            String allowed) {
        return new Setting(key, defaultText, meaning, new Kind.Text(check, allowed));
    }

    /** The key, such as {@code rows.ticks}. */
    public String key() {
        return key;
    }

    /** The value where none is given. */
    public String defaultText() {
        return defaultText;
    }

    /** What it is for, as half a sentence. */
    public String meaning() {
        return meaning;
    }

    /** The environment variable that sets it. */
    public String environmentName() {
        return "WAICKOFF_" + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** What it may be, such as {@code is 1 to 1000}. */
    public String allowed() {
        return switch (kind) {
            case Kind.Whole number -> {
                String refusal = refusal(number, Long.MIN_VALUE);
                yield refusal == null ? "is a whole number" : refusal;
            }
            case Kind.Choice choice ->
                choice.choices().size() == 1 ? "is " + choice.choices().get(0)
                        : "is one of " + String.join(", ", choice.choices());
            case Kind.Text text -> text.allowed();
        };
    }

    /** What is wrong with a value; null if nothing is. */
    @Nullable
    public String problemOf(String value) {
        String allowed = switch (kind) {
            case Kind.Whole number -> isNumber(value) ? refusal(number, numberOf(value))
                    : allowed();
            case Kind.Choice choice -> choice.choices().contains(value) ? null
                    : allowed() + Nearest.hint(value, choice.choices());
            case Kind.Text text -> text.check().test(value) ? null : allowed();
        };
        return allowed == null ? null
                : key + " is " + (value.isEmpty() ? "empty" : shown(key, value)) + ", allowed "
                        + allowed;
    }

    /** The number that a value without a problem stands for. */
    static long numberOf(String value) {
        return Long.parseLong(value.replace("_", ""));
    }

    /** A value as it may be printed: what is secret is not. */
    public static String shown(String key, String value) {
        if (SECRET_KEY.matcher(key.toLowerCase(Locale.ROOT)).find()) {
            return value.isEmpty() ? "" : MASK;
        }
        int login = PROXY_KEY.matcher(key).find() ? value.lastIndexOf('@') : -1;
        if (login >= 0) {
            int scheme = value.indexOf("//") + "//".length();
            return Shown.plain((scheme > login ? "" : value.substring(0, scheme)) + MASK
                    + value.substring(login));
        }
        return Shown.plain(URL_PASSWORD.matcher(value).replaceAll("$1:" + MASK + '@'));
    }

    private static boolean isNumber(String value) {
        // Eighteen digits always fit a long.
        return NUMBER.matcher(value).matches() && value.replace("_", "").length() <= 18;
    }

    /** What the room allows, if it refuses the value. */
    private static @Nullable String refusal(Kind.Whole number, long value) {
        try {
            number.check().accept(value);
            return null;
        } catch (IllegalArgumentException refused) {
            String message = String.valueOf(refused.getMessage());
            int allowed = message.lastIndexOf(ALLOWED);
            return allowed < 0 ? "is not this: " + message
                    : message.substring(allowed + ALLOWED.length());
        }
    }
}
