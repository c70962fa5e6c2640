package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalInUseException;
import com.waickoff.marketdata.journal.JournalInventory;
import com.waickoff.marketdata.memory.DirectoryInUseException;
import com.waickoff.marketdata.replay.JournalNeed;
import com.waickoff.marketdata.segment.Sealing;
import com.waickoff.marketdata.terminal.IoReasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the commands that look after a journal share: finding it, and words for what fails. */
final class JournalAccess {
    private JournalAccess() {}

    /**
     * The journal of a directory.
     *
     * @throws CommandException if there is none that this program can read
     */
    static JournalDirectory open(Path path) throws CommandException {
        if (!Files.isDirectory(path)) {
            throw new CommandException(ExitCode.NO_INPUT, path + ": no such directory");
        }
        if (!JournalDirectory.isJournal(path)) {
            throw new CommandException(ExitCode.NO_INPUT,
                    path + ": holds no journal; the engine writes one below its data directory");
        }
        try {
            return JournalDirectory.open(path);
        } catch (JournalException failure) {
            throw refused(path, failure);
        }
    }

    /** Looks through a journal, and shows how far that has come. */
    static JournalInventory inventory(JournalDirectory journal, Shell shell, boolean quiet)
            throws CommandException {
        try (ProgressLine progress = new ProgressLine(shell, "looking", quiet)) {
            return JournalInventory.of(journal, progress::onProgress);
        } catch (JournalException failure) {
            throw refused(journal.path(), failure);
        }
    }

    /**
     * What of its files somebody still needs.
     *
     * @throws CommandException if that cannot be told: then nothing may go
     */
    static JournalNeed need(JournalDirectory journal, long lastSequence)
            throws CommandException, IOException {
        StringBuilder passedOver = new StringBuilder();
        try {
            JournalNeed need = JournalNeed.of(journal, lastSequence,
                    text -> passedOver.append('\n').append(text));
            if (need != null) {
                return need;
            }
        } catch (JournalException failure) {
            throw refused(journal.path(), failure);
        }
        throw new CommandException(ExitCode.BAD_DATA, journal.path()
                + ": no checkpoint that verifies, so a restart needs the whole journal."
                + " Nothing was removed. The engine writes a checkpoint when it is stopped"
                + passedOver);
    }

    /** The right to remove closed files of a journal. */
    static Sealing sealing(JournalDirectory journal) throws CommandException, IOException {
        try {
            return Sealing.open(journal);
        } catch (DirectoryInUseException inUse) {
            throw new CommandException(ExitCode.IN_USE.code(),
                    String.valueOf(inUse.getMessage()), inUse);
        }
    }

    /** What a journal's refusal comes to. */
    static CommandException refused(Path path, JournalException failure) {
        if (failure instanceof JournalInUseException) {
            return new CommandException(ExitCode.IN_USE.code(),
                    String.valueOf(failure.getMessage()), failure);
        }
        if (failure.getCause() instanceof IOException io) {
            return new CommandException(ExitCode.IO_ERROR.code(),
                    path + ": cannot be read: " + IoReasons.of(io), failure);
        }
        return new CommandException(ExitCode.BAD_DATA.code(),
                String.valueOf(failure.getMessage()), failure);
    }
}
