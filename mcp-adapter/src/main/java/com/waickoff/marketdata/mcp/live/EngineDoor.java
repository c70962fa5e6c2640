package com.waickoff.marketdata.mcp.live;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.memory.UnusableFileException;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.StatusReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's files: opened when they are first asked for, opened again when the engine was started
 * anew, given up when they are unusable. The engine may come and go.
 *
 * <p>Threads: any; one looks at a time. A look takes microseconds.
 */
public final class EngineDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineDoor.class);

    private final Path snapshotFile;
    private final Path statusFile;
    private final LongSupplier epochMs;
    private final LiveViews views = new LiveViews();
    private @Nullable SnapshotReader snapshot;
    private @Nullable StatusReader status;

    /** What is done with the snapshot while nobody else uses its reader. */
    @FunctionalInterface
    public interface Look<T> {
        /**
         * Copies what is needed.
         *
         * @param nowMs the time, for ages
         */
        T at(SnapshotReader reader, long nowMs) throws ToolFailure, IOException;
    }

    /** What is done with the status file while nobody else uses its reader. */
    @FunctionalInterface
    public interface StatusLook<T> {
        /**
         * Copies what is needed.
         *
         * @param nowMs the time, for ages
         */
        T at(StatusReader reader, long nowMs) throws IOException;
    }

    /**
     * A door to these files, which need not exist.
     *
     * @param epochMs the time, in ms since the epoch
     */
    public EngineDoor(Path snapshotFile, Path statusFile, LongSupplier epochMs) {
        this.snapshotFile = snapshotFile;
        this.statusFile = statusFile;
        this.epochMs = epochMs;
    }

    /**
     * Looks at the snapshot of the newest engine.
     *
     * @throws ToolFailure if there is none that can be read, or the look says so
     */
    public synchronized <T> T look(Look<T> look) throws ToolFailure {
        try {
            return look.at(snapshot(), epochMs.getAsLong());
        } catch (UnusableFileException unusable) {
            closeSnapshot();
            throw new ToolFailure(ErrorCode.ENGINE_DOWN, sentences(unusable));
        } catch (IOException unreadable) {
            closeSnapshot();
            LOG.warn("the snapshot file cannot be read", unreadable);
            throw new ToolFailure(ErrorCode.ENGINE_DOWN, "the engine's snapshot cannot be read. "
                    + "The adapter's standard error says why.");
        }
    }

    /**
     * Looks at the status file of the newest engine.
     *
     * @throws ToolFailure if there is none that can be read
     */
    public synchronized <T> T lookAtStatus(StatusLook<T> look) throws ToolFailure {
        try {
            StatusReader reader = status;
            if (reader == null) {
                reader = StatusReader.open(statusFile);
                status = reader;
            } else {
                reader.refresh();
            }
            return look.at(reader, epochMs.getAsLong());
        } catch (IOException unusable) {
            LOG.debug("the status file cannot be read", unusable);
            closeStatus();
            throw new ToolFailure(ErrorCode.ENGINE_DOWN, "the engine's status file cannot be read."
                    + " Ask the user to start the engine (waickoff run).");
        }
    }

    /** The engine's feeds; null if its status file cannot be read. */
    public @Nullable List<FeedReading> feeds() {
        try {
            return lookAtStatus((reader, nowMs) -> reader.feeds());
        } catch (ToolFailure unreadable) {
            return null;
        }
    }

    /** To be filled while somebody looks, and by nobody else. */
    public LiveViews views() {
        return views;
    }

    /** The time by which ages are told, in ms since the epoch. */
    public long nowMs() {
        return epochMs.getAsLong();
    }

    /** Unmaps the files. */
    @Override
    public synchronized void close() {
        closeSnapshot();
        closeStatus();
    }

    private SnapshotReader snapshot() throws IOException {
        SnapshotReader reader = snapshot;
        if (reader == null) {
            reader = SnapshotReader.open(snapshotFile);
            snapshot = reader;
        } else {
            // If the new file is unusable, what the old one says is about an engine that is gone.
            reader.refresh();
        }
        return reader;
    }

    private void closeSnapshot() {
        if (snapshot != null) {
            snapshot.close();
            snapshot = null;
        }
    }

    private void closeStatus() {
        if (status != null) {
            status.close();
            status = null;
        }
    }

    /** For the model: no path, and what a person has to do. */
    private static String sentences(UnusableFileException unusable) {
        return switch (unusable.problem()) {
            case ABSENT -> "no engine has written a snapshot where this adapter looks. Ask the "
                    + "user to start the engine (waickoff run), or to give the adapter the engine's"
                    + " --data-dir.";
            case OTHER_VERSION -> "the engine's snapshot is of another version; this adapter reads "
                    + SnapshotReader.formatVersion() + ". Ask the user to run engine and adapter of"
                    + " one release.";
            case FOREIGN, TRUNCATED, DAMAGED -> "the engine's snapshot is damaged or of another "
                    + "program. Ask the user to restart the engine, which writes it anew.";
            case ENGINE_NOT_RUNNING -> "the engine is not running. Ask the user to start it.";
        };
    }
}
