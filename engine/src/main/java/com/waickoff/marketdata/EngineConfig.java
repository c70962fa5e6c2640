package com.waickoff.marketdata;

import com.waickoff.marketdata.coverage.CoverageConfig;
import com.waickoff.marketdata.depth.DepthConfig;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.flow.FlowConfig;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.memory.DirectoryInUseException;
import com.waickoff.marketdata.memory.DirectoryLock;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.snapshot.HistoryConfig;
import com.waickoff.marketdata.snapshot.SnapshotConfig;
import com.waickoff.marketdata.window.WindowConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What an engine is made of.
 *
 * @param dataDir where the snapshot and the status file live
 * @param journalDir where the journal and its checkpoints live
 * @param instrumentCapacity most instrument definitions, 1 to 4,096
 * @param flow parameters of order-flow signals
 * @param history what the snapshot file shows of the past
 * @param instruments defined by the configuration, where no venue's metadata is at hand
 */
public record EngineConfig(Path dataDir, Path journalDir, int instrumentCapacity, RingConfig ring,
        JournalConfig journal, WindowConfig windows, DepthConfig depth, CoverageConfig coverage,
        FlowConfig flow, HistoryConfig history, List<Instrument> instruments) {
    private static final String LOCK_FILE = "data.lock";

    private static final int SHOWN_LEVELS = 50;

    /** The instruments are copied. */
    public EngineConfig {
        instruments = List.copyOf(instruments);
    }

    /** A configuration that defines no instruments. */
    public EngineConfig(Path dataDir, Path journalDir, int instrumentCapacity, RingConfig ring,
            JournalConfig journal, WindowConfig windows, DepthConfig depth,
            CoverageConfig coverage) {
        this(dataDir, journalDir, instrumentCapacity, ring, journal, windows, depth, coverage,
                FlowConfig.DEFAULT, HistoryConfig.DEFAULT, List.of());
    }

    /** The defaults of everything but the place. */
    public static EngineConfig defaults(Path dataDir) {
        return new EngineConfig(dataDir, dataDir.resolve("journal"), 256, RingConfig.DEFAULT,
                JournalConfig.DEFAULT,
                WindowConfig.DEFAULT, DepthConfig.defaults(), CoverageConfig.DEFAULT);
    }

    /** The snapshot file. */
    public Path snapshotFile() {
        return dataDir.resolve("snapshot.bin");
    }

    /** The status file. */
    public Path statusFile() {
        return dataDir.resolve("status.bin");
    }

    /**
     * Takes the right to write the snapshot and the status file, in a directory that is made if it is
     * not there: whoever writes them replaces those that are there.
     *
     * @throws DirectoryInUseException if another engine has it
     */
    DirectoryLock lockFiles() throws IOException {
        Files.createDirectories(dataDir);
        return DirectoryLock.acquire(dataDir, LOCK_FILE, "the snapshot and the status file there");
    }

    /** Bounds of the snapshot file that hold whatever the studies can have. */
    public SnapshotConfig snapshot() {
        // One more interval than is kept closed: the one that is still open.
        return new SnapshotConfig(instrumentCapacity, windows.rowCapacity(), SHOWN_LEVELS,
                coverage.intervals() + 1, history);
    }

    /** The same with another history. */
    public EngineConfig withHistory(HistoryConfig other) {
        return new EngineConfig(dataDir, journalDir, instrumentCapacity, ring, journal, windows,
                depth, coverage, flow, other, instruments);
    }

    /** The same with its own files elsewhere; the journal stays where it is. */
    public EngineConfig withDataDir(Path directory) {
        return new EngineConfig(directory, journalDir, instrumentCapacity, ring, journal, windows,
                depth, coverage, flow, history, instruments);
    }

    /** The same with its journal elsewhere. */
    public EngineConfig withJournalDir(Path directory) {
        return new EngineConfig(dataDir, directory, instrumentCapacity, ring, journal, windows,
                depth, coverage, flow, history, instruments);
    }
}
