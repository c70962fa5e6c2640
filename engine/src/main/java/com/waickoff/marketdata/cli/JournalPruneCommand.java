package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.journal.CycleContent;
import com.waickoff.marketdata.journal.CycleContent.State;
import com.waickoff.marketdata.journal.CycleInfo;
import com.waickoff.marketdata.journal.DepthPruning;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalInventory;
import com.waickoff.marketdata.journal.JournalPruning;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.replay.JournalNeed;
import com.waickoff.marketdata.segment.ClosedFile;
import com.waickoff.marketdata.segment.Sealing;
import com.waickoff.marketdata.segment.Segments;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waickoff journal prune}. */
@Command(name = "prune",
        description = {"Shows which of a journal's oldest files may go, and with --yes removes"
                + " them: whole files only, never the newest ones, and nothing that a restart or a"
                + " registered consumer still needs. An engine may be writing meanwhile.",
                "Ends with 0, also if nothing may go; with 1 if more was asked for than may go;"
                        + " with 65 if it cannot be told what is still needed, as where no"
                        + " checkpoint verifies: then nothing goes."},
        footer = {"  waickoff journal prune data/journal --before 2026-01-01T00:00:00Z",
                "  waickoff journal prune data/journal --keep-bytes 200000000000 --yes",
                "  waickoff journal prune data/journal --keep-depth-bytes 50000000000 --yes"})
final class JournalPruneCommand extends CommandBase {
    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

    @Parameters(index = "0", paramLabel = "DIR", description = "The journal's directory.")
    private Path directory = Path.of("");
    @ArgGroup(multiplicity = "1")
    private Bound bound = new Bound();
    @Option(names = "--yes", description = "Removes the files; without it they are only shown.")
    private boolean yes;
    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    /** How much is to go. */
    static final class Bound {
        @Option(names = "--before", paramLabel = "TIME", required = true,
                converter = Moment.class,
                description = "Files all of whose events were received before: ISO-8601 or ms"
                        + " since the epoch.")
        private @Nullable Instant before;
        @Option(names = "--keep-bytes", paramLabel = "N", required = true,
                description = "As many files as it takes for the rest to have no more than N"
                        + " bytes.")
        private @Nullable Long keepBytes;
        @Option(names = "--keep-depth-bytes", paramLabel = "N", required = true,
                description = "As many files of book levels as it takes for the rest of them to"
                        + " have no more than N bytes on disk. The tape stays.")
        private @Nullable Long keepDepthBytes;
    }

    JournalPruneCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode execute() throws CommandException, IOException {
        requireBytes("--keep-bytes", bound.keepBytes);
        requireBytes("--keep-depth-bytes", bound.keepDepthBytes);
        JournalDirectory journal = JournalAccess.open(shell().resolve(directory));
        JournalInventory inventory = JournalAccess.inventory(journal, shell(), quiet);
        requireReadable(inventory, journal);
        JournalNeed need = JournalAccess.need(journal, inventory.nextSequence() - 1);
        Long keepDepthBytes = bound.keepDepthBytes;
        if (keepDepthBytes != null) {
            return pruneDepth(journal, need, keepDepthBytes);
        }
        JournalPruning pruning = pruning(inventory, need.fromSequence());
        requireNoHole(journal, pruning);
        if (pruning.removed().isEmpty()) {
            print("nothing may go");
        } else {
            files(pruning).lines(ink()).forEach(this::print);
            print("");
            if (yes) {
                try (Sealing _ = JournalAccess.sealing(journal)) {
                    pruning.carryOut(journal.path());
                }
            }
            print((yes ? "removed     " : "may go      ")
                    + Figures.count(pruning.removed().size()) + " files, "
                    + Figures.count(pruning.events()) + " events, "
                    + Figures.bytes(pruning.bytes())
                    + (yes ? "" : "; --yes removes them"));
            print("stays       from sequence " + Figures.count(pruning.cut()) + ", "
                    + Figures.bytes(inventory.usedBytes() - pruning.bytes()));
        }
        print("needed      from sequence " + Figures.count(need.fromSequence()) + ", by "
                + need.who());
        return isShort(inventory, pruning) ? ExitCode.FINDING : ExitCode.OK;
    }

