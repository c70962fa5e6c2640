package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.cli.CommandRun.Place;
import com.waickoff.marketdata.snapshot.CoverageView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.snapshot.TapeState;
import com.waickoff.venue.Venue;
import com.waickoff.venue.serve.PlaySettings;
import com.waickoff.venue.serve.SyntheticSource;
import com.waickoff.venue.serve.VenueServer;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The daemon as a process of its own, collecting from a venue of this one. */
class RunProcessTest {
    private static final int PATIENCE_S = 120;
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    @TempDir
    Path directory;
    private VenueServer server;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void serve() throws IOException {
        serve(Venue.BYBIT_LINEAR);
    }

    private void serve(Venue venue) throws IOException {
        if (server != null) {
            server.close();
        }
        server = VenueServer.builder(SyntheticSource.builder(venue, 5).symbols("BTCUSDT").build())
                .play(PlaySettings.standard().withTimes(PlaySettings.Times.REBASED)
                        .startingOnFirstSubscription())
                .open();
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
        server.close();
    }

    @ParameterizedTest
    @EnumSource(value = Venue.class, names = {"BYBIT_LINEAR", "BINANCE_USDM", "BINANCE_SPOT"})
    void shouldStopCleanlyAndGoOnFromItsCheckpoint(Venue venue) throws Exception {
        serve(venue);
        Process run = run("first", venue);
        awaitHealthy(venue, run);
        awaitSaid(venue.label() + " live\n", "first");
        Awaitility.await().atMost(PATIENCE_S, TimeUnit.SECONDS).untilAsserted(() -> {
            CommandRun stat = Place.in(directory).at(System.currentTimeMillis()).run("stat",
                    "--data", "data");
            assertThat(stat.out()).as("%s%s", text("first.out"), text("first.err"))
                    .startsWith("RUNNING").containsPattern(venue.label() + " +live");
            assertThat(stat.exitCode()).as(stat.out()).isZero();
        });

        long askedNs = System.nanoTime();
        run.destroy();
        assertThat(run.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        System.out.println(venue.label() + ": stopped by SIGTERM in "
                + (System.nanoTime() - askedNs) / 1_000_000 + " ms");
        assertThat(text("first.err")).isEmpty();
        assertThat(run.exitValue()).isZero();
        assertThat(text("first.out")).contains("is running, process " + run.pid())
                .contains(", a new journal")
                .contains(venue.label() + " stopped")
                .endsWith("stopped; a checkpoint is written\n");
        assertThat(checkpoints()).isEqualTo(1);
        assertThat(health(venue)).contains("unhealthy: the engine was stopped");
        assertThat(Place.in(directory).at(System.currentTimeMillis())
                .run("stat", "--data", "data").out()).startsWith("STOPPED");

        long againNs = System.nanoTime();
        Process again = run("again", venue);
        awaitHealthy(venue, again);
        System.out.println(venue.label() + ": healthy after a restart in "
                + (System.nanoTime() - againNs) / 1_000_000 + " ms");
        again.destroy();
        assertThat(again.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(again.exitValue()).isZero();
        assertThat(text("again.out")).contains(" events recovered in ");
        assertThat(text("again.err")).isEmpty();
        assertVerified();
    }

    @ParameterizedTest
    @EnumSource(value = Venue.class, names = {"BYBIT_LINEAR", "BINANCE_USDM", "BINANCE_SPOT"})
    void shouldDeclareWhatItMissedWhenItIsKilled(Venue venue) throws Exception {
        serve(venue);
        Process run = run("killed", venue);
        awaitHealthy(venue, run);
        // The feed has delivered for a while, so that there is something to go on from.
        Awaitility.await().atMost(PATIENCE_S, TimeUnit.SECONDS)
                .until(() -> uncoveredBy(venue, System.currentTimeMillis() - 300).isEmpty());

        run.destroyForcibly();
        assertThat(run.waitFor()).isEqualTo(128 + SIGKILL);
        long killedMs = System.currentTimeMillis();
        assertThat(checkpoints()).isZero();
        assertVerified();
        Awaitility.await().pollDelay(1_500, TimeUnit.MILLISECONDS).until(() -> true);

        long againNs = System.nanoTime();
        Process again = run("again", venue);
        awaitHealthy(venue, again);
        System.out.println(venue.label() + ": healthy after a kill in "
                + (System.nanoTime() - againNs) / 1_000_000 + " ms");

        Awaitility.await().atMost(PATIENCE_S, TimeUnit.SECONDS)
                .until(() -> uncoveredBy(venue, System.currentTimeMillis() - 300).isEmpty());
        if (venue.chainsTradeIds()) {
            // What it missed shows by the next id, and is fetched; sooner or later than we look.
            Awaitility.await("what it missed").atMost(PATIENCE_S, TimeUnit.SECONDS)
                    .until(() -> uncoveredBy(venue, killedMs + 700).isEmpty());
        } else {
            assertThat(uncoveredBy(venue, killedMs + 700)).as("in the time it was dead")
                    .hasSize(1);
        }
        again.destroy();
        assertThat(again.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(again.exitValue()).isZero();
        assertThat(text("again.err")).isEmpty();
        assertVerified();
    }

    @Test
    void shouldEndAtOnceAtTheSecondSignal() throws Exception {
        Process run = run("run", Venue.BYBIT_LINEAR);
        awaitHealthy(Venue.BYBIT_LINEAR, run);

        // Whichever of the two comes to its end first.
        run.destroy();
        new ProcessBuilder("kill", "-TERM", Long.toString(run.pid())).start().waitFor();

        assertThat(run.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isIn(0, 128 + SIGTERM);
        assertVerified();
    }

    @Test
    void shouldEndWithItsInput() throws Exception {
        Process run = run("run", Venue.BYBIT_LINEAR, "--end-with-stdin");
        awaitHealthy(Venue.BYBIT_LINEAR, run);

        run.getOutputStream().close();

        assertThat(run.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isZero();
        assertThat(checkpoints()).isEqualTo(1);
    }

    @Test
    void shouldLeaveAnEngineAloneThatHasTheJournal() throws Exception {
        Process first = run("first", Venue.BYBIT_LINEAR);
        awaitHealthy(Venue.BYBIT_LINEAR, first);

        Process second = run("second", Venue.BYBIT_LINEAR);

        assertThat(second.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(75);
        assertThat(text("second.err")).contains("process " + first.pid()
                + " is writing this journal");
        awaitHealthy(Venue.BYBIT_LINEAR, first);

        first.destroy();
        assertThat(first.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isZero();
    }

    private void awaitHealthy(Venue venue, Process run) {
        Awaitility.await("healthy").atMost(PATIENCE_S, TimeUnit.SECONDS)
                .failFast(() -> !run.isAlive())
                .untilAsserted(() -> assertThat(health(venue)).startsWith("healthy"));
    }

    /** What a process shows it also says, though not at once. */
    private void awaitSaid(String words, String name) {
        Awaitility.await(words).atMost(PATIENCE_S, TimeUnit.SECONDS)
                .until(() -> text(name + ".out").contains(words));
    }

    private String health(Venue venue) {
        return Place.in(directory).at(System.currentTimeMillis()).run("health", "--data", "data",
                "--set", "feeds." + venue.label() + ".instruments=BTCUSDT").out();
    }

    private void assertVerified() {
        CommandRun verify = Place.in(directory).run("journal", "verify", "data/journal");
        assertThat(verify.exitCode()).as(verify.out() + verify.err()).isZero();
    }

    private long checkpoints() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("data/journal"))) {
            return files.filter(file -> file.toString().endsWith(".ckp")).count();
        }
    }

    /** The uncovered intervals that a time lies in. */
    private List<Long> uncoveredBy(Venue venue, long timeMs) throws IOException {
        List<Long> found = new ArrayList<>();
        try (SnapshotReader snapshot = SnapshotReader
                .open(directory.resolve("data/snapshot.bin"))) {
            SnapshotEntry entry = snapshot.find(venue.label() + ":BTCUSDT");
            CoverageView view = new CoverageView();
            if (entry == null || !snapshot.read(entry, view)
                    || view.state() != TapeState.LIVE) {
                return List.of(Long.MIN_VALUE);
            }
            for (int i = 0; i < view.uncovered().count(); i++) {
                if (view.uncovered().fromMs(i) <= timeMs && timeMs < view.uncovered().toMs(i)) {
                    found.add(view.uncovered().fromMs(i));
                }
            }
        }
        return found;
    }

    private Process run(String name, Venue venue, String... more) throws IOException {
        String feed = "feeds." + venue.label() + '.';
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "@" + CommandRun.project().resolve("config/jvm/common.options"),
                "@" + CommandRun.project().resolve("config/jvm/tools.options"), "-ea", "-cp",
                System.getProperty("java.class.path"), Waickoff.class.getName(), "run", "--data",
                "data", "--set", feed + "instruments=BTCUSDT", "--set",
                feed + "websocket-url=ws://127.0.0.1:" + server.port(), "--set",
                feed + "rest-url=http://127.0.0.1:" + server.port(), "--set",
                "feeds.back-off-first-ms=50", "--set", "feeds.silence-timeout-ms=60000", "--set",
                "feeds.connect-timeout-ms=60000", "--set", "feeds.handshake-timeout-ms=60000"));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectOutput(file(name + ".out")).redirectError(file(name + ".err"));
        builder.environment().keySet().removeIf(variable -> variable.startsWith("WAICKOFF_"));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private File file(String name) {
        return directory.resolve(name).toFile();
    }

    private String text(String name) throws IOException {
        return Files.readString(file(name).toPath(), StandardCharsets.UTF_8);
    }
}
