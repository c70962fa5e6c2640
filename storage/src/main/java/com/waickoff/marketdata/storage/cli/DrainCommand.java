package com.waickoff.marketdata.storage.cli;

import com.waickoff.marketdata.cli.EngineFilesOptions.EngineSetup;
import com.waickoff.marketdata.cli.EngineFilesOptions.WrongOptionsException;
import com.waickoff.marketdata.cli.Signals;
import com.waickoff.marketdata.journal.CycleInfo;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.memory.DirectoryInUseException;
import com.waickoff.marketdata.segment.Segments;
import com.waickoff.marketdata.storage.StoreSettings;
import com.waickoff.marketdata.storage.drain.Drain;
import com.waickoff.marketdata.storage.drain.Lane;
import com.waickoff.marketdata.storage.drain.LaneStatus;
import com.waickoff.marketdata.storage.drain.LaneWorld;
import com.waickoff.marketdata.storage.drain.SinkFencedException;
import com.waickoff.marketdata.storage.drain.StopSignal;
import com.waickoff.marketdata.storage.retention.RetentionStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waickoff drain}: a program of its own, beside the engine. */
@Command(name = "waickoff drain", synopsisHeading = "%nUsage: ", descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n", footerHeading = "%nExamples:%n",
        commandListHeading = "%nCommands:%n", sortOptions = false,
        description = {
                "Takes what the journal leads to, every trade, every closed or revised window"
                        + " and every derived event, into MongoDB and onto the bus in Redis,"
                        + " each exactly once, until it is stopped.",
                "It may be away, or its databases may: the journal keeps what they need. Stops at"
                        + " SIGTERM, SIGINT (Ctrl-C) or the end of its input where that is asked"
                        + " for; a second signal ends it at once, and costs nothing but time."},
        footer = {"  waickoff drain", "  waickoff drain --until-caught-up",
                "  waickoff drain --set redis.uri=redis://10.0.0.5:6379 --set mongo.uri=none",
                "  waickoff drain --rebuild", "  waickoff drain status"})
final class DrainCommand implements Callable<Integer> {
    /** What a shell adds to the number of the signal that ended a process. */
    private static final int BY_SIGNAL = 128;

    private final Surroundings surroundings;

    @Option(names = "--until-caught-up",
            description = "Ends when the sinks have all that is in the journal.")
    private boolean untilCaughtUp;
    @Option(names = "--rebuild",
            description = "Empties the sinks first and fills them anew from the journal, which has"
                    + " to be there from its beginning.")
    private boolean rebuild;
    @Option(names = "--end-with-stdin",
            description = "Stops when its standard input ends, so that it does not outlive the"
                    + " program that started it.")
    private boolean endWithStdin;
    @Mixin
    private ConfiguredOptions configured = new ConfiguredOptions();

    DrainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try {
            EngineSetup setup = configured.read(surroundings);
            setup.remarks().forEach(this::note);
            return drain(setup);
        } catch (WrongOptionsException wrong) {
            complain(String.valueOf(wrong.getMessage()));
            return wrong.exitCode();
        } catch (Ending ending) {
            complain(String.valueOf(ending.getMessage()));
            return ending.exitCode;
        }
    }

    private int drain(EngineSetup setup) throws Ending {
        if (rebuild) {
            checkBeginning(setup);
        }
        StopSignal stop = new StopSignal();
        Signals.handle(number -> {
            if (stop.isRequested()) {
                Runtime.getRuntime().halt(BY_SIGNAL + number);
            }
            stop.request();
        });
        if (endWithStdin) {
            Signals.onEndOf(surroundings.in(), stop::request);
        }
        SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
        LaneWorld world = new LaneWorld(surroundings.epochMs(), System::nanoTime, random,
                this::note);
        StoreSettings stores = StoreSettings.of(setup);
        try (Sinks sinks = new Sinks(stores);
                Drain drain = Drain.start(setup.engine(), sinks, stores.lanes(),
                        mode(), world, stop)) {
            introduce(setup, sinks);
            Throwable failure;
            try (RetentionThread _ = retention(setup, stores, sinks, stop)) {
                failure = drain.await();
            }
            if (failure != null) {
                throw Ending.of(failure);
            }
            conclude(drain.readings());
            return 0;
        } catch (DirectoryInUseException inUse) {
            throw new Ending(ExitCode.IN_USE, String.valueOf(inUse.getMessage()));
        } catch (IllegalArgumentException wrong) {
            throw new Ending(ExitCode.CONFIG, String.valueOf(wrong.getMessage()));
        } catch (HostingException e) {
            throw new Ending(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new Ending(ExitCode.IO_ERROR, e.toString());
        }
    }

    /** Who ends when all is drained, or empties the sinks, is not the one who looks after the past. */
    private @Nullable RetentionThread retention(EngineSetup setup, StoreSettings stores,
            Sinks sinks, StopSignal stop) throws IOException {
        if (mode() != Lane.Mode.FOLLOW) {
            return null;
        }
        RetentionStatus status = new RetentionStatus();
        sinks.tellOf(status);
        return RetentionThread.start(setup, stores, status, surroundings.epochMs(), this::note,
                stop);
    }

    private Lane.Mode mode() {
        if (rebuild) {
            return untilCaughtUp ? Lane.Mode.REBUILD_UNTIL_CAUGHT_UP : Lane.Mode.REBUILD;
        }
        return untilCaughtUp ? Lane.Mode.UNTIL_CAUGHT_UP : Lane.Mode.FOLLOW;
    }

    /** What a pruned journal no longer has would be lost for good. */
    private static void checkBeginning(EngineSetup setup) throws Ending {
        try {
            long first = firstSequence(JournalDirectory.open(setup.engine().journalDir()));
            if (first > 1) {
                throw new Ending(ExitCode.DATA, "the journal begins at sequence " + first
                        + ": what came before can be had from the sinks alone, and --rebuild"
                        + " would empty them. Name empty ones instead, such as another"
                        + " mongo.database and redis.prefix");
            }
        } catch (JournalException e) {
            throw new Ending(ExitCode.DATA, String.valueOf(e.getMessage()));
        }
    }

    /** Of what is sealed, too; 0 where there is nothing. */
    private static long firstSequence(JournalDirectory journal) {
        List<Path> sealed = new Segments(journal).paths(JournalQueue.TAPE);
        if (!sealed.isEmpty()) {
            return Segments.infoOf(sealed.getFirst()).firstSequence();
        }
        List<CycleInfo> files = journal.cycles(JournalQueue.TAPE);
        return files.isEmpty() ? 0 : files.getFirst().firstSequence();
    }

    private void introduce(EngineSetup setup, Sinks sinks) {
        surroundings.out().println("waickoff drain is running, process "
                + ProcessHandle.current().pid());
        surroundings.out().println("  journal " + setup.engine().journalDir());
        sinks.descriptions().forEach(sink -> surroundings.out().println("  " + sink));
        surroundings.out().flush();
    }

    private void conclude(List<LaneStatus.Reading> lanes) {
        for (LaneStatus.Reading lane : lanes) {
            surroundings.out().println(lane.name() + ": " + lane.effects()
                    + " effects of " + lane.events() + " events, up to sequence "
                    + lane.handledSequence());
        }
        surroundings.out().println("stopped");
        surroundings.out().flush();
    }

    private void note(String text) {
        surroundings.err().println("note: " + text.replaceAll("\\p{Cntrl}+", " "));
        surroundings.err().flush();
    }

    private void complain(String text) {
        surroundings.err().println("waickoff: drain: " + text);
        surroundings.err().flush();
    }

    /** Codes of {@code sysexits.h}, as all commands use them. */
    private static final class ExitCode {
        static final int DATA = 65;
        /** A server that is to be hosted does not come up. */
        static final int UNAVAILABLE = 69;
        static final int SOFTWARE = 70;
        static final int IO_ERROR = 74;
        static final int IN_USE = 75;
        static final int CONFIG = 78;

        private ExitCode() {}
    }

    /** The command comes to its end, with a message for people. */
    private static final class Ending extends Exception {
        private static final long serialVersionUID = 1;

        private final int exitCode;

        Ending(int exitCode, @Nullable String message) {
            super(message);
            this.exitCode = exitCode;
        }

        static Ending of(Throwable failure) {
            int code = switch (failure) {
                case SinkFencedException e -> ExitCode.IN_USE;
                case JournalException e -> ExitCode.DATA;
                case IOException e -> ExitCode.IO_ERROR;
                default -> ExitCode.SOFTWARE;
            };
            return new Ending(code, failure instanceof RuntimeException
                    && !(failure instanceof JournalException) ? failure.toString()
                            : failure.getMessage());
        }
    }
}
