package com.waickoff.marketdata.memory;

import com.waickoff.marketdata.memory.UnusableFileException.Problem;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The first 64 bytes of every mapped file: what it is, whose it is, and whether its writer lives.
 *
 * <pre>
 *    0                 8        12       16
 *    +-----------------+--------+--------+-----------------+-----------------+
 *    | magic           | major  | minor  | epoch           | pid             |
 *    +-----------------+--------+--------+-----------------+-----------------+
 *   32                40                48                56        60
 *    +-----------------+-----------------+-----------------+--------+--------+
 *    | start time ns   | heartbeat ns    | file length     | length | crc32c |
 *    +-----------------+-----------------+-----------------+--------+--------+
 * </pre>
 *
 * <p>All files are little-endian. A file with another major version is refused; a newer minor
 * version only adds what an older reader skips. {@code length} and {@code crc32c} guard the
 * description that follows the header: {@code length} bytes that do not change after creation.
 *
 * <p>Threads: one writer.
 */
public final class FileHeader {
    /** Bytes of the header. */
    public static final int LENGTH = 64;

    private static final int MAGIC_OFFSET_64 = 0;
    private static final int MAJOR_OFFSET_32 = MAGIC_OFFSET_64 + Long.BYTES;
    private static final int MINOR_OFFSET_32 = MAJOR_OFFSET_32 + Integer.BYTES;
    private static final int EPOCH_OFFSET_64 = MINOR_OFFSET_32 + Integer.BYTES;
    private static final int PID_OFFSET_64 = EPOCH_OFFSET_64 + Long.BYTES;
    private static final int START_OFFSET_64 = PID_OFFSET_64 + Long.BYTES;
    private static final int HEARTBEAT_OFFSET_64 = START_OFFSET_64 + Long.BYTES;
    private static final int FILE_LENGTH_OFFSET_64 = HEARTBEAT_OFFSET_64 + Long.BYTES;
    private static final int DESCRIPTION_LENGTH_OFFSET_32 = FILE_LENGTH_OFFSET_64 + Long.BYTES;
    private static final int CHECKSUM_OFFSET_32 = DESCRIPTION_LENGTH_OFFSET_32 + Integer.BYTES;

    private static final long NS_PER_MS = 1_000_000L;

