package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.memory.DiskBlocks;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of the disk that a queue has before it writes there: ahead in its file, and the first ones
 * of the file after it.
 *
 * <pre>
 *   20261121F.cq4          |-- written --|-- two blocks ahead --|   ... sparse
 *   20261122F.precreated   |-- the first block of the next cycle --|
 * </pre>
 *
 * <p>Chronicle gives the prepared file its name when the cycle begins. What a file did not need is
 * given back when the next one has begun, or the queue is closed.
 *
 * <p>Threads: {@link #hasRoom}, {@link #makeRoom} and {@link #wrote} belong to the thread that
 * appends; {@link #ahead} to any other one, so that the first seldom has to do anything.
 */
final class BlockReserve implements AutoCloseable {
    /**
     * What a document may need beside its own length: its word, and the pages of Chronicle's index,
     * of which a file begins with two and gets another one now and then.
     */
    static final int MARGIN = 1 << 18;
    static final String PREPARED_SUFFIX = ".precreated";

    private static final int BLOCKS_AHEAD = 2;
    private static final int FILES_TO_TRIM = 8;

    private final Path directory;
    private final JournalCycle cycle;
    private final DateTimeFormatter names;
    private final int blockLength;
    private final BlockSource source;
    private final Deque<Used> toTrim = new ArrayDeque<>();

    /** A file that is written no more, and how far it was. */
    private record Used(Path file, long end) {}

    private @Nullable Path file;
    private long fileCycle = Long.MIN_VALUE;
    private @Nullable Path prepared;
    /** Of the present file: everything before has its blocks. */
    private volatile long reservedEnd;
    private final AtomicLong writtenEnd = new AtomicLong();
    private volatile boolean isShort;
    private boolean isPossible = true;

    /**
     * A reserve of a queue that is not being written yet.
     *
     * @param names how files are named by the UTC time at which their cycle starts
     */
    BlockReserve(Path directory, JournalCycle cycle, DateTimeFormatter names, int blockLength,
            BlockSource source) throws IOException {
        this.directory = directory;
        this.cycle = cycle;
        this.names = names.withZone(ZoneOffset.UTC);
        this.blockLength = blockLength;
        this.source = source;
        removePrepared();
    }

    /** Whether a document that ends there has its blocks. */
    boolean hasRoom(long end) {
        return end + MARGIN <= reservedEnd;
    }

    /**
     * Sees to the blocks of a document at once, because they are not there yet.
     *
     * @param ofCycle the cycle it goes into
     * @param from where it begins in its file; 0 in one that does not exist yet
     * @return false if the disk has no room for it
     * @throws IOException if it cannot be told
     */
    synchronized boolean makeRoom(long ofCycle, long from, int length) throws IOException {
        if (ofCycle != fileCycle) {
            begin(ofCycle);
        }
        long end = from + length;
        if (hasRoom(end)) {
            return true;
        }
        Path target = target();
        return reserve(target, Math.max(from, reservedEnd), end + MARGIN)
                && (reserve(target, reservedEnd, end + blockLength) || hasRoom(end));
    }

    /** Takes notice of where the present file ends by now. */
    void wrote(long end) {
        writtenEnd.setRelease(end);
    }

    /** Whether the last attempt to reserve blocks found none. */
    boolean isShort() {
        return isShort;
    }

    /**
     * Reserves what will be needed next, and gives back what is not needed any more.
     *
     * @throws IOException if that fails for another reason than a full disk
     */
    synchronized void ahead() throws IOException {
        for (Used old = toTrim.poll(); old != null; old = toTrim.poll()) {
            trim(old);
        }
        if (fileCycle == Long.MIN_VALUE || !isPossible) {
            return;
        }
        long wanted = writtenEnd.get() + (long) BLOCKS_AHEAD * blockLength;
        if (wanted - reservedEnd >= blockLength / 2 || isShort) {
            isShort = !reserve(target(), reservedEnd, Math.max(wanted, reservedEnd));
        }
        if (!isShort && prepared == null && Files.exists(nameOf(fileCycle))) {
            prepare(fileCycle + 1);
        }
    }

    /** Gives back what was not needed, once nobody writes any more. */
    @Override
    public synchronized void close() {
        try {
            for (Used old : toTrim) {
                trim(old);
            }
            Path last = file;
            if (last != null && Files.exists(last)) {
                trim(new Used(last, writtenEnd.get()));
            }
            removePrepared();
        } catch (IOException e) {
            throw new JournalException(directory + ": what was reserved cannot be given back: "
                    + e.getMessage(), e);
        }
    }

    private void begin(long ofCycle) throws IOException {
        Path old = file;
        if (old != null && toTrim.size() < FILES_TO_TRIM) {
            toTrim.add(new Used(old, writtenEnd.get()));
        }
        Path next = nameOf(ofCycle);
        boolean isPrepared = preparedName(ofCycle).equals(prepared);
        if (!isPrepared) {
            removePrepared();
        }
        file = next;
        fileCycle = ofCycle;
        writtenEnd.set(0);
        reservedEnd = isPrepared ? blockLength : 0;
        prepared = null;
    }

    /** The file itself, or what becomes it. */
    private Path target() throws IOException {
        Path named = nameOf(fileCycle);
        if (Files.exists(named)) {
            return named;
        }
        Path nascent = preparedName(fileCycle);
        if (!Files.exists(nascent)) {
            Files.createFile(nascent);
        }
        return nascent;
    }

    private void prepare(long nextCycle) throws IOException {
        Path next = preparedName(nextCycle);
        if (!Files.exists(nameOf(nextCycle))) {
            Files.deleteIfExists(next);
            Files.createFile(next);
            try {
                isPossible = source.reserve(next, 0, blockLength);
                prepared = next;
            } catch (DiskBlocks.NoSpaceException e) {
                isShort = true;
                Files.delete(next);
            }
        }
    }

    /** Whether there are so many. */
    private boolean reserve(Path target, long from, long end) throws IOException {
        if (end <= from) {
            return true;
        }
        try {
            isPossible = source.reserve(target, from, end - from);
            reservedEnd = isPossible ? end : Long.MAX_VALUE;
            return true;
        } catch (DiskBlocks.NoSpaceException e) {
            isShort = true;
            return false;
        }
    }

    /** A mark of its end may follow the last document. What was sealed or pruned is gone already. */
    private static void trim(Used old) throws IOException {
        long end = old.end() + MARGIN;
        try {
            DiskBlocks.release(old.file(), end, Math.max(Files.size(old.file()), end + 1));
        } catch (NoSuchFileException gone) {
            // With all of its blocks.
        }
    }

    private void removePrepared() throws IOException {
        prepared = null;
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory,
                "*" + PREPARED_SUFFIX)) {
            for (Path left : files) {
                Files.delete(left);
            }
        }
    }

    private Path nameOf(long ofCycle) {
        return directory.resolve(stem(ofCycle) + JournalFormat.CYCLE_SUFFIX);
    }

    private Path preparedName(long ofCycle) {
        return directory.resolve(stem(ofCycle) + PREPARED_SUFFIX);
    }

    private String stem(long ofCycle) {
        return names.format(Instant.ofEpochSecond(0, cycle.startNs(ofCycle)));
    }
}
