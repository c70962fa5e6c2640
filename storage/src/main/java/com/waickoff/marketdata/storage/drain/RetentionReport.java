package com.waickoff.marketdata.storage.drain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the status file of a drain says of retention, for people. Pure. */
final class RetentionReport {
    private static final String PREFIX = "retention.";
    private static final double MIB = 1 << 20;

    private final Map<String, String> values;

    private RetentionReport(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Nothing where the drain does no retention.
     *
     * @param values of the drain as a whole, by their keys
     */
    static List<String> lines(Map<String, String> values) {
        return values.containsKey(PREFIX + "state") ? new RetentionReport(values).lines()
                : List.of();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("retention: " + text("state") + ", last round " + moment("last_ms") + ", next "
                + moment("next_ms") + "; sealed " + number("sealed_files") + " files, "
                + mib("sealed_from_bytes") + " became " + mib("sealed_to_bytes")
                + "; days exported " + number("exported_days") + "; removed "
                + mib("removed_segments_bytes") + " of segments, " + mib("removed_parquet_bytes")
                + " of Parquet, " + number("removed_documents") + " documents");
        lines.add("tiers: journal " + mib("journal_bytes") + ", segments " + mib("segment_bytes")
                + ", Parquet " + mib("parquet_bytes")
                + (number("most_bytes") == 0 ? "" : ", of " + mib("most_bytes")) + "; free "
                + mib("free_bytes"));
        if (!text("stays").isEmpty()) {
            lines.add("retention: stays: " + text("stays"));
        }
        if (!text("last_error").isEmpty()) {
            lines.add("retention: last error " + moment("last_error_ms") + ": "
                    + text("last_error"));
        }
        return lines;
    }

    private String moment(String key) {
        return number(key) == 0 ? "-"
                : Instant.ofEpochMilli(number(key)).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private String mib(String key) {
        return String.format(Locale.ROOT, "%.1f MiB", number(key) / MIB);
    }

    private long number(String key) {
        try {
            return Long.parseLong(values.getOrDefault(PREFIX + key, "0"));
        } catch (NumberFormatException newer) {
            return 0;
        }
    }

    private String text(String key) {
        return values.getOrDefault(PREFIX + key, "");
    }
}
