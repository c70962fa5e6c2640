package com.waickoff.marketdata.segment;

import com.waickoff.marketdata.journal.CycleInfo;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalQueue;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of a journal that a later one of its queue follows, so that nothing is added to it any more.
 *
 * <pre>
 *   tape   [ 1 .... 400 ] [ 401 .... 900 ] [ 901 ..          two are closed
 *                         ^ endSequence of the first, and when it was received by the latest
 * </pre>
 *
 * @param queue which queue it belongs to
 * @param fileName such as {@code 20261121F.cq4}
 * @param firstSequence of its first document; 0 if it holds none
 * @param endSequence of the first document behind it: all of its events are before that
 * @param receivedBeforeNs when that was received, in ns since the epoch: all of its events were not
 *     later
 * @param bytes of the file
 * @param isSealed whether there is a segment of it
 */
public record ClosedFile(JournalQueue queue, String fileName, long firstSequence,
        long endSequence, long receivedBeforeNs, long bytes, boolean isSealed) {
    /**
     * The closed files of a queue, the oldest first; the first documents of files are all that is
     * read.
     */
    public static List<ClosedFile> of(JournalDirectory journal, JournalQueue queue) {
        List<CycleInfo> files = journal.cycles(queue);
        List<ClosedFile> closed = new ArrayList<>();
        CycleInfo next = new CycleInfo(queue, "", 0, 0, 0);
        for (CycleInfo file : files.reversed()) {
            if (next.firstSequence() > 0) {
                closed.add(new ClosedFile(queue, file.fileName(), file.firstSequence(),
                        next.firstSequence(), next.firstReceiveTimeNs(), file.lengthBytes(),
                        Files.exists(Segments.pathOf(journal.path(), queue, file.fileName()))));
            }
            next = file.firstSequence() > 0 ? file : next;
        }
        return closed.reversed();
    }

    /** Whether it holds nothing, as one that was prepared and never written. */
    public boolean isEmpty() {
        return firstSequence == 0;
    }
}
