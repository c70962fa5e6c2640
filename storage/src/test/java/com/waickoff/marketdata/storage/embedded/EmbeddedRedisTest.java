package com.waickoff.marketdata.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.storage.TestPorts;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server that comes with the drain, and what becomes of it when the drain is killed. */
class EmbeddedRedisTest {
    /** Nothing here takes so long; a busy machine may for a while. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    @Test
    void shouldKeepItsDataItsPasswordAndItsAddress() throws IOException {
        // Of those that nobody else is given while it is down.
        int port = TestPorts.next();
        Files.writeString(directory.resolve("port"), port + "\n");
        String uri = "redis://127.0.0.1:" + port;
        try (EmbeddedRedis redis = start()) {
            assertThat(redis.uri()).isEqualTo(uri);
            ask(redis, server -> server.set("key", "value"));
        }
        try (EmbeddedRedis redis = start()) {
            assertThat(redis.uri()).isEqualTo(uri);
            assertThat(ask(redis, server -> server.get("key"))).isEqualTo("value");
        }
    }

    @Test
    void shouldLetNobodyInWithoutThePassword() throws IOException {
        try (EmbeddedRedis redis = start()) {
            assertThatThrownBy(() -> ask(redis.uri(), "", server -> server.get("key")))
                    .isInstanceOf(RedisException.class).rootCause()
                    .hasMessageContaining("NOAUTH");
            assertThat(PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(redis.passwordFile()))).isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(directory.resolve("redis.conf"))))
                    .isEqualTo("rw-------");
            // Neither on a command line, which everybody may read.
            String password = Files.readString(redis.passwordFile()).strip();
            assertThat(ProcessHandle.current().descendants()
                    .map(process -> process.info().commandLine().orElse("")))
                    .isNotEmpty().noneMatch(line -> line.contains(password));
        }
    }

    @Test
    void shouldListenOnLoopbackOnly() throws IOException {
        try (EmbeddedRedis redis = start()) {
            List<InetAddress> outside = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress()).toList();
            int port = RedisURI.create(redis.uri()).getPort();
            assertThat(outside).allSatisfy(address -> assertThatThrownBy(
                    () -> new Socket(address, port).close()).isInstanceOf(IOException.class));
        }
    }

    @Test
    void shouldStartAgainAfterTheServerDied() throws IOException {
        try (EmbeddedRedis redis = start()) {
            ask(redis, server -> server.set("key", "value"));
            serverProcess().destroyForcibly();
            Awaitility.await().atMost(PATIENCE).until(() -> !redis.isRunning());

            redis.ensureRunning();
            assertThat(ask(redis, server -> server.get("key"))).isEqualTo("value");
        }
    }

    @Test
    void shouldLeaveNoServerBehindWhenTheDrainIsKilled() throws Exception {
        try (Drain drain = new Drain(directory)) {
            ProcessHandle server = serverProcess();
            assertThat(server.isAlive()).isTrue();
            drain.kill();

            Awaitility.await().atMost(PATIENCE).until(() -> !server.isAlive());
        }
        try (EmbeddedRedis redis = start()) {
            assertThat(ask(redis, server -> server.get("written"))).isEqualTo("by the drain");
        }
    }

    @Test
    void shouldLeaveNoServerBehindWhenTheDrainIsKilledWithItsKeepers() throws Exception {
        try (Drain drain = new Drain(directory)) {
            ProcessHandle server = serverProcess();
            drain.killWithAllBut(server);

            Awaitility.await().atMost(PATIENCE).until(() -> !server.isAlive());
        }
        try (EmbeddedRedis redis = start()) {
            assertThat(ask(redis, commands -> commands.get("written"))).isEqualTo("by the drain");
        }
    }

    @Test
    void shouldSayWhyAServerDoesNotComeUp() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken"),
                "#!/bin/sh\necho 'libssl.so.3: cannot open shared object file' >&2\nexit 127\n");
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> EmbeddedRedis.start(directory.resolve("data"),
                new EmbeddedRedisSettings(0, 64L << 20, broken)))
                .isInstanceOf(IOException.class).hasMessageContaining("libssl.so.3")
                .hasMessageContaining("redis.uri");
    }

    private EmbeddedRedis start() throws IOException {
        return startOrSkip(directory);
    }

    private static EmbeddedRedis startOrSkip(Path directory) throws IOException {
        try {
            return EmbeddedRedis.start(directory, EmbeddedRedisSettings.DEFAULT);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("shared librar")) {
                Assumptions.abort("the embedded Redis does not run here: " + e.getMessage());
            }
            throw e;
        }
    }

    private ProcessHandle serverProcess() throws IOException {
        return ProcessHandle
                .of(Long.parseLong(Files.readString(directory.resolve("redis.pid")).strip()))
                .orElseThrow();
    }

    private static String ask(EmbeddedRedis redis,
            Function<RedisCommands<String, String>, String> ask)
            throws IOException {
        return ask(redis.uri(), Files.readString(redis.passwordFile()).strip(), ask);
    }

    private static String ask(String address, String password,
            Function<RedisCommands<String, String>, String> ask) {
        RedisURI.Builder builder = RedisURI.builder(RedisURI.create(address))
                .withTimeout(PATIENCE);
        RedisURI uri = password.isEmpty() ? builder.build()
                : builder.withPassword(password.toCharArray()).build();
        RedisClient client = RedisClient.create(uri);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return ask.apply(connection.sync());
        } finally {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }

    /** A process that hosts a server, to be killed. */
    static final class Drain implements AutoCloseable {
        private static final String READY = "ready";
        private static final String FAILED = "failed: ";

        private final Process process;

        Drain(Path directory) throws IOException {
            process = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED", "-cp",
                    System.getProperty("java.class.path"), Drain.class.getName(),
                    directory.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            String line = new BufferedReader(new InputStreamReader(process.getInputStream(),
                    StandardCharsets.UTF_8)).readLine();
            if (line != null && line.startsWith(FAILED)) {
                Assumptions.abort("the embedded Redis does not run here: " + line);
            }
            assertThat(line).isEqualTo(READY);
        }

        /** Directory of the server. */
        public static void main(String[] args) throws IOException {
            EmbeddedRedis redis;
            try {
                redis = EmbeddedRedis.start(Path.of(args[0]), EmbeddedRedisSettings.DEFAULT);
            } catch (IOException e) {
                System.out.println(FAILED + e.getMessage());
                return;
            }
            ask(redis, server -> server.set("written", "by the drain"));
            System.out.println(READY);
            // Until it is killed.
            System.in.transferTo(OutputStream.nullOutputStream());
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        void killWithAllBut(ProcessHandle server) throws InterruptedException {
            List<ProcessHandle> others = process.descendants()
                    .filter(child -> child.pid() != server.pid()).toList();
            assertThat(others).isNotEmpty();
            others.forEach(ProcessHandle::destroyForcibly);
            kill();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
