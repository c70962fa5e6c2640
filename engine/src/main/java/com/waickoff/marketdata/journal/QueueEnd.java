package com.waickoff.marketdata.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a queue as an engine finds it: every file that it is going to append to, or that
 * Chronicle is going to look at, is looked through before.
 *
 * @param queue which one
 * @param files the oldest first
 * @param newestEnd bytes of the newest file up to the end of its last document; 0 if there is none
 * @param endSequence after the last event; 1 if there is none
 * @param newest what was seen of the newest file, which is not read again; null if there is none
 */
record QueueEnd(JournalQueue queue, List<Path> files, long newestEnd, long endSequence,
        @Nullable CycleCheck newest) {
    /**
     * Looks at a queue.
     *
     * @throws JournalException if a file is not as it was written
     * @throws IOException if one cannot be read
     */
    static QueueEnd check(JournalQueue queue, List<Path> files) throws IOException {
        long newestEnd = 0;
        long endSequence = 1;
        CycleCheck newest = null;
        for (int i = files.size() - 1; i >= 0; i--) {
            boolean isNewest = i == files.size() - 1;
            try (CycleCheck check = isNewest
                    ? CycleCheck.whole(queue, files.get(i))
                    : CycleCheck.end(queue, files.get(i))) {
                newestEnd = isNewest ? check.end() : newestEnd;
                newest = isNewest ? check : newest;
                if (endSequence == 1 && check.documents() > 0) {
                    endSequence = check.endSequence(0);
                }
                if (check.isClosed() && endSequence > 1) {
                    break;
                }
            }
        }
        return new QueueEnd(queue, files, newestEnd, endSequence, newest);
    }

    /**
     * Calls {@code visitor} with the documents from the last one backwards, as long as it wants and
     * they are remembered.
     */
    void backwards(Visitor visitor) throws IOException {
        CycleCheck last = newest;
        boolean goesOn = last != null && backwards(last, visitor);
        for (int i = files.size() - 2; goesOn && i >= 0; i--) {
            try (CycleCheck check = CycleCheck.whole(queue, files.get(i))) {
                goesOn = backwards(check, visitor);
            }
        }
    }

    private static boolean backwards(CycleCheck check, Visitor visitor) {
        for (long back = 0; check.remembers(back); back++) {
            if (!visitor.onDocument(check.kind(back), check.sequence(back),
                    check.endSequence(back))) {
                return false;
            }
        }
        return true;
    }

    /** Sees documents. */
    @FunctionalInterface
    interface Visitor {
        /** Returns whether it wants the one before, too. */
        boolean onDocument(byte kind, long sequence, long endSequence);
    }
}
