package com.waickoff.marketdata.config;

import com.waickoff.marketdata.terminal.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How long which tier keeps what: {@code retention.*}. The drain acts by them. */
public final class RetentionKeys {
    private static final int MOST_DAYS = 36_500;
    private static final int MOST_MB = 1 << 24;
    private static final Set<String> TABLES = Set.of("trades", "levels", "windows", "profile",
            "signals");
    private static final String NONE = "none";
    private static final long MIB = 1L << 20;

    private static final Setting FREE_MB = Setting.text("retention.free-mb", EngineSettings.AUTO,
            "below so many MiB of free disk what is oldest goes at once; auto is twice"
                    + " journal.resume-books-mb, 0 is never",
            RetentionKeys::isAutoOrMb, "is auto, or 0 to " + MOST_MB);
    private static final Setting DISK_MB = number("disk-mb", 0, MOST_MB,
            "what journal, segments and Parquet may take together, in MiB; 0 for no bound");
    private static final Setting JOURNAL_HOURS = number("journal-hours", 24, 24 * MOST_DAYS,
            "how old a closed file of the journal is when it is sealed into a segment");
    private static final Setting JOURNAL_MB = number("journal-mb", 8_192, MOST_MB,
            "what files of the journal may take before they are sealed earlier, in MiB; 0 for no"
                    + " bound");
    private static final Setting SEGMENTS_TRADES_DAYS = days("segments-trades-days", 365,
            "how long segments of trades stay");
    private static final Setting SEGMENTS_LEVELS_DAYS = days("segments-levels-days", 30,
            "how long segments of book levels stay");
    private static final Setting SEGMENTS_MB = number("segments-mb", 20_480, MOST_MB,
            "what segments may take, in MiB; 0 for no bound");
    private static final Setting PARQUET = Setting.text("retention.parquet",
            "trades,windows,profile,signals",
            "which tables of each day are written as Parquet", RetentionKeys::areTables,
            "is none, or some of trades, levels, windows, profile and signals with commas between"
                    + " them");
    private static final Setting PARQUET_MB = number("parquet-mb", 20_480, MOST_MB,
            "what Parquet may take, in MiB; 0 for no bound");
    private static final Setting MONGO_MB = number("mongo-mb", 0, MOST_MB,
            "what documents may take before the oldest days of trades go earlier, in MiB; 0 for no"
                    + " bound");

    /** All of them. */
    static final List<Setting> ALL = List.of(
            number("every-minutes", 60, 1, 1_440, "how often the drain looks what may go"),
            FREE_MB, DISK_MB, JOURNAL_HOURS, JOURNAL_MB, SEGMENTS_TRADES_DAYS,
            SEGMENTS_LEVELS_DAYS, SEGMENTS_MB, PARQUET,
            days("parquet-trades-days", 365, "how long Parquet of trades stays"),
            days("parquet-levels-days", 30, "how long Parquet of book levels stays"),
            days("parquet-windows-days", 0, "how long Parquet of bars stays"),
            days("parquet-profile-days", 365, "how long Parquet of rows of bars stays"),
            days("parquet-signals-days", 0, "how long Parquet of signals stays"), PARQUET_MB,
            days("mongo-trades-days", 7, "how long days of trades stay in MongoDB"),
            days("mongo-bars-1m-days", 90, "how long bars of a minute stay in MongoDB"),
            days("mongo-bars-5m-days", 180, "how long bars of 5 minutes stay in MongoDB"),
            days("mongo-bars-15m-days", 365, "how long bars of 15 minutes stay in MongoDB"),
            days("mongo-bars-1h-days", 730, "how long bars of an hour stay in MongoDB"),
            days("mongo-bars-4h-days", 0, "how long bars of 4 hours stay in MongoDB"),
            days("mongo-bars-1d-days", 0, "how long bars of a day stay in MongoDB"),
            days("mongo-signals-days", 90, "how long signals stay in MongoDB"),
            days("mongo-states-days", 30, "how long states of books and feeds stay in MongoDB"),
            MONGO_MB);

    private RetentionKeys() {}

