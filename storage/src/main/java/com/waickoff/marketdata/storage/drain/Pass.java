package com.waickoff.marketdata.storage.drain;

import com.waickoff.marketdata.Derivation;
import com.waickoff.marketdata.journal.JournalConsumer;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.SequenceRange;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One way of a lane through the journal, from what the sink had to where it ends or has to begin anew.
 *
 * <pre>
 *   poll ─► batch ─► write ─► cursor ─► checkpoint ─► consumer's cursor
 *                      each only after the one before it was confirmed
 * </pre>
 *
 * <p>Threads: the lane's.
 */
final class Pass {
    private static final int POLLED_EVENTS = 512;
    private static final long LOOK_FOR_JOURNAL_NS = 2_000_000_000L;
    private static final long NS_PER_MS = 1_000_000L;

    private final Derivation derivation;
    private final EffectMaker maker;
    private final EffectSink sink;
    private final SinkCalls calls;
    private final PoisonFile poison;
    private final long epoch;
    private final LaneSettings settings;
    private final LaneWorld world;
    private final LaneStatus status;
    private final List<Effect> batch = new ArrayList<>();

    /** What the sink had when it was last asked: not given again. */
    private EffectId has;
    /** What it must have: it confirmed a cursor there, or said so itself. */
    private EffectId notedCursor;
    private EffectId notedEffect;
    /** What it confirmed last, which a crash may take from it again before its cursor is there. */
    private EffectId lastWritten;
    private long noted;
    private long notedNs;
    private long checkpointNs;
    private long lookedNs;
    private long polled;
    private boolean mustAsk;
    private boolean isRewound;

    Pass(Derivation derivation, EffectSink sink, SinkCalls calls, PoisonFile poison, EffectId has,
            long epoch, LaneSettings settings, LaneWorld world, LaneStatus status) {
        this.derivation = derivation;
        this.sink = sink;
        this.calls = calls;
        this.poison = poison;
        this.has = has;
        this.epoch = epoch;
        this.settings = settings;
        this.world = world;
        this.status = status;
        maker = new EffectMaker(derivation, this::take, this::onMissing);
        notedCursor = has;
        notedEffect = isCursor(has) ? EffectId.NONE : has;
        lastWritten = notedEffect;
        noted = Math.max(0, has.sequence() - 1);
        notedNs = world.nanoTime().getAsLong();
        checkpointNs = notedNs;
        lookedNs = notedNs;
    }

    /**
     * Goes on until it is stopped, or to the end of the journal, or until the sink turns out to have
     * less than it confirmed, or until another journal has taken this one's place.
     *
     * @return whether to begin anew
     */
    boolean run(StopSignal stop, boolean endsAtTheEnd) throws IOException, SinkFencedException {
        register();
        while (!stop.isRequested() && !isRewound) {
            int events = derivation.poll(maker, POLLED_EVENTS);
            boolean isAtTheEnd = events == 0;
            polled += events;
            if (batch.size() >= settings.batchEffects() || isAtTheEnd) {
                deliver(stop);
            }
            if (batch.isEmpty()) {
                tellHandled();
                noteIfDue();
            }
            if (!mustAsk) {
                status.state(isAtTheEnd ? LaneState.FOLLOWING : LaneState.CATCHING_UP);
            }
            if (isAtTheEnd && !isRewound) {
                requireTheSamePast();
                if (endsAtTheEnd && batch.isEmpty() && note(true)) {
                    return false;
                }
                if (isReplaced()) {
                    return true;
                }
                stop.await(settings.idleMs());
            }
        }
        deliver(stop); // what cannot be delivered or noted now, the next start derives again
        if (!isRewound && batch.isEmpty()) {
            tellHandled();
            note(true);
        }
        return isRewound;
    }

    private void tellHandled() {
        status.handled(polled, derivation.handledSequence(), derivation.receiveTimeNs());
        polled = 0;
    }

    /** What is journaled next would bear the numbers of what was lost, and be left out for that. */
    private void requireTheSamePast() {
        if (derivation.handledSequence() < has.sequence()) {
            throw new JournalException("the journal ends at sequence "
                    + derivation.handledSequence() + ", and the sink " + sink.name()
                    + " has effects of events up to " + has.sequence()
                    + ": the journal has lost its end, as it may when the power fails. Fill the"
                    + " sink anew by `drain --rebuild`, or name an empty one");
        }
    }

    private void take(Effect effect) {
        if (effect.id().compareTo(has) <= 0) {
            status.skipped(1);
        } else if (!poison.contains(effect.id())) {
            batch.add(effect);
        }
    }

    private void onMissing(SequenceRange events, String place) {
        status.missing(events);
        world.notes().accept("lane " + sink.name() + ": the events " + events
                + " of the journal were removed before they were read (" + place
                + "); what they would have led to is lost, and coverage says so");
    }

