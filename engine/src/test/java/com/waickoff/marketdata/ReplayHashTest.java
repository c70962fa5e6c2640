package com.waickoff.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.journal.JournalCycle;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.segment.SegmentWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state hash does not depend on how the events reached the studies. */
class ReplayHashTest {
    /** Several files of each queue. */
    private static final JournalConfig CYCLES = new JournalConfig(JournalCycle.FIVE_MINUTES,
            JournalCycle.FIVE_MINUTES, JournalConfig.MIN_BLOCK_LENGTH);

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

    @Test
    void shouldBeTheSameFromTheSegmentsOfAJournalOfTheSample()
            throws ReplayException, IOException {
        Path sample = SharedRecordings.projectRoot().resolve("docs/sample");
        shouldBeTheSameFromSegments(new ReplayRequest.Recording(
                sample.resolve("bybit-linear.frames.tsv.gz"), "bybit-linear",
                sample.resolve("instruments.csv")));
    }

    @Test
    void shouldBeTheSameFromTheSegmentsOfAJournalOfARealVenue()
            throws ReplayException, IOException {
        shouldBeTheSameFromSegments(new ReplayRequest.Recording(
                SharedRecordings.file("binance-spot_btcusdt_20240808.frames.tsv.gz"),
                "binance-spot", SharedRecordings.file("instruments.csv")));
    }

    /** Each queue from its segments, and its newest file as it is. */
    private void shouldBeTheSameFromSegments(ReplayRequest.Recording recording)
            throws ReplayException, IOException {
        Path path = directory.resolve("journal");
        String recorded = replay(recording, Topology.INLINE, path).stateHash();
        JournalDirectory journal = JournalDirectory.open(path);
        for (JournalQueue queue : JournalQueue.values()) {
            List<String> cycles = journal.cycleFileNames(queue);
            assertTrue(cycles.size() > 1, cycles.toString());
            for (String cycle : cycles.subList(0, cycles.size() - 1)) {
                SegmentWriter.seal(journal, queue, cycle);
                Files.delete(path.resolve(queue.directoryName()).resolve(cycle));
            }
        }

        assertEquals(recorded, replay(new ReplayRequest.Journal(path), Topology.INLINE, null)
                .stateHash());
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
                CYCLES, defaults.windows(), defaults.depth(), defaults.coverage());
        return ReplayRun.run(
                new ReplayRequest(source, 0, Long.MAX_VALUE, ReplayRequest.AS_FAST_AS_IT_GOES,
                        journal, null, config),
                ReplayProgress.NONE, ReplayChild.WALL_CLOCK_NS, System::nanoTime);
    }
}
