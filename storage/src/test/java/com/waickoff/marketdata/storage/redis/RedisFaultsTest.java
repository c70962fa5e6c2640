package com.waickoff.marketdata.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.storage.effect.Effect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever happens to the server, the connection or the drain: each effect is one entry, in order.
 *
 * <p>{@code -Dredis.faults=N} faults of each kind instead of one, {@code -Dredis.kills=N} kills of
 * the drain, {@code -Dredis.effects=N} effects for each fault, {@code -Dredis.seed=N} another run.
 */
class RedisFaultsTest {
    private static final int FAULTS = Integer.getInteger("redis.faults", 1);
    private static final int KILLS = Integer.getInteger("redis.kills", 1);
    private static final long SEED = Long.getLong("redis.seed", 20_261_121L);
    private static final int EFFECTS_PER_FAULT = Integer.getInteger("redis.effects", 3_000);
    private static final int INSTRUMENTS = 3;
    private static final int BATCH = 150;
    private static final Duration HURRY = Duration.ofMillis(300);
    /** So many in a row are not the fault that is looked for: the machine is that slow. */
    private static final int MOST_SILENCES = 8;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldHaveEachEffectOnceAfter(Fault fault) throws Exception {
        run(new Fault[]{fault}, FAULTS);
    }

    @Test
    void shouldHaveEachEffectOnceAfterAllKindsByTurns() throws Exception {
        run(Fault.values(), Fault.values().length * FAULTS);
    }

    private void run(Fault[] kinds, int faults) throws Exception {
        RandomGenerator random = new Random(SEED);
        List<Effect> effects = SampleEffects.of(SEED, faults * EFFECTS_PER_FAULT, INSTRUMENTS);
        boolean ofTheNetwork = Stream.of(kinds).allMatch(Fault::isOfTheNetwork);
        try (TestRedis redis = ofTheNetwork ? TestRedis.any(directory)
                : TestRedis.own(directory);
                FaultyRoad road = new FaultyRoad(redis.host(), redis.port())) {
            RedisSettings settings = road.settings(redis.settings());
            FaultPlan plan = new FaultPlan(redis, road, kinds, faults, effects.size(), random);
            TestLane lane = new TestLane(effects, BATCH, 1).onProgress(plan::onProgress);
            give(lane, settings);
            plan.await();
            // What the last fault took is given again.
            give(lane, settings);
            System.out.printf("%s, seed %d: %d faults, %d failures%n", List.of(kinds), SEED,
                    plan.done(), lane.failures().size());
            assertThat(plan.done()).isEqualTo(faults);
            TestLane.assertHolds(redis.look(), settings.prefix(), effects);
        }
    }

    /** By a sink that gives up soon, so that a stall is a failure; less soon on a slow machine. */
    private static void give(TestLane lane, RedisSettings settings) throws Exception {
        Duration timeout = HURRY;
        boolean isGiven = false;
        while (!isGiven) {
            // Trims nothing, so that all can be compared.
            try (RedisSink sink = new RedisSink(settings.withBounds(100_000_000, 60, timeout,
                    Duration.ofSeconds(60)), System::nanoTime)) {
                isGiven = lane.run(sink, MOST_SILENCES);
            }
            timeout = timeout.multipliedBy(2).compareTo(TestRedis.PATIENCE) < 0
                    ? timeout.multipliedBy(2) : TestRedis.PATIENCE;
        }
    }

    @Test
    void shouldHaveEachEffectOnceAfterKillsOfTheDrain() throws Exception {
        RandomGenerator random = new Random(SEED);
        int count = 20_000;
        try (TestRedis redis = TestRedis.any(directory)) {
            RedisSettings settings = redis.settings();
            int kills = 0;
            for (int epoch = 1; epoch <= KILLS + 1; epoch++) {
                try (LaneChild child = LaneChild.start(settings, SEED, count, epoch)) {
                    if (epoch <= KILLS && child.isWriting()) {
                        Thread.sleep(random.nextInt(60));
                        child.kill();
                        kills++;
                    } else {
                        assertThat(child.awaitEnd()).isTrue();
                    }
                }
            }
            System.out.printf("seed %d: %d kills of the drain%n", SEED, kills);
            TestLane.assertHolds(redis.look(), settings.prefix(),
                    SampleEffects.of(SEED, count, INSTRUMENTS));
        }
    }
}
