package com.waickoff.marketdata.storage.drain;

import com.waickoff.marketdata.journal.SequenceRange;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a lane is doing. Threads: the lane writes, anybody reads.
 */
public final class LaneStatus {
    private final String name;
    private final Map<String, Long> written = new TreeMap<>();
    private LaneState state = LaneState.STARTING;
    private EffectId confirmed = EffectId.NONE;
    private long handledSequence;
    private long handledReceiveTimeNs;
    private long checkpointSequence;
    private long events;
    private long effects;
    private long batches;
    private long skipped;
    private long retries;
    private long rewinds;
    private long poison;
    private long holes;
    private long missingEvents;
    private long failedCheckpoints;
    private String lastError = "";
    private long lastErrorMs;

    /** Of a lane that has not begun. */
    public LaneStatus(String name) {
        this.name = name;
    }

    /**
     * How it is doing at one moment.
     *
     * @param confirmed last effect that the sink confirmed, as far as this process knows
     * @param handledSequence last event whose effects the sink has
     * @param handledReceiveTimeNs when that was received by the engine, in ns since the epoch; 0 if
     *     none was handled since the start
     * @param checkpointSequence of the last checkpoint written since the start; 0 for none
     * @param events handled since the start
     * @param effects confirmed since the start
     * @param batches confirmed since the start
     * @param skipped effects that the sink had already
     * @param retries how often the sink failed
     * @param rewinds how often the sink had less than it had confirmed
     * @param poison effects set aside
     * @param holes stretches of the journal that were gone before they were read
     * @param missingEvents events in these
     * @param failedCheckpoints how often a checkpoint could not be written
     * @param lastError empty for none
     * @param lastErrorMs in ms since the epoch; 0 for none
     * @param written effects confirmed since the start, by type
     */
    public record Reading(String name, LaneState state, EffectId confirmed, long handledSequence,
            long handledReceiveTimeNs, long checkpointSequence, long events, long effects,
            long batches, long skipped, long retries, long rewinds, long poison, long holes,
            long missingEvents, long failedCheckpoints, String lastError, long lastErrorMs,
            Map<String, Long> written) {
        /** The map is copied. */
        public Reading {
            written = Map.copyOf(written);
        }
    }

    /** How it is doing now. */
    public synchronized Reading read() {
        return new Reading(name, state, confirmed, handledSequence, handledReceiveTimeNs,
                checkpointSequence, events, effects, batches, skipped, retries, rewinds, poison,
                holes, missingEvents, failedCheckpoints, lastError, lastErrorMs, written);
    }

    synchronized void state(LaneState now) {
        state = now;
    }

    synchronized void has(EffectId upTo) {
        confirmed = upTo;
    }

    synchronized void written(List<Effect> batch) {
        batch.forEach(effect -> written.merge(effect.type(), 1L, Long::sum));
        effects += batch.size();
        batches++;
        confirmed = batch.getLast().id();
    }

    synchronized void handled(long count, long sequence, long receiveTimeNs) {
        events += count;
        handledSequence = sequence;
        handledReceiveTimeNs = receiveTimeNs;
    }

    synchronized void skipped(long count) {
        skipped += count;
    }

    synchronized void failed(String error, long nowMs) {
        retries++;
        error(error, nowMs);
    }

    synchronized void error(String error, long nowMs) {
        lastError = error;
        lastErrorMs = nowMs;
    }

    synchronized void rewound() {
        rewinds++;
    }

    synchronized void setAside() {
        poison++;
    }

    synchronized void missing(SequenceRange range) {
        holes++;
        missingEvents += range.count();
    }

    synchronized void checkpoint(long sequence) {
        checkpointSequence = sequence;
    }

    synchronized void checkpointFailed(String error, long nowMs) {
        failedCheckpoints++;
        error(error, nowMs);
    }
}
