package com.waickoff.marketdata.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The file of declared losses: see {@link JournalFormat}. */
final class Losses {
    private Losses() {}

    /**
     * All losses declared so far.
     *
     * @throws JournalException if the file cannot be read
     */
    static List<SequenceRange> read(Path directory) {
        Path path = directory.resolve(JournalFormat.LOSSES_FILE);
        List<SequenceRange> losses = new ArrayList<>();
        try {
            for (String line : Files.exists(path) ? Files.readAllLines(path) : List.<String>of()) {
                String[] ends = line.split(" ", -1);
                losses.add(new SequenceRange(Long.parseLong(ends[0]), Long.parseLong(ends[1])));
            }
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            throw new JournalException(path + ": cannot be read: " + e
                    + ". Expected are lines of two sequences, first and last", e);
        }
        return losses;
    }

    /** Declares a loss. */
    static void append(Path directory, SequenceRange loss) throws IOException {
        Files.writeString(directory.resolve(JournalFormat.LOSSES_FILE),
                loss.first() + " " + loss.last() + "\n", StandardOpenOption.CREATE,
                StandardOpenOption.APPEND, StandardOpenOption.DSYNC);
    }
}
