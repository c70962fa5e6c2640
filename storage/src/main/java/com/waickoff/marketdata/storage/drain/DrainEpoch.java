package com.waickoff.marketdata.storage.drain;

import com.waickoff.marketdata.memory.DirectoryInUseException;
import com.waickoff.marketdata.memory.DirectoryLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The right to drain into the sinks of a directory: a lock that keeps out a second process here, and
 * a number that rises with each process and keeps out one that is somewhere else, at the servers.
 */
final class DrainEpoch implements AutoCloseable {
    private static final String FILE = "epoch";

    private final DirectoryLock lock;
    private final long number;

    private DrainEpoch(DirectoryLock lock, long number) {
        this.lock = lock;
        this.number = number;
    }

    /**
     * Takes the right.
     *
     * @param directory made if it is not there
     * @param nowMs ms since the epoch: a directory that was emptied must not begin again at 1
     * @throws DirectoryInUseException if another drain has it
     */
    static DrainEpoch take(Path directory, long nowMs) throws IOException {
        Files.createDirectories(directory);
        DirectoryLock lock = DirectoryLock.acquire(directory, "drain.lock", "to its sinks");
        try {
            long number = Math.max(read(directory) + 1, nowMs);
            write(directory, number);
            return new DrainEpoch(lock, number);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    long number() {
        return number;
    }

    @Override
    public void close() {
        lock.close();
    }

    private static long read(Path directory) throws IOException {
        try {
            return Long.parseLong(Files.readString(directory.resolve(FILE)).strip());
        } catch (NoSuchFileException first) {
            return 0;
        } catch (NumberFormatException e) {
            throw new IOException(directory.resolve(FILE) + " is damaged: it holds no number", e);
        }
    }

    private static void write(Path directory, long number) throws IOException {
        Path aside = directory.resolve(FILE + ".new");
        try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer line = StandardCharsets.US_ASCII.encode(number + "\n");
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        }
        Files.move(aside, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
