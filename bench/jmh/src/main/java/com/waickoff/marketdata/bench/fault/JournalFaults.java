package com.waickoff.marketdata.bench.fault;

import com.waickoff.marketdata.bench.TemporaryFiles;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalQueue;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What becomes of a journal whose disk is full, whose clock jumps, or whose files are changed by
 * somebody else: a table, a row for each fault. Each fault has a process of its own, so that one that
 * ends it is seen.
 *
 * <pre>
 * java @config/jvm/common.options -cp bench/jmh/target/benchmarks.jar \
 *     com.waickoff.marketdata.bench.fault.JournalFaults
 * </pre>
 */
public final class JournalFaults {
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
    private static final long HOUR_NS = TimeUnit.HOURS.toNanos(1);
    private static final int FLIPS = 100;
    private static final int HEAD_LENGTH = 512;
    private static final String TMPFS_SIZE = "size=48m";

    private JournalFaults() {}

    /** What is done to a journal, and what that gives. */
    private enum Case {
        DISK_FULL("disk full", JournalFaults::diskFull), SPACE_RETURNS("disk full, then room again",
                JournalFaults::spaceReturns), CLOCK_BACK("clock back by a day, again and again",
                        path -> clock(path, i -> -DAY_NS)), CLOCK_AHEAD(
                                "clock ahead by two days and back",
                                path -> clock(path,
                                        i -> i % 2 == 0 ? 2 * DAY_NS : -2 * DAY_NS)), CLOCK_WILD(
                                                "clock jumps of up to 400 days, both ways",
                                                path -> {
                                                    Random random = new Random(7);
                                                    return clock(path, i -> random
                                                            .nextLong(-400 * DAY_NS, 400 * DAY_NS));
                                                }), FLIPS_NEWEST(
                                                        "a bit flipped in the newest file, " + FLIPS
                                                                + " times",
                                                        path -> flips(path, true)), FLIPS_OLDER(
                                                                "a bit flipped in an older file, "
                                                                        + FLIPS + " times",
                                                                path -> flips(path,
                                                                        false)), ZEROED_NEWEST(
                                                                                "the last page of the newest file zeroed",
                                                                                path -> file(path,
                                                                                        true,
                                                                                        file -> overwrite(
                                                                                                file,
                                                                                                lastByte(
                                                                                                        file)
                                                                                                        - 4_095,
                                                                                                new byte[4_096]))), ZEROED_OLDER(
                                                                                                        "the last page of an older file zeroed",
                                                                                                        path -> file(
                                                                                                                path,
                                                                                                                false,
                                                                                                                file -> overwrite(
                                                                                                                        file,
                                                                                                                        lastByte(
                                                                                                                                file)
                                                                                                                                - 4_095,
                                                                                                                        new byte[4_096]))), CUT_NEWEST(
                                                                                                                                "the newest file cut in the middle",
                                                                                                                                path -> file(
                                                                                                                                        path,
                                                                                                                                        true,
                                                                                                                                        file -> cut(
                                                                                                                                                file,
                                                                                                                                                lastByte(
                                                                                                                                                        file)
                                                                                                                                                        / 2))), CUT_OLDER(
                                                                                                                                                                "an older file cut in the middle",
                                                                                                                                                                path -> file(
                                                                                                                                                                        path,
                                                                                                                                                                        false,
                                                                                                                                                                        file -> cut(
                                                                                                                                                                                file,
                                                                                                                                                                                lastByte(
                                                                                                                                                                                        file)
                                                                                                                                                                                        / 2))), DELETED_NEWEST(
                                                                                                                                                                                                "the newest file deleted",
                                                                                                                                                                                                path -> file(
                                                                                                                                                                                                        path,
                                                                                                                                                                                                        true,
                                                                                                                                                                                                        Files::delete)), DELETED_OLDER(
                                                                                                                                                                                                                "an older file deleted",
                                                                                                                                                                                                                path -> file(
                                                                                                                                                                                                                        path,
                                                                                                                                                                                                                        false,
                                                                                                                                                                                                                        Files::delete)), DELETED_IDENTITY(
                                                                                                                                                                                                                                "journal.meta deleted",
                                                                                                                                                                                                                                path -> file(
                                                                                                                                                                                                                                        path,
                                                                                                                                                                                                                                        true,
                                                                                                                                                                                                                                        file -> Files
                                                                                                                                                                                                                                                .delete(path
                                                                                                                                                                                                                                                        .resolve(
                                                                                                                                                                                                                                                                "journal.meta")))), METADATA(
                                                                                                                                                                                                                                                                        "Chronicle's metadata full of noise",
                                                                                                                                                                                                                                                                        path -> file(
                                                                                                                                                                                                                                                                                path,
                                                                                                                                                                                                                                                                                true,
                                                                                                                                                                                                                                                                                file -> noise(
                                                                                                                                                                                                                                                                                        file.resolveSibling(
                                                                                                                                                                                                                                                                                                "metadata.cq4t"))));

