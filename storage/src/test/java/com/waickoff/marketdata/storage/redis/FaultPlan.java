package com.waickoff.marketdata.storage.redis;

import com.waickoff.marketdata.storage.effect.EffectId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

/** Strikes so many faults, by turns, while effects are written: beside the lane, not between its calls. */
final class FaultPlan {
    private final TestRedis redis;
    private final FaultyRoad road;
    private final Fault[] kinds;
    private final int faults;
    private final int stride;
    private final RandomGenerator random;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
    private EffectId farthest = EffectId.NONE;
    private int progressed;
    private int done;

    /**
     * A plan of {@code faults} spread over {@code effects}.
     *
     * @param random used by one thread at a time
     */
    FaultPlan(TestRedis redis, FaultyRoad road, Fault[] kinds, int faults, int effects,
            RandomGenerator random) {
        this.redis = redis;
        this.road = road;
        this.kinds = kinds;
        this.faults = faults;
        this.random = random;
        // Batches of some 150 effects.
        stride = Math.max(1, effects / 150 / (faults + 1));
    }

    /** A batch ended here. */
    void onProgress(EffectId id) {
        if (!farthest.isBefore(id) || done == faults) {
            return;
        }
        farthest = id;
        if (++progressed % stride == 0) {
            await();
            Fault fault = kinds[done % kinds.length];
            int delayMicros = random.nextInt(3_000);
            running = CompletableFuture.runAsync(() -> {
                try {
                    Thread.sleep(Duration.ofNanos(delayMicros * 1_000L));
                    fault.strike(redis, road, random);
                } catch (Exception e) {
                    throw new CompletionException(e);
                }
            });
            done++;
        }
    }

    /** Waits until the last fault is over. */
    void await() {
        running.join();
    }

    /** How many struck. */
    int done() {
        return done;
    }
}
