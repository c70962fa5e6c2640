package com.waickoff.marketdata.storage.retention;

import com.waickoff.marketdata.replay.ExportTable;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How long what stays, and how much of it. Where a number of bytes is 0 there is no bound, where a
 * duration is zero it is for ever.
 *
 * @param every how long between two rounds
 * @param freeBytes below so much free disk the oldest goes at once, until there is as much again
 * @param diskBytes what journal, segments and Parquet may take together
 * @param hot files of the journal
 * @param segments what they became
 * @param parquet tables of days
 * @param warm what the database keeps
 */
public record RetentionSettings(Duration every, long freeBytes, long diskBytes, Hot hot,
        Segments segments, Parquet parquet, Warm warm) {
    private static final String PREFIX = "retention.";
    private static final String NONE = "none";
    private static final String AUTO = "auto";
    private static final String BARS = "bars-";
    private static final List<String> WARM_KINDS = List.of("trades", "bars-1m", "bars-5m",
            "bars-15m", "bars-1h", "bars-4h", "bars-1d", "signals", "states");

    /**
     * Files of the journal.
     *
     * @param age from which on they are sealed
     * @param bytes beyond which they are sealed earlier
     * @param levelBytes the same of book levels alone: less than what the engine lets them take, so
     *     that it does not come to remove what is not sealed
     */
    public record Hot(Duration age, long bytes, long levelBytes) {
        /** Checks ranges. */
        public Hot {
            requireNotNegative("journal bytes", bytes);
            requireNotNegative("bytes of levels", levelBytes);
        }
    }

    /**
     * Segments.
     *
     * @param tradesAge how old those of the tape become
     * @param levelsAge how old those of book levels become
     * @param bytes of all of them
     */
    public record Segments(Duration tradesAge, Duration levelsAge, long bytes) {
        /** Checks ranges. */
        public Segments {
            requireNotNegative("segment bytes", bytes);
        }
    }

    /**
     * Parquet.
     *
     * @param ages which tables are written, and how old their files become
     * @param bytes of all of them
     */
    public record Parquet(Map<ExportTable, Duration> ages, long bytes) {
        /** Checks ranges; the map is copied. */
        public Parquet {
            requireNotNegative("parquet bytes", bytes);
            ages = Map.copyOf(ages);
        }
    }

    /**
     * Documents.
     *
     * @param ages how old they become, by the names of collections, {@code trades} for all days of
     *     them; what is not named stays for ever
     * @param bytes of all of them, beyond which the oldest days of trades go earlier
     */
    public record Warm(Map<String, Duration> ages, long bytes) {
        /** Checks ranges; the map is copied. */
        public Warm {
            requireNotNegative("bytes of documents", bytes);
            ages = Map.copyOf(ages);
        }
    }

    /** Checks ranges. */
    public RetentionSettings {
        if (every.isNegative() || every.isZero()) {
            throw new IllegalArgumentException(
                    "retention runs every " + every + ", allowed is more than nothing");
        }
        requireNotNegative("free bytes", freeBytes);
        requireNotNegative("disk bytes", diskBytes);
    }

    /**
     * What is configured.
     *
     * @param values of {@code retention.*}, {@code journal.keep-books-mb} and
     *     {@code journal.resume-books-mb}, each one that is allowed
     */
    public static RetentionSettings of(Map<String, String> values) {
        Map<ExportTable, Duration> tables = new EnumMap<>(ExportTable.class);
        String parquet = text(values, PREFIX + "parquet");
        for (String table : parquet.equals(NONE) ? new String[0] : parquet.split(",", -1)) {
            String name = table.strip();
            tables.put(ExportTable.valueOf(name.toUpperCase(Locale.ROOT)),
                    days(values, "parquet-" + name + "-days"));
        }
        Map<String, Duration> warm = new HashMap<>();
        for (String kind : WARM_KINDS) {
            Duration age = days(values, "mongo-" + kind + "-days");
            if (!age.isZero()) {
                warm.put(kind.startsWith(BARS) ? kind.replace('-', '_') : kind, age);
            }
        }
        String free = text(values, PREFIX + "free-mb");
        long freeMb = free.equals(AUTO) ? 2 * number(values, "journal.resume-books-mb")
                : number(values, PREFIX + "free-mb");
        return new RetentionSettings(Duration.ofMinutes(number(values, PREFIX + "every-minutes")),
                freeMb << 20, mb(values, "disk-mb"),
                new Hot(Duration.ofHours(number(values, PREFIX + "journal-hours")),
                        mb(values, "journal-mb"),
                        (number(values, "journal.keep-books-mb") << 20) / 4 * 3),
                new Segments(days(values, "segments-trades-days"),
                        days(values, "segments-levels-days"), mb(values, "segments-mb")),
                new Parquet(tables, mb(values, "parquet-mb")),
                new Warm(warm, mb(values, "mongo-mb")));
    }

    private static Duration days(Map<String, String> values, String key) {
        return Duration.ofDays(number(values, PREFIX + key));
    }

    private static long mb(Map<String, String> values, String key) {
        return number(values, PREFIX + key) << 20;
    }

    private static long number(Map<String, String> values, String key) {
        return Long.parseLong(text(values, key).replace("_", ""));
    }

    private static String text(Map<String, String> values, String key) {
        return Objects.requireNonNull(values.get(key), key);
    }

    private static void requireNotNegative(String what, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(
                    "retention, " + what + ": " + value + ", allowed is from 0");
        }
    }
}
