package com.waickoff.marketdata.storage.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.mongodb.ConnectionString;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import com.waickoff.marketdata.storage.TestPorts;
import com.waickoff.marketdata.storage.drain.SinkUnavailableException;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;
import reactor.core.publisher.Mono;

/**
 * Whatever happens to the server, the road to it, or the drain: each effect is there once.
 *
 * <p>{@code -Dmongo.faults=N} faults instead of four, {@code -Dmongo.seed=N} another run. With {@code
 * -Dmongo.uri} the server is that one, and is not killed.
 */
class MongoFaultsTest {
    private static final int FAULTS = Integer.getInteger("mongo.faults", 4);
    private static final long SEED = Long.getLong("mongo.seed", 20_261_121L);
    private static final int TRADES_PER_FAULT = 1_500;
    private static final int BATCH = 300;
    private static final long JOURNAL = 1_785_000_000_000_000_000L;
    private static final int PATIENCE = 6;
    private static final Duration DEADLINE = Duration.ofMillis(400);

    @TempDir
    Path directory;

    private enum Fault {
        CUT, FREEZE, DRAIN_ENDS, STORE_KILLED
    }

    /** Server, road, and what is done to them. */
    private static final class Scene implements AutoCloseable {
        private final Path directory;
        private final NioReactor reactor = new NioReactor();
        private final TcpCrusher road;
        private final int serverPort;
        private final String database = "waickoff_faults_" + ProcessHandle.current().pid();
        private final String direct;
        private final MongoSettings settings;
        private @Nullable StoreProcess store;

        private Scene(Path directory) throws IOException {
            this.directory = directory;
            String given = System.getProperty("mongo.uri");
            if (given == null) {
                StoreProcess started = StoreProcess.start(directory, TestPorts.next());
                store = started;
                direct = started.uri();
            } else {
                direct = given;
            }
            String host = new ConnectionString(direct).getHosts().getFirst();
            serverPort = Integer.parseInt(host.substring(host.indexOf(':') + 1));
            int port = TestPorts.next();
            road = TcpCrusherBuilder.builder().withReactor(reactor)
                    .withBindAddress("127.0.0.1", port)
                    .withConnectAddress(host.substring(0, host.indexOf(':')), serverPort)
                    .buildAndOpen();
            settings = MongoSettings.of(direct.replace(host, "127.0.0.1:" + port), database)
                    .within(DEADLINE);
        }

        private void strike(Fault fault, int delayMs) throws Exception {
            switch (fault) {
                case CUT -> {
                    road.close();
                    Thread.sleep(delayMs);
                    road.open();
                }
                case FREEZE -> {
                    road.freeze();
                    Thread.sleep(DEADLINE.toMillis() + delayMs);
                    road.unfreeze();
                }
                case DRAIN_ENDS -> {} // the lane's affair
                case STORE_KILLED -> {
                    StoreProcess running = store;
                    if (running != null) {
                        running.kill();
                        store = StoreProcess.start(directory, serverPort);
                    }
                }
            }
        }

        private void assertHolds(List<Effect> effects) {
            try (MongoClient client = MongoClients.create(direct)) {
                MongoDatabase found = client.getDatabase(database);
                StoredEffects.assertHolds(found, effects);
                Mono.from(found.drop()).block();
            }
        }

        @Override
        public void close() throws IOException {
            road.close();
            reactor.close();
            if (store != null) {
                store.close();
            }
        }
    }