    /** Gives the sink the batch, and again, until it has all of it. */
    private void deliver(StopSignal stop) throws IOException, SinkFencedException {
        while (!batch.isEmpty() && !isRewound) {
            try {
                if (mustAsk) {
                    askAgain();
                } else {
                    sink.write(Collections.unmodifiableList(batch));
                    calls.succeeded();
                    status.written(batch);
                    lastWritten = batch.getLast().id();
                    batch.clear();
                }
            } catch (PoisonEffectException e) {
                setAside(e);
            } catch (SinkUnavailableException | RuntimeException e) {
                mustAsk = true;
                calls.failed(e);
                if (stop.isRequested()) {
                    return;
                }
            }
        }
    }

    /** Something went wrong: what of the batch came through? */
    private void askAgain() throws SinkUnavailableException, SinkFencedException {
        EffectId now = sink.resumeAfter(derivation.journal().journalId(), epoch);
        mustAsk = false;
        if (now.isBefore(isCursor(now) ? notedCursor : notedEffect)) {
            isRewound = true;
            status.rewound();
            world.notes().accept("lane " + sink.name() + ": its server has what there is up to "
                    + now + ", and had confirmed up to event " + noted
                    + "; what it lost is derived again");
            return;
        }
        if (now.isBefore(lastWritten)) {
            // Whether it still has what came behind its cursor nobody knows: it is given again.
            isRewound = true;
            return;
        }
        int before = batch.size();
        batch.removeIf(effect -> effect.id().compareTo(now) <= 0);
        status.skipped(before - batch.size());
    }

    /** Some sinks know the last effect they have, others the last event that was noted. */
    private static boolean isCursor(EffectId id) {
        return id.equals(EffectId.lastOf(id.sequence()));
    }

    private void setAside(PoisonEffectException refused) throws IOException {
        for (int i = 0; i < batch.size(); i++) {
            Effect effect = batch.get(i);
            if (effect.id().equals(refused.effect())) {
                String reason = String.valueOf(refused.getMessage());
                poison.add(effect, reason, world.epochMs().getAsLong());
                batch.remove(i);
                status.setAside();
                world.notes().accept("lane " + sink.name() + ": " + effect.type() + ' '
                        + effect.id() + " is set aside: " + reason);
                return;
            }
        }
        throw new IllegalStateException("the sink " + sink.name() + " refuses "
                + refused.effect() + ", which it was not given", refused);
    }

    private void noteIfDue() throws SinkFencedException {
        long nowNs = world.nanoTime().getAsLong();
        boolean isCheckpointDue = nowNs - checkpointNs >= settings.checkpointMs() * NS_PER_MS;
        if ((isCheckpointDue || nowNs - notedNs >= settings.noteMs() * NS_PER_MS)
                && derivation.handledSequence() > noted) {
            note(isCheckpointDue);
        }
    }

    /** Whether the sink has noted how far it is; if not, it is asked what it has before it goes on. */
    private boolean note(boolean withCheckpoint) throws SinkFencedException {
        try {
            if (mustAsk) {
                askAgain();
            }
            if (!isRewound) {
                note(world.nanoTime().getAsLong(), withCheckpoint);
            }
            return !isRewound;
        } catch (SinkUnavailableException | RuntimeException e) {
            mustAsk = true;
            calls.failed(e);
            return false;
        }
    }

    private void note(long nowNs, boolean withCheckpoint)
            throws SinkUnavailableException, SinkFencedException {
        long sequence = derivation.handledSequence();
        if (sequence > noted) {
            sink.cursor(sequence);
            calls.succeeded();
            noted = sequence;
            notedCursor = EffectId.lastOf(sequence);
            notedEffect = lastWritten;
            status.has(EffectId.lastOf(sequence));
        }
        notedNs = nowNs;
        if (withCheckpoint && derivation.isBetweenBatches()) {
            checkpointNs = nowNs;
            checkpoint(sequence);
        }
    }

    /** A disk that is full holds up nobody: the checkpoint before serves as well. */
    private void checkpoint(long sequence) {
        try {
            derivation.checkpoint();
            status.checkpoint(sequence);
            consumer(sequence);
        } catch (IOException e) {
            status.checkpointFailed(e.toString(), world.epochMs().getAsLong());
        }
    }

    /** What comes after the checkpoint it began with is needed until there is a later one. */
    private void register() throws IOException {
        consumer(derivation.restoredSequence());
    }

    private void consumer(long sequence) throws IOException {
        JournalDirectory journal = derivation.journal();
        new JournalConsumer("drain-" + sink.name(), journal.journalId(), sequence)
                .write(journal.path());
    }

    private boolean isReplaced() {
        long nowNs = world.nanoTime().getAsLong();
        if (nowNs - lookedNs < LOOK_FOR_JOURNAL_NS) {
            return false;
        }
        lookedNs = nowNs;
        JournalDirectory journal = derivation.journal();
        boolean isReplaced = JournalDirectory.isJournal(journal.path())
                && JournalDirectory.open(journal.path()).journalId() != journal.journalId();
        if (isReplaced) {
            world.notes().accept("lane " + sink.name() + ": another journal has taken the place of"
                    + " the one that was read; it is drained from its beginning");
        }
        return isReplaced;
    }
}
