package com.waickoff.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.ring.Topology;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state hash does not depend on how the events reached the studies. */
class ReplayHashTest {
    @TempDir
    private Path directory;

    @Test
    void shouldBeTheSameFromARecordingAndFromTheJournalItWroteInEveryTopology()
            throws ReplayException {
        Path frames = SharedRecordings.file("bybit-linear_20260809.frames.tsv.gz");
        Set<String> hashes = new HashSet<>();
        for (Topology topology : Topology.values()) {
            Path journal = directory.resolve("journal-" + topology);
            hashes.add(replay(recording(frames), topology, journal).stateHash());
            hashes.add(replay(new ReplayRequest.Journal(journal), topology, null).stateHash());
        }
        assertEquals(1, hashes.size(), hashes.toString());
        assertNotEquals("", hashes.iterator().next());
    }

    private static ReplayRequest.Recording recording(Path frames) {
        return new ReplayRequest.Recording(frames, "bybit-linear",
                SharedRecordings.file("instruments.csv"));
    }

    private ReplayResult replay(ReplayRequest.Source source, Topology topology,
            @Nullable Path journal) throws ReplayException {
        EngineConfig defaults = EngineConfig.defaults(directory.resolve("data"));
        EngineConfig config = new EngineConfig(defaults.dataDir(), defaults.journalDir(), 16,
                new RingConfig(1 << 14, topology, topology == Topology.STAGED ? 2 : 1,
                        RingConfig.Idle.SLEEPING),
                defaults.journal(), defaults.windows(), defaults.depth(), defaults.coverage());
        return ReplayRun.run(
                new ReplayRequest(source, 0, Long.MAX_VALUE, ReplayRequest.AS_FAST_AS_IT_GOES,
                        journal, null, config),
                ReplayProgress.NONE, ReplayChild.WALL_CLOCK_NS, System::nanoTime);
    }
}
