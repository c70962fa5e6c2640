package com.waickoff.marketdata.storage.drain;

import com.waickoff.marketdata.status.DrainStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Writes how the lanes of a drain are doing, as {@link DrainStatus} reads it.
 *
 * <p>Threads: one.
 */
final class StatusFile {
    private static final long RATES_OVER_MS = 10_000;
    private static final long NS_PER_MS = 1_000_000L;

    private final Path directory;
    private final long epoch;
    private final LongSupplier epochMs;
    private final long startedMs;
    /** The oldest is as old as rates reach back. */
    private final Deque<Moment> moments = new ArrayDeque<>();

    private record Moment(long atMs, List<LaneStatus.Reading> lanes) {}

    StatusFile(Path directory, long epoch, LongSupplier epochMs) {
        this.directory = directory;
        this.epoch = epoch;
        this.epochMs = epochMs;
        startedMs = epochMs.getAsLong();
    }

    /**
     * Replaces the file.
     *
     * @param newest sequence of the journal's newest event; {@link NewestEvent#UNKNOWN} if nobody knows
     * @param more values of others by their keys
     */
    void write(List<LaneStatus.Reading> lanes, long newest, Map<String, String> more)
            throws IOException {
        long nowMs = epochMs.getAsLong();
        moments.addLast(new Moment(nowMs, lanes));
        while (moments.size() > 2 && nowMs - moments.getFirst().atMs > RATES_OVER_MS) {
            moments.removeFirst();
        }
        Map<String, String> values = new TreeMap<>(more);
        values.put("pid", Long.toString(ProcessHandle.current().pid()));
        values.put("epoch", Long.toString(epoch));
        values.put("started_ms", Long.toString(startedMs));
        values.put("written_ms", Long.toString(nowMs));
        for (int i = 0; i < lanes.size(); i++) {
            put(values, lanes.get(i), i, nowMs);
            put(values, DrainStatus.prefix(lanes.get(i).name()) + "lag_events",
                    lagEvents(lanes.get(i), newest));
        }
        DrainStatus.write(directory, values);
    }

    private void put(Map<String, String> values, LaneStatus.Reading lane, int index, long nowMs) {
        Moment before = moments.getFirst();
        LaneStatus.Reading earlier = before.lanes.get(index);
        String prefix = DrainStatus.prefix(lane.name());
        values.put(prefix + "state", lane.state().label());
        put(values, prefix + "handled_sequence", lane.handledSequence());
        put(values, prefix + "checkpoint_sequence", lane.checkpointSequence());
        put(values, prefix + "lag_ms", lagMs(lane, nowMs));
        put(values, prefix + "events", lane.events());
        put(values, prefix + "events_per_second",
                perSecond(lane.events() - earlier.events(), nowMs - before.atMs));
        put(values, prefix + "effects", lane.effects());
        put(values, prefix + "effects_per_second",
                perSecond(lane.effects() - earlier.effects(), nowMs - before.atMs));
        put(values, prefix + "batches", lane.batches());
        put(values, prefix + "skipped", lane.skipped());
        put(values, prefix + "retries", lane.retries());
        put(values, prefix + "rewinds", lane.rewinds());
        put(values, prefix + "poison", lane.poison());
        put(values, prefix + "holes", lane.holes());
        put(values, prefix + "missing_events", lane.missingEvents());
        put(values, prefix + "failed_checkpoints", lane.failedCheckpoints());
        values.put(prefix + "last_error", lane.lastError());
        put(values, prefix + "last_error_ms", lane.lastErrorMs());
        lane.written().forEach((type, count) -> put(values, prefix + "written." + type, count));
    }

    /**
     * How long ago the newest event whose effects the sink has was received; 0 where it has all there
     * is, -1 where nobody knows.
     */
    private static long lagMs(LaneStatus.Reading lane, long nowMs) {
        return switch (lane.state()) {
            case FOLLOWING -> 0;
            case STOPPED, FAILED -> -1;
            default -> lane.handledReceiveTimeNs() == 0 ? -1
                    : Math.max(0, nowMs - lane.handledReceiveTimeNs() / NS_PER_MS);
        };
    }

    /** What was journaled and its sink has not had yet; -1 where nobody knows. */
    private static long lagEvents(LaneStatus.Reading lane, long newest) {
        long has = Math.max(lane.handledSequence(), lane.confirmed().sequence());
        return newest == NewestEvent.UNKNOWN ? -1 : Math.max(0, newest - has);
    }

    private static long perSecond(long count, long ms) {
        return ms <= 0 ? 0 : count * 1_000 / ms;
    }

    private static void put(Map<String, String> values, String key, long value) {
        values.put(key, String.format(Locale.ROOT, "%d", value));
    }
}
