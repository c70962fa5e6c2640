package com.waickoff.marketdata;

import com.waickoff.marketdata.coverage.CoverageConfig;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.window.WindowConfig;
import java.nio.file.Path;

/**
 * What an engine is made of.
 *
 * @param dataDir where the journal, the checkpoints, the snapshot and the status file live
 * @param instrumentCapacity most instrument definitions, 1 to 65,536
 */
public record EngineConfig(Path dataDir, int instrumentCapacity, RingConfig ring,
        WindowConfig windows, CoverageConfig coverage) {
    /** Directory of the journal. */
    public Path journalDir() {
        return dataDir.resolve("journal");
    }

    /** The snapshot file. */
    public Path snapshotFile() {
        return dataDir.resolve("snapshot.bin");
    }

    /** The status file. */
    public Path statusFile() {
        return dataDir.resolve("status.bin");
    }
}
