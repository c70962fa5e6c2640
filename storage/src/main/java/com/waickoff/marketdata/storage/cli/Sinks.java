package com.waickoff.marketdata.storage.cli;

import com.waickoff.marketdata.storage.StoreSettings;
import com.waickoff.marketdata.storage.drain.Drain;
import com.waickoff.marketdata.storage.drain.EffectSink;
import com.waickoff.marketdata.storage.embedded.EmbeddedMongo;
import com.waickoff.marketdata.storage.embedded.EmbeddedRedis;
import com.waickoff.marketdata.storage.mongo.MongoSettings;
import com.waickoff.marketdata.storage.mongo.MongoSink;
import com.waickoff.marketdata.storage.redis.RedisLogin;
import com.waickoff.marketdata.storage.redis.RedisSettings;
import com.waickoff.marketdata.storage.redis.RedisSink;
import com.waickoff.marketdata.storage.retention.RetentionStatus;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sinks that are configured, and the servers that are hosted for them.
 *
 * <p>Threads: one.
 */
final class Sinks implements Drain.SinkSource, AutoCloseable {
    private final StoreSettings settings;
    private final List<EffectSink> sinks = new ArrayList<>();
    private final List<String> descriptions = new ArrayList<>();
    private @Nullable EmbeddedMongo mongo;
    private @Nullable EmbeddedRedis redis;
    private @Nullable RetentionStatus retention;

    /** None yet. */
    Sinks(StoreSettings settings) {
        this.settings = settings;
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
                    + " redis.uri are " + StoreSettings.NONE);
        }
        return List.copyOf(sinks);
    }

    private void openMongo() throws IOException {
        String uri = settings.mongoUri();
        if (uri.equals(StoreSettings.NONE)) {
            return;
        }
        if (uri.equals(StoreSettings.EMBEDDED)) {
            EmbeddedMongo hosted = EmbeddedMongo.open(settings.directory(), 0);
            mongo = hosted;
            uri = hosted.uri();
        }
        MongoSettings used = settings.mongo(uri);
        descriptions.add("mongo: " + used.hosts() + ", database " + used.database()
                + (mongo == null ? "" : ", hosted here"));
        sinks.add(new MongoSink(used, new SecureRandom()));
    }

    private void openRedis() throws IOException {
        String uri = settings.redisUri();
        if (uri.equals(StoreSettings.NONE)) {
            return;
        }
        RedisSettings used = uri.equals(StoreSettings.EMBEDDED) ? embeddedRedis()
                : settings.redis(uri);
        descriptions.add("redis: " + used.address() + (redis == null ? "" : ", hosted here"));
        sinks.add(new RedisSink(used, System::nanoTime));
    }

    private RedisSettings embeddedRedis() throws IOException {
        EmbeddedRedis hosted;
        try {
            hosted = EmbeddedRedis.start(settings.directory().resolve("embedded-redis"),
                    settings.embeddedRedis());
        } catch (IOException e) {
            throw new HostingException(String.valueOf(e.getMessage()), e);
        }
        redis = hosted;
        return settings.redis(hosted.uri()).with(RedisLogin.ofFile("", hosted.passwordFile()));
    }

    /** Where they are, for people: a line each, without secrets. */
    List<String> descriptions() {
        return List.copyOf(descriptions);
    }

    /** Also tells how retention is doing. */
    void tellOf(RetentionStatus status) {
        retention = status;
    }

    @Override
    public Map<String, String> status() {
        return retention == null ? Map.of() : retention.values();
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
