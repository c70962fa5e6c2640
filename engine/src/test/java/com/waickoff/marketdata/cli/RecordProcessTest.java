package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.cli.CommandRun.Place;
import com.waickoff.venue.Venue;
import com.waickoff.venue.serve.PlaySettings;
import com.waickoff.venue.serve.RecordingSource;
import com.waickoff.venue.serve.SyntheticSource;
import com.waickoff.venue.serve.VenueServer;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recorder as a process of its own, of a venue of this one. */
class RecordProcessTest {
    private static final int PATIENCE_S = 120;
    private static final int SIGKILL = 9;
    private static final int ENOUGH_FRAMES = 500;

    @TempDir
    Path directory;
    private VenueServer server;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void serve() throws IOException {
        server = VenueServer
                .builder(SyntheticSource.builder(Venue.BYBIT_LINEAR, 5).symbols("BTCUSDT").build())
                .play(PlaySettings.standard().withTimes(PlaySettings.Times.REBASED).withSpeed(20)
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

    @Test
    void shouldEndItsFileWhenItIsStopped() throws Exception {
        Process record = record("record");
        awaitFrames(record);
        Awaitility.await().atMost(PATIENCE_S, TimeUnit.SECONDS).untilAsserted(() -> {
            CommandRun stat = Place.in(directory).at(System.currentTimeMillis()).run("stat",
                    "--data", "out");
            assertThat(stat.out()).startsWith("RUNNING").containsPattern("bybit-linear +live");
            assertThat(text("record.out")).contains("bybit-linear live\n");
        });

        record.destroy();

        assertThat(record.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(text("record.err")).isEmpty();
        assertThat(record.exitValue()).isZero();
        assertThat(text("record.out")).contains("is recording, process " + record.pid())
                .contains(file().getFileName() + ": ")
                .containsPattern("files +1, ").doesNotContain("LOST");
        List<String> lines = lines(true);
        assertThat(lines.getFirst()).endsWith("\tC\tws://127.0.0.1:" + server.port()
                + "/v5/public/linear");
        assertReplays();
    }

    @Test
    void shouldLeaveWhatItHasRecordedWhenItIsKilled() throws Exception {
        Process record = record("record");
        awaitFrames(record);

        record.destroyForcibly();
        assertThat(record.waitFor()).isEqualTo(128 + SIGKILL);

        assertThat(lines(false)).hasSizeGreaterThan(ENOUGH_FRAMES);
        assertReplays();
        assertThat(RecordingSource.open(file()).frames()).isGreaterThan(ENOUGH_FRAMES / 2);
    }

    @Test
    void shouldStopByItself() throws Exception {
        Process record = record("record", "--seconds", "2");

        assertThat(record.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(text("record.err")).isEmpty();
        assertThat(record.exitValue()).as("on a slow machine nothing may have come").isIn(0, 1);
        assertThat(text("record.out")).as("not before its time")
                .containsPattern("time +([2-9]|[1-9][0-9]+)\\.");
    }

    @Test
    void shouldEndWithItsInput() throws Exception {
        Process record = record("record", "--end-with-stdin");
        awaitFrames(record);

        record.getOutputStream().close();

        assertThat(record.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(record.exitValue()).isZero();
        assertReplays();
    }

    @Test
    void shouldFindThatNothingCame() throws Exception {
        server.refuseHandshakes(503, 1_000);
        Process record = record("record", "--seconds", "1");

        assertThat(record.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(record.exitValue()).isEqualTo(1);
        assertThat(text("record.out")).endsWith("nothing was received\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            record                                     | 2  | --out
            record --out o                             | 78 | no feed is on
            record --out o --rotate-minutes 0          | 2  | --rotate-minutes 0: allowed is 1 to
            record --out o --rotate-mb 0               | 2  | --rotate-mb 0: allowed is 1 to
            record --out o --seconds 0                 | 2  | --seconds 0: allowed is 1 to
            record --out o --set feeds.nonsense=1      | 78 | feeds.nonsense
            record --out a-file --set feeds.bybit-linear.instruments=BTCUSDT | 73 | a-file
            """)
    void shouldSayWhatIsWrong(String command, int exitCode, String complaint) throws IOException {
        Files.writeString(directory.resolve("a-file"), "");

        CommandRun run = Place.in(directory).run(command.split(" "));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(run.err()).contains(complaint);
    }

    private void awaitFrames(Process record) {
        Awaitility.await("frames on the disk").atMost(PATIENCE_S, TimeUnit.SECONDS)
                .failFast(() -> !record.isAlive())
                .until(() -> Files.exists(directory.resolve("out"))
                        && files().size() == 1 && lines(false).size() > ENOUGH_FRAMES);
    }

    private void assertReplays() throws IOException {
        CommandRun replay = Place.in(directory).run("replay", "--recording", file().toString(),
                "--venue", "bybit-linear", "--hash");
        assertThat(replay.exitCode()).as(replay.err()).isZero();
        assertThat(replay.out()).contains(", 1 time synced").contains("0 rejected")
                .contains("state hash");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            return files.filter(file -> file.toString().endsWith(".frames.tsv.gz")).toList();
        }
    }

    private Path file() throws IOException {
        assertThat(files()).hasSize(1);
        return files().getFirst();
    }

    /** @param isWhole whether the file must have an end */
    private List<String> lines(boolean isWhole) throws IOException {
        byte[] text = new byte[1 << 26];
        int length = 0;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file()))) {
            int read = in.read(text);
            while (read > 0) {
                length += read;
                read = in.read(text, length, text.length - length);
            }
        } catch (EOFException e) {
            assertThat(isWhole).isFalse();
        }
        return new String(text, 0, length, StandardCharsets.UTF_8).lines().toList();
    }

    private Process record(String name, String... more) throws IOException {
        String feed = "feeds.bybit-linear.";
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "@" + CommandRun.project().resolve("config/jvm/common.options"),
                "@" + CommandRun.project().resolve("config/jvm/tools.options"), "-ea", "-cp",
                System.getProperty("java.class.path"), Waickoff.class.getName(), "record",
                "--out", "out", "--set", feed + "instruments=BTCUSDT", "--set",
                feed + "websocket-url=ws://127.0.0.1:" + server.port(), "--set",
                feed + "rest-url=http://127.0.0.1:" + server.port(), "--set",
                "feeds.back-off-first-ms=50", "--set", "feeds.silence-timeout-ms=60000", "--set",
                "feeds.connect-timeout-ms=60000", "--set", "feeds.handshake-timeout-ms=60000"));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectOutput(output(name + ".out")).redirectError(output(name + ".err"));
        builder.environment().keySet().removeIf(variable -> variable.startsWith("WAICKOFF_"));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private File output(String name) {
        return directory.resolve(name).toFile();
    }

    private String text(String name) throws IOException {
        return Files.readString(output(name).toPath(), StandardCharsets.UTF_8);
    }
}
