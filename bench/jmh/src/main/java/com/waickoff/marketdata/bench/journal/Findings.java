package com.waickoff.marketdata.bench.journal;

import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalReport;
import com.waickoff.marketdata.journal.JournalVerifier;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What who reads a journal finds in it.
 *
 * @param report null if it cannot be read at all
 * @param refusal why not, then
 */
record Findings(@Nullable JournalReport report, String refusal) {
    private static final int SHOWN = 110;

    /** Reads a journal. */
    static Findings of(Path directory) {
        try {
            return new Findings(JournalVerifier.verify(directory), "");
        } catch (JournalException e) {
            return new Findings(null, shown(e.getMessage()));
        }
    }

    /** Whether nothing is found to be wrong. */
    boolean isSound() {
        JournalReport found = report;
        return found != null && found.isSound();
    }

    /** In a few words. */
    String text() {
        JournalReport found = report;
        if (found == null) {
            return refusal;
        }
        return found.isSound() ? "sound" : shown(found.problems().getFirst());
    }

    /** Events of so many that were journaled of which nobody says that they are missing. */
    long unsaid(long journaled) {
        JournalReport found = report;
        return found == null || !found.isSound() ? 0
                : Math.abs(journaled - found.eventCount() - found.leftOut());
    }

    /** A message without directories, in one line that fits a table. */
    static String shown(@Nullable String message) {
        String oneLine = String.valueOf(message).replace('\n', ' ').replace('|', '/')
                .replaceAll("/\\S*/(?=\\S)", "");
        return oneLine.length() <= SHOWN ? oneLine : oneLine.substring(0, SHOWN) + "…";
    }
}
