package com.waickoff.marketdata.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import com.waickoff.marketdata.storage.embedded.EmbeddedRedis;
import com.waickoff.marketdata.storage.embedded.EmbeddedRedisSettings;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bus in the server that comes with the drain. */
class EmbeddedBusTest {
    private static final List<Effect> EFFECTS = SampleEffects.of(17, 3_000, 2);

    @TempDir
    private Path directory;

    @Test
    void shouldFillItAgainAfterItDied() throws Exception {
        try (EmbeddedRedis redis = start()) {
            RedisLogin login = RedisLogin.ofFile("", redis.passwordFile());
            RedisSettings settings = RedisSettings.at(redis.uri()).with(login).withBounds(100_000,
                    100, Duration.ofSeconds(60), RedisSettings.DEFAULT_LATEST_EXPIRY);
            EffectId middle = EFFECTS.get(EFFECTS.size() / 2).id();
            try (RedisSink sink = new RedisSink(settings, System::nanoTime,
                    redis::ensureRunning)) {
                boolean[] killed = new boolean[1];
                TestLane lane = new TestLane(EFFECTS, 150, 1).onProgress(id -> {
                    if (!killed[0] && middle.isBefore(id)) {
                        killed[0] = true;
                        ProcessHandle server = server();
                        server.destroyForcibly();
                        server.onExit().join();
                    }
                });
                lane.run(sink);
                assertThat(lane.failures()).isNotEmpty();
            }
            RedisClient client = RedisClient.create(RedisURI.builder(RedisURI.create(redis.uri()))
                    .withPassword(login.password().toCharArray()).build());
            try (StatefulRedisConnection<String, String> look = client.connect()) {
                TestLane.assertHolds(look.sync(), settings.prefix(), EFFECTS);
            } finally {
                client.shutdown(0, 1, TimeUnit.SECONDS);
            }
        }
    }

    private EmbeddedRedis start() throws IOException {
        try {
            return EmbeddedRedis.start(directory, EmbeddedRedisSettings.DEFAULT);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("shared librar")) {
                Assumptions.abort("the embedded Redis does not run here: " + e.getMessage());
            }
            throw e;
        }
    }

    private ProcessHandle server() {
        try {
            String pid = Files.readString(directory.resolve("redis.pid")).strip();
            return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
