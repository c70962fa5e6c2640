package com.waickoff.marketdata.storage.drain;

import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalEnd;
import com.waickoff.marketdata.journal.JournalException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Sequence of the newest event of a journal that may not be there yet, be damaged, or be replaced by
 * another one: lanes say what that means, this only tells how far they are behind.
 *
 * <p>Threads: one.
 */
final class NewestEvent implements AutoCloseable {
    static final long UNKNOWN = -1;

    private final Path journalDir;
    private @Nullable JournalEnd end;
    private long journalId;

    NewestEvent(Path journalDir) {
        this.journalDir = journalDir;
    }

    /** 0 where there is none; {@link #UNKNOWN} where it cannot be told. */
    long sequence() {
        try {
            if (!JournalDirectory.isJournal(journalDir)) {
                close();
                return UNKNOWN;
            }
            JournalDirectory journal = JournalDirectory.open(journalDir);
            JournalEnd known = end;
            if (known == null || journal.journalId() != journalId) {
                close();
                known = new JournalEnd(journal);
                end = known;
                journalId = journal.journalId();
            }
            return known.lastSequence();
        } catch (JournalException unreadable) {
            close();
            return UNKNOWN;
        }
    }

    @Override
    public void close() {
        JournalEnd known = end;
        end = null;
        if (known != null) {
            known.close();
        }
    }
}
