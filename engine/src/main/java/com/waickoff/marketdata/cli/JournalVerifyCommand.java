package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.journal.CycleReport;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalReport;
import com.waickoff.marketdata.journal.JournalVerifier;
import com.waickoff.marketdata.journal.KnownEvent;
import com.waickoff.marketdata.journal.SequenceRange;
import com.waickoff.marketdata.replay.Checkpoint;
import com.waickoff.marketdata.replay.CheckpointStore;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Ink.Tone;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waickoff journal verify}. */
@Command(name = "verify",
        description = {"Reads a whole journal and says what is wrong with it: checksums, contents"
                + " and the sequence across its queues, up to what the newest checkpoint and the"
                + " consumers have seen. Changes nothing; an engine may be writing meanwhile.",
                "Ends with 0 if all is as it was written, with 1 if something is damaged or"
                        + " missing."},
        footer = {"  waickoff journal verify data/journal"})
final class JournalVerifyCommand extends CommandBase {
    private static final int PROBLEMS_SHOWN = 50;

    @Parameters(index = "0", paramLabel = "DIR", description = "The journal's directory.")
    private Path directory = Path.of("");
    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    JournalVerifyCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode execute() throws CommandException, IOException {
        JournalDirectory journal = JournalAccess.open(shell().resolve(directory));
        SegmentAudit audit = SegmentAudit.of(journal);
        JournalReport report = verify(journal, audit);
        audit.table().ifPresent(table -> {
            table.lines(ink()).forEach(this::print);
            print("");
        });
        cycles(report).lines(ink()).forEach(this::print);
        print("");
        print("events    " + Figures.count(report.eventCount())
                + (report.last() == 0 ? "" : ", sequence " + Figures.count(report.first()) + " to "
                        + Figures.count(report.last()))
                + (report.leftOut() == 0 ? "" : ", " + Figures.count(report.leftOut())
                        + " book levels left out or removed on purpose"));
        if (report.isSound() && audit.problems().isEmpty()) {
            print("verdict   " + ink().paint(Tone.GOOD, "sound"));
            return ExitCode.OK;
        }
        printProblems(report, audit);
        return ExitCode.FINDING;
    }

    private JournalReport verify(JournalDirectory journal, SegmentAudit audit)
            throws CommandException, IOException {
        Checkpoint checkpoint = new CheckpointStore(journal.path()).newest(journal.journalId(),
                Long.MAX_VALUE, passedOver -> {});
        List<KnownEvent> known = checkpoint == null ? List.of()
                : List.of(new KnownEvent(checkpoint.sequence(), "the newest checkpoint"));
        try (ProgressLine progress = new ProgressLine(shell(), "verifying", quiet)) {
            return JournalVerifier.verify(journal.path(), audit.soundSegments(), known,
                    progress::onProgress);
        } catch (JournalException failure) {
            throw JournalAccess.refused(journal.path(), failure);
        }
    }

    private static Table cycles(JournalReport report) {
        Table table = new Table(Table.left("queue"), Table.left("file"), Table.right("documents"),
                Table.right("events"), Table.left("sequence"), Table.right("used"),
                Table.left("state"));
        for (CycleReport cycle : report.cycles()) {
            table.row(cycle.queue().directoryName(), cycle.fileName(),
                    Figures.count(cycle.documents()), Figures.count(cycle.events()),
                    cycle.documents() == 0 ? "-" : Figures.count(cycle.firstSequence()) + " to "
                            + Figures.count(cycle.endSequence() - 1),
                    Figures.bytes(cycle.usedBytes()), stateOf(cycle));
        }
        return table;
    }

    private static String stateOf(CycleReport cycle) {
        return cycle.damagedDocuments() > 0
                ? "DAMAGED: " + Figures.count(cycle.damagedDocuments()) + " documents"
                : cycle.isClosed() ? "closed" : "open";
    }

    private void printProblems(JournalReport report, SegmentAudit audit) {
        long lost = report.missing().stream().mapToLong(SequenceRange::count).sum();
        print("verdict   " + ink().paint(Tone.BAD, "NOT SOUND") + ": "
                + Figures.count(report.damagedDocuments()) + " damaged documents, "
                + (audit.problems().isEmpty() ? ""
                        : Figures.count(audit.problems().size()) + " damaged segments, ")
                + Figures.count(lost) + " events missing");
        audit.problems().forEach(problem -> print("  " + Shown.plain(problem)));
        int shown = Math.min(PROBLEMS_SHOWN, report.problems().size());
        report.problems().subList(0, shown).forEach(problem -> print("  " + Shown.plain(problem)));
        if (shown < report.problems().size()) {
            print("  and " + (report.problems().size() - shown) + " more");
        }
    }
}
