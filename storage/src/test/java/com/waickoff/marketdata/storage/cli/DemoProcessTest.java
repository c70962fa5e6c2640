package com.waickoff.marketdata.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.cli.Waickoff;
import com.waickoff.marketdata.status.DrainStatus;
import com.waickoff.marketdata.storage.TestSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo with all its programs, the drain and its stores among them: what is left when it is killed. */
class DemoProcessTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** As {@code ops/bin/waickoff}, with the classes under test, which are in no jar yet. */
    private static final String LAUNCHER = """
            #!/bin/sh
            echo $$ >> '%1$s'
            case $1 in
                simulate) shift; main=com.waickoff.venue.ServeVenue; process=tools ;;
                drain) shift; main=com.waickoff.marketdata.storage.cli.DrainProgram; process=drain ;;
                *) main=com.waickoff.marketdata.cli.Waickoff; process=engine ;;
            esac
            exec '%2$s' '@%3$s/config/jvm/common.options' "@%3$s/config/jvm/$process.options" \\
                -XX:-AlwaysPreTouch -cp '%4$s' $main "$@"
            """;

    @TempDir
    private Path directory;
    private Process demo;

    @AfterEach
    void end() {
        demo.destroyForcibly();
    }

    @Test
    void shouldLeaveNoProcessWhenItIsKilledWhileBothStoresAreFilled() throws Exception {
        Path pids = directory.resolve("pids");
        Path data = directory.resolve("kept");
        demo = start(launcher(pids), data);
        Path drain = data.resolve("drain");
        Awaitility.await().atMost(PATIENCE).until(() -> effects(drain, "mongo") > 0
                && (effects(drain, "redis") > 0 || isWithoutRedis(data)));
        Optional<ProcessHandle> redis = isWithoutRedis(data) ? Optional.empty()
                : process(Files.readString(drain.resolve("embedded-redis/redis.pid")));
        List<ProcessHandle> programs = Stream.concat(Files.readAllLines(pids).stream()
                .flatMap(pid -> process(pid).stream()), redis.stream()).toList();
        assertThat(programs).hasSizeGreaterThanOrEqualTo(3).allMatch(ProcessHandle::isAlive);

        demo.destroyForcibly();

        Awaitility.await().atMost(PATIENCE)
                .until(() -> programs.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** As on a machine without libssl 3. */
    private static boolean isWithoutRedis(Path data) throws IOException {
        Path log = data.resolve("drain.log");
        return Files.exists(log) && Files.readString(log).contains("did not come up");
    }

    private static long effects(Path drain, String sink) {
        try {
            return DrainStatus.read(drain).number(sink, "effects");
        } catch (IOException notYet) {
            return 0;
        }
    }

    private static Optional<ProcessHandle> process(String pid) {
        return ProcessHandle.of(Long.parseLong(pid.strip()));
    }

    private Path launcher(Path pids) throws IOException {
        Path script = Files.writeString(directory.resolve("launcher"), LAUNCHER.formatted(pids,
                java(), TestSetup.project(), System.getProperty("java.class.path")));
        return Files.setPosixFilePermissions(script,
                PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process start(Path launcher, Path data) throws IOException {
        return new ProcessBuilder(java(),
                "@" + TestSetup.project().resolve("config/jvm/common.options"),
                "@" + TestSetup.project().resolve("config/jvm/tools.options"),
                "-Dwaickoff.launcher=" + launcher, "-cp", System.getProperty("java.class.path"),
                Waickoff.class.getName(), "demo", "--data-dir", data.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("demo.log").toFile()).start();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
