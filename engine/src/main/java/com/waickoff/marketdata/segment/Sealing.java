package com.waickoff.marketdata.segment;

import com.waickoff.marketdata.journal.DepthPruning;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.memory.DirectoryLock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The right to turn files of a journal into segments, and to remove either: one process's at a time.
 * An engine may be appending meanwhile, and removing the oldest files of book levels by itself.
 *
 * <pre>
 *   file ──seal──► segment.new ──read back──► segment ──removeFile──► segment alone
 *                  └ a kill leaves it behind: the next Sealing removes it
 * </pre>
 *
 * <p>After every step, and after a kill in the middle of one, each document is in the file, in the
 * segment, or in both; readers take it once.
 *
 * <p>Threads: one.
 */
public final class Sealing implements AutoCloseable {
    private static final String LOCK_FILE = "seal.lock";

    private final JournalDirectory journal;
    private final Segments segments;
    private final DirectoryLock lock;

    private Sealing(JournalDirectory journal, DirectoryLock lock) {
        this.journal = journal;
        segments = new Segments(journal);
        this.lock = lock;
    }

    /**
     * Takes the right, and removes what one that was killed left half written.
     *
     * @throws com.waickoff.marketdata.memory.DirectoryInUseException if another one has it
     */
    public static Sealing open(JournalDirectory journal) throws IOException {
        Path folder = Files.createDirectories(journal.path().resolve(SegmentFormat.FOLDER));
        DirectoryLock lock = DirectoryLock.acquire(folder, LOCK_FILE, "segments");
        try {
            for (JournalQueue queue : JournalQueue.values()) {
                tidy(folder.resolve(queue.directoryName()));
            }
            return new Sealing(journal, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void tidy(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder,
                "*" + SegmentFormat.SUFFIX + SegmentWriter.ASIDE_SUFFIX)) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    /**
     * Seals a file, or reads the segment that is there of it: when this returns, the segment is on
     * the disk and was read back whole. The file stays.
     *
     * @throws JournalException if the file is damaged, not closed or empty, or if what is read back
     *     differs
     * @throws IOException if the segment cannot be written
     */
    public SegmentInfo seal(ClosedFile file) throws IOException {
        if (file.isSealed()) {
            try {
                return matching(file, segments.verify(
                        Segments.pathOf(journal.path(), file.queue(), file.fileName())));
            } catch (JournalException damaged) {
                // The file is there: what was sealed is replaced.
            }
        }
        return matching(file, SegmentWriter.seal(journal, file.queue(), file.fileName()));
    }

    private static SegmentInfo matching(ClosedFile file, SegmentInfo segment) {
        if (segment.firstSequence() != file.firstSequence()
                || segment.endSequence() > file.endSequence()) {
            throw new JournalException(segment.path() + ": holds the sequences "
                    + segment.firstSequence() + " to " + (segment.endSequence() - 1)
                    + ", those of its file begin with " + file.firstSequence()
                    + " and end before " + file.endSequence());
        }
        return segment;
    }

    /**
     * Removes a file that was sealed, or that holds nothing; one that is gone already is no fault.
     *
     * @param segment as {@link #seal} returned it
     */
    public void removeFile(ClosedFile file, SegmentInfo segment) throws IOException {
        matching(file, segment);
        Files.deleteIfExists(pathOf(file));
    }

    /** Removes a file that holds nothing. */
    public void removeEmpty(ClosedFile file) throws IOException {
        if (!file.isEmpty()) {
            throw new IllegalArgumentException(file.fileName() + " holds documents");
        }
        Files.deleteIfExists(pathOf(file));
    }

    /**
     * Removes the oldest segments of book levels. From which sequence on there are levels is written
     * beside the journal first.
     *
     * @param oldest all segments of levels that are older than that
     * @param levelsFrom first sequence of the levels that stay
     */
    public void removeLevels(List<SegmentInfo> oldest, long levelsFrom) throws IOException {
        DepthPruning.declare(journal, levelsFrom);
        remove(oldest);
    }

    /**
     * Removes the oldest segments, so that the journal begins where a file of the tape does.
     *
     * @param oldest those of the tape, then those of levels that end before what stays of the tape
     */
    public void removeOldest(List<SegmentInfo> oldest) throws IOException {
        remove(oldest);
    }

    private static void remove(List<SegmentInfo> removed) throws IOException {
        for (SegmentInfo segment : removed) {
            Files.deleteIfExists(segment.path());
        }
    }

    private Path pathOf(ClosedFile file) {
        return journal.path().resolve(file.queue().directoryName()).resolve(file.fileName());
    }

    @Override
    public void close() {
        lock.close();
    }
}
