package com.waickoff.marketdata.storage.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.memory.DirectoryInUseException;
import com.waickoff.marketdata.storage.InventedMarket;
import com.waickoff.marketdata.storage.drain.InventedServer.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainTest {
    private static final long SEED = 99;
    /** Nothing here takes so long; a busy machine may for a while. */
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final LaneSettings HASTY = new LaneSettings(100, 1, 10, 100, 1, 2);

    @TempDir
    private Path directory;

    private final AtomicLong nowMs = new AtomicLong(1_767_700_900_000L);
    private final InventedServer documents = new InventedServer(Kind.DOCUMENTS, SEED, 0);
    private final InventedServer log = new InventedServer(Kind.LOG, SEED, 0);
    private EngineConfig config;

    @BeforeEach
    void write() throws IOException {
        config = InventedMarket.config(directory.resolve("data"));
        InventedMarket.write(config, SEED, 400);
    }

    @Test
    void shouldHoldUpNobodyElseWhenOneSinkDoesNotAnswer() throws IOException {
        documents.away(true);
        try (Drain drain = start(Lane.Mode.FOLLOW)) {
            await().atMost(LONG).until(
                    () -> drain.readings().get(1).state() == LaneState.FOLLOWING
                            && drain.readings().get(0).retries() > 2);

            assertThat(drain.readings().get(0).state()).isEqualTo(LaneState.RETRYING);
            assertThat(drain.readings().get(0).effects()).isZero();
            documents.away(false);
            await().atMost(LONG).until(() -> documents.count() == log.count());
        }

        assertThat(documents.all()).isEqualTo(log.all());
    }

    @Test
    void shouldSayHowItIsDoing() throws IOException {
        Drain drain = start(Lane.Mode.UNTIL_CAUGHT_UP);

        assertThat(drain.await()).isNull();

        DrainReport report = DrainReport.read(Drain.directory(config));
        assertThat(report.isWell(nowMs.get())).isFalse();
        String effects = Long.toString(documents.count());
        assertThat(report.lines(nowMs.get())).anyMatch(line -> line.startsWith("documents")
                && line.contains("stopped") && line.contains(effects));
        assertThat(report.json(nowMs.get())).contains("\"effects\":" + effects,
                "\"sinks\":{\"documents\":{", "\"lag_events\":0", "\"state\":\"stopped\"");
        nowMs.addAndGet(3_600_000);
        assertThat(report.lines(nowMs.get()).getFirst()).contains("not running", "3600.0 s old");
    }

    @Test
    void shouldSayHowManyEventsASinkIsBehind() throws IOException {
        documents.away(true);
        try (Drain drain = start(Lane.Mode.FOLLOW)) {
            await().atMost(LONG).until(
                    () -> drain.readings().get(1).state() == LaneState.FOLLOWING
                            && drain.readings().get(0).retries() > 0);
        }

        assertThat(lagEvents("log")).isZero();
        assertThat(lagEvents("documents")).isPositive()
                .isEqualTo(JournalDirectory.open(config.journalDir()).lastSequence());
    }

    @Test
    void shouldBeTheOnlyOneHereAndLaterThanEveryOneBefore() throws IOException {
        long first;
        try (Drain drain = start(Lane.Mode.FOLLOW)) {
            first = epoch();
            assertThatThrownBy(() -> start(Lane.Mode.FOLLOW))
                    .isInstanceOf(DirectoryInUseException.class);
            assertThat(drain.readings()).hasSize(2);
        }
        nowMs.addAndGet(-3_600_000);
        try (Drain drain = start(Lane.Mode.FOLLOW)) {
            assertThat(drain.readings()).hasSize(2);
            assertThat(epoch()).isGreaterThan(first);
        }
    }

    @Test
    void shouldEndAllLanesWhenOneCannotGoOn() throws Exception {
        Drain drain = start(Lane.Mode.FOLLOW);
        await().atMost(LONG).until(() -> drain.readings().stream()
                .allMatch(lane -> lane.state() == LaneState.FOLLOWING));
        log.sink("later").resumeAfter(1, Long.MAX_VALUE);
        try (InventedMarket market = new InventedMarket(config, SEED)) {
            market.play(10);
            assertThat(drain.await()).isInstanceOf(SinkFencedException.class);
        }

        assertThat(drain.readings().get(0).state()).isEqualTo(LaneState.STOPPED);
        assertThat(drain.readings().get(1).state()).isEqualTo(LaneState.FAILED);
    }

    private long lagEvents(String sink) throws IOException {
        return DrainReport.read(Drain.directory(config)).laneReports().stream()
                .filter(lane -> lane.name().equals(sink)).findFirst().orElseThrow().lagEvents();
    }

    private long epoch() throws IOException {
        return Long.parseLong(Files.readString(Drain.directory(config).resolve("epoch")).strip());
    }

    private Drain start(Lane.Mode mode) throws IOException {
        return Drain.start(config, () -> List.of(documents.sink("documents"), log.sink("log")),
                HASTY, mode, new LaneWorld(nowMs::get, System::nanoTime,
                        new SplittableRandom(SEED), note -> {}),
                new StopSignal());
    }
}
