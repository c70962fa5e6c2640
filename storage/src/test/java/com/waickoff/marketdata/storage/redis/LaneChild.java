package com.waickoff.marketdata.storage.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A lane in a process of its own, to be killed. */
final class LaneChild implements AutoCloseable {
    private static final int INSTRUMENTS = 3;
    private static final String WRITING = "writing";
    private static final String PASSWORD = "TEST_REDIS_PASSWORD";

    private final Process process;

    private LaneChild(Process process) {
        this.process = process;
    }

    /** Address, prefix, seed, number of effects, epoch; the password in the environment. */
    public static void main(String[] args) throws Exception {
        RedisSettings settings = RedisSettings.at(args[0]).withPrefix(args[1])
                .with(RedisLogin.of("", System.getenv(PASSWORD)))
                .withBounds(RedisSettings.DEFAULT_STREAM_LENGTH,
                        100, Duration.ofSeconds(60), RedisSettings.DEFAULT_LATEST_EXPIRY);
        TestLane lane = new TestLane(SampleEffects.of(Long.parseLong(args[2]),
                Integer.parseInt(args[3]), INSTRUMENTS), 150, Long.parseLong(args[4]));
        lane.onProgress(id -> System.out.println(WRITING));
        try (RedisSink sink = new RedisSink(settings, System::nanoTime)) {
            lane.run(sink);
        }
    }

    static LaneChild start(RedisSettings settings, long seed, int effects, long epoch)
            throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"),
                LaneChild.class.getName(), settings.address(), settings.prefix(),
                Long.toString(seed), Integer.toString(effects), Long.toString(epoch))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put(PASSWORD, settings.login().password());
        return new LaneChild(builder.start());
    }

    /** Waits for its first batch; false if it ended before. */
    boolean isWriting() throws IOException {
        BufferedReader lines = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return WRITING.equals(lines.readLine());
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Whether it came to its end without a failure. */
    boolean awaitEnd() throws IOException, InterruptedException {
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
