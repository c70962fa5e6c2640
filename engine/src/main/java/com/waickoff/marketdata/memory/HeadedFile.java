package com.waickoff.marketdata.memory;

import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A mapped file with a {@link FileHeader}, opened for reading.
 *
 * <p>Threads: one.
 */
public final class HeadedFile implements AutoCloseable {
    private final MappedFile file;
    private final FileHeader header;
    private final Run run;

    private HeadedFile(MappedFile file, FileHeader header) {
        this.file = file;
        this.header = header;
        run = header.run();
    }

    /**
     * Opens a file of this format.
     *
     * @throws UnusableFileException if there is none, it is something else, has another major
     *     version, or is truncated or damaged
     * @throws IOException if it cannot be read
     */
    public static HeadedFile open(Path path, FileHeader.Format format) throws IOException {
        MappedFile file = MappedFile.openReadOnly(path);
        try {
            return new HeadedFile(file, FileHeader.check(file, format));
        } catch (UnusableFileException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The content; without bytes once this is closed. */
    public AtomicBuffer buffer() {
        return file.buffer();
    }

    /** Where it was opened. */
    public Path path() {
        return file.path();
    }

    /** The run that wrote the file. */
    public Run run() {
        return run;
    }

    /** When its writer last told that it lives, in ns since the epoch of time. */
    public long heartbeatNs() {
        return header.heartbeatNs();
    }

    /**
     * Refuses a file that nobody keeps up to date.
     *
     * @param nowNs in ns since the epoch of time
     * @param maxAgeNs largest age of the heartbeat that passes
     * @throws UnusableFileException if the last heartbeat is older
     */
    public void checkRunning(long nowNs, long maxAgeNs) throws UnusableFileException {
        header.checkRunning(file.path(), nowNs, maxAgeNs);
    }

    /**
     * Whether another run's file has its name now, or another run has rewritten it.
     *
     * @throws IOException if the directory cannot be read
     */
    public boolean isReplaced() throws IOException {
        return file.isReplaced() || header.run().epoch() != run.epoch();
    }

    /** Unmaps the file. */
    @Override
    public void close() {
        file.close();
    }
}