    static {
        if (CHECKSUM_OFFSET_32 + Integer.BYTES != LENGTH) {
            throw new AssertionError("file header is not " + LENGTH + " bytes long");
        }
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new AssertionError("mapped files need a little-endian machine");
        }
    }

    private final AtomicBuffer buffer;

    /**
     * What a kind of file is called and which version of it this program writes.
     *
     * @param name for people, such as {@code snapshot file}
     * @param magic the file's first eight bytes, in ASCII
     * @param major changes when old readers can no longer read
     * @param minor changes when something is added
     */
    public record Format(String name, String magic, int major, int minor) {
        /** Checks the magic's length. */
        public Format {
            if (magic.getBytes(StandardCharsets.US_ASCII).length != Long.BYTES) {
                throw new IllegalArgumentException("magic '" + magic + "' is not 8 bytes long");
            }
        }

        /** The version as people write it: {@code 1.0}. */
        public String version() {
            return major + "." + minor;
        }

        private long magicWord() {
            long word = 0;
            for (int i = Long.BYTES - 1; i >= 0; i--) {
                word = word << Byte.SIZE | magic.charAt(i);
            }
            return word;
        }
    }

    /** The header of a file that was written by {@link #write} or passed {@link #check}. */
    public FileHeader(AtomicBuffer buffer) {
        buffer.boundsCheck(0, LENGTH);
        this.buffer = buffer;
    }

    /**
     * Writes the header of a file whose description is already there: the last step of creating it.
     *
     * @param descriptionLength bytes after the header that do not change any more
     */
    public static FileHeader write(AtomicBuffer buffer, Format format, Run run,
            int descriptionLength) {
        FileHeader header = new FileHeader(buffer);
        buffer.putInt(MAJOR_OFFSET_32, format.major());
        buffer.putInt(MINOR_OFFSET_32, format.minor());
        buffer.putLong(EPOCH_OFFSET_64, run.epoch());
        buffer.putLong(PID_OFFSET_64, run.pid());
        buffer.putLong(START_OFFSET_64, run.startNs());
        buffer.putLong(HEARTBEAT_OFFSET_64, run.startNs());
        buffer.putLong(FILE_LENGTH_OFFSET_64, buffer.capacity());
        buffer.putInt(DESCRIPTION_LENGTH_OFFSET_32, descriptionLength);
        buffer.putInt(CHECKSUM_OFFSET_32, checksum(buffer, descriptionLength));
        buffer.putLongRelease(MAGIC_OFFSET_64, format.magicWord());
        return header;
    }

    /**
     * The header of an opened file, if the file is of this format, readable and whole.
     *
     * @throws UnusableFileException if it is not, saying what was found and what was expected
     */
    public static FileHeader check(MappedFile file, Format format) throws UnusableFileException {
        AtomicBuffer buffer = file.buffer();
        Path path = file.path();
        if (buffer.capacity() < Long.BYTES
                || buffer.getLongVolatile(MAGIC_OFFSET_64) != format.magicWord()) {
            throw new UnusableFileException(path, Problem.FOREIGN, "no " + format.name()
                    + ": it does not begin with '" + format.magic() + "'");
        }
        if (buffer.capacity() < LENGTH) {
            throw truncated(path, format, buffer.capacity(), LENGTH);
        }
        int major = buffer.getInt(MAJOR_OFFSET_32);
        int minor = buffer.getInt(MINOR_OFFSET_32);
        if (major != format.major()) {
            throw new UnusableFileException(path, Problem.OTHER_VERSION, format.name()
                    + " of version " + major + '.' + minor + ", but this program reads version "
                    + format.major() + ".x");
        }
        long length = buffer.getLong(FILE_LENGTH_OFFSET_64);
        if (length != buffer.capacity()) {
            throw truncated(path, format, buffer.capacity(), length);
        }
        int described = buffer.getInt(DESCRIPTION_LENGTH_OFFSET_32);
        if (described < 0 || described > length - LENGTH
                || checksum(buffer, described) != buffer.getInt(CHECKSUM_OFFSET_32)) {
            throw new UnusableFileException(path, Problem.DAMAGED,
                    format.name() + " whose description does not match its checksum");
        }
        return new FileHeader(buffer);
    }

    /** Writer: tells readers that it lives. */
    public void heartbeat(long nowNs) {
        buffer.putLongRelease(HEARTBEAT_OFFSET_64, nowNs);
    }

    /** When the writer last told that it lives, in ns since the epoch of time. */
    public long heartbeatNs() {
        return buffer.getLongVolatile(HEARTBEAT_OFFSET_64);
    }

    /** The run that wrote the file. */
    public Run run() {
        return new Run(buffer.getLong(EPOCH_OFFSET_64), buffer.getLong(START_OFFSET_64),
                buffer.getLong(PID_OFFSET_64));
    }

    /** The minor version of the file; newer ones hold more than this program knows. */
    public int minorVersion() {
        return buffer.getInt(MINOR_OFFSET_32);
    }

    /**
     * Refuses a file that nobody keeps up to date.
     *
     * @param nowNs in ns since the epoch of time
     * @param maxAgeNs largest age of the heartbeat that passes
     * @throws UnusableFileException if the last heartbeat is older
     */
    public void checkRunning(Path path, long nowNs, long maxAgeNs) throws UnusableFileException {
        long ageNs = nowNs - heartbeatNs();
        if (ageNs > maxAgeNs) {
            throw new UnusableFileException(path, Problem.ENGINE_NOT_RUNNING,
                    "the engine is not running: process " + run().pid() + " last wrote "
                            + ageNs / NS_PER_MS + " ms ago, allowed are " + maxAgeNs / NS_PER_MS);
        }
    }

    /** Zeroes what differs between two runs: run and heartbeat. For comparing copies of files. */
    public static void eraseRun(AtomicBuffer copy) {
        copy.setMemory(EPOCH_OFFSET_64, FILE_LENGTH_OFFSET_64 - EPOCH_OFFSET_64, (byte) 0);
    }

    private static int checksum(DirectBuffer buffer, int descriptionLength) {
        byte[] described = new byte[descriptionLength];
        buffer.getBytes(LENGTH, described);
        CRC32C checksum = new CRC32C();
        checksum.update(described);
        return (int) checksum.getValue();
    }

    private static UnusableFileException truncated(Path path, Format format, long actual,
            long expected) {
        return new UnusableFileException(path, Problem.TRUNCATED, format.name() + " of " + actual
                + " bytes that should have " + expected);
    }
}
