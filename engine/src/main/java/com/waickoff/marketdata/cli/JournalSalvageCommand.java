package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalSalvage;
import com.waickoff.marketdata.journal.SalvageReport;
import com.waickoff.marketdata.journal.SequenceRange;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waickoff journal salvage}. */
@Command(name = "salvage",
        description = {"Saves what can be read of a damaged journal into a new one, and says what"
                + " is lost. Every sound document is found, also behind damage, and keeps its"
                + " sequence; what is missing is declared as lost, so that the new journal can be"
                + " read and continued. Reads in a process of its own, and changes nothing of the"
                + " damaged journal; stop the engine that writes it first.",
                "Ends with 0 if nothing was lost, with 1 if something was, with 65 if there was"
                        + " nothing to save."},
        footer = {"  waickoff journal salvage data/journal --to data/journal-saved"})
final class JournalSalvageCommand extends CommandBase {
    private static final int RANGES_SHOWN = 20;
    private static final long NS_PER_MS = 1_000_000L;
    private static final String HERE = "--in-this-process";

    @Parameters(index = "0", paramLabel = "DIR", description = "The damaged journal's directory.")
    private Path directory = Path.of("");
    @Option(names = "--to", paramLabel = "DIR", required = true,
            description = "Where the new journal goes: absent or empty.")
    private Path target = Path.of("");
    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;
    @Option(names = HERE, hidden = true)
    private boolean here;

    JournalSalvageCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode execute() throws CommandException, IOException, InterruptedException {
        Path from = shell().resolve(directory);
        Path to = shell().resolve(target);
        if (!Files.isDirectory(from)) {
            throw new CommandException(ExitCode.NO_INPUT, from + ": no such directory");
        }
        requireEmpty(to);
        if (!here) {
            return inAProcessOfItsOwn(from, to);
        }
        SalvageReport report = salvage(from, to);
        print(report);
        if (report.events() == 0) {
            throw new CommandException(ExitCode.BAD_DATA, from + ": found no event to save");
        }
        return report.isComplete() ? ExitCode.OK : ExitCode.FINDING;
    }

    private static void requireEmpty(Path to) throws CommandException, IOException {
        if (!Files.exists(to)) {
            return;
        }
        try (Stream<Path> files = Files.list(to)) {
            if (files.findAny().isPresent()) {
                throw new CommandException(ExitCode.CANNOT_CREATE,
                        to + ": is not empty; name a directory that is, or one to be made");
            }
        }
    }

    private ExitCode inAProcessOfItsOwn(Path from, Path to)
            throws CommandException, IOException, InterruptedException {
        Process process = SameProgram.start(shell(), "journal", "salvage", from.toString(), "--to",
                to.toString(), HERE, quiet ? "--quiet" : "");
        int exitCode = SameProgram.relay(process, shell());
        for (ExitCode known : ExitCode.values()) {
            if (known.code() == exitCode) {
                return known;
            }
        }
        throw new CommandException(ExitCode.IO_ERROR, "the process that read " + from
                + " ended with exit code " + exitCode + "; what it saved until then is in " + to);
    }

    private SalvageReport salvage(Path from, Path to) throws CommandException {
        try (ProgressLine progress = new ProgressLine(shell(), "salvaging", quiet)) {
            return JournalSalvage.salvage(from, to,
                    () -> shell().epochMs().getAsLong() * NS_PER_MS, progress::onProgress);
        } catch (JournalException failure) {
            throw JournalAccess.refused(from, failure);
        }
    }

    private void print(SalvageReport report) {
        Table table = new Table(Table.left("queue"), Table.left("file"), Table.right("documents"),
                Table.right("events"), Table.right("saved"), Table.right("lost"));
        for (SalvageReport.File file : report.files()) {
            long lost = file.lostBytes() + file.unreadableBytes();
            table.row(file.queue().directoryName(), file.fileName(),
                    Figures.count(file.documents()), Figures.count(file.events()),
                    Figures.bytes(file.savedBytes()), lost == 0 ? "-" : Figures.bytes(lost));
        }
        table.lines(ink()).forEach(this::print);
        print("");
        print("saved     " + Figures.count(report.events()) + " events" + (report.last() == 0 ? ""
                : ", sequence " + Figures.count(report.first()) + " to "
                        + Figures.count(report.last())));
        print("lost      " + Figures.count(report.missingEvents()) + " events in "
                + Figures.count(report.missing().size()) + " holes, "
                + Figures.bytes(report.lostBytes()));
        int shown = Math.min(RANGES_SHOWN, report.missing().size());
        for (SequenceRange range : report.missing().subList(0, shown)) {
            print("  sequence " + Figures.count(range.first()) + " to "
                    + Figures.count(range.last()));
        }
        if (shown < report.missing().size()) {
            print("  and " + (report.missing().size() - shown)
                    + " more: all are in journal.losses of the new journal");
        }
        report.notes().forEach(note -> print("note      " + Shown.plain(note)));
    }
}
