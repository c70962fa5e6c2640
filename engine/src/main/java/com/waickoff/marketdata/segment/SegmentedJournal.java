package com.waickoff.marketdata.segment;

import com.waickoff.marketdata.journal.JournalCursor;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.journal.JournalSource;
import com.waickoff.marketdata.journal.SequenceRange;
import java.nio.file.Path;
import java.util.List;

/**
 * A journal with what was sealed of it: first the segments whose files are gone, then the files.
 * Nothing is written and no lock is taken; an engine may be appending meanwhile.
 */
public final class SegmentedJournal implements JournalSource {
    private final JournalDirectory journal;
    private final Segments segments;

    /** A journal, sealed or not. */
    public SegmentedJournal(JournalDirectory journal) {
        this.journal = journal;
        segments = new Segments(journal);
    }

    /**
     * Looks at a journal.
     *
     * @throws JournalException if the directory holds none, or one of a newer version
     */
    public static SegmentedJournal open(Path path) {
        return new SegmentedJournal(JournalDirectory.open(path));
    }

    @Override
    public JournalCursor cursor(JournalQueue queue) {
        List<Path> sealed = segments.unsealedFrom(queue);
        if (sealed.isEmpty()) {
            return journal.cursor(queue);
        }
        return new ChainCursor(new SegmentCursor(sealed),
                journal.cursorAfter(queue, Segments.cycleFileName(sealed.getLast())),
                Segments.infoOf(sealed.getLast()).endSequence());
    }

    @Override
    public boolean isDeclaredLost(SequenceRange events) {
        return journal.isDeclaredLost(events);
    }

    @Override
    public long depthFrom() {
        return journal.depthFrom();
    }

    /** What is sealed, then what is not. */
    private static final class ChainCursor implements JournalCursor {
        private final SegmentCursor sealed;
        private final JournalCursor files;
        private final long sealedEnd;
        private boolean isSealed = true;

        ChainCursor(SegmentCursor sealed, JournalCursor files, long sealedEnd) {
            this.sealed = sealed;
            this.files = files;
            this.sealedEnd = sealedEnd;
        }

        @Override
        public boolean next() {
            isSealed = isSealed && sealed.next();
            return isSealed || files.next();
        }

        @Override
        public long address() {
            return current().address();
        }

        @Override
        public int length() {
            return current().length();
        }

        @Override
        public String place() {
            return current().place();
        }

        @Override
        public void toCycleOf(long sequence) {
            sealed.toCycleOf(sequence);
            files.toCycleOf(sequence);
            isSealed = sequence < sealedEnd;
        }

        @Override
        public void close() {
            try (files) {
                sealed.close();
            }
        }

        private JournalCursor current() {
            return isSealed ? sealed : files;
        }
    }
}
