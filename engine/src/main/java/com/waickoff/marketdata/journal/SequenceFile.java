package com.waickoff.marketdata.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A sequence of a journal in a file of its own: one line of ASCII, replaced as a whole.
 *
 * <pre>
 *  keyword SP version SP journal id SP sequence SP CRC32C LF
 *
 *  keyword      what the sequence means: lower-case letters and dashes
 *  version      {@value #VERSION}
 *  journal id   of the journal whose sequence this is, decimal
 *  sequence     decimal
 *  CRC32C       of all bytes before the blank in front of it, 8 digits of hexadecimal
 * </pre>
 *
 * @param journalId as {@link JournalDirectory#journalId()} says it
 */
record SequenceFile(long journalId, long sequence) {
    static final int VERSION = 1;

    private static final Pattern LINE = Pattern.compile(
            "(([a-z-]+) ([0-9]{1,9}) (-?[0-9]{1,19}) ([0-9]{1,19})) ([0-9a-f]{8})\n");

    /** Writes the file: it is there whole afterwards, also after a crash of the machine. */
    void write(Path file, String keyword) throws IOException {
        String content = keyword + ' ' + VERSION + ' ' + journalId + ' ' + sequence;
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer line = StandardCharsets.US_ASCII.encode(content + ' ' + crc(content)
                    + '\n');
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Reads the file.
     *
     * @throws JournalException if it is damaged, or of another version
     */
    static SequenceFile read(Path file, String keyword) throws IOException {
        Matcher line = LINE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!line.matches() || !line.group(2).equals(keyword)
                || !line.group(6).equals(crc(line.group(1)))) {
            throw new JournalException(file + ": is damaged; whoever wrote it must write it again");
        }
        if (!line.group(3).equals(Integer.toString(VERSION))) {
            throw new JournalException(file + ": says version " + line.group(3)
                    + ", this program reads " + VERSION
                    + ". It was written by a newer program: use that one");
        }
        try {
            return new SequenceFile(Long.parseLong(line.group(4)), Long.parseLong(line.group(5)));
        } catch (NumberFormatException e) {
            throw new JournalException(file + ": " + e.getMessage(), e);
        }
    }

    private static String crc(String content) {
        CRC32C crc = new CRC32C();
        crc.update(content.getBytes(StandardCharsets.ISO_8859_1));
        return String.format("%08x", crc.getValue());
    }
}
