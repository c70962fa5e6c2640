package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own shows: signals, exit codes, streams. */
class ChildProcessTest {
    @TempDir
    Path directory;

    @Test
    void shouldEndWithASummaryWhenItIsToldToStop() throws Exception {
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        Process replay = start("-Djava.io.tmpdir=" + temporary, "replay", "--recording",
                CommandRun.sampleRecording().toString(), "--venue", "bybit-linear",
                "--instruments", CommandRun.sampleInstruments().toString(), "--speed", "0.01");
        // It replays once it has its directory.
        Awaitility.await().atMost(120, TimeUnit.SECONDS).until(() -> {
            try (Stream<Path> files = Files.walk(temporary)) {
                return files.anyMatch(file -> file.endsWith("snapshot.bin"));
            }
        });

        replay.destroy();

        assertThat(replay.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(replay.exitValue()).isEqualTo(128 + 15);
        assertThat(text("out")).containsPattern("events +[0-9]+").contains("events/s");
        assertThat(text("err")).contains(ReplayLaunch.INTERRUPTED);
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).noneMatch(file -> file.getFileName().toString()
                    .startsWith("waickoff-"));
        }
    }

    @Test
    void shouldEndWithTheExitCodeOfTheCommand() throws Exception {
        Process wrong = start("-Dwaickoff.home=" + CommandRun.project(), "check-config", "--set",
                "rows.ticks=0");

        assertThat(wrong.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong.exitValue()).isEqualTo(78);
        assertThat(text("out")).isEmpty();
        assertThat(text("err")).startsWith("waickoff: the configuration is wrong:\n")
                .contains("rows.ticks is 0, allowed is 1 to 1000000 (--set)");
    }

    private Process start(String property, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "@" + CommandRun.project().resolve("config/jvm/common.options"),
                "@" + CommandRun.project().resolve("config/jvm/tools.options"), property, "-cp",
                System.getProperty("java.class.path"), Waickoff.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectOutput(file("out")).redirectError(file("err"));
        builder.environment().keySet().removeIf(name -> name.startsWith("WAICKOFF_"));
        return builder.start();
    }

    private File file(String name) {
        return directory.resolve(name).toFile();
    }

    private String text(String name) throws IOException {
        return Files.readString(file(name).toPath(), StandardCharsets.UTF_8);
    }
}
