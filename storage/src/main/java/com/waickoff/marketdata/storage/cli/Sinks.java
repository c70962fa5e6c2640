package com.waickoff.marketdata.storage.cli;

import com.waickoff.marketdata.cli.EngineFilesOptions.EngineSetup;
import com.waickoff.marketdata.storage.drain.Drain;
import com.waickoff.marketdata.storage.drain.EffectSink;
import com.waickoff.marketdata.storage.drain.LaneSettings;
import com.waickoff.marketdata.storage.embedded.EmbeddedMongo;
import com.waickoff.marketdata.storage.embedded.EmbeddedRedis;
import com.waickoff.marketdata.storage.embedded.EmbeddedRedisSettings;
import com.waickoff.marketdata.storage.mongo.MongoSettings;
import com.waickoff.marketdata.storage.mongo.MongoSettings.Durability;
import com.waickoff.marketdata.storage.mongo.MongoSink;
import com.waickoff.marketdata.storage.redis.RedisLogin;
import com.waickoff.marketdata.storage.redis.RedisSettings;
import com.waickoff.marketdata.storage.redis.RedisSink;
import com.waickoff.marketdata.storage.redis.RedisTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sinks that are configured, and the servers that are hosted for them.
 *
 * <p>Threads: one.
 */
final class Sinks implements Drain.SinkSource, AutoCloseable {
    private static final String EMBEDDED = "embedded";
    private static final String NONE = "none";
    private static final long FIRST_BACK_OFF_MS = 100;

    private final Map<String, String> values;
    private final Path base;
    private final Path directory;
    private final List<EffectSink> sinks = new ArrayList<>();
    private final List<String> descriptions = new ArrayList<>();
    private @Nullable EmbeddedMongo mongo;
    private @Nullable EmbeddedRedis redis;

    /** None yet. */
    Sinks(EngineSetup setup) {
        values = setup.storage();
        base = setup.base();
        directory = Drain.directory(setup.engine());
    }

    /** How lanes work. */
    LaneSettings laneSettings() {
        LaneSettings usual = LaneSettings.DEFAULT;
        return new LaneSettings((int) number("drain.batch-effects"), usual.idleMs(),
                usual.noteMs(), Duration.ofSeconds(number("drain.checkpoint-seconds")).toMillis(),
                FIRST_BACK_OFF_MS, number("drain.back-off-max-ms"));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the settings do not go together
     */
    @Override
    public List<EffectSink> open() throws IOException {
        openMongo();
        openRedis();
        if (sinks.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to drain into: mongo.uri and"
                    + " redis.uri are " + NONE);
        }
        return List.copyOf(sinks);
    }

    private void openMongo() throws IOException {
        Path uriFile = path("mongo.uri-file");
        String uri = uriFile == null ? text("mongo.uri") : Files.readString(uriFile).strip();
        if (uri.equals(NONE)) {
            return;
        }
        if (uri.equals(EMBEDDED)) {
            EmbeddedMongo hosted = EmbeddedMongo.open(directory, 0);
            mongo = hosted;
            uri = hosted.uri();
        }
        MongoSettings settings = new MongoSettings(uri, text("mongo.database"),
                path("mongo.ca-file"),
                Durability.valueOf(text("mongo.durability").toUpperCase(Locale.ROOT)),
                Duration.ofMillis(number("mongo.deadline-ms")), MongoSettings.USUAL_BULK,
                text("mongo.trades").equals("kept"), Map.of());
        descriptions.add("mongo: " + settings.hosts() + ", database " + settings.database()
                + (mongo == null ? "" : ", hosted here"));
        sinks.add(new MongoSink(settings, new SecureRandom()));
    }

    private void openRedis() throws IOException {
        String uri = text("redis.uri");
        if (uri.equals(NONE)) {
            return;
        }
        RedisSettings settings = (uri.equals(EMBEDDED) ? embeddedRedis()
                : RedisSettings.at(uri).with(redisLogin())).withPrefix(text("redis.prefix"));
        settings = settings.withBounds((int) number("redis.stream-length"),
                settings.windowEntries(), Duration.ofMillis(number("redis.timeout-ms")),
                Duration.ofSeconds(number("redis.latest-expiry-seconds")));
        if (settings.tls() != null) {
            settings = settings.with(new RedisTls(path("redis.ca-file"),
                    path("redis.certificate-file"), path("redis.key-file")));
        }
        descriptions.add("redis: " + settings.address() + (redis == null ? "" : ", hosted here"));
        sinks.add(new RedisSink(settings, System::nanoTime));
    }

    private RedisSettings embeddedRedis() throws IOException {
        EmbeddedRedis hosted = EmbeddedRedis.start(directory.resolve("embedded-redis"),
                EmbeddedRedisSettings.DEFAULT);
        redis = hosted;
        return RedisSettings.at(hosted.uri())
                .with(RedisLogin.ofFile("", hosted.passwordFile()));
    }

    private RedisLogin redisLogin() {
        String username = text("redis.username");
        Path file = path("redis.password-file");
        String password = text("redis.password");
        if (file != null) {
            return RedisLogin.ofFile(username, file);
        }
        return username.isEmpty() && password.isEmpty() ? RedisLogin.NONE
                : RedisLogin.of(username, password);
    }

    /** Where they are, for people: a line each, without secrets. */
    List<String> descriptions() {
        return List.copyOf(descriptions);
    }

    private String text(String key) {
        return Objects.requireNonNull(values.get(key), key);
    }

    private long number(String key) {
        return Long.parseLong(text(key).replace("_", ""));
    }

    private @Nullable Path path(String key) {
        return text(key).isEmpty() ? null : base.resolve(text(key));
    }

    @Override
    public void tend() throws IOException {
        EmbeddedRedis hosted = redis;
        if (hosted != null) {
            hosted.ensureRunning();
        }
    }

    /** Ends what is hosted here; the sinks end with their lanes. */
    @Override
    public void close() throws IOException {
        EmbeddedMongo hostedMongo = mongo;
        EmbeddedRedis hostedRedis = redis;
        try {
            if (hostedMongo != null) {
                hostedMongo.close();
            }
        } finally {
            if (hostedRedis != null) {
                hostedRedis.close();
            }
        }
    }
}
