package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.memory.DirectoryInUseException;
import com.waickoff.marketdata.memory.DirectoryLock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The journal of the one engine that writes a directory. Opening it is also recovery: the normal
 * path after a clean stop and after a kill alike.
 *
 * <p>Cycles follow the receive times of the documents, never backwards, so an append reads no clock
 * and a journal of recorded events is laid out by the time of the recording.
 *
 * <p>What survives: a killed process loses nothing that was appended. A machine that stops loses
 * what its kernel had not written yet, as a rule less than 30 s.
 *
 * <p>Threads: one appends at a time; cursors may be made by any.
 */
public final class Journal implements JournalStore {
    /** What may be in the directory before it is a journal. */
    private static final Set<String> BEFORE_IDENTITY = Set.of(JournalFormat.LOCK_FILE,
            JournalFormat.IDENTITY_FILE + ".new", "lost+found");

    private final Path path;
    private final DirectoryLock lock;
    private final JournalDirectory directory;
    private final ChronicleAppender tape;
    private final ChronicleAppender depth;
    private final JournalRecovery recovery;
    /** Whether the depth found no room since it was last asked. */
    private final AtomicBoolean isDepthRefused = new AtomicBoolean();

    private Journal(DirectoryLock lock, JournalDirectory directory, ChronicleAppender tape,
            ChronicleAppender depth, JournalRecovery recovery) {
        this.path = directory.path();
        this.lock = lock;
        this.directory = directory;
        this.tape = tape;
        this.depth = depth;
        this.recovery = recovery;
    }

    /**
     * Opens the journal of a directory, or makes one in an empty or absent directory.
     *
     * @param clock ns since the epoch; it names a new journal and is not asked again
     * @throws JournalInUseException if another engine writes it
     * @throws JournalException if the directory is not writable, belongs to something else, is
     *     damaged, of a newer version, or kept otherwise than {@code config} says
     */
    public static Journal open(Path path, JournalConfig config, LongSupplier clock) {
        return open(path, config, clock, BlockSource.DISK);
    }

    /** The same, on a disk of which {@code blocks} says what room it has. */
    static Journal open(Path path, JournalConfig config, LongSupplier clock, BlockSource blocks) {
        try {
            Files.createDirectories(path);
            DirectoryLock lock = DirectoryLock.acquire(path, JournalFormat.LOCK_FILE,
                    "this journal");
            try {
                return open(path, config, clock, blocks, lock);
            } catch (IOException | RuntimeException | Error e) {
                lock.close();
                throw e;
            }
        } catch (DirectoryInUseException e) {
            throw new JournalInUseException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new JournalException(path + ": the journal cannot be written there: " + e
                    + ". The directory must exist or be creatable, and be writable by this user",
                    e);
        }
    }

    /** What opening found at the end of the queues. */
    public JournalRecovery recovery() {
        return recovery;
    }

    /** The same journal as its readers see it. */
    public JournalDirectory directory() {
        return directory;
    }

    @Override
    public long nextSequence() {
        return recovery.nextSequence();
    }

    @Override
    public boolean beginsCycle(JournalQueue queue, long receiveTimeNs) {
        return appender(queue).beginsCycle(receiveTimeNs);
    }

    @Override
    public boolean makeRoom(JournalQueue queue, int length, long receiveTimeNs) {
        try {
            boolean hasRoom = appender(queue).makeRoom(length, receiveTimeNs);
            if (!hasRoom && queue == JournalQueue.DEPTH) {
                isDepthRefused.set(true);
            }
            return hasRoom;
        } catch (IOException e) {
            throw new JournalException(path.resolve(queue.directoryName())
                    + ": no room can be reserved: " + e.getMessage(), e);
        }
    }

    @Override
    public void append(JournalQueue queue, long address, int length, long receiveTimeNs) {
        if (!makeRoom(queue, length, receiveTimeNs)) {
            throw new DiskFullException(path.resolve(queue.directoryName())
                    + ": the disk is full: there is no room for a document of " + length
                    + " bytes. What was appended before is whole; make room, and start again");
        }
        try {
            appender(queue).append(address, length, receiveTimeNs);
        } catch (RuntimeException | InternalError e) {
            // InternalError: a page of the mapped file that the disk has no room for.
            throw new JournalException(path.resolve(queue.directoryName())
                    + ": cannot append (disk full, or failing?): " + e, e);
        }
    }

