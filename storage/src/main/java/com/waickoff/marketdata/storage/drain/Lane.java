package com.waickoff.marketdata.storage.drain;

import com.waickoff.marketdata.Derivation;
import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.feed.BackOff;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.storage.effect.EffectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One sink and its own way to it: tail of the journal, studies, effects, sink. The journal is its only
 * buffer; a sink that stalls holds up nobody but its lane.
 *
 * <pre>
 *   what does the sink have? ─► newest checkpoint not beyond it ─► derive, skip what it has ─► write
 *            ▲                                                                                  │
 *            └──── less than it had confirmed: begin anew ◄──── ask again ◄──── back off ◄──────┘
 * </pre>
 *
 * <p>Threads: one runs it; {@link #status()} is anybody's.
 */
public final class Lane implements Runnable {
    private static final long LOOK_FOR_JOURNAL_MS = 500;

    private final EngineConfig config;
    private final Path directory;
    private final EffectSink sink;
    private final LaneSettings settings;
    private final Mode mode;
    private final long epoch;
    private final LaneWorld world;
    private final StopSignal stop;
    private final LaneStatus status;
    private final SinkCalls calls;

    private boolean isCleared;
    private volatile @Nullable Throwable failure;

    /** How far a lane goes. */
    public enum Mode {
        /** Until it is stopped. */
        FOLLOW,
        /** Until its sink has all that is in the journal. */
        UNTIL_CAUGHT_UP,
        /** Empties the sink first, then follows. */
        REBUILD,
        /** Empties the sink first, then goes on until it has all that is in the journal. */
        REBUILD_UNTIL_CAUGHT_UP;

        boolean isRebuild() {
            return this == REBUILD || this == REBUILD_UNTIL_CAUGHT_UP;
        }

        boolean endsAtTheEnd() {
            return this == UNTIL_CAUGHT_UP || this == REBUILD_UNTIL_CAUGHT_UP;
        }
    }

    /**
     * A lane that has not begun.
     *
     * @param config the engine's
     * @param directory its own, for checkpoints and what is set aside
     * @param sink closed at its end
     * @param epoch larger than that of every drain before
     */
    public Lane(EngineConfig config, Path directory, EffectSink sink, LaneSettings settings,
            Mode mode, long epoch, LaneWorld world, StopSignal stop) {
        this.config = config;
        this.directory = directory;
        this.sink = sink;
        this.settings = settings;
        this.mode = mode;
        this.epoch = epoch;
        this.world = world;
        this.stop = stop;
        status = new LaneStatus(sink.name());
        calls = new SinkCalls(sink.name(),
                new BackOff(settings.firstBackOffMs(), settings.mostBackOffMs(),
                        world.random()),
                status, world, stop);
    }

    @Override
    public void run() {
        try (sink) {
            Files.createDirectories(directory);
            boolean goesOn = true;
            while (goesOn && !stop.isRequested()) {
                goesOn = drain();
            }
            status.state(LaneState.STOPPED);
        } catch (SinkFencedException | IOException | RuntimeException | Error e) {
            failure = e;
            status.error(e.toString(), world.epochMs().getAsLong());
            status.state(LaneState.FAILED);
            world.notes().accept("lane " + sink.name() + " cannot go on: " + e.getMessage());
        }
    }

    /** Why it cannot go on; null while it can. */
    public @Nullable Throwable failure() {
        return failure;
    }

    /** How it is doing. */
    public LaneStatus status() {
        return status;
    }

    /**
     * Drains until the end, or until there is a reason to begin anew.
     *
     * @return whether to begin anew
     */
    private boolean drain() throws IOException, SinkFencedException {
        status.state(LaneState.STARTING);
        JournalDirectory journal = awaitJournal();
        EffectId has = journal == null ? null : ask(journal.journalId());
        if (journal == null || has == null) {
            return false;
        }
        status.has(has);
        long notBeyond = has.equals(EffectId.lastOf(has.sequence())) ? has.sequence()
                : Math.max(0, has.sequence() - 1);
        try (Derivation derivation = Derivation.open(config, directory, notBeyond,
                world.notes())) {
            PoisonFile poison = PoisonFile.open(directory.resolve("poison.jsonl"),
                    journal.journalId(), has);
            return new Pass(derivation, sink, calls, poison, has, epoch, settings, world, status)
                    .run(stop, mode.endsAtTheEnd());
        }
    }

    private @Nullable JournalDirectory awaitJournal() {
        while (!JournalDirectory.isJournal(config.journalDir())) {
            status.state(LaneState.WAITING);
            if (stop.await(LOOK_FOR_JOURNAL_MS)) {
                return null;
            }
        }
        return JournalDirectory.open(config.journalDir());
    }

    /** What the sink has; null if the lane was stopped before it said so. */
    private @Nullable EffectId ask(long journalId) throws SinkFencedException {
        if (mode.isRebuild() && !isCleared) {
            Object cleared = calls.untilItAnswers(() -> {
                sink.clear(journalId, epoch);
                return EffectId.NONE;
            });
            if (cleared == null) {
                return null;
            }
            isCleared = true;
        }
        return calls.untilItAnswers(
                () -> Objects.requireNonNull(sink.resumeAfter(journalId, epoch)));
    }
}
