package com.waickoff.marketdata.storage.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.journal.CycleInfo;
import com.waickoff.marketdata.journal.JournalConsumer;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.storage.InventedMarket;
import com.waickoff.marketdata.storage.drain.InventedServer.Kind;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that fails as it likes has every effect once in the end. */
class LaneTest {
    private static final long SEED = Long.getLong("drain.seed", 20_261L);
    private static final int STEPS = 1_600;
    /** What fails is tried again at once; checkpoints are frequent. */
    private static final LaneSettings HASTY = new LaneSettings(100, 1, 10, 100, 1, 2);
    /** Nothing here takes so long; a busy machine may for a while. */
    private static final Duration LONG = Duration.ofMinutes(5);
    /** A lane's clock: by its looks at it, so that what is due when does not depend on the machine. */
    private static final long NS_A_LOOK = 4_000_000;

    @TempDir
    private Path directory;

    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    private final SplittableRandom random = new SplittableRandom(SEED);
    private EngineConfig config;
    private long epochs;

    @BeforeEach
    void configure() {
        System.out.println("lanes: seed " + SEED);
        config = InventedMarket.config(directory.resolve("data"));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldGiveAServerThatFailsEveryEffectOnce(Kind kind) throws Exception {
        InventedMarket.write(config, SEED, STEPS);
        List<Effect> expected = effects();
        InventedServer server = new InventedServer(kind, SEED, 300).forgetful();

        LaneStatus.Reading last = run(server, Lane.Mode.UNTIL_CAUGHT_UP);

        assertThat(server.all()).isEqualTo(expected);
        assertThat(server.failures).isGreaterThan(10);
        assertThat(last.retries()).isGreaterThan(10);
        assertThat(last.confirmed().sequence()).isEqualTo(last.handledSequence());
        assertThat(expected.stream().map(Effect::type).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("trade.processed", "window.closed", "window.revised",
                        "signal.raised", "book.state", "feed.state", "instrument.changed",
                        "coverage.changed");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldGoOnWhereItStoppedHoweverOftenItDoes(Kind kind) throws Exception {
        InventedMarket.write(config, SEED, STEPS);
        List<Effect> expected = effects();
        InventedServer server = new InventedServer(kind, SEED, 100);

        for (int i = 0; i < 8; i++) {
            int enough = random.nextInt(expected.size());
            runWhile(server, () -> server.count() < enough);
        }
        run(server, Lane.Mode.UNTIL_CAUGHT_UP);

        assertThat(server.all()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldBeginWithTheEventAfterTheOneItStoppedAt(Kind kind) throws Exception {
        InventedMarket.write(config, SEED, STEPS);
        List<Effect> expected = effects();
        InventedServer server = new InventedServer(kind, SEED, 0);

        LaneStatus.Reading first = runWhile(server, () -> server.count() < expected.size() / 4);
        LaneStatus.Reading second = run(server, Lane.Mode.UNTIL_CAUGHT_UP);

        assertThat(first.checkpointSequence()).isEqualTo(first.handledSequence()).isPositive();
        assertThat(second.events())
                .isEqualTo(second.handledSequence() - first.handledSequence());
        assertThat(server.all()).isEqualTo(expected);
        assertThat(server.replayed).isZero();
    }

    @Test
    void shouldDeriveAgainWhatTheServerLost() throws Exception {
        List<Effect> expected;
        InventedServer server = new InventedServer(Kind.LOG, SEED, 0);
        try (InventedMarket market = new InventedMarket(config, SEED)) {
            market.play(STEPS / 2);
            LaneThread lane = new LaneThread(server, Lane.Mode.FOLLOW);
            // Its cursor too: what is noted behind what was lost would hide the loss.
            await().atMost(LONG).until(() -> lane.reading().confirmed()
                    .equals(EffectId.lastOf(market.lastSequence())));
            server.forgetAfter(new EffectId(market.lastSequence() / 2, 0));
            server.away(true);
            market.play(STEPS / 2);
            await().atMost(LONG).until(() -> lane.reading().retries() > 0);
            server.away(false);
            expected = effects();
            await().atMost(LONG).until(() -> server.count() == expected.size());
            lane.end();
            assertThat(lane.reading().rewinds()).isPositive();
        }

        assertThat(server.all()).isEqualTo(expected);
    }

    @Test
    void shouldSetPoisonAsideOnceAndGoOn() throws Exception {
        InventedMarket.write(config, SEED, STEPS);
        List<Effect> expected = new ArrayList<>(effects());
        InventedServer server = new InventedServer(Kind.DOCUMENTS, SEED, 200);
        for (int i = 0; i < 3; i++) {
            server.poison.add(expected.remove(random.nextInt(expected.size())).id());
        }

        for (int i = 0; i < 4; i++) {
            int enough = random.nextInt(expected.size());
            runWhile(server, () -> server.count() < enough);
        }
        run(server, Lane.Mode.UNTIL_CAUGHT_UP);

        assertThat(server.all()).isEqualTo(expected);
        List<String> lines = Files.readAllLines(directory.resolve("lane/poison.jsonl"));
        assertThat(lines).hasSize(3).allMatch(line -> line.contains("invented poison"));
        for (EffectId id : server.poison) {
            assertThat(lines).anyMatch(line -> line.contains("\"id\":\"" + id + '"'));
        }
    }

    @Test
    void shouldStopWhenAnotherDrainHasTakenOver() throws Exception {
        InventedMarket.write(config, SEED, 300);
        InventedServer server = new InventedServer(Kind.DOCUMENTS, SEED, 0);
        LaneThread first = new LaneThread(server, Lane.Mode.FOLLOW);
        await().atMost(LONG).until(() -> first.reading().state() == LaneState.FOLLOWING);
        epochs += 10;
        server.sink("another").resumeAfter(1, epochs);
        try (InventedMarket market = new InventedMarket(config, SEED)) {
            market.play(300);
            await().atMost(LONG).until(() -> first.reading().state() == LaneState.FAILED);
        }

        first.end();
        assertThat(first.lane.failure()).isInstanceOf(SinkFencedException.class);
    }

    @Test
    void shouldDeclareEventsThatWereRemovedBeforeItReadThem() throws Exception {
        InventedServer server = new InventedServer(Kind.LOG, SEED, 0);
        try (InventedMarket market = new InventedMarket(config, SEED)) {
            market.play(100);
            run(server, Lane.Mode.UNTIL_CAUGHT_UP);
            market.play(STEPS);
        }
        int all = effects().size();
        JournalDirectory journal = JournalDirectory.open(config.journalDir());
        for (JournalQueue queue : JournalQueue.values()) {
            List<CycleInfo> cycles = journal.cycles(queue);
            for (CycleInfo cycle : cycles.subList(0, cycles.size() - 1)) {
                Files.delete(journal.path().resolve(queue.directoryName())
                        .resolve(cycle.fileName()));
            }
        }

        LaneStatus.Reading last = run(server, Lane.Mode.UNTIL_CAUGHT_UP);

        assertThat(server.count()).isLessThan(all);
        assertThat(last.holes()).isPositive();
        assertThat(last.missingEvents()).isPositive();
        assertThat(notes).anyMatch(note -> note.contains("were removed before they were read"));
        assertThat(server.all().stream().filter(
                effect -> effect.type().equals("coverage.changed")
                        && effect.id().sequence() > last.missingEvents()))
                .isNotEmpty();
    }

    @Test
    void shouldNotGoOnWithAJournalThatHasLostItsEnd() throws Exception {
        InventedMarket.write(config, SEED, 100);
        InventedServer server = new InventedServer(Kind.DOCUMENTS, SEED, 0);
        EffectSink former = server.sink("former");
        former.resumeAfter(1, ++epochs);
        former.cursor(1_000_000);

        LaneThread lane = new LaneThread(server, Lane.Mode.UNTIL_CAUGHT_UP);
        lane.thread.join(LONG.toMillis());

        assertThat(lane.lane.failure()).isInstanceOf(JournalException.class)
                .hasMessageContaining("has lost its end");
        assertThat(server.count()).isZero();
    }

    @Test
    void shouldKeepTheJournalThatItNeedsFromBeingPruned() throws Exception {
        InventedMarket.write(config, SEED, STEPS);
        InventedServer server = new InventedServer(Kind.DOCUMENTS, SEED, 0);

        LaneStatus.Reading last = run(server, Lane.Mode.UNTIL_CAUGHT_UP);

        assertThat(JournalConsumer.all(config.journalDir())).singleElement()
                .satisfies(consumer -> {
                    assertThat(consumer.name()).isEqualTo("drain-invented");
                    assertThat(consumer.sequence()).isEqualTo(last.checkpointSequence())
                            .isEqualTo(last.handledSequence());
                });
    }

    @Test
    void shouldWaitForAJournalAndFollowIt() throws Exception {
        InventedServer server = new InventedServer(Kind.DOCUMENTS, SEED, 50);
        LaneThread lane = new LaneThread(server, Lane.Mode.FOLLOW);
        await().atMost(LONG).until(() -> lane.reading().state() == LaneState.WAITING);
        try (InventedMarket market = new InventedMarket(config, SEED)) {
            for (int i = 0; i < 5; i++) {
                market.play(100);
                List<Effect> soFar = effects();
                await().atMost(LONG).until(() -> server.count() == soFar.size());
            }
        }
        lane.end();

        assertThat(server.all()).isEqualTo(effects());
    }

    @Test
    void shouldFillAServerAnew() throws Exception {
        InventedMarket.write(config, SEED, STEPS);
        InventedServer server = new InventedServer(Kind.LOG, SEED, 100);
        run(server, Lane.Mode.UNTIL_CAUGHT_UP);
        server.effects.remove(server.effects.firstKey());

        run(server, Lane.Mode.REBUILD_UNTIL_CAUGHT_UP);

        assertThat(server.all()).isEqualTo(effects());
    }

    /** What the journal leads to, as nobody disturbed derives it. */
    private List<Effect> effects() throws IOException {
        List<Effect> effects = DerivedEffects.of(config,
                directory.resolve("undisturbed-" + random.nextLong(Long.MAX_VALUE)));
        assertThat(new TreeSet<>(effects.stream().map(Effect::id).toList()))
                .containsExactlyElementsOf(effects.stream().map(Effect::id).toList());
        return effects;
    }

    private LaneStatus.Reading run(InventedServer server, Lane.Mode mode)
            throws InterruptedException {
        LaneThread lane = new LaneThread(server, mode);
        lane.thread.join(LONG.toMillis());
        assertThat(lane.lane.failure()).isNull();
        assertThat(lane.reading().state()).isEqualTo(LaneState.STOPPED);
        return lane.reading();
    }

    private LaneStatus.Reading runWhile(InventedServer server, BooleanSupplier goOn)
            throws InterruptedException {
        LaneThread lane = new LaneThread(server, Lane.Mode.FOLLOW);
        await().atMost(LONG).pollInterval(Duration.ofMillis(1)).until(() -> !goOn.getAsBoolean());
        lane.end();
        assertThat(lane.lane.failure()).isNull();
        return lane.reading();
    }

    private final class LaneThread {
        private final StopSignal stop = new StopSignal();
        private final AtomicLong looks = new AtomicLong();
        private final Lane lane;
        private final Thread thread;

        LaneThread(InventedServer server, Lane.Mode mode) {
            lane = new Lane(config, directory.resolve("lane"), server.sink("invented"), HASTY, mode,
                    ++epochs, new LaneWorld(System::currentTimeMillis,
                            () -> looks.incrementAndGet() * NS_A_LOOK, random.split(),
                            notes::add),
                    stop);
            thread = new Thread(lane, "lane");
            thread.start();
        }

        LaneStatus.Reading reading() {
            return lane.status().read();
        }

        void end() throws InterruptedException {
            stop.request();
            thread.join();
        }
    }
}
