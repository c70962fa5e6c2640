package com.waickoff.marketdata.config;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the drain takes the journal's effects, and how long what is kept stays: {@code drain.*},
 * {@code mongo.*}, {@code redis.*}, {@code retention.*}. The
 * drain is a program of another module and reads them as it reads the engine's.
 */
public final class StorageSettings {
    private static final String IN_FILE = "is nothing, or a file's path";
    private static final String NO_CONTROL = "is text without line breaks";

    /** Bound of the bus. */
    static final Setting STREAM_LENGTH = number("redis.stream-length", 100_000, 1_000,
            100_000_000, "about how many events an instrument's stream keeps");

    private static final List<Setting> OF_STORES = List.of(
            number("drain.batch-effects", 1_000, 1, 10_000,
                    "how many effects are written to a sink at once"),
            number("drain.checkpoint-seconds", 60, 1, 3_600,
                    "how often the drain writes its state, for itself and for the engine's start"),
            number("drain.back-off-max-ms", 30_000, 100, 600_000,
                    "longest wait before a sink that failed is tried again"),
            Setting.text("mongo.uri", "embedded",
                    "where bars, trades and signals are kept: a store hosted by the drain, a"
                            + " server, or none",
                    Pattern.compile("embedded|none|mongodb(\\+srv)?://\\S+").asMatchPredicate(),
                    "is embedded, none, or mongodb://host:port"),
            Setting.text("mongo.uri-file", "",
                    "file that holds mongo.uri, for one with a password", StorageSettings::isPath,
                    IN_FILE),
            Setting.text("mongo.database", "waickoff", "name of the database",
                    Pattern.compile("[A-Za-z0-9_-]{1,38}").asMatchPredicate(),
                    "is 1 to 38 letters, digits, dashes and underscores"),
            Setting.text("mongo.ca-file", "",
                    "certificates in PEM to trust instead of the system's",
                    StorageSettings::isPath, IN_FILE),
            Setting.choice("mongo.durability",
                    "when a write counts as confirmed: in a server's journal, or a majority's",
                    "journaled", "majority"),
            Setting.choice("mongo.trades", "whether single trades are kept", "kept",
                    "dropped"),
            number("mongo.deadline-ms", 20_000, 100, 600_000,
                    "how long a write or a question may take"),
            Setting.text("redis.uri", "embedded",
                    "where the bus is: a server hosted by the drain, another one, or nowhere",
                    Pattern.compile("embedded|none|rediss?://[^\\s@/?]+(/[0-9]{0,4})?")
                            .asMatchPredicate(),
                    "is embedded, none, or redis[s]://host:port/database without credentials"),
            Setting.text("redis.username", "", "user of the server's access list",
                    Pattern.compile("\\S*").asMatchPredicate(), "is a name without blanks"),
            Setting.text("redis.password", "",
                    "its password; better given in the environment or a file",
                    StorageSettings::isOneLine, NO_CONTROL),
            Setting.text("redis.password-file", "", "file that holds the password",
                    StorageSettings::isPath, IN_FILE),
            Setting.text("redis.ca-file", "",
                    "certificates in PEM to trust instead of the system's",
                    StorageSettings::isPath, IN_FILE),
            Setting.text("redis.certificate-file", "", "certificate of the drain, in PEM",
                    StorageSettings::isPath, IN_FILE),
            Setting.text("redis.key-file", "", "its private key, in PEM",
                    StorageSettings::isPath, IN_FILE),
            Setting.text("redis.prefix", "waickoff", "first part of all keys",
                    Pattern.compile("[A-Za-z0-9._-]{1,64}").asMatchPredicate(),
                    "is 1 to 64 letters, digits, dots, dashes and underscores"),
            STREAM_LENGTH,
            Setting.text("redis.embedded-memory-mb", EngineSettings.AUTO,
                    "most memory of a Redis hosted by the drain; auto follows from the length of"
                            + " streams and the number of instruments",
                    StorageSettings::isMemory, "is auto, or 16 to 1048576"),
            number("redis.timeout-ms", 2_000, 50, 60_000, "how long an answer may take"),
            number("redis.latest-expiry-seconds", 60, 1, 86_400,
                    "how long what was last seen of an instrument stays"));

    /** All of them. */
    public static final List<Setting> ALL = Stream.of(OF_STORES, RetentionKeys.ALL)
            .flatMap(List::stream).toList();

    private StorageSettings() {}

    private static Setting number(String key, long value, int least, int most, String meaning) {
        return Setting.number(key, value, meaning,
                number -> EngineSettings.range(key, number, least, most));
    }

    private static boolean isMemory(String text) {
        return text.equals(EngineSettings.AUTO) || (text.matches("[0-9]{1,7}")
                && Integer.parseInt(text) >= 16 && Integer.parseInt(text) <= 1 << 20);
    }

    private static boolean isOneLine(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isPath(String text) {
        return text.isEmpty() || (!text.isBlank() && isOneLine(text));
    }
}