    /** What is right by itself, and wrong together with the rest. */
    static List<String> problems(Configuration configuration) {
        List<String> problems = new ArrayList<>();
        long freeMb = freeMb(configuration);
        long resumeMb = configuration.number(Settings.JOURNAL_RESUME_BOOKS_MB);
        if (freeMb != 0 && freeMb <= resumeMb) {
            problems.add(FREE_MB.key() + " is " + freeMb
                    + ", allowed is 0 or more than journal.resume-books-mb, which is " + resumeMb
                    + ": what is old is to go before book levels are left out");
        }
        long tradesDays = configuration.number(SEGMENTS_TRADES_DAYS);
        long levelsDays = configuration.number(SEGMENTS_LEVELS_DAYS);
        if (tradesDays != 0 && (levelsDays == 0 || levelsDays > tradesDays)) {
            problems.add(SEGMENTS_LEVELS_DAYS.key() + " is " + levelsDays + ", allowed is 1 to "
                    + SEGMENTS_TRADES_DAYS.key() + ", which is " + tradesDays
                    + ": levels cannot be read without the trades of their time");
        }
        return problems;
    }

    private static long freeMb(Configuration configuration) {
        String text = configuration.get(FREE_MB).text();
        return text.equals(EngineSettings.AUTO)
                ? 2 * configuration.number(Settings.JOURNAL_RESUME_BOOKS_MB)
                : Setting.numberOf(text);
    }

    private static boolean isAutoOrMb(String text) {
        return text.equals(EngineSettings.AUTO) || (text.matches("[0-9]{1,8}(_[0-9]{1,3})*")
                && Setting.numberOf(text) <= MOST_MB);
    }

    /** What each tier will be, for people: names and sentences. */
    public static Map<String, String> tiers(Configuration configuration) {
        Map<String, String> tiers = new LinkedHashMap<>();
        tiers.put("tier hot, journal", "files for " + configuration.number(JOURNAL_HOURS)
                + " h" + upTo(configuration, JOURNAL_MB) + ", then segments");
        tiers.put("tier hot, Redis", "about " + configuration.get(StorageSettings.STREAM_LENGTH)
                .text() + " events an instrument");
        tiers.put("tier warm, MongoDB", stays(configuration, "mongo-")
                + upTo(configuration, MONGO_MB));
        tiers.put("tier cold, segments", "trades " + days(configuration, SEGMENTS_TRADES_DAYS)
                + ", book levels " + days(configuration, SEGMENTS_LEVELS_DAYS)
                + upTo(configuration, SEGMENTS_MB));
        String tables = configuration.get(PARQUET).text();
        tiers.put("tier cold, Parquet", tables.equals(NONE) ? NONE
                : "a day each of " + tables + "; " + stays(configuration, "parquet-")
                        + upTo(configuration, PARQUET_MB));
        tiers.put("disk", configuration.number(DISK_MB) == 0 ? "no bound of all of it"
                : "journal, segments and Parquet" + upTo(configuration, DISK_MB));
        tiers.put("disk, oldest goes", freeMb(configuration) == 0 ? "by age only"
                : "at once below " + Figures.bytes(freeMb(configuration) * MIB)
                        + " of free disk");
        return tiers;
    }

    private static String stays(Configuration configuration, String part) {
        String prefix = "retention." + part;
        String suffix = "-days";
        return String.join(", ", ALL.stream()
                .filter(key -> key.key().startsWith(prefix) && key.key().endsWith(suffix))
                .map(key -> key.key().substring(prefix.length(),
                        key.key().length() - suffix.length()) + ' ' + days(configuration, key))
                .toList());
    }

    private static String days(Configuration configuration, Setting key) {
        long days = configuration.number(key);
        return days == 0 ? "for ever" : days + " d";
    }

    private static String upTo(Configuration configuration, Setting key) {
        long mb = configuration.number(key);
        return mb == 0 ? "" : ", at most " + Figures.bytes(mb * MIB);
    }

    private static boolean areTables(String text) {
        return text.equals(NONE) || Arrays.stream(text.split(",", -1)).map(String::strip)
                .allMatch(TABLES::contains);
    }

    private static Setting days(String key, int value, String meaning) {
        return number(key, value, MOST_DAYS, meaning + ", in days; 0 for ever");
    }

    private static Setting number(String key, int value, int most, String meaning) {
        return number(key, value, 0, most, meaning);
    }

    private static Setting number(String key, int value, int least, int most, String meaning) {
        String whole = "retention." + key;
        return Setting.number(whole, value, meaning,
                number -> EngineSettings.range(whole, number, least, most));
    }
}
