package com.waickoff.marketdata.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * How far somebody has come who reads a journal and needs what follows, such as a drain into a
 * database. Whoever registers keeps the journal from being pruned beyond its cursor.
 *
 * <pre>
 *  journal directory
 *  +-- consumers/NAME.cursor   one line of ASCII, replaced as a whole:
 *
 *      waickoff-cursor SP version SP journal id SP sequence SP CRC32C LF
 *
 *  version      {@value #VERSION}
 *  journal id   of the journal whose sequence this is, decimal
 *  sequence     of the last event that is done with, decimal; 0 for none
 *  CRC32C       of all bytes before the blank in front of it, 8 digits of hexadecimal
 * </pre>
 *
 * <p>A consumer that is gone for good is taken off by removing its file.
 *
 * @param name lower-case letters, digits and dashes, at most 64
 * @param journalId as {@link JournalDirectory#journalId()} says it
 * @param sequence of the last event that is done with; 0 for none
 */
public record JournalConsumer(String name, long journalId, long sequence) {
    /** Version of the file. */
    public static final int VERSION = 1;

    private static final String FOLDER = "consumers";
    private static final String SUFFIX = ".cursor";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern LINE = Pattern.compile(
            "(waickoff-cursor ([0-9]{1,9}) (-?[0-9]{1,19}) ([0-9]{1,19})) ([0-9a-f]{8})\n");

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
     * Registers the consumer, or moves its cursor: afterwards the file holds it whole, and will
     * after a crash of the machine.
     */
    public void write(Path journal) throws IOException {
        Path folder = Files.createDirectories(journal.resolve(FOLDER));
        String content = "waickoff-cursor " + VERSION + ' ' + journalId + ' ' + sequence;
        Path aside = folder.resolve(name + SUFFIX + ".new");
        try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer line = StandardCharsets.US_ASCII.encode(content + ' ' + crc(content)
                    + '\n');
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        }
        Files.move(aside, folder.resolve(name + SUFFIX), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static JournalConsumer read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        Matcher line = LINE.matcher(text);
        if (!line.matches() || !line.group(5).equals(crc(line.group(1)))) {
            throw new JournalException(file + ": is damaged; the consumer must write it again");
        }
        if (!line.group(2).equals(Integer.toString(VERSION))) {
            throw new JournalException(file + ": says version " + line.group(2)
                    + ", this program reads " + VERSION
                    + ". It was written by a newer program: use that one");
        }
        String fileName = file.getFileName().toString();
        try {
            return new JournalConsumer(
                    fileName.substring(0, fileName.length() - SUFFIX.length()),
                    Long.parseLong(line.group(3)), Long.parseLong(line.group(4)));
        } catch (IllegalArgumentException e) {
            throw new JournalException(file + ": " + e.getMessage(), e);
        }
    }

    private static String crc(String content) {
        CRC32C crc = new CRC32C();
        crc.update(content.getBytes(StandardCharsets.ISO_8859_1));
        return String.format("%08x", crc.getValue());
    }
}
