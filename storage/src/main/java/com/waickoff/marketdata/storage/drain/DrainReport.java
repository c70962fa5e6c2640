package com.waickoff.marketdata.storage.drain;

import com.waickoff.marketdata.status.DrainStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the status file of a drain says: for other processes than the drain.
 *
 * <p>Threads: immutable.
 */
public final class DrainReport {
    private static final String ROW = "%-8s %-12s %10s %10s %14s %10s %14s %8s %7s %7s";

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

    private final DrainStatus status;

    private DrainReport(DrainStatus status) {
        this.status = status;
    }

    /**
     * Reads the file.
     *
     * @param directory of the drain
     * @throws java.nio.file.NoSuchFileException if no drain has run there
     * @throws IOException if it cannot be read or is of another version
     */
    public static DrainReport read(Path directory) throws IOException {
        return new DrainReport(DrainStatus.read(directory));
    }

    /**
     * A lane as its drain last told.
     *
     * @param name of its sink
     * @param state as {@link LaneState#label} writes it; of a newer version any word
     * @param lagMs how far its sink is behind the journal, in time; -1 where nobody knows
     * @param lagEvents how far in events; -1 where nobody knows
     * @param retries how often the sink failed since the start
     * @param poison effects set aside since the start
     * @param missingEvents events that were gone from the journal before they were read
     */
    public record LaneReport(String name, String state, long lagMs, long lagEvents, long retries,
            long poison, long missingEvents) {}

    /** The lanes, by name. */
    public List<LaneReport> laneReports() {
        return status.lanes().stream().map(lane -> new LaneReport(lane,
                status.text(lane, "state"), status.lagMs(lane), status.lagEvents(lane),
                status.number(lane, "retries"), status.number(lane, "poison"),
                status.number(lane, "missing_events"))).toList();
    }

    /** Whether a drain is running and each of its lanes goes on. */
    public boolean isWell(long nowMs) {
        return isRunning(nowMs) && laneReports().stream().map(LaneReport::state)
                .noneMatch(state -> state.equals(LaneState.FAILED.label())
                        || state.equals(LaneState.STOPPED.label()));
    }

    /** Whether the drain that wrote it lives. */
    public boolean isRunning(long nowMs) {
        return status.isRunning(nowMs);
    }

    /** For people. */
    public List<String> lines(long nowMs) {
        List<String> lines = new ArrayList<>();
        lines.add(isRunning(nowMs)
                ? "drain: process " + status.number("pid") + ", running for "
                        + seconds(nowMs - status.number("started_ms"))
                : "drain: not running; what follows is "
                        + seconds(nowMs - status.number("written_ms")) + " old");
        lines.add(String.format(Locale.ROOT, ROW, "SINK", "STATE", "BEHIND", "EVENTS", "SEQUENCE",
                "EFFECTS/S", "EFFECTS", "RETRIES", "POISON", "MISSING"));
        for (LaneReport lane : laneReports()) {
            String name = lane.name();
            lines.add(String.format(Locale.ROOT, ROW, name, lane.state(),
                    lane.lagMs() < 0 ? "-" : seconds(lane.lagMs()),
                    lane.lagEvents() < 0 ? "-" : Long.toString(lane.lagEvents()),
                    status.text(name, "handled_sequence"),
                    status.text(name, "effects_per_second"), status.text(name, "effects"),
                    lane.retries(), lane.poison(), lane.missingEvents()));
        }
        for (String lane : status.lanes()) {
            if (!status.text(lane, "last_error").isEmpty()) {
                lines.add(lane + ": last error "
                        + Instant.ofEpochMilli(status.number(lane, "last_error_ms")) + ": "
                        + status.text(lane, "last_error"));
            }
        }
        lines.addAll(RetentionReport.lines(status.process()));
        return lines;
    }

    /** One object: the process, and in {@code sinks} the lanes by name. */
    public String json(long nowMs) {
        JsonLine sinks = new JsonLine();
        status.lanes().forEach(lane -> sinks.put(lane, object(status.lane(lane))));
        return object(status.process()).put("running", isRunning(nowMs)).put("sinks", sinks)
                .toString();
    }

    private static JsonLine object(Map<String, String> values) {
        JsonLine json = new JsonLine();
        values.forEach((key, value) -> {
            if (WHOLE.matcher(value).matches()) {
                json.put(key, Long.parseLong(value));
            } else {
                json.put(key, value);
            }
        });
        return json;
    }

    private static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.1f s", ms / 1e3);
    }
}
