package com.waickoff.marketdata.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisSettingsTest {
    @ParameterizedTest
    @CsvSource({"redis://host, redis://host:6379/0", "rediss://host:1, rediss://host:1/0",
            "redis://127.0.0.1:6380/3, redis://127.0.0.1:6380/3",
            "redis://[::1]:7/, redis://[::1]:7/0"})
    void shouldReadAnAddress(String uri, String shown) {
        assertThat(RedisSettings.at(uri).address()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"http://host, redis[s]://", "redis:host, redis[s]://", "redis://h:99999, 65535",
            "redis://h/a, database", "'', redis[s]://", "redis://user@h, redis.username"})
    void shouldSayWhatIsWrongWithAnAddress(String uri, String message) {
        assertThatThrownBy(() -> RedisSettings.at(uri))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void shouldCheckRanges() {
        RedisSettings settings = RedisSettings.at("redis://host");
        Duration usual = RedisSettings.DEFAULT_TIMEOUT;

        assertThatThrownBy(() -> settings.withPrefix("a:b")).hasMessageContaining("a:b");
        assertThatThrownBy(() -> settings.withBounds(999, 1, usual, usual))
                .hasMessageContaining("redis.stream-length is 999");
        assertThatThrownBy(() -> settings.withBounds(1_000, 0, usual, usual))
                .hasMessageContaining("redis.window is 0");
        assertThatThrownBy(() -> settings.withBounds(1_000, 1, Duration.ofMillis(49), usual))
                .hasMessageContaining("redis.timeout-ms is 49");
        assertThatThrownBy(() -> settings.withBounds(1_000, 1, usual, Duration.ofDays(2)))
                .hasMessageContaining("redis.latest-expiry-seconds is 172800");
    }

    @ParameterizedTest
    @CsvSource({"5.0.14, noeviction, version 5.0.14", "6.0.16, noeviction, version 6.0.16",
            "6.2.0, noeviction, ''", "7.0.15, volatile-ttl, ''", "10.0.0, noeviction, ''",
            "7.0.15, allkeys-lfu, allkeys-lfu", "unstable, noeviction, version unstable"})
    void shouldTellWhichServerWillDo(String version, String policy, String problem) {
        String found = ServerCheck.problemOf("# Server\r\nredis_version:" + version + "\r\n",
                "# Memory\r\nmaxmemory_policy:" + policy + "\r\n");

        if (problem.isEmpty()) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).contains(problem);
        }
    }
}
