package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo as a process, with the processes that it starts. */
class DemoCommandTest {
    private static final long DEADLINE_SECONDS = 180;

    @TempDir
    Path directory;
    private Path temporary;
    private final List<Process> demos = new ArrayList<>();

    @BeforeEach
    void makeAHome() throws IOException {
        temporary = Files.createDirectories(directory.resolve("tmp"));
    }

    @AfterEach
    void leaveNothing() {
        demos.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldLeaveNothingAfterItsTimeAndClearUpAfterOneThatWasKilled() throws Exception {
        TestLauncher launcher = TestLauncher.in(directory);
        Process killed = start(launcher);
        awaitThreePrograms(launcher);
        killed.destroyForcibly();
        // Their input ends with the demo.
        Awaitility.await().atMost(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .until(() -> launcher.running().isEmpty());
        assertThat(homes()).hasSize(1);

        int demos = runUntil(launcher, 2, "feed live, book synced", "redis 81 events");
        assertThat(text("out").lines()).hasSize(24).allMatch(line -> line.length() <= 80)
                .anyMatch(line -> line.startsWith("bybit-linear:BTCUSDT  "))
                .anyMatch(line -> line.contains("feed live, book synced"))
                .anyMatch(line -> line.contains("POC"))
                .anyMatch(line -> line.startsWith("frames "))
                .anyMatch(line -> line.matches("stored  mongo 4,711 trades 1 window"
                        + "  redis 81 events  retrying +2.5 s behind"));
        assertThat(text("err")).isEmpty();
        assertThat(launcher.started()).isEqualTo(3 + 3 * demos);
        assertThat(launcher.running()).isEmpty();
        assertThat(homes()).isEmpty();
    }

    @Test
    void shouldEndWhenItIsToldToAndKeepWhatItWasToldToKeep() throws Exception {
        TestLauncher launcher = TestLauncher.in(directory);
        Process demo = start(launcher, "--venue", "binance-spot", "--tls", "--data-dir", "kept");
        awaitThreePrograms(launcher);
        Path kept = directory.resolve("kept");
        Awaitility.await().atMost(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .until(() -> profile(kept, "binance-spot:BTCUSDT").exitCode() == 0);

        demo.destroy();

        assertThat(exitCode(demo)).as(text("err")).isZero();
        assertThat(text("out")).contains("binance-spot:BTCUSDT");
        assertThat(launcher.running()).isEmpty();
        assertThat(homes()).isEmpty();
        assertThat(kept).isDirectoryContaining("glob:**/snapshot.bin")
                .isDirectoryContaining("glob:**/status.bin")
                .isDirectoryContaining("glob:**/journal")
                .isDirectoryContaining("glob:**/engine.log");
        assertThat(CommandRun.Place.in(directory)
                .run("journal", "verify", kept.resolve("journal").toString()).exitCode())
                .isZero();

        Process next = start(launcher, "--venue", "binance-spot", "--data-dir", "kept",
                "--seconds", "1");

        assertThat(exitCode(next)).as(text("err")).isZero();
        assertThat(text("out")).as("not what the one before left").contains("feed live");
    }

    @ParameterizedTest
    @CsvSource({"run, engine", "simulate, simulated venue"})
    void shouldSayWhyAProgramDoesNotRun(String command, String name) throws Exception {
        TestLauncher launcher = TestLauncher.in(directory, command,
                "echo 'the moon is in the wrong house' >&2; exit 78");

        Process demo = start(launcher);

        assertThat(exitCode(demo)).isEqualTo(78);
        assertThat(text("err")).isEqualTo("waickoff: the " + name
                + " ended with exit code 78:\n  the moon is in the wrong house\n");
        assertThat(text("out")).isEmpty();
        assertThat(launcher.running()).isEmpty();
        assertThat(homes()).isEmpty();
    }

    @Test
    void shouldShowTheMarketAllTheSameWithoutStorage() throws Exception {
        // Without a Redis it is tried again with the other store alone.
        TestLauncher launcher = TestLauncher.in(directory, "drain",
                "case \"$*\" in *redis.uri=none*) exit 7 ;; esac; exit 69");
        int demos = runUntil(launcher, 1, "stored  the drain ended with exit code 7");
        assertThat(text("out")).contains("feed live");
        assertThat(launcher.started()).isLessThanOrEqualTo(4 * demos); // twice each, no more
        assertThat(homes()).isEmpty();
    }

    @Test
    void shouldSayThatAProgramCannotBeStarted() throws Exception {
        TestLauncher launcher = TestLauncher.in(directory);
        Files.delete(launcher.script());

        Process demo = start(launcher);

        assertThat(exitCode(demo)).isEqualTo(73);
        assertThat(text("err")).contains("the simulated venue cannot be started")
                .contains("launcher").hasLineCount(1);
        assertThat(homes()).isEmpty();
    }

    @Test
    void shouldNotTouchTheHomeOfADemoThatRuns() throws IOException {
        try (DemoHome one = DemoHome.temporary(temporary);
                DemoHome other = DemoHome.temporary(temporary)) {
            assertThat(homes()).hasSize(2);
            assertThat(one.data()).isNotEqualTo(other.data());
        }
        assertThat(homes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --seconds=0      | --seconds is 0, allowed is 1 or more
            --venue=mars     | unknown venue 'mars'
            --instrument=a:b | 'a:b' is no symbol
            --timeframe=2h   | --timeframe 2h: one of 1m, 5m
            """)
    void shouldSayWhatIsWrongWithItsOptions(String option, String complaint) {
        CommandRun run = CommandRun.Place.in(directory).run("demo", option);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(complaint);
    }

    /**
     * Runs demos, each four times as long as the one before, until one shows all of this at its end: what
     * takes a moment takes longer on a machine that is busy.
     *
     * @return how many it took
     */
    private int runUntil(TestLauncher launcher, int seconds, String... shown) throws Exception {
        int demos = 0;
        boolean isShown = false;
        for (int longer = seconds; !isShown && longer < DEADLINE_SECONDS / 2; longer *= 4) {
            Process demo = start(launcher, "--seconds", Integer.toString(longer));
            assertThat(exitCode(demo)).as(text("err")).isZero();
            String out = text("out");
            isShown = Arrays.stream(shown).allMatch(out::contains);
            demos++;
        }
        assertThat(text("out")).contains(shown);
        return demos;
    }

    private void awaitThreePrograms(TestLauncher launcher) {
        Awaitility.await().atMost(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .until(() -> launcher.started() == 3);
    }

    private CommandRun profile(Path data, String instrument) {
        return CommandRun.Place.in(directory).run("profile", instrument, "--data",
                data.toString());
    }

    private Process start(TestLauncher launcher, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "@" + CommandRun.project().resolve("config/jvm/common.options"),
                "@" + CommandRun.project().resolve("config/jvm/tools.options"),
                "-Djava.io.tmpdir=" + temporary, "-Dwaickoff.launcher=" + launcher.script(),
                "-Dstdout.encoding=UTF-8", "-cp", System.getProperty("java.class.path"),
                Waickoff.class.getName(), "demo"));
        command.addAll(List.of(options));
        Process demo = new ProcessBuilder(command).directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile()).start();
        demos.add(demo);
        return demo;
    }

    private static int exitCode(Process demo) throws InterruptedException {
        assertThat(demo.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return demo.exitValue();
    }

    private List<Path> homes() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith("waickoff-demo"))
                    .toList();
        }
    }

    private String text(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }
}
