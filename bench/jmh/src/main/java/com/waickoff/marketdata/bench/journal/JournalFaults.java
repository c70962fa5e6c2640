package com.waickoff.marketdata.bench.journal;

import com.waickoff.marketdata.bench.TemporaryFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * What becomes of a journal whose disk is full, whose clock jumps, or whose files are changed by
 * somebody else: a table, a row for each fault. Each fault has a process of its own, so that one
 * that ends it is seen.
 *
 * <pre>
 *   java @config/jvm/common.options -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.journal.JournalFaults [NAME …]
 * </pre>
 *
 * <p>All faults take about two minutes. Those of a full disk mount a small file system in memory,
 * where that is allowed. Ends with status 1 if something was lost of which nobody says so, or a
 * process died.
 */
public final class JournalFaults {
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
    private static final String CHILD = "--in-this-process";
    private static final String ROW = "| ";
    private static final String NOTHING_LOST = "| 0 |";
    private static final long WILD_SEED = 7;

    private static final List<Case> CASES = List.of(
            new Case("disk-full", "disk full", FullDisk::staysFull),
            new Case("space-returns", "disk full, then room again", FullDisk::hasRoomAgain),
            new Case("clock-back", "clock back by a day, again and again",
                    path -> clock(path, turn -> -DAY_NS)),
            new Case("clock-ahead", "clock ahead by two days and back",
                    path -> clock(path, turn -> turn % 2 == 0 ? 2 * DAY_NS : -2 * DAY_NS)),
            new Case("clock-wild", "clock jumps of up to 400 days, both ways",
                    JournalFaults::wildClock),
            new Case("flip-newest", "a bit flipped in one of the newest files",
                    path -> ChangedFile.flips(path, true)),
            new Case("flip-older", "a bit flipped in one of the files before",
                    path -> ChangedFile.flips(path, false)),
            new Case("zeroed-newest", "the last page of the newest tape zeroed",
                    path -> ChangedFile.of(path, true, ChangedFile::zeroLastPage)),
            new Case("zeroed-older", "the last page of the tape before zeroed",
                    path -> ChangedFile.of(path, false, ChangedFile::zeroLastPage)),
            new Case("cut-newest", "the newest tape cut in the middle",
                    path -> ChangedFile.of(path, true, ChangedFile::cutInTheMiddle)),
            new Case("cut-older", "the tape before cut in the middle",
                    path -> ChangedFile.of(path, false, ChangedFile::cutInTheMiddle)),
            new Case("deleted-newest", "the newest tape deleted",
                    path -> ChangedFile.of(path, true, Files::delete)),
            new Case("deleted-older", "the tape before deleted",
                    path -> ChangedFile.of(path, false, Files::delete)),
            new Case("deleted-meta", "journal.meta deleted",
                    path -> ChangedFile.of(path, true, ChangedFile::deleteIdentity)),
            new Case("newer-meta", "journal.meta of a newer version",
                    path -> ChangedFile.of(path, true, ChangedFile::makeNewer)),
            new Case("noise", "Chronicle's metadata full of noise",
                    path -> ChangedFile.of(path, true, ChangedFile::noiseInMetadata)));

    private JournalFaults() {}

    /** A row of the table. */
    private record Case(String name, String title, Fault fault) {}

    /** Does it, and tells what it gave. */
    @FunctionalInterface
    interface Fault {
        Outcome run(Path directory) throws Exception;
    }

    /**
     * What a fault gave.
     *
     * @param engine what one does that is started on it
     * @param readers what `journal verify` finds
     * @param salvage what `journal salvage` saves; empty where there is no need
     * @param lost events of which nobody says that they are missing
     */
    record Outcome(String engine, String readers, String salvage, long lost) {}

    /** By how much a clock jumps at a turn. */
    @FunctionalInterface
    private interface Jump {
        long ns(int turn);
    }

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        List<String> names = Arrays.asList(arguments);
        if (!names.isEmpty() && names.getFirst().equals(CHILD)) {
            System.out.println(row(find(names.get(1)), Path.of(names.get(2))));
            return;
        }
        System.out.println("| fault | the engine, started on it | `journal verify` |"
                + " `journal salvage` | lost silently |");
        System.out.println("|---|---|---|---|--:|");
        boolean isAllRight = true;
        Path directory = Files.createTempDirectory("journal-faults");
        try {
            for (Case fault : CASES) {
                if (names.isEmpty() || names.contains(fault.name)) {
                    isAllRight &= runInChild(fault, directory.resolve(fault.name));
                }
            }
        } finally {
            TemporaryFiles.delete(directory);
        }
        System.exit(isAllRight ? 0 : 1);
    }

    private static Case find(String name) {
        return CASES.stream().filter(fault -> fault.name.equals(name)).findFirst().orElseThrow();
    }

    private static String row(Case fault, Path directory) throws Exception {
        Outcome outcome = fault.fault.run(directory);
        return ROW + fault.title + " (`" + fault.name + "`) | " + outcome.engine + " | "
                + outcome.readers + " | " + outcome.salvage + " | " + outcome.lost + " |";
    }

    private static boolean runInChild(Case fault, Path directory)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"),
                JournalFaults.class.getName(), CHILD, fault.name, directory.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        String row = said.lines().filter(line -> line.startsWith(ROW)).findFirst()
                .orElse(ROW + fault.title + " | DIED with status " + status + " | | | |");
        System.out.println(row);
        return status == 0 && row.endsWith(NOTHING_LOST);
    }

    private static Outcome wildClock(Path directory) {
        Random random = new Random(WILD_SEED);
        return clock(directory, turn -> random.nextLong(-400 * DAY_NS, 400 * DAY_NS));
    }

    private static Outcome clock(Path directory, Jump jump) {
        long timeNs = 500 * DAY_NS;
        long next = 1;
        for (int start = 0; start < 4; start++) {
            try (FaultJournal journal = FaultJournal.open(directory)) {
                for (int turn = 0; turn < 25; turn++) {
                    timeNs = Math.max(0, timeNs + jump.ns(turn));
                    journal.both(timeNs);
                }
                next = journal.nextSequence();
            }
        }
        Findings findings = Findings.of(directory);
        return new Outcome("goes on, also after each of 4 starts", findings.text(), "",
                findings.unsaid(next - 1));
    }
}
