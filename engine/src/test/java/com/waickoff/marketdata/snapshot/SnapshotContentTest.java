package com.waickoff.marketdata.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.memory.Run;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotContentTest {
    private static final SnapshotConfig CONFIG = new SnapshotConfig(2, RandomTape.ROW_CAPACITY, 10,
            4);
    private static final int TRADES = 5_000;

    @TempDir
    private Path folder;

    /** What is shown is a function of the state, not of how often it was published on the way. */
    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void shouldHaveTheSameBytesForTheSameTapeHoweverItWasBatched(long seed) throws IOException {
        byte[] everyTrade = publish(seed, 1, 1);
        byte[] batches = publish(seed, 7, 2);

        assertThat(batches).isEqualTo(everyTrade);
        assertThat(publish(seed + 100, 7, 2)).isNotEqualTo(everyTrade);
    }

    @Test
    void shouldIgnoreTheRunAndTheLocksOnly() throws IOException {
        Path path = folder.resolve("a.dat");
        try (SnapshotWriter writer = SnapshotWriter.create(path, CONFIG, new Run(1, 2, 3))) {
            InstrumentSections sections = writer.define(RandomTape.INSTRUMENT);
            String before = SnapshotContent.hash(path);

            writer.heartbeat(99);
            sections.depth().writeState(BookState.REBUILDING, 0, 55);
            assertThat(SnapshotContent.hash(path)).isEqualTo(before);

            sections.depth().writeState(BookState.STALE, 0, 56);
            assertThat(SnapshotContent.hash(path)).isNotEqualTo(before);
        }
    }

    /** Levels and intervals that are no longer shown leave nothing behind. */
    @Test
    void shouldForgetWhatIsNoLongerShown() throws IOException {
        Path path = folder.resolve("b.dat");
        try (SnapshotWriter writer = SnapshotWriter.create(path, CONFIG, new Run(1, 2, 3))) {
            InstrumentSections sections = writer.define(RandomTape.INSTRUMENT);
            write(sections, 1);
            String once = SnapshotContent.hash(path);
            write(sections, 4);
            assertThat(SnapshotContent.hash(path)).isNotEqualTo(once);
            write(sections, 1);
            assertThat(SnapshotContent.hash(path)).isEqualTo(once);
        }
    }

    private static void write(InstrumentSections sections, int count) {
        DepthSection depth = sections.depth();
        depth.begin();
        depth.book(BookState.SYNCED, 1, 2, 3, 4, 4);
        CoverageSection coverage = sections.coverage();
        coverage.begin();
        for (int i = 0; i < count; i++) {
            depth.addBid(100 - i, 5);
            depth.addAsk(101 + i, 5);
            depth.within(i, 5, true, 5, true);
            coverage.addUncovered(i, i + 1);
        }
        coverage.end(count);
        depth.end(count);
    }

    private byte[] publish(long seed, int batch, long epoch) throws IOException {
        Path path = folder.resolve(seed + "-" + batch + ".dat");
        try (SnapshotWriter writer = SnapshotWriter.create(path, CONFIG,
                new Run(epoch, 2 * epoch, 3 * epoch))) {
            InstrumentSections sections = writer.define(RandomTape.INSTRUMENT);
            RandomTape tape = new RandomTape(seed);
            for (int i = 1; i <= TRADES; i++) {
                tape.trade();
                if (i % batch == 0 || i == TRADES) {
                    tape.publish(sections);
                }
            }
            writer.heartbeat(epoch);
        }
        return SnapshotContent.bytes(path);
    }
}
