package com.waickoff.marketdata.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.storage.InventedMarket;
import com.waickoff.marketdata.storage.TestPorts;
import com.waickoff.marketdata.storage.drain.DerivedEffects;
import com.waickoff.marketdata.storage.drain.Lane;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.SignalRaised;
import com.waickoff.marketdata.storage.effect.TradeProcessed;
import com.waickoff.marketdata.storage.effect.WindowClosed;
import com.waickoff.marketdata.storage.effect.WindowRevised;
import com.waickoff.marketdata.storage.effect.WindowState;
import com.waickoff.marketdata.storage.embedded.EmbeddedRedis;
import com.waickoff.marketdata.storage.embedded.EmbeddedRedisSettings;
import com.waickoff.marketdata.storage.history.HistoryException;
import com.waickoff.marketdata.storage.history.Page;
import com.waickoff.marketdata.storage.history.PageRequest;
import com.waickoff.marketdata.storage.mongo.MongoHistory;
import com.waickoff.marketdata.storage.mongo.MongoSettings;
import com.waickoff.marketdata.window.Timeframe;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;

/**
 * An engine journals, a drain follows into a Mongo-compatible store and a real Redis, and connections
 * are cut and frozen, servers killed and filled up, and the drain killed, by turns: in the end each
 * effect is in both, once. {@code -Ddrain.faults=64 -Ddrain.seed=N} for more faults and another run.
 */
class DrainFaultsTest {
    private static final int FAULTS = Integer.getInteger("drain.faults", 3);
    private static final long SEED = Long.getLong("drain.seed", 20_261_121L);
    private static final int STEPS_PER_FAULT = 150;
    private static final int FREEZE_MS = 700;
    private static final long DAY_MS = 86_400_000;

    @TempDir
    private Path directory;

    private final SplittableRandom random = new SplittableRandom(SEED);

    private enum Fault {
        MONGO_CUT, REDIS_CUT, MONGO_FROZEN, REDIS_FROZEN, DRAIN_KILLED, MONGO_KILLED, REDIS_KILLED, REDIS_FULL
    }

    @Test
    void shouldHaveEachEffectOnceInBothWhateverHappens() throws Exception {
        EngineConfig config = InventedMarket.config(directory.resolve("data"));
        try (Scene scene = new Scene(config);
                InventedMarket market = new InventedMarket(config,
                        SEED)) {
            scene.startDrain();
            for (int i = 0; i < FAULTS; i++) {
                market.play(STEPS_PER_FAULT);
                Thread.sleep(random.nextInt(300));
                scene.strike(Fault.values()[i % Fault.values().length]);
            }
            market.play(STEPS_PER_FAULT);
            scene.finishDrain();
            List<Effect> effects = DerivedEffects.of(config, directory.resolve("undisturbed"));
            scene.assertHolds(effects);
            System.out.printf("seed %d: %,d effects, %d faults: missing 0, doubled 0%n", SEED,
                    effects.size(), FAULTS);
        }
    }

    /** Servers, the roads to them, and the drain. */
    private final class Scene implements AutoCloseable {
        private final EngineConfig config;
        private final NioReactor reactor = new NioReactor();
        private final int storePort;
        private final EmbeddedRedis redis;
        private final TcpCrusher mongoRoad;
        private final TcpCrusher redisRoad;
        private Process store;
        private Process drain;

        Scene(EngineConfig config) throws IOException {
            this.config = config;
            storePort = TestPorts.next();
            store = startStore();
            redis = startRedis();
            mongoRoad = road(storePort);
            redisRoad = road(URI.create(redis.uri()).getPort());
            drain = store;
        }

        private TcpCrusher road(int toPort) throws IOException {
            return TcpCrusherBuilder.builder().withReactor(reactor)
                    .withBindAddress("127.0.0.1", TestPorts.next())
                    .withConnectAddress("127.0.0.1", toPort).buildAndOpen();
        }

        private EmbeddedRedis startRedis() {
            try {
                return EmbeddedRedis.start(directory.resolve("redis"),
                        EmbeddedRedisSettings.DEFAULT);
            } catch (IOException e) {
                store.destroyForcibly();
                return abort("no Redis can be hosted here: " + e.getMessage());
            }
        }

        private Process startStore() throws IOException {
            Process process = FaultyDrain.start(random, FaultyDrain.STORE,
                    directory.resolve("mongo").toString(), Integer.toString(storePort));
            await().atMost(FaultyDrain.PATIENCE).until(() -> isListening(storePort));
            return process;
        }

