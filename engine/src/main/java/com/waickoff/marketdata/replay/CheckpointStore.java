package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.event.Checkpointed;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints beside a journal: {@code checkpoint-<sequence>.ckp}, the newest two of them kept.
 *
 * <p>A file is complete or absent under its name: it is written aside, forced to the disk and
 * renamed. One that does not verify is passed over for the one before.
 */
public final class CheckpointStore {
    private static final String PREFIX = "checkpoint-";
    private static final String SUFFIX = ".ckp";
    private static final int KEPT = 2;

    private final Path directory;

    /** The version of the format that this program writes, and the only one it reads. */
    public static int formatVersion() {
        return CheckpointFormat.VERSION;
    }

    /** The checkpoints in this directory, which need not exist yet. */
    public CheckpointStore(Path directory) {
        this.directory = directory;
    }

    /**
     * Writes the state at a sequence and removes checkpoints that are no longer needed.
     *
     * @param partsOf the parts that hold state of an instrument
     */
    public void write(long journalId, long sequence, InstrumentCatalogue catalogue,
            IntFunction<List<Checkpointed>> partsOf) throws IOException {
        Files.createDirectories(directory);
        Path target = directory.resolve(fileName(sequence));
        Path aside = directory.resolve(target.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.CREATE,
                StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            CheckpointFormat.write(Channels.newOutputStream(channel), journalId, sequence,
                    catalogue, partsOf);
            channel.force(true);
        }
        publish(aside, target);
    }

    /**
     * Takes over a checkpoint that was written elsewhere, unless there is one here that is as new.
     * Another process may write one here meanwhile.
     *
     * @return whether it was taken over
     */
    public boolean adopt(Checkpoint checkpoint) throws IOException {
        synchronized (CheckpointStore.class) { // of several threads of this process one at a time
            return adoptAlone(checkpoint);
        }
    }

    private boolean adoptAlone(Checkpoint checkpoint) throws IOException {
        Files.createDirectories(directory);
        Path target = directory.resolve(checkpoint.file().getFileName());
        List<Path> here = newestFirst();
        if (!here.isEmpty() && here.getFirst().compareTo(target) >= 0) {
            return false;
        }
        Path aside = directory.resolve(target.getFileName() + ".adopted");
        Files.copy(checkpoint.file(), aside, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        publish(aside, target);
        return true;
    }

    private void publish(Path aside, Path target) throws IOException {
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        List<Path> all = newestFirst();
        for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
            Files.deleteIfExists(old);
        }
    }

    /**
     * The newest checkpoint of a journal that verifies, or null.
     *
     * @param lastSequence of the journal; a checkpoint beyond it belongs to something else
     * @param passedOver hears of each file that was not usable, and why
     */
    public @Nullable Checkpoint newest(long journalId, long lastSequence,
            Consumer<String> passedOver) throws IOException {
        return newestOf(newestFirst(), journalId, lastSequence, passedOver);
    }

    private static @Nullable Checkpoint newestOf(List<Path> files, long journalId,
            long lastSequence, Consumer<String> passedOver) {
        for (Path file : files) {
            try {
                Checkpoint checkpoint = CheckpointFormat.read(file);
                String mismatch = mismatch(checkpoint, journalId, lastSequence);
                if (mismatch == null) {
                    return checkpoint;
                }
                passedOver.accept(file + " is passed over: " + mismatch);
            } catch (IOException e) {
                passedOver.accept(file + " is passed over: " + e.getMessage());
            }
        }
        return null;
    }

    /**
     * The newest checkpoint of a journal that verifies and is not beyond a sequence, or null.
     *
     * @param passedOver hears of each other file that was not usable, and why
     */
    public @Nullable Checkpoint newestUpTo(long journalId, long sequence,
            Consumer<String> passedOver) throws IOException {
        String last = fileName(sequence);
        List<Path> candidates = newestFirst().stream()
                .filter(file -> file.getFileName().toString().compareTo(last) <= 0).toList();
        return newestOf(candidates, journalId, sequence, passedOver);
    }

    /**
     * Removes what somebody who begins anew behind a sequence cannot use, and what belongs to another
     * journal: it would outlive what is written from now on.
     */
    public void forgetBeyond(long journalId, long sequence) throws IOException {
        for (Path file : newestFirst()) {
            try {
                if (mismatch(CheckpointFormat.read(file), journalId, sequence) == null) {
                    continue;
                }
            } catch (IOException unusable) {
                // As good as one of another journal.
            }
            Files.deleteIfExists(file);
        }
    }

    private static @Nullable String mismatch(Checkpoint checkpoint, long journalId,
            long lastSequence) {
        if (checkpoint.journalId() != journalId) {
            return "it belongs to another journal";
        }
        if (checkpoint.sequence() > lastSequence) {
            return "it is at sequence " + checkpoint.sequence() + ", beyond the journal's last, "
                    + lastSequence;
        }
        return null;
    }

    private List<Path> newestFirst() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> found = new ArrayList<>(
                    files.filter(CheckpointStore::isCheckpoint).toList());
            found.sort(Comparator.comparing(Path::toString).reversed());
            return found;
        }
    }

    /** Sorted by name, files are sorted by sequence. */
    private static String fileName(long sequence) {
        return String.format(Locale.ROOT, "%s%020d%s", PREFIX, sequence, SUFFIX);
    }

    private static boolean isCheckpoint(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }
}
