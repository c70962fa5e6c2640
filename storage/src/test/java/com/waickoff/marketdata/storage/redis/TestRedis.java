package com.waickoff.marketdata.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.waickoff.marketdata.storage.TestPorts;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * A Redis to test against: a {@code redis-server} of our own on a free loopback port, or the one that
 * {@code -Dredis.uri=} names ({@code -Dredis.password=} its password). Where there is neither, tests
 * are skipped and say so. What only our own server may suffer (signals, restarts, limits) is skipped
 * on one that was given.
 */
final class TestRedis implements AutoCloseable {
    private static final String GIVEN_URI = System.getProperty("redis.uri", "");
    private static final String GIVEN_PASSWORD = System.getProperty("redis.password", "");
    /** As long as may be configured: nothing takes so long, a busy machine may for a while. */
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private final RedisSettings settings;
    private final List<String> command;
    private final Path directory;
    private RedisClient client;
    private StatefulRedisConnection<String, String> connection;
    private Process process;

    private TestRedis(RedisSettings settings, List<String> command, Path directory) {
        this.settings = settings;
        this.command = command;
        this.directory = directory;
    }

    /** The server that was given, or else one of our own. */
    static TestRedis any(Path directory) throws IOException {
        if (GIVEN_URI.isEmpty()) {
            return own(directory);
        }
        TestRedis given = new TestRedis(
                RedisSettings.at(GIVEN_URI).with(RedisLogin.of("", GIVEN_PASSWORD)), List.of(),
                directory);
        given.connect();
        return given;
    }

    /** A server of our own, without persistence unless the options say otherwise. */
    static TestRedis own(Path directory, String... options) throws IOException {
        assumeTrue(GIVEN_URI.isEmpty(), "not for a server that was given (-Dredis.uri)");
        return start(executable(), directory, options);
    }

    /** A server from this executable. */
    static TestRedis start(String executable, Path directory, String... options)
            throws IOException {
        int port = TestPorts.next();
        List<String> command = new ArrayList<>(List.of(executable, "--port",
                Integer.toString(port), "--bind", "127.0.0.1", "--dir", directory.toString(),
                "--save", "", "--loglevel", "warning"));
        command.addAll(List.of(options));
        TestRedis own = new TestRedis(RedisSettings.at("redis://127.0.0.1:" + port), command,
                directory);
        own.restart();
        return own;
    }

    /** The {@code redis-server} of this machine; without one the test is skipped. */
    static String executable() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "redis-server")).filter(Files::isExecutable)
                .findFirst().map(Path::toString)
                .orElseGet(() -> Assumptions.abort("no redis-server on the PATH"
                        + " (Debian, Ubuntu: apt-get install redis-server)"));
    }

    /** Keys of their own each time, and patience with a busy machine. */
    RedisSettings settings() {
        return patient(settings.withPrefix("test-" + ProcessHandle.current().pid() + "-"
                + PREFIXES.incrementAndGet()));
    }

    /** With patience, small windows, and a cache that outlasts a test. */
    static RedisSettings patient(RedisSettings settings) {
        return settings.withBounds(RedisSettings.DEFAULT_STREAM_LENGTH, 100, PATIENCE,
                Duration.ofHours(1));
    }

    Path directory() {
        return directory;
    }

    /** Whether it is ours to stall, restart and limit. */
    boolean isOwn() {
        return !command.isEmpty();
    }

    String host() {
        return settings.host();
    }

    int port() {
        return settings.port();
    }

    /** A connection to look with. */
    RedisCommands<String, String> look() {
        return connection.sync();
    }

    private void connect() {
        if (client == null) {
            RedisURI uri = RedisURI.builder().withHost(settings.host()).withPort(settings.port())
                    .withDatabase(settings.database()).withTimeout(PATIENCE).build();
            if (!settings.login().password().isEmpty()) {
                uri.setCredentialsProvider(RedisCredentialsProvider
                        .from(() -> RedisCredentials.just(null,
                                settings.login().password())));
            }
            client = RedisClient.create(uri);
            client.setOptions(ClientOptions.builder().autoReconnect(true).build());
        }
        connection = client.connect();
    }

    /** Starts the server, again if it was stopped, with whatever it wrote to its directory. */
    void restart() throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect
                        .appendTo(directory.resolve("server.log").toFile()))
                .start();
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsMatching(RedisException.class::isInstance).until(() -> {
                    assertThat(process.isAlive())
                            .as("redis-server: %s",
                                    Files.readString(directory.resolve("server.log")))
                            .isTrue();
                    connect();
                    return connection.sync().ping().equals("PONG");
                });
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        CompletableFuture<Void> ignored = connection.closeAsync();
        process.destroyForcibly().waitFor();
    }

    /** Sends it a signal by its name, such as {@code STOP}. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO().start();
        assertThat(kill.waitFor()).as("kill -%s", name).isZero();
    }

    @Override
    public void close() {
        if (client != null) {
            if (!isOwn()) {
                List<String> left = connection.sync()
                        .keys("test-" + ProcessHandle.current().pid() + "-*");
                left.forEach(connection.sync()::unlink);
            }
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
