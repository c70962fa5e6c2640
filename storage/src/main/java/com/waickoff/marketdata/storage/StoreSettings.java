package com.waickoff.marketdata.storage;

import com.waickoff.marketdata.cli.EngineFilesOptions.EngineSetup;
import com.waickoff.marketdata.storage.drain.Drain;
import com.waickoff.marketdata.storage.drain.LaneSettings;
import com.waickoff.marketdata.storage.embedded.EmbeddedRedisSettings;
import com.waickoff.marketdata.storage.mongo.MongoSettings;
import com.waickoff.marketdata.storage.mongo.MongoSettings.Durability;
import com.waickoff.marketdata.storage.redis.RedisLogin;
import com.waickoff.marketdata.storage.redis.RedisSettings;
import com.waickoff.marketdata.storage.redis.RedisTls;
import com.waickoff.marketdata.storage.retention.RetentionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says of the stores, as their rooms take it. The drain and those who read
 * what it wrote come to the same settings by the same configuration.
 *
 * <p>Threads: immutable.
 */
public final class StoreSettings {
    /** In place of an address: the drain hosts the store itself. */
    public static final String EMBEDDED = "embedded";
    /** In place of an address: there is no such store. */
    public static final String NONE = "none";

    private static final long FIRST_BACK_OFF_MS = 100;
    private static final Duration LATER = Duration.ofDays(2);
    private static final String AUTO = "auto";
    /** Of an event in a stream, by {@code BusThroughput}, and a quarter more. */
    private static final long EVENT_BYTES = 131;
    private static final long LEAST_MEMORY_BYTES = 64L << 20;

    private final Map<String, String> values;
    private final Path base;
    private final Path directory;
    private final int instruments;

    private StoreSettings(Map<String, String> values, Path base, Path directory,
            int instruments) {
        this.values = values;
        this.base = base;
        this.directory = directory;
        this.instruments = instruments;
    }

    /** Those of an engine and of what is beside it. */
    public static StoreSettings of(EngineSetup setup) {
        return new StoreSettings(setup.storage(), setup.base(), Drain.directory(setup.engine()),
                setup.engine().instrumentCapacity());
    }

    /** Where the drain keeps its files, those of hosted stores among them. */
    public Path directory() {
        return directory;
    }

    /** How lanes work. */
    public LaneSettings lanes() {
        LaneSettings usual = LaneSettings.DEFAULT;
        return new LaneSettings((int) number("drain.batch-effects"), usual.idleMs(),
                usual.noteMs(), Duration.ofSeconds(number("drain.checkpoint-seconds")).toMillis(),
                FIRST_BACK_OFF_MS, number("drain.back-off-max-ms"));
    }

    /**
     * Where MongoDB is: an address, which may hold a password, {@link #EMBEDDED} or {@link #NONE}.
     *
     * @throws IOException if it is in a file that cannot be read
     */
    public String mongoUri() throws IOException {
        Path file = path("mongo.uri-file");
        return file == null ? text("mongo.uri") : Files.readString(file).strip();
    }

    /**
     * How MongoDB is used.
     *
     * @param uri of a server
     */
    public MongoSettings mongo(String uri) {
        return new MongoSettings(uri, text("mongo.database"), path("mongo.ca-file"),
                Durability.valueOf(text("mongo.durability").toUpperCase(Locale.ROOT)),
                Duration.ofMillis(number("mongo.deadline-ms")), MongoSettings.USUAL_BULK,
                text("mongo.trades").equals("kept"), expiry());
    }

    /** How long what stays where. */
    public RetentionSettings retention() {
        return RetentionSettings.of(values);
    }

    /** The server's own expiry is the net under the drain's retention, and later than that. */
    private Map<String, Duration> expiry() {
        Map<String, Duration> expiry = new HashMap<>();
        retention().warm().ages().forEach((kind, age) -> expiry.put(kind, age.plus(LATER)));
        return expiry;
    }

    /** Where Redis is: an address, {@link #EMBEDDED} or {@link #NONE}. */
    public String redisUri() {
        return text("redis.uri");
    }

    /**
     * How Redis is used.
     *
     * @param uri of a server
     * @throws IllegalArgumentException if the settings do not go together
     */
    public RedisSettings redis(String uri) {
        RedisSettings settings = RedisSettings.at(uri).with(redisLogin())
                .withPrefix(text("redis.prefix"));
        settings = settings.withBounds((int) number("redis.stream-length"),
                settings.windowEntries(), Duration.ofMillis(number("redis.timeout-ms")),
                Duration.ofSeconds(number("redis.latest-expiry-seconds")));
        return settings.tls() == null ? settings : settings.with(new RedisTls(
                path("redis.ca-file"), path("redis.certificate-file"), path("redis.key-file")));
    }

    /** How a Redis runs that is hosted by the drain. */
    public EmbeddedRedisSettings embeddedRedis() {
        String megabytes = text("redis.embedded-memory-mb");
        long bytes = megabytes.equals(AUTO)
                ? Math.max(LEAST_MEMORY_BYTES,
                        number("redis.stream-length") * EVENT_BYTES * instruments)
                : number("redis.embedded-memory-mb") << 20;
        return new EmbeddedRedisSettings(0, bytes, null);
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

    private String text(String key) {
        return Objects.requireNonNull(values.get(key), key);
    }

    private long number(String key) {
        return Long.parseLong(text(key).replace("_", ""));
    }

    private @Nullable Path path(String key) {
        return text(key).isEmpty() ? null : base.resolve(text(key));
    }

    /** Without values: some are secret. */
    @Override
    public String toString() {
        return "StoreSettings[" + directory + ']';
    }
}
