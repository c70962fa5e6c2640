package com.waickoff.marketdata.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The right to write the files of a directory: one process's, until it closes this or dies. */
public final class DirectoryLock implements AutoCloseable {
    /**
     * Locks this process holds. Asked first: closing a second channel of a locked file would
     * give up the lock of the first one, as POSIX has it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param directory exists
     * @param lockFile name of the file that is locked, which stays
     * @param what is written there, for people
     * @throws DirectoryInUseException if somebody else has it
     */
    public static DirectoryLock acquire(Path directory, String lockFile, String what)
            throws IOException {
        Path file = directory.toRealPath().resolve(lockFile);
        if (!HELD.add(file)) {
            throw new DirectoryInUseException(
                    directory + ": this process is writing " + what + " already");
        }
        try {
            return lock(directory, file, what);
        } catch (IOException | RuntimeException | Error e) {
            HELD.remove(file);
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be released: " + e.getMessage(), e);
        } finally {
            HELD.remove(file);
        }
    }

    private static DirectoryLock lock(Path directory, Path file, String what)
            throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE,
                StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new DirectoryInUseException(directory + ": process " + holder(channel)
                        + " is writing " + what + "; stop it, or use another directory");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid())
                    .getBytes(StandardCharsets.US_ASCII)), 0);
            return new DirectoryLock(file, channel);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(20);
        int length = channel.read(content, 0);
        return length <= 0
                ? "(unknown)"
                : new String(content.array(), 0, length, StandardCharsets.US_ASCII);
    }
}
