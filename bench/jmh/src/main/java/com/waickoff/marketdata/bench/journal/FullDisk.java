package com.waickoff.marketdata.bench.journal;

import com.waickoff.marketdata.bench.journal.JournalFaults.Fault;
import com.waickoff.marketdata.bench.journal.JournalFaults.Outcome;
import com.waickoff.marketdata.journal.DiskFullException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A disk without room: a small file system in memory, filled to its last page. */
final class FullDisk {
    private static final String SIZE = "size=48m";
    private static final int PAGE = 4_096;

    private FullDisk() {}

    /** The journal is written until nothing goes. */
    static Outcome staysFull(Path directory) throws Exception {
        return onSmallDisk(directory, disk -> {
            Path path = disk.resolve("journal");
            String end = "goes on";
            long next;
            String went;
            Path filler;
            try (FaultJournal journal = FaultJournal.open(path)) {
                journal.both(0);
                journal.reserveAhead();
                filler = fill(disk);
                try {
                    for (;;) {
                        journal.both(0);
                    }
                } catch (DiskFullException e) {
                    end = e.getClass().getSimpleName();
                }
                went = String.format(Locale.ROOT,
                        "%,d levels are left out and declared, %,d trades go on in what was"
                                + " reserved, then %s",
                        journal.leftOut(), journal.trades(), end);
            }
            Files.delete(filler);
            try (FaultJournal again = FaultJournal.open(path)) {
                again.resume(0);
                again.both(0);
                next = again.nextSequence();
            }
            Findings findings = Findings.of(path);
            return new Outcome(went + "; with room again it goes on", findings.text(), "",
                    findings.unsaid(next - 1));
        });
    }

    /** There is room again before the tape has used up what was reserved. */
    static Outcome hasRoomAgain(Path directory) throws Exception {
        return onSmallDisk(directory, disk -> {
            Path path = disk.resolve("journal");
            long next;
            String after;
            try (FaultJournal journal = FaultJournal.open(path)) {
                journal.both(0);
                journal.reserveAhead();
                Path filler = fill(disk);
                while (!journal.isPaused()) {
                    journal.both(0);
                }
                Files.delete(filler);
                journal.reserveAhead();
                journal.resume(0);
                long leftOut = journal.leftOut();
                journal.both(0);
                after = journal.leftOut() == leftOut ? "all is journaled again"
                        : "levels are NOT journaled again";
                next = journal.nextSequence();
            }
            Findings findings = Findings.of(path);
            return new Outcome("the pause ends, " + after, findings.text(), "",
                    findings.unsaid(next - 1));
        });
    }

    private static Outcome onSmallDisk(Path directory, Fault fault) throws Exception {
        Files.createDirectories(directory);
        if (!run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", directory.toString())) {
            return new Outcome("not done: no file system may be mounted here", "", "", 0);
        }
        try {
            return fault.run(directory);
        } finally {
            run("umount", directory.toString());
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static Path fill(Path disk) throws IOException {
        Path filler = disk.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (Files.getFileStore(disk).getUsableSpace() > 0) {
                out.write(new byte[PAGE]);
            }
        }
        return filler;
    }
}
