package com.waickoff.marketdata.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Which of the oldest files of book levels may go, though the tape of their time stays: levels are
 * most of a journal's bytes, and soonest of no use.
 *
 * <pre>
 *   tape    [ 1 ....................................... 900 ] [ 901 ..
 *   depth   [ 2 .. 199 ] [ 203 .. 398 ] [ 403 .. 700 ] [ 705 .. 950 ]
 *           `------- go ------------'     depth from 403
 * </pre>
 *
 * <p>From which sequence on the journal still has levels is written beside it first, so that a
 * reader knows the holes before it for what they are: see {@link JournalFormat}. An engine may be
 * appending meanwhile; the newest file stays.
 *
 * @param depthFrom first sequence whose levels stay; 0 if nothing goes
 * @param removed what goes, the oldest first
 */
public record DepthPruning(long depthFrom, List<CycleInfo> removed) {
    private static final String LOCK_SUFFIX = ".lock";

    /** Copies the list. */
    public DepthPruning {
        removed = List.copyOf(removed);
    }

    /**
     * What must go, as far as it may, for the files of levels to take no more than so many bytes.
     * Only their first documents are looked at.
     *
     * @param neededFrom first sequence that somebody still needs
     * @param keptBytes of files as the file system shows them
     */
    public static DepthPruning toBytes(JournalDirectory journal, long neededFrom, long keptBytes) {
        List<CycleInfo> files = journal.cycles(JournalQueue.DEPTH);
        long bytes = bytes(files);
        DepthPruning last = new DepthPruning(0, List.of());
        for (int i = 1; i < files.size() && bytes > keptBytes; i++) {
            bytes -= files.get(i - 1).lengthBytes();
            long first = files.get(i).firstSequence();
            if (first > neededFrom) {
                break;
            }
            if (first > 0) {
                last = new DepthPruning(first, files.subList(0, i));
            }
        }
        return last;
    }

    /** Bytes that go. */
    public long bytes() {
        return bytes(removed);
    }

    /** Removes the files; one that is gone already is no fault. */
    public void carryOut(JournalDirectory journal) throws IOException {
        if (removed.isEmpty()) {
            return;
        }
        declare(journal, depthFrom);
        Path depth = journal.path().resolve(JournalQueue.DEPTH.directoryName());
        for (CycleInfo file : removed) {
            Files.deleteIfExists(depth.resolve(file.fileName()));
        }
    }

    /**
     * Writes beside the journal that its levels are there from a sequence on; does nothing if that
     * is written of a later one. Several processes may do so: they wait for each other, so that what
     * is written never goes back.
     */
    public static void declare(JournalDirectory journal, long depthFrom) throws IOException {
        Path file = journal.path().resolve(JournalFormat.DEPTH_FILE);
        synchronized (DepthPruning.class) { // locks of files are those of a whole process
            try (FileChannel lock = FileChannel.open(
                    file.resolveSibling(file.getFileName() + LOCK_SUFFIX),
                    StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = lock.lock()) {
                if (depthFrom > journal.depthFrom()) {
                    new SequenceFile(journal.journalId(), depthFrom).write(file,
                            JournalFormat.DEPTH_KEYWORD);
                }
            }
        }
    }

    private static long bytes(List<CycleInfo> files) {
        return files.stream().mapToLong(CycleInfo::lengthBytes).sum();
    }
}
