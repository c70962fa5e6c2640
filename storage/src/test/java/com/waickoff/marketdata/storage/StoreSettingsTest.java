package com.waickoff.marketdata.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.storage.mongo.MongoSettings;
import com.waickoff.marketdata.storage.redis.RedisSettings;
import com.waickoff.marketdata.storage.redis.RedisTls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each key comes to where it is to have its effect; what effect is tested there. */
class StoreSettingsTest {
    private static final String SECRET = "s3cret-that-nobody-sees";

    @TempDir
    private Path directory;

    private StoreSettings with(String... settings) throws Exception {
        return StoreSettings.of(TestSetup.in(directory, settings));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mongo.database=other", "mongo.ca-file=ca.pem",
            "mongo.durability=majority", "mongo.trades=dropped", "mongo.deadline-ms=1000"})
    void shouldHandOnEachSettingOfMongo(String setting) throws Exception {
        assertThat(with(setting).mongo("mongodb://host"))
                .isNotEqualTo(with().mongo("mongodb://host"));
        assertThat(with().mongo("mongodb://host")).isEqualTo(with().mongo("mongodb://host"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis.username=drain", "redis.password=" + SECRET,
            "redis.password-file=password", "redis.ca-file=ca.pem", "redis.prefix=other",
            "redis.stream-length=2000", "redis.timeout-ms=100",
            "redis.latest-expiry-seconds=5"})
    void shouldHandOnEachSettingOfRedis(String setting) throws Exception {
        assertThat(with(setting).redis("rediss://host"))
                .isNotEqualTo(with().redis("rediss://host"));
        assertThat(with().redis("rediss://host")).isEqualTo(with().redis("rediss://host"));
    }

    @Test
    void shouldHandOnCertificateAndKeyOfRedisTogether() throws Exception {
        assertThat(with("redis.certificate-file=a.crt", "redis.key-file=a.key")
                .redis("rediss://host").tls()).isEqualTo(new RedisTls(null,
                        directory.resolve("a.crt"), directory.resolve("a.key")));
        assertThatThrownBy(() -> with("redis.key-file=a.key").redis("rediss://host"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drain.batch-effects=7", "drain.checkpoint-seconds=7",
            "drain.back-off-max-ms=700"})
    void shouldHandOnEachSettingOfLanes(String setting) throws Exception {
        assertThat(with(setting).lanes()).isNotEqualTo(with().lanes());
    }

    @Test
    void shouldGiveAHostedRedisRoomForAllStreamsOrWhatItIsTold() throws Exception {
        assertThat(with("redis.stream-length=200000", "instruments.capacity=100").embeddedRedis()
                .maxMemoryBytes()).isEqualTo(200_000L * 100 * 131);
        assertThat(with("redis.embedded-memory-mb=48").embeddedRedis().maxMemoryBytes())
                .isEqualTo(48 << 20);
    }

    @Test
    void shouldTakeFilesRelativeToTheInstallationAndShowNoSecret() throws Exception {
        Files.writeString(directory.resolve("uri"), "mongodb://drain:" + SECRET + "@host\n");
        StoreSettings settings = with("mongo.uri-file=uri", "redis.password=" + SECRET);
        String uri = settings.mongoUri();
        MongoSettings mongo = settings.mongo(uri);
        RedisSettings redis = settings.redis("redis://host");

        assertThat(uri).isEqualTo("mongodb://drain:" + SECRET + "@host");
        assertThat(mongo.hosts()).isEqualTo("host");
        assertThat(mongo.deadline()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.toString() + mongo + redis + redis.login() + redis.address()
                + TestSetup.in(directory, "redis.password=" + SECRET)).doesNotContain(SECRET);
    }
}