    @Override
    public JournalCursor cursor(JournalQueue queue) {
        return directory.cursor(queue);
    }

    @Override
    public boolean isDeclaredLost(SequenceRange events) {
        return directory.isDeclaredLost(events);
    }

    /** Whether the depth found no room for a document since this was last asked. */
    boolean takeRefusal() {
        return isDepthRefused.getAndSet(false);
    }

    /**
     * Reserves the blocks that are going to be needed, in the present files and the ones after them,
     * and gives back what older ones did not need. Whoever calls it about ten times a second keeps
     * this work away from the thread that appends.
     *
     * <p>Threads: any one, beside the one that appends.
     *
     * @return false if the disk had no room for all of it; what is appended next may still have some
     * @throws JournalException if it fails otherwise
     */
    public boolean reserveAhead() {
        try {
            tape.reserve().ahead();
            depth.reserve().ahead();
        } catch (IOException e) {
            throw new JournalException(path + ": no room can be reserved: " + e.getMessage(), e);
        }
        return !tape.reserve().isShort() && !depth.reserve().isShort();
    }

    @Override
    public long depthFrom() {
        return directory.depthFrom();
    }

    @Override
    public void close() {
        try (lock; depth) {
            tape.close();
        }
    }

    private ChronicleAppender appender(JournalQueue queue) {
        return queue == JournalQueue.TAPE ? tape : depth;
    }

    private static Journal open(Path path, JournalConfig config, LongSupplier clock,
            BlockSource blocks, DirectoryLock lock) throws IOException {
        if (!Files.exists(path.resolve(JournalFormat.IDENTITY_FILE))) {
            checkUnused(path);
            new JournalIdentity(clock.getAsLong(), config).write(path);
        }
        JournalDirectory directory = JournalDirectory.open(path);
        if (!directory.config().equals(config)) {
            throw new JournalException(path + ": this journal is kept as " + directory.config()
                    + " but configured is " + config
                    + ". Keep the former, or begin a new journal in another directory");
        }
        QueueEnd tapeEnd = endOf(directory, JournalQueue.TAPE);
        QueueEnd depthEnd = endOf(directory, JournalQueue.DEPTH);
        JournalRecovery recovery = JournalRecovery.of(tapeEnd, depthEnd);
        SequenceRange loss = recovery.loss();
        if (loss != null && directory.isDeclaredLost(loss)) {
            recovery = new JournalRecovery(recovery.nextSequence(), null);
        } else if (loss != null) {
            Losses.append(path, loss);
        }
        ChronicleAppender tape = appender(path, tapeEnd, config.tapeCycle(), config, blocks);
        try {
            return new Journal(lock, directory, tape,
                    appender(path, depthEnd, config.depthCycle(), config, blocks), recovery);
        } catch (IOException | RuntimeException | Error e) {
            tape.close();
            throw e;
        }
    }

    private static QueueEnd endOf(JournalDirectory directory, JournalQueue queue)
            throws IOException {
        ChronicleAppender.putAsideHalfMade(directory.path().resolve(queue.directoryName()),
                directory.cyclePathsAfter(queue, null));
        return QueueEnd.check(queue, directory.cyclePathsAfter(queue, null));
    }

    private static ChronicleAppender appender(Path path, QueueEnd end, JournalCycle cycle,
            JournalConfig config, BlockSource blocks) throws IOException {
        Path directory = path.resolve(end.queue().directoryName());
        try {
            return new ChronicleAppender(directory, cycle, config.blockLength(), blocks,
                    end.newestEnd());
        } catch (RuntimeException | InternalError e) {
            throw new JournalException(directory + ": cannot be opened for appending: " + e
                    + ". See what is left by `journal verify`", e);
        }
    }

    private static void checkUnused(Path path) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                if (!BEFORE_IDENTITY.contains(file.getFileName().toString())) {
                    throw new JournalException(path + ": found " + file.getFileName() + " but no "
                            + JournalFormat.IDENTITY_FILE + "; expected a journal or an empty"
                            + " directory. Check the configured path, or restore the file from a"
                            + " backup");
                }
            }
        }
    }
}
