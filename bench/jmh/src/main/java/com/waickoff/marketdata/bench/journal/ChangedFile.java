package com.waickoff.marketdata.bench.journal;

import com.waickoff.marketdata.bench.TemporaryFiles;
import com.waickoff.marketdata.bench.journal.JournalFaults.Outcome;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.journal.JournalSalvage;
import com.waickoff.marketdata.journal.SalvageReport;
import com.waickoff.marketdata.journal.SequenceRange;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A journal of three days one of whose files somebody else has changed. */
final class ChangedFile {
    private static final long HOUR_NS = TimeUnit.HOURS.toNanos(1);
    private static final long LATER_NS = TimeUnit.DAYS.toNanos(4);
    private static final int HOURS = 72;
    private static final int FLIPS = 300;
    private static final long FLIP_SEED = 3;
    private static final int HEAD_LENGTH = 512;
    private static final int PAGE = 4_096;
    private static final long NOISE_SEED = 11;
    private static final String IDENTITY = "journal.meta";
    private static final int VERSION_AT = 8;

    private ChangedFile() {}

    /** Changes a file. */
    @FunctionalInterface
    interface Change {
        void apply(Path file) throws IOException;
    }

    /** What an engine does that is started on a journal, and then appends to it. */
    private record Start(boolean isRefused, String text, long next) {
        static Start on(Path directory) {
            try (FaultJournal again = FaultJournal.open(directory)) {
                SequenceRange loss = again.loss();
                again.both(LATER_NS);
                return new Start(false,
                        "goes on" + (loss == null ? "" : ", and declares " + loss + " lost"),
                        again.nextSequence());
            } catch (JournalException e) {
                return new Start(true, "refuses: " + Findings.shown(e.getMessage()), 0);
            }
        }
    }

    /**
     * What a salvage saves, and whether an engine starts on that.
     *
     * @param saved events; -1 if there was nothing that it could read
     */
    private record Salvage(long saved, String text) {
        static Salvage of(Path directory, long journaled) throws IOException {
            Path target = directory.resolveSibling(directory.getFileName() + "-salvaged");
            try {
                SalvageReport report = JournalSalvage.salvage(directory, target,
                        () -> FaultJournal.START_NS, (done, total, events) -> {});
                Start start = Start.on(target);
                return new Salvage(report.events(),
                        String.format(Locale.ROOT, "saves %,d of %,d events%s", report.events(),
                                journaled, start.isRefused() ? "; NO start on them" : ""));
            } catch (JournalException e) {
                return new Salvage(-1, "refuses: " + Findings.shown(e.getMessage()));
            } finally {
                if (Files.exists(target)) {
                    TemporaryFiles.delete(target);
                }
            }
        }
    }

    /** A change of a file of the tape: the newest one, or the one before. */
    static Outcome of(Path directory, boolean isNewest, Change change) throws IOException {
        long journaled = write(directory);
        change.apply(FaultJournal.fileOf(directory, JournalQueue.TAPE, isNewest));
        Findings before = Findings.of(directory);
        String salvage = before.isSound() ? "" : Salvage.of(directory, journaled).text();
        Start start = Start.on(directory);
        return new Outcome(start.text(), before.text(), salvage, unsaid(directory, start));
    }

    /** Bits flipped one at a time, in a copy each: in the tape and the depth by turns. */
    static Outcome flips(Path directory, boolean isNewest) throws IOException {
        Path original = directory.resolve("original");
        long journaled = write(original);
        Random random = new Random(FLIP_SEED);
        int refused = 0;
        int seen = 0;
        int harmless = 0;
        long lost = 0;
        long leastSaved = Long.MAX_VALUE;
        for (int i = 0; i < FLIPS; i++) {
            JournalQueue queue = i % 2 == 0 ? JournalQueue.TAPE : JournalQueue.DEPTH;
            Path copy = directory.resolve("copy");
            copy(original, copy);
            flip(FaultJournal.fileOf(copy, queue, isNewest), i % 4 < 2, random);
            boolean isSeen = !Findings.of(copy).isSound();
            if (isSeen) {
                leastSaved = Math.min(leastSaved, Salvage.of(copy, journaled).saved());
            }
            Start start = Start.on(copy);
            refused += start.isRefused() ? 1 : 0;
            seen += isSeen ? 1 : 0;
            harmless += isSeen || start.isRefused() ? 0 : 1;
            lost += unsaid(copy, start);
            TemporaryFiles.delete(copy);
        }
        return new Outcome(
                "of " + FLIPS + " refuses " + refused + ", goes on after " + (FLIPS - refused),
                "finds " + seen + "; " + harmless + " others change nothing that anybody reads",
                String.format(Locale.ROOT, "saves at least %,d of %,d events", leastSaved,
                        journaled),
                lost);
    }

    static void zeroLastPage(Path file) throws IOException {
        overwrite(file, lastByte(file) - PAGE + 1, new byte[PAGE]);
    }

    static void cutInTheMiddle(Path file) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(lastByte(file) / 2);
        }
    }

    static void deleteIdentity(Path file) throws IOException {
        Files.delete(identity(file));
    }

    static void makeNewer(Path file) throws IOException {
        overwrite(identity(file), VERSION_AT, new byte[]{Byte.MAX_VALUE});
    }

    static void noiseInMetadata(Path file) throws IOException {
        Path metadata = file.resolveSibling("metadata.cq4t");
        byte[] bytes = new byte[(int) Files.size(metadata)];
        new Random(NOISE_SEED).nextBytes(bytes);
        Files.write(metadata, bytes);
    }

    private static Path identity(Path file) {
        return file.resolve("../..").normalize().resolve(IDENTITY);
    }

    /** An engine that refused has said so. */
    private static long unsaid(Path directory, Start start) {
        return start.isRefused() ? 0 : Findings.of(directory).unsaid(start.next() - 1);
    }

    private static void flip(Path file, boolean isInHead, Random random) throws IOException {
        byte[] content = Files.readAllBytes(file);
        int at = random.nextInt(isInHead ? HEAD_LENGTH : content.length);
        overwrite(file, at, new byte[]{(byte) (content[at] ^ 1 << random.nextInt(Byte.SIZE))});
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
            int used = Math.min(content.length, (int) lastByte(content) + 1 + Long.BYTES);
            Files.write(target, Arrays.copyOf(content, used));
        }
    }

    private static long write(Path directory) {
        try (FaultJournal journal = FaultJournal.open(directory)) {
            for (int hour = 0; hour < HOURS; hour++) {
                journal.both(hour * HOUR_NS);
            }
            return journal.nextSequence() - 1;
        }
    }

    private static long lastByte(Path file) throws IOException {
        return lastByte(Files.readAllBytes(file));
    }

    private static long lastByte(byte[] content) {
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
}
