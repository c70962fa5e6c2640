package com.waickoff.marketdata.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How far somebody has come who reads a journal and needs what follows, such as a drain into a
 * database. Whoever registers keeps the journal from being pruned beyond its cursor.
 *
 * <pre>
 *  journal directory
 *  +-- consumers/NAME.cursor   "waickoff-cursor SP version SP journal id SP sequence SP CRC32C LF":
 *                              a {@link SequenceFile}; the sequence is that of the last event that
 *                              is done with, 0 for none
 * </pre>
 *
 * <p>A consumer that is gone for good is taken off by removing its file.
 *
 * @param name lower-case letters, digits and dashes, at most 64
 * @param journalId as {@link JournalDirectory#journalId()} says it
 * @param sequence of the last event that is done with; 0 for none
 */
public record JournalConsumer(String name, long journalId, long sequence) {
    private static final String FOLDER = "consumers";
    private static final String SUFFIX = ".cursor";
    private static final String KEYWORD = "waickoff-cursor";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    /** Checks ranges. */
    public JournalConsumer {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a consumer's name is \"" + name
                    + "\", allowed are lower-case letters, digits and dashes, at most 64");
        }
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence is " + sequence + ", allowed is from 0");
        }
    }

    /**
     * All consumers of a journal, by name.
     *
     * @throws JournalException if a cursor cannot be read or understood: then nobody knows how far
     *     that consumer is
     */
    public static List<JournalConsumer> all(Path journal) {
        List<JournalConsumer> consumers = new ArrayList<>();
        Path folder = journal.resolve(FOLDER);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                consumers.add(read(file));
            }
        } catch (NoSuchFileException nobody) {
            return List.of();
        } catch (IOException e) {
            throw new JournalException(folder + ": cannot be read: " + e, e);
        }
        consumers.sort(Comparator.comparing(JournalConsumer::name));
        return consumers;
    }

    /**
     * First sequence of a journal that it still has to read. One that read another journal before
     * will begin with this one's first event.
     */
    public long neededFrom(long ofJournalId) {
        return journalId == ofJournalId ? sequence + 1 : 1;
    }

    /**
     * Registers the consumer, or moves its cursor: afterwards the file holds it whole, and will
     * after a crash of the machine.
     */
    public void write(Path journal) throws IOException {
        Path folder = Files.createDirectories(journal.resolve(FOLDER));
        new SequenceFile(journalId, sequence).write(folder.resolve(name + SUFFIX), KEYWORD);
    }

    private static JournalConsumer read(Path file) throws IOException {
        SequenceFile content = SequenceFile.read(file, KEYWORD);
        String fileName = file.getFileName().toString();
        try {
            return new JournalConsumer(
                    fileName.substring(0, fileName.length() - SUFFIX.length()),
                    content.journalId(), content.sequence());
        } catch (IllegalArgumentException e) {
            throw new JournalException(file + ": " + e.getMessage(), e);
        }
    }
}