        private final String title;
        private final Fault fault;

        Case(String title, Fault fault) {
            this.title = title;
            this.fault = fault;
        }
    }

    /** Does it, and tells what it gave. */
    @FunctionalInterface
    private interface Fault {
        Outcome run(Path directory) throws Exception;
    }

    /** Changes a file. */
    @FunctionalInterface
    private interface Change {
        void apply(Path file) throws IOException;
    }

    /** By how much a clock jumps at a turn. */
    @FunctionalInterface
    private interface Jump {
        long ns(int turn);
    }

    /** A row of the table. */
    private record Outcome(String engine, String readers, long lost) {}

    /** Without arguments the table; with the name of a case and a directory, a row of it. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2) {
            Case wanted = Case.valueOf(arguments[0]);
            Outcome outcome = wanted.fault.run(Path.of(arguments[1]));
            System.out.println("| " + wanted.title + " | " + outcome.engine + " | "
                    + outcome.readers + " | " + outcome.lost + " |");
            return;
        }
        System.out.println("| fault | the engine, started on it | who reads it | lost silently |");
        System.out.println("|---|---|---|--:|");
        boolean isAllRight = true;
        Path directory = Files.createTempDirectory("journal-faults");
        try {
            for (Case fault : Case.values()) {
                isAllRight &= row(fault, directory.resolve(fault.name()));
            }
        } finally {
            TemporaryFiles.delete(directory);
        }
        System.exit(isAllRight ? 0 : 1);
    }

    private static boolean row(Case fault, Path directory) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"),
                JournalFaults.class.getName(), fault.name(), directory.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(process.getInputStream().readAllBytes(),
                StandardCharsets.UTF_8);
        int status = process.waitFor();
        String row = said.lines().filter(line -> line.startsWith("| ")).findFirst()
                .orElse("| " + fault.title + " | DIED with status " + status + " | | |");
        System.out.println(row);
        return status == 0 && row.endsWith("| 0 |");
    }

    private static Outcome diskFull(Path directory) throws Exception {
        return onSmallDisk(directory, disk -> {
            FaultJournal journal = FaultJournal.open(disk.resolve("journal"));
            journal.both(0);
            journal.reserveAhead();
            Path filler = fill(disk);
            String end = "";
            try {
                for (;;) {
                    journal.both(0);
                }
            } catch (JournalException e) {
                end = e.getClass().getSimpleName();
            }
            journal.close();
            Files.delete(filler);
            return new Outcome(String.format(Locale.ROOT,
                    "%,d levels are left out and declared, %,d trades go on in what was reserved,"
                            + " then %s; a start with room goes on",
                    journal.leftOut(), journal.trades(), end),
                    FaultJournal.readers(disk.resolve("journal")),
                    FaultJournal.lost(disk.resolve("journal"), journal.journaled(), false));
        });
    }

    private static Outcome spaceReturns(Path directory) throws Exception {
        return onSmallDisk(directory, disk -> {
            FaultJournal journal = FaultJournal.open(disk.resolve("journal"));
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
            String after = journal.leftOut() == leftOut ? "levels are journaled again" : "NOT";
            journal.close();
            return new Outcome("the pause ends, " + after,
                    FaultJournal.readers(disk.resolve("journal")),
                    FaultJournal.lost(disk.resolve("journal"), journal.journaled(), false));
        });
    }

    private static Outcome onSmallDisk(Path directory, Fault fault) throws Exception {
        Files.createDirectories(directory);
        if (!run("mount", "-t", "tmpfs", "-o", TMPFS_SIZE, "tmpfs", directory.toString())) {
            return new Outcome("not done: no file system may be mounted here", "", 0);
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
        try (var out = Files.newOutputStream(filler)) {
            while (Files.getFileStore(disk).getUsableSpace() > 0) {
                out.write(new byte[4_096]);
            }
        }
        return filler;
    }

    private static Outcome clock(Path directory, Jump jump) {
        long timeNs = 500 * DAY_NS;
        long journaled = 0;
        for (int run = 0; run < 4; run++) {
            try (FaultJournal journal = FaultJournal.open(directory)) {
                for (int turn = 0; turn < 25; turn++) {
                    timeNs = Math.max(0, timeNs + jump.ns(turn));
                    journal.both(timeNs);
                }
                journaled = journal.journaled();
            }
        }
        return new Outcome("goes on, also after restarts", FaultJournal.readers(directory),
                FaultJournal.lost(directory, journaled, false));
    }

    private static Outcome file(Path directory, boolean isNewest, Change change)
            throws IOException {
        long journaled = write(directory);
        change.apply(FaultJournal.fileOf(directory, JournalQueue.TAPE, isNewest));
        String readers = FaultJournal.readers(directory);
        String engine = FaultJournal.start(directory);
        boolean isRefused = engine.startsWith("refuses");
        return new Outcome(engine, readers, FaultJournal.lost(directory,
                journaled + (isRefused ? 0 : FaultJournal.IN_BOTH), isRefused));
    }

    private static Outcome flips(Path directory, boolean isNewest) throws IOException {
        Path original = directory.resolve("original");
        long journaled = write(original);
        Path file = FaultJournal.fileOf(original, JournalQueue.TAPE, isNewest);
        Random random = new Random(3);
        int refused = 0;
        int seen = 0;
        long lost = 0;
        for (int i = 0; i < FLIPS; i++) {
            Path copy = directory.resolve("copy");
            copy(original, copy);
            Path flipped = copy.resolve(original.relativize(file));
            byte[] content = Files.readAllBytes(flipped);
            int at = random.nextInt(i % 4 == 0 ? HEAD_LENGTH : content.length);
            content[at] ^= (byte) (1 << random.nextInt(8));
            overwrite(flipped, 0, content);
            boolean isSeen = !FaultJournal.isSound(copy);
            boolean isRefused = !FaultJournal.canStart(copy);
            refused += isRefused ? 1 : 0;
            seen += isSeen ? 1 : 0;
            lost += FaultJournal.lost(copy, journaled + FaultJournal.IN_BOTH,
                    isSeen || isRefused);
            TemporaryFiles.delete(copy);
        }
        return new Outcome("refuses " + refused + ", goes on after " + (FLIPS - refused),
                "find " + seen + "; the others change nothing that is read",
                lost);
    }

    /** Without the ends of the files, in which nothing is written. */
    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(from)) {
            files = found.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file));
            Files.createDirectories(target.getParent());
            byte[] content = Files.readAllBytes(file);
            int used = Math.min(content.length, (int) lastByte(file) + 1 + Long.BYTES);
            Files.write(target, Arrays.copyOf(content, used));
        }
    }

    private static long write(Path directory) {
        try (FaultJournal journal = FaultJournal.open(directory)) {
            for (int hour = 0; hour < 72; hour++) {
                journal.both(hour * HOUR_NS);
            }
            return journal.journaled();
        }
    }

    private static long lastByte(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        int last = content.length - 1;
        while (last > 0 && content[last] == 0) {
            last--;
        }
        return last;
    }

    private static void overwrite(Path file, long from, byte[] bytes) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(from);
            access.write(bytes);
        }
    }

    private static void cut(Path file, long length) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(length);
        }
    }

    private static void noise(Path file) throws IOException {
        byte[] bytes = new byte[(int) Files.size(file)];
        new Random(11).nextBytes(bytes);
        Files.write(file, bytes);
    }
}
