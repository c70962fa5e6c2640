package com.waickoff.marketdata.storage.drain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the status file of a drain says: for other processes than the drain.
 *
 * <p>Threads: immutable.
 */
public final class DrainReport {
    private static final String LANE = "lane.";
    private static final long TOO_OLD_MS = 10_000;

    private final Map<String, String> values;

    private DrainReport(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads the file.
     *
     * @param directory of the drain
     * @throws java.nio.file.NoSuchFileException if no drain has run there
     * @throws IOException if it cannot be read or is of another version
     */
    public static DrainReport read(Path directory) throws IOException {
        Path file = StatusFile.in(directory);
        Map<String, String> values = new TreeMap<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        String format = values.getOrDefault("format", "");
        if (!format.equals(Integer.toString(StatusFile.FORMAT))) {
            throw new IOException(file + ": says format '" + format + "', this program reads "
                    + StatusFile.FORMAT);
        }
        return new DrainReport(values);
    }

    /**
     * A lane as its drain last told.
     *
     * @param name of its sink
     * @param state as {@link LaneState#label} writes it; of a newer version any word
     * @param lagMs how far its sink is behind the journal; -1 where nobody knows
     * @param retries how often the sink failed since the start
     * @param poison effects set aside since the start
     * @param missingEvents events that were gone from the journal before they were read
     */
    public record LaneReport(String name, String state, long lagMs, long retries, long poison,
            long missingEvents) {}

    /** The lanes, by name. */
    public List<LaneReport> laneReports() {
        return lanes().stream().map(lane -> {
            String prefix = LANE + lane + '.';
            return new LaneReport(lane, value(lane, "state"),
                    values.containsKey(prefix + "lag_ms") ? number(prefix + "lag_ms") : -1,
                    number(prefix + "retries"), number(prefix + "poison"),
                    number(prefix + "missing_events"));
        }).toList();
    }

    /** Whether a drain is running and each of its lanes goes on. */
    public boolean isWell(long nowMs) {
        return isRunning(nowMs) && lanes().stream()
                .noneMatch(lane -> value(lane, "state").equals(LaneState.FAILED.label())
                        || value(lane, "state").equals(LaneState.STOPPED.label()));
    }

    /** Whether the drain that wrote it lives. */
    public boolean isRunning(long nowMs) {
        return nowMs - number("written_ms") < TOO_OLD_MS
                && ProcessHandle.of(number("pid")).isPresent();
    }

    /** For people. */
    public List<String> lines(long nowMs) {
        List<String> lines = new ArrayList<>();
        lines.add(isRunning(nowMs)
                ? "drain: process " + number("pid") + ", running for "
                        + seconds(nowMs - number("started_ms"))
                : "drain: not running; what follows is " + seconds(nowMs - number("written_ms"))
                        + " old");
        lines.add(String.format(Locale.ROOT, "%-8s %-12s %10s %14s %10s %14s %8s %7s %7s", "SINK",
                "STATE", "LAG", "SEQUENCE", "EFFECTS/S", "EFFECTS", "RETRIES", "POISON",
                "MISSING"));
        for (String lane : lanes()) {
            lines.add(String.format(Locale.ROOT, "%-8s %-12s %10s %14s %10s %14s %8s %7s %7s",
                    lane, value(lane, "state"), lag(lane), value(lane, "handled_sequence"),
                    value(lane, "effects_per_second"), value(lane, "effects"),
                    value(lane, "retries"), value(lane, "poison"),
                    value(lane, "missing_events")));
        }
        for (String lane : lanes()) {
            if (!value(lane, "last_error").isEmpty()) {
                lines.add(lane + ": last error "
                        + Instant.ofEpochMilli(number(LANE + lane + ".last_error_ms")) + ": "
                        + value(lane, "last_error"));
            }
        }
        return lines;
    }

    /** One object: the process, and the lanes by name. */
    public String json(long nowMs) {
        JsonLine json = new JsonLine();
        json.put("running", isRunning(nowMs) ? 1 : 0);
        values.forEach((key, value) -> {
            if (value.matches("-?[0-9]{1,18}")) {
                json.put(key, Long.parseLong(value));
            } else {
                json.put(key, value);
            }
        });
        return json.toString();
    }

    private String lag(String lane) {
        long lagMs = number(LANE + lane + ".lag_ms");
        return lagMs < 0 ? "-" : seconds(lagMs);
    }

    private static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.1f s", ms / 1e3);
    }

    private Set<String> lanes() {
        Set<String> lanes = new TreeSet<>();
        for (String key : values.keySet()) {
            if (key.startsWith(LANE)) {
                lanes.add(key.substring(LANE.length(), key.indexOf('.', LANE.length())));
            }
        }
        return lanes;
    }

    private String value(String lane, String field) {
        return values.getOrDefault(LANE + lane + '.' + field, "-");
    }

    private long number(String key) {
        try {
            return Long.parseLong(values.getOrDefault(key, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