        private static boolean isListening(int port) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                return false;
            }
        }

        void startDrain() throws IOException {
            drain = startDrain(Lane.Mode.FOLLOW);
        }

        private Process startDrain(Lane.Mode mode) throws IOException {
            return FaultyDrain.start(random, FaultyDrain.DRAIN, config.dataDir().toString(),
                    "mongodb://127.0.0.1:" + mongoRoad.getBindAddress().getPort(),
                    "redis://127.0.0.1:" + redisRoad.getBindAddress().getPort(),
                    redis.passwordFile().toString(), mode.name());
        }

        void finishDrain() throws Exception {
            drain.destroyForcibly().waitFor();
            Process last = startDrain(Lane.Mode.UNTIL_CAUGHT_UP);
            assertThat(last.waitFor()).isZero();
        }

        void strike(Fault fault) throws Exception {
            switch (fault) {
                case MONGO_CUT -> cut(mongoRoad);
                case REDIS_CUT -> cut(redisRoad);
                case MONGO_FROZEN -> freeze(mongoRoad);
                case REDIS_FROZEN -> freeze(redisRoad);
                case DRAIN_KILLED -> {
                    drain.destroyForcibly().waitFor();
                    drain = startDrain(Lane.Mode.FOLLOW);
                }
                case MONGO_KILLED -> {
                    store.destroyForcibly().waitFor();
                    store = startStore();
                }
                case REDIS_KILLED -> {
                    long pid = Long.parseLong(
                            Files.readString(directory.resolve("redis/redis.pid")).strip());
                    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                    while (redis.isRunning()) {
                        Thread.sleep(10);
                    }
                    redis.ensureRunning();
                }
                case REDIS_FULL -> {
                    ask(commands -> commands.configSet("maxmemory", "1mb"));
                    Thread.sleep(FREEZE_MS);
                    ask(commands -> commands.configSet("maxmemory", "256mb"));
                }
            }
        }

        private void cut(TcpCrusher road) throws InterruptedException {
            road.close();
            Thread.sleep(random.nextInt(200));
            road.open();
        }

        private void freeze(TcpCrusher road) throws InterruptedException {
            road.freeze();
            Thread.sleep(FREEZE_MS);
            road.unfreeze();
        }

        private void ask(Consumer<RedisCommands<String, String>> question) throws IOException {
            RedisURI uri = RedisURI.create(redis.uri());
            uri.setAuthentication(Files.readString(redis.passwordFile()).strip().toCharArray());
            RedisClient client = RedisClient.create(uri);
            try {
                question.accept(client.connect().sync());
            } finally {
                client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
            }
        }

        void assertHolds(List<Effect> effects) throws Exception {
            Map<String, List<Effect>> byInstrument = new TreeMap<>();
            effects.forEach(effect -> byInstrument
                    .computeIfAbsent(effect.instrument().name(), name -> new ArrayList<>())
                    .add(effect));
            ask(commands -> byInstrument.forEach((name, expected) -> assertThat(
                    commands.xrange("waickoff:v1:ev:{" + name + '}', Range.unbounded()).stream()
                            .map(entry -> entry.getId() + ' ' + entry.getBody().get("type")))
                    .as("stream of " + name).containsExactlyElementsOf(expected.stream()
                            .map(effect -> effect.id() + " " + effect.type()).toList())));
            try (MongoHistory history = new MongoHistory(
                    MongoSettings.of("mongodb://127.0.0.1:" + storePort, FaultyDrain.DATABASE)
                            .within(FaultyDrain.PATIENCE),
                    System::currentTimeMillis)) {
                for (Map.Entry<String, List<Effect>> entry : byInstrument.entrySet()) {
                    assertHolds(history, entry.getKey(), entry.getValue());
                }
            }
        }

        private void assertHolds(MongoHistory history, String name, List<Effect> effects)
                throws HistoryException {
            assertThat(all(request -> history.trades(name, request))).as("trades of " + name)
                    .map(trade -> trade.sequence() + "-" + trade.ordinal())
                    .containsExactlyElementsOf(effects.stream()
                            .filter(TradeProcessed.class::isInstance)
                            .map(effect -> effect.id().toString()).toList());
            assertThat(all(request -> history.signals(name, request))).as("signals of " + name)
                    .hasSize((int) effects.stream().filter(SignalRaised.class::isInstance)
                            .count());
            for (Timeframe timeframe : Timeframe.ALL) {
                assertThat(all(request -> history.windows(name, timeframe, request)))
                        .as(timeframe.label() + " of " + name)
                        .map(window -> window.startMs() + " r" + window.revision() + " v"
                                + window.volume() + ' ' + window.rows())
                        .containsExactlyElementsOf(last(effects, timeframe));
            }
        }

        /** What each window is in the end. */
        private static List<String> last(List<Effect> effects, Timeframe timeframe) {
            Map<Long, String> last = new TreeMap<>();
            for (Effect effect : effects) {
                WindowState window = effect instanceof WindowClosed closed ? closed.window()
                        : effect instanceof WindowRevised revised ? revised.window() : null;
                if (window != null && window.timeframe() == timeframe) {
                    last.put(window.startMs(), window.startMs() + " r" + window.revision() + " v"
                            + window.volume() + ' ' + window.rows());
                }
            }
            return List.copyOf(last.values());
        }

        @Override
        public void close() throws Exception {
            drain.destroyForcibly().waitFor();
            store.destroyForcibly().waitFor();
            mongoRoad.close();
            redisRoad.close();
            reactor.close();
            redis.close();
        }
    }

    /** Asks for a page. */
    @FunctionalInterface
    private interface Question<T> {
        Page<T> ask(PageRequest request) throws HistoryException;
    }

    private static <T> List<T> all(Question<T> question) throws HistoryException {
        List<T> items = new ArrayList<>();
        long noonMs = InventedMarket.NOON_NS / 1_000_000;
        PageRequest request = PageRequest.of(noonMs - DAY_MS, noonMs + 7 * DAY_MS)
                .withLimit(PageRequest.MAX_LIMIT).within(FaultyDrain.PATIENCE);
        Page<T> page = question.ask(request);
        items.addAll(page.items());
        while (page.next() != null) {
            page = question.ask(request.after(page.next()));
            items.addAll(page.items());
        }
        return items;
    }
}
