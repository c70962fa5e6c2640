package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.cli.CommandRun.Place;
import com.waickoff.marketdata.config.ConfigFile;
import com.waickoff.marketdata.config.Configuration;
import com.waickoff.marketdata.config.EngineSettings;
import com.waickoff.marketdata.config.WrongConfigurationException;
import com.waickoff.marketdata.feed.socket.ProxySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which feed goes through which proxy, and that nobody reads its password. */
class ProxyChoiceTest {
    private static final String SECRET = "hunter2";

    @TempDir
    Path directory;
    Place place;

    @BeforeEach
    void setUp() {
        place = Place.in(directory);
    }

    private Map<String, ProxySettings> proxies(String... settings)
            throws WrongConfigurationException {
        List<Configuration.Given> given = new ArrayList<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            given.add(new Configuration.Given(setting.substring(0, equals),
                    setting.substring(equals + 1), "--set"));
        }
        for (String feed : List.of("bybit-linear", "bybit-spot", "binance-spot")) {
            given.add(new Configuration.Given("feeds." + feed + ".instruments", "BTCUSDT",
                    "--set"));
        }
        return EngineSettings.live(new Configuration(ConfigFile.none(), Map.of(), given),
                directory, 2).loop().proxies();
    }

    @Test
    void shouldGoStraightWhereNothingIsSaid() throws WrongConfigurationException {
        assertThat(proxies()).isEmpty();
    }

    @Test
    void shouldLetAFeedHaveItsOwnProxyOrNone() throws WrongConfigurationException {
        assertThat(proxies("feeds.proxy=http://p:3128",
                "feeds.bybit-spot.proxy=socks5://me:" + SECRET + "@q:1080",
                "feeds.binance-spot.proxy=none")).isEqualTo(Map.of(
                        "bybit-linear", ProxySettings.of("http://p:3128"),
                        "bybit-spot", ProxySettings.of("socks5://me:hunter2@q:1080")));
    }

    @Test
    void shouldTakeMissingPasswordsFromAFile() throws Exception {
        Files.writeString(directory.resolve("proxy.password"), SECRET + "\nwhatever\n");
        assertThat(proxies("feeds.proxy=http://me@p:3128",
                "feeds.bybit-spot.proxy=http://p:3128",
                "feeds.binance-spot.proxy=http://me:another@p:3128",
                "feeds.proxy-password-file=proxy.password")).isEqualTo(Map.of(
                        "bybit-linear", ProxySettings.of("http://me:hunter2@p:3128"),
                        "bybit-spot", ProxySettings.of("http://p:3128"),
                        "binance-spot", ProxySettings.of("http://me:another@p:3128")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.password", "empty.password", "long.password"})
    void shouldSayThatAFileHoldsNoPassword(String name) throws IOException {
        Files.writeString(directory.resolve("empty.password"), "\n" + SECRET);
        Files.writeString(directory.resolve("long.password"), SECRET.repeat(100));
        CommandRun run = place.run("check-config", "--set",
                "feeds.bybit-linear.instruments=BTCUSDT", "--set", "feeds.proxy=http://me@p:1",
                "--set", "feeds.proxy-password-file=" + name);

        assertThat(run.exitCode()).isEqualTo(78);
        assertThat(run.err()).contains("feeds.proxy-password-file is " + name)
                .doesNotContain(SECRET);
    }

    @Test
    void shouldShowTheWayAndNotTheLogin() {
        CommandRun run = place
                .withEnv(Map.of("WAICKOFF_FEEDS_PROXY",
                        "socks5://me:" + SECRET + "@proxy.example:1080"))
                .run("check-config", "--set", "feeds.bybit-linear.instruments=BTCUSDT");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("through socks5://proxy.example:1080, with a login")
                .containsPattern("feeds.proxy +socks5://\\*\\*\\*@proxy.example:1080 +WAICKOFF")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://me:hunter2@p:1", "http://me:hunter2@p", "me:hunter2@p:1",
            "http://me:hun@ter2@p:1", "http://me:hunter2@p:1/x", "http://me:hun/ter2@p:1"})
    void shouldSayWhatAnAddressMustBeWithoutRepeatingThePassword(String address) {
        for (String key : List.of("feeds.proxy", "feeds.binance-coinm.proxy")) {
            CommandRun run = place.run("check-config", "--set", key + '=' + address);

            assertThat(run.exitCode()).isEqualTo(78);
            assertThat(run.err()).contains(key + " is ").contains("***@")
                    .contains("http:// or socks5:// with a host and a port")
                    .doesNotContain("hunter2", "ter2", "me:");
        }
    }
}
