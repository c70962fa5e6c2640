package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.replay.JournalNeed;
import com.waickoff.marketdata.segment.ClosedFile;
import com.waickoff.marketdata.segment.Sealing;
import com.waickoff.marketdata.segment.SegmentInfo;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waickoff journal seal}. */
@Command(name = "seal",
        description = {"Shows which of a journal's closed files may become segments, a tenth as"
                + " large and read as they are, and with --yes seals them: each segment is read"
                + " back whole, then its file goes. Nothing is touched that a restart or a"
                + " registered consumer still needs. An engine may be writing meanwhile.",
                "Ends with 0, also if nothing may be sealed; with 1 if a closed file has to stay"
                        + " because somebody needs it; with 65 if a file is damaged or it cannot be"
                        + " told what is needed; with 75 if a drain is sealing at this moment."},
        footer = {"  waickoff journal seal data/journal",
                "  waickoff journal seal data/journal --before 2026-01-01T00:00:00Z --yes",
                "  waickoff journal seal data/journal --keep-files --yes"})
final class JournalSealCommand extends CommandBase {
    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

    @Parameters(index = "0", paramLabel = "DIR", description = "The journal's directory.")
    private Path directory = Path.of("");
    @Option(names = "--before", paramLabel = "TIME", converter = Moment.class,
            description = "Only files all of whose events were received before: ISO-8601 or ms"
                    + " since the epoch.")
    private @Nullable Instant before;
    @Option(names = "--keep-files", description = "Seals, and leaves the files where they are.")
    private boolean keepFiles;
    @Option(names = "--yes", description = "Seals; without it what would be done is only shown.")
    private boolean yes;
    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    private final Table table = new Table(Table.left("queue"), Table.left("file"),
            Table.left("sequence"), Table.right("bytes"), Table.right("sealed"), Table.left(""));
    private long files;
    private long fileBytes;
    private long segmentBytes;

    JournalSealCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode execute() throws CommandException, IOException {
        JournalDirectory journal = JournalAccess.open(shell().resolve(directory));
        try {
            return seal(journal);
        } catch (JournalException failure) {
            throw JournalAccess.refused(journal.path(), failure);
        }
    }

    private ExitCode seal(JournalDirectory journal) throws CommandException, IOException {
        JournalNeed need = JournalAccess.need(journal, journal.lastSequence());
        List<ClosedFile> free = new ArrayList<>();
        boolean isNeeded = false;
        for (JournalQueue queue : JournalQueue.values()) {
            for (ClosedFile file : ClosedFile.of(journal, queue)) {
                if (!isWanted(file)) {
                    break;
                }
                if (file.endSequence() > need.fromSequence()) {
                    row(file, null, "stays: needed by " + need.who());
                    isNeeded = true;
                    break;
                }
                free.add(file);
            }
        }
        if (yes) {
            try (Sealing sealing = JournalAccess.sealing(journal);
                    ProgressLine progress = new ProgressLine(shell(), "sealing", quiet)) {
                carryOut(sealing, free, progress);
            }
        } else {
            free.forEach(file -> row(file, null, file.isEmpty() ? "holds nothing, would go"
                    : keepFiles ? "would be sealed" : "would be sealed and go"));
        }
        conclude(need, free.isEmpty());
        return isNeeded ? ExitCode.FINDING : ExitCode.OK;
    }

    private boolean isWanted(ClosedFile file) {
        Instant limit = before;
        return limit == null || file.receivedBeforeNs() <= limit.toEpochMilli() * NS_PER_MS;
    }

    /** The oldest first: what is sealed and gone is always older than what is left. */
    private void carryOut(Sealing sealing, List<ClosedFile> free, ProgressLine progress)
            throws IOException {
        long total = free.stream().mapToLong(ClosedFile::bytes).sum();
        for (ClosedFile file : free) {
            if (file.isEmpty()) {
                if (!keepFiles) {
                    sealing.removeEmpty(file);
                    row(file, null, "held nothing, gone");
                }
                continue;
            }
            SegmentInfo segment = sealing.seal(file);
            if (!keepFiles) {
                sealing.removeFile(file, segment);
            }
            files++;
            fileBytes += file.bytes();
            segmentBytes += segment.fileBytes();
            row(file, segment, keepFiles ? "sealed, file stays" : "sealed, file gone");
            progress.onProgress(fileBytes, total, segment.endSequence() - 1);
        }
    }

    private void row(ClosedFile file, @Nullable SegmentInfo segment, String what) {
        table.row(file.queue().directoryName(), file.fileName(),
                file.isEmpty() ? "-"
                        : Figures.count(file.firstSequence()) + " to "
                                + Figures.count(file.endSequence() - 1),
                Figures.bytes(file.bytes()),
                segment == null ? "-" : Figures.bytes(segment.fileBytes()), what);
    }

    private void conclude(JournalNeed need, boolean isNothing) {
        table.lines(ink()).forEach(this::print);
        print("");
        if (isNothing) {
            print("nothing may be sealed");
        } else if (yes) {
            print("sealed      " + Figures.count(files) + " files, " + Figures.bytes(fileBytes)
                    + " became " + Figures.bytes(segmentBytes) + ", each read back");
        } else {
            print("--yes seals them");
        }
        print("needed      from sequence " + Figures.count(need.fromSequence()) + ", by "
                + need.who());
    }
}
