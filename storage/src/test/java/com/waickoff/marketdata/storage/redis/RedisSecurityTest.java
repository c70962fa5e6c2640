package com.waickoff.marketdata.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.waickoff.marketdata.storage.TestCertificate;
import com.waickoff.marketdata.storage.TestPorts;
import com.waickoff.marketdata.storage.drain.SinkUnavailableException;
import com.waickoff.marketdata.storage.effect.Effect;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users, passwords that nobody is shown, and encrypted connections. */
class RedisSecurityTest {
    private static final String SECRET = "s3cret-that-nobody-sees";
    private static final List<Effect> EFFECTS = SampleEffects.of(5, 300, 2);
    /** What the documentation says a drain's user needs. */
    private static final String RIGHTS = "-@all +@connection +@transaction +info +hgetall +hset"
            + " +xadd +xinfo +xrevrange +scan +unlink +pexpire +publish";

    @TempDir
    private Path directory;

    private static RedisSink sink(RedisSettings settings) {
        return new RedisSink(settings, System::nanoTime);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNeedNoMoreRightsThanItSays(boolean mayEndOthers) throws Exception {
        try (TestRedis redis = TestRedis.own(directory)) {
            RedisSettings settings = redis.settings();
            addUser(redis, "on >" + SECRET + " ~" + settings.prefix() + ":* &" + settings.prefix()
                    + ":* " + RIGHTS + (mayEndOthers ? " +client" : " -client|list -client|kill"));
            try (RedisSink sink = sink(settings.with(RedisLogin.of("drain", SECRET)))) {
                TestLane lane = new TestLane(EFFECTS, 100, 1);
                lane.run(sink);
                sink.clear(SampleEffects.JOURNAL, 2);
                new TestLane(EFFECTS, 100, 2).run(sink);

                assertThat(lane.failures()).isEmpty();
                assertThat(sink.figures().cacheFailures()).isZero();
            }
            TestLane.assertHolds(redis.look(), settings.prefix(), EFFECTS);
        }
    }

    private static void addUser(TestRedis redis, String rules) {
        CommandArgs<String, String> args = new CommandArgs<>(StringCodec.UTF8).add("SETUSER")
                .add("drain");
        for (String rule : rules.split(" ", -1)) {
            args.add(rule);
        }
        redis.look().dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), args);
    }

    @Test
    void shouldReadAReplacedPasswordFile() throws Exception {
        Path file = directory.resolve("password");
        try (TestRedis redis = TestRedis.own(directory)) {
            RedisSettings settings = redis.settings();
            addUser(redis, "on >" + SECRET + " ~* &* +@all");
            try (RedisSink sink = sink(settings.with(RedisLogin.ofFile("drain", file)))) {
                assertThatThrownBy(() -> sink.resumeAfter(SampleEffects.JOURNAL, 1))
                        .isInstanceOf(SinkUnavailableException.class)
                        .hasMessageContaining(file.toString());
                Files.writeString(file, "not yet\n");
                assertThatThrownBy(() -> sink.resumeAfter(SampleEffects.JOURNAL, 1))
                        .isInstanceOf(SinkUnavailableException.class)
                        .hasMessageContaining("WRONGPASS");
                Files.writeString(file, SECRET + "\n");
                new TestLane(EFFECTS, 100, 1).run(sink);
            }
            TestLane.assertHolds(redis.look(), settings.prefix(), EFFECTS);
        }
    }

    /** Servers and proxies that do not know a command repeat it, with the password in it. */
    @Test
    void shouldShowNoPasswordThoughAServerRepeatsIt() throws Exception {
        try (ServerSocket echo = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> repeatSecret(echo));
            RedisSettings settings = RedisSettings
                    .at("redis://127.0.0.1:" + echo.getLocalPort())
                    .with(RedisLogin.of("", SECRET));
            try (RedisSink sink = sink(TestRedis.patient(settings))) {
                Throwable failure = catchThrowable(
                        () -> sink.resumeAfter(SampleEffects.JOURNAL, 1));

                StringWriter trace = new StringWriter();
                failure.printStackTrace(new PrintWriter(trace));
                assertThat(failure).isInstanceOf(SinkUnavailableException.class)
                        .hasMessageContaining("repeats ***");
                assertThat(trace.toString()).doesNotContain(SECRET);
                assertThat(settings.toString() + settings.login() + settings.address())
                        .doesNotContain(SECRET);
            }
        }
    }

    private static void repeatSecret(ServerSocket echo) {
        try (Socket socket = echo.accept()) {
            byte[] buffer = new byte[4096];
            while (socket.getInputStream().read(buffer) >= 0) {
                socket.getOutputStream().write(("-ERR repeats " + SECRET + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // The sink has gone.
            assertThat(e).hasMessageNotContaining(SECRET);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://:" + SECRET + "@host", "redis://user:" + SECRET + "@host:1/0",
            "rediss://host?password=" + SECRET, "redis://h[" + SECRET, "redis:// " + SECRET})
    void shouldTakeNoPasswordInAnAddressAndNotRepeatIt(String uri) {
        assertThatThrownBy(() -> RedisSettings.at(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(SECRET).hasNoCause();
    }

    @Test
    void shouldEncryptAndTrustNobodyElse() throws Exception {
        TestCertificate ours = TestCertificate.make(directory, "ours", "ip:127.0.0.1");
        TestCertificate others = TestCertificate.make(directory, "others", "ip:127.0.0.1");
        int tlsPort = TestPorts.next();
        try (TestRedis redis = TestRedis.own(directory, "--tls-port", Integer.toString(tlsPort),
                "--tls-cert-file", ours.certificateFile().toString(), "--tls-key-file",
                ours.keyFile().toString(), "--tls-ca-cert-file",
                ours.certificateFile().toString())) {
            RedisSettings settings = RedisSettings.at("rediss://127.0.0.1:" + tlsPort)
                    .withPrefix(redis.settings().prefix());
            RedisTls trusted = new RedisTls(ours.certificateFile(), ours.certificateFile(),
                    ours.keyFile());
            try (RedisSink sink = sink(TestRedis.patient(settings).with(trusted))) {
                new TestLane(EFFECTS, 100, 1).run(sink);
            }
            TestLane.assertHolds(redis.look(), settings.prefix(), EFFECTS);

            refuses(settings.with(RedisTls.SYSTEM));
            refuses(settings.with(new RedisTls(others.certificateFile(), ours.certificateFile(),
                    ours.keyFile())));
            // A server that wants to know who comes.
            refuses(settings.with(new RedisTls(ours.certificateFile(), null, null)));
            // The right server under a name that its certificate does not have.
            refuses(RedisSettings.at("rediss://localhost:" + tlsPort).with(trusted));
        }
    }

    private static void refuses(RedisSettings settings) {
        try (RedisSink sink = sink(settings)) {
            assertThatThrownBy(() -> sink.resumeAfter(SampleEffects.JOURNAL, 9))
                    .isInstanceOf(SinkUnavailableException.class);
        }
    }
}