    @Test
    void shouldHaveEachEffectOnceWhateverHappens() throws Exception {
        RandomGenerator random = new Random(SEED);
        List<Effect> effects = new SyntheticEffects(SEED, "BTCUSDT", 0, 4_000_000).begin()
                .trades(FAULTS * TRADES_PER_FAULT).take();
        int stride = effects.size() / BATCH / (FAULTS + 1);
        try (Scene scene = new Scene(directory)) {
            int struck = 0;
            int failures = 0;
            long epoch = 1;
            int farthest = 0;
            int inARow = 0;
            Duration deadline = DEADLINE;
            MongoSink sink = new MongoSink(scene.settings, random);
            CompletableFuture<Void> fault = CompletableFuture.completedFuture(null);
            boolean done = false;
            while (!done) {
                try {
                    int from = behind(effects, sink.resumeAfter(JOURNAL, epoch));
                    for (int batch = 0; from < effects.size(); batch++) {
                        int to = Math.min(effects.size(), from + 1 + random.nextInt(2 * BATCH));
                        if (to > farthest) {
                            farthest = to;
                        }
                        if (struck < FAULTS && farthest / BATCH / stride > struck) {
                            // However long the one before takes: all of them strike.
                            fault.join();
                            Fault next = Fault.values()[struck++ % Fault.values().length];
                            fault = strikeLater(scene, next, random.nextInt(5),
                                    random.nextInt(60));
                            if (next == Fault.DRAIN_ENDS) {
                                // As a kill: what is under way may or may not arrive.
                                CompletableFuture<Void> end = CompletableFuture
                                        .runAsync(sink::close);
                                giveUp(sink, effects.subList(from, to));
                                end.join();
                                sink = new MongoSink(scene.settings.within(deadline),
                                        random);
                                epoch++;
                                break;
                            }
                        }
                        sink.write(effects.subList(from, to));
                        inARow = 0;
                        if (batch % 3 == 2) {
                            sink.cursor(effects.get(to - 1).id().sequence() - 1);
                        }
                        from = to;
                        done = to == effects.size();
                    }
                } catch (SinkUnavailableException e) {
                    failures++;
                    Thread.sleep(20);
                    if (++inARow % PATIENCE == 0) {
                        // A machine that is this slow is not the fault that is looked for.
                        sink.close();
                        deadline = longer(deadline);
                        sink = new MongoSink(scene.settings.within(deadline), random);
                        epoch++;
                    }
                }
            }
            fault.join();
            sink.close();
            System.out.printf("seed %d: %d effects, %d faults, %d failures met%n", SEED,
                    effects.size(), struck, failures);
            assertThat(struck).isEqualTo(FAULTS);
            scene.assertHolds(effects);
        }
    }

    private static Duration longer(Duration deadline) {
        Duration twice = deadline.multipliedBy(2);
        return twice.compareTo(MongoUnderTest.PATIENCE) < 0 ? twice : MongoUnderTest.PATIENCE;
    }

    private static void giveUp(MongoSink sink, List<Effect> batch) throws Exception {
        try {
            sink.write(batch);
        } catch (SinkUnavailableException expected) {
            assertThat(expected).hasMessageNotContaining("mongodb://");
        }
    }

    private static CompletableFuture<Void> strikeLater(Scene scene, Fault fault, int delayMs,
            int lengthMs) {
        return CompletableFuture.runAsync(() -> {
            try {
                Thread.sleep(delayMs);
                scene.strike(fault, lengthMs);
            } catch (Exception e) {
                throw new IllegalStateException(fault + " could not be struck", e);
            }
        });
    }

    private static int behind(List<Effect> effects, EffectId resume) {
        int from = 0;
        while (from < effects.size() && !resume.isBefore(effects.get(from).id())) {
            from++;
        }
        return from;
    }

    /** What had been confirmed is there after a kill, and the store can be opened again at once. */
    @Test
    void shouldKeepWhatItConfirmedWhenTheStoreIsKilled() throws Exception {
        assumeFalse(MongoUnderTest.isReal(), "a server that was given is not killed");
        List<Effect> effects = new SyntheticEffects(4, "BTCUSDT", 0, 4_000_000).begin()
                .trades(4_000).take();
        StoreProcess store = StoreProcess.start(directory, 0);
        try (MongoSink sink = new MongoSink(patient(store), new Random(2))) {
            sink.resumeAfter(JOURNAL, 1);
            sink.write(effects);
            sink.cursor(effects.getLast().id().sequence());
            store.kill();
        }
        try (StoreProcess again = StoreProcess.start(directory, 0);
                MongoSink sink = new MongoSink(patient(again), new Random(2));
                MongoClient client = MongoClients.create(again.uri())) {
            assertThat(sink.resumeAfter(JOURNAL, 2))
                    .isEqualTo(EffectId.lastOf(effects.getLast().id().sequence()));
            StoredEffects.assertHolds(client.getDatabase("market"), effects);
        }
    }

    private static MongoSettings patient(StoreProcess store) {
        return MongoSettings.of(store.uri(), "market").within(MongoUnderTest.PATIENCE);
    }
}