    private void requireBytes(String option, @Nullable Long bytes) throws CommandException {
        if (bytes != null && bytes < 0) {
            throw usage(option + " is " + bytes + ", allowed is from 0");
        }
    }

    private ExitCode pruneDepth(JournalDirectory journal, JournalNeed need, long keptBytes)
            throws IOException, CommandException {
        DepthPruning pruning = DepthPruning.toBytes(journal, need.fromSequence(), keptBytes);
        long bytes = journal.cycles(JournalQueue.DEPTH).stream()
                .mapToLong(CycleInfo::lengthBytes).sum();
        if (pruning.removed().isEmpty()) {
            print("nothing may go");
        } else {
            for (CycleInfo file : pruning.removed()) {
                print("depth       " + file.fileName() + ", " + Figures.bytes(file.lengthBytes()));
            }
            if (yes) {
                try (Sealing _ = JournalAccess.sealing(journal)) {
                    pruning.carryOut(journal);
                }
            }
            print((yes ? "removed     " : "may go      ")
                    + Figures.count(pruning.removed().size()) + " files, "
                    + Figures.bytes(pruning.bytes()) + (yes ? "" : "; --yes removes them"));
            print("stays       levels from sequence " + Figures.count(pruning.depthFrom()) + ", "
                    + Figures.bytes(bytes - pruning.bytes()));
        }
        print("needed      from sequence " + Figures.count(need.fromSequence()) + ", by "
                + need.who());
        return bytes - pruning.bytes() > keptBytes ? ExitCode.FINDING : ExitCode.OK;
    }

    private JournalPruning pruning(JournalInventory inventory, long neededFrom) {
        Instant before = bound.before;
        Long keepBytes = bound.keepBytes;
        return before != null
                ? JournalPruning.before(inventory, neededFrom, before.toEpochMilli() * NS_PER_MS)
                : JournalPruning.toBytes(inventory, neededFrom, keepBytes == null ? 0 : keepBytes);
    }

    private boolean isShort(JournalInventory inventory, JournalPruning pruning) {
        Long keepBytes = bound.keepBytes;
        return keepBytes != null && inventory.usedBytes() - pruning.bytes() > keepBytes;
    }

    private static void requireReadable(JournalInventory inventory, JournalDirectory journal)
            throws CommandException {
        for (CycleContent cycle : inventory.cycles()) {
            if (cycle.state() == State.DAMAGED || cycle.state() == State.CUT) {
                throw new CommandException(ExitCode.BAD_DATA, journal.path() + ": "
                        + cycle.queue().directoryName() + ' ' + cycle.fileName()
                        + " is damaged, so its events cannot be told; see `journal verify` and"
                        + " `journal salvage`. Nothing was removed");
            }
        }
    }

    /** What is sealed is older than the files: without one between them there would be a hole. */
    private static void requireNoHole(JournalDirectory journal, JournalPruning pruning)
            throws CommandException {
        if (new Segments(journal).paths(JournalQueue.TAPE).isEmpty()) {
            return;
        }
        List<String> sealed = ClosedFile.of(journal, JournalQueue.TAPE).stream()
                .filter(ClosedFile::isSealed).map(ClosedFile::fileName).toList();
        for (CycleContent cycle : pruning.removed()) {
            if (cycle.queue() == JournalQueue.TAPE && cycle.documents() > 0
                    && !sealed.contains(cycle.fileName())) {
                throw new CommandException(ExitCode.BAD_DATA, journal.path() + ": tape "
                        + cycle.fileName() + " is not sealed, but older files are: without it"
                        + " there would be a hole behind them. Use `journal seal`. Nothing was"
                        + " removed");
            }
        }
    }

    private static Table files(JournalPruning pruning) {
        Table table = new Table(Table.left("queue"), Table.left("file"), Table.right("events"),
                Table.left("last received"), Table.right("bytes"));
        for (CycleContent cycle : pruning.removed()) {
            table.row(cycle.queue().directoryName(), cycle.fileName(),
                    Figures.count(cycle.events()), cycle.documents() == 0 ? "-"
                            : Figures.second(cycle.lastReceiveTimeNs() / NS_PER_MS),
                    Figures.bytes(cycle.usedBytes()));
        }
        return table;
    }
}
