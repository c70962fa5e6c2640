package com.waickoff.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.venue.reference.ReferenceExport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MakeRecordingTest {
    private static final String SAMPLE = "docs/sample/bybit-linear.frames.tsv.gz";
    private static final int MOST_SAMPLE_BYTES = 400 * 1024;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void shouldPutTheTruthBesideTheRecording(Venue venue) throws IOException {
        Path truth = folder.resolve("truth");
        Path out = folder.resolve("made.frames.tsv.gz");
        make("--venue", venue.label(), "--seconds", "90", "--seed", "4", "--out", out.toString(),
                "--truth", truth.toString());

        RecordingReader reader = new RecordingReader(venue,
                tickSizes(truth.resolve("instruments.csv"))).read(out);

        assertThat(ProjectFiles.lines(truth.resolve("windows.csv")))
                .isEqualTo(ReferenceExport.windows(reader.tape().windows()));
        assertThat(ProjectFiles.lines(truth.resolve("profile.csv")))
                .isEqualTo(ReferenceExport.profiles(reader.tape().windows()));
        assertThat(ProjectFiles.lines(truth.resolve("book.csv")))
                .isEqualTo(ReferenceExport.books(reader.books()));
    }

    @Test
    void shouldTellWhatArrivedWhereThereAreFaults() throws IOException {
        Path truth = folder.resolve("truth");
        Path out = folder.resolve("made.frames.tsv");
        make("--venue", "bybit-linear", "--frames", "3000", "--instruments",
                "ETHUSDT,NEWUSDT:0.5:1:5000:3", "--start", "2026-02-01T23:59:30Z", "--faults",
                "drop=0.02,truncate=0.02,swap=0.02,key-order=0.2", "--snapshot-every", "10",
                "--out",
                out.toString(), "--truth", truth.toString());

        RecordingReader reader = new RecordingReader(Venue.BYBIT_LINEAR,
                tickSizes(truth.resolve("instruments.csv"))).read(out);

        assertThat(ProjectFiles.lines(truth.resolve("delivered/windows.csv")))
                .isEqualTo(ReferenceExport.windows(reader.tape().windows()))
                .isNotEqualTo(ProjectFiles.lines(truth.resolve("windows.csv")))
                .anyMatch(line -> line.startsWith("bybit-linear:NEWUSDT,1d,1769904000000,"));
        assertThat(ProjectFiles.lines(truth.resolve("faults.csv"))).hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--venue nowhere --seconds 1 --out x",
            "--venue binance-spot --out x", "--venue binance-spot --seconds 1",
            "--venue binance-spot --seconds 1 --frames 1 --out x", "--what",
            "--venue binance-spot --seconds one --out x",
            "--venue binance-spot --seconds 1 --out x --start today",
            "--venue binance-spot --seconds 1 --out x --faults fire=1",
            "--venue binance-spot --seconds 1 --out x --instruments DOGEUSDT"})
    void shouldRefuseArgumentsThatMakeNoSense(String arguments) {
        assertThatThrownBy(() -> make(arguments.isEmpty()
                ? new String[0]
                : arguments.split(" ", -1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldMakeTheBundledSampleAgain() throws IOException {
        Path made = folder.resolve("sample.tsv.gz");
        List<String> command = sampleCommand();
        int out = command.indexOf(SAMPLE);
        assertThat(out).as("the sample's own command writes " + SAMPLE).isPositive();
        command.set(out, made.toString());
        make(command.toArray(String[]::new));

        Path sample = ProjectFiles.root().resolve(SAMPLE);
        assertThat(ProjectFiles.bytes(made)).isEqualTo(ProjectFiles.bytes(sample));
        assertThat(sample.toFile().length()).isLessThanOrEqualTo(MOST_SAMPLE_BYTES);
    }

    @Test
    void shouldBundleASampleThatCanBeReplayed() throws IOException {
        Path sample = ProjectFiles.root().resolve(SAMPLE);
        RecordingReader reader = new RecordingReader(Venue.BYBIT_LINEAR,
                tickSizes(sample.resolveSibling("instruments.csv"))).read(sample);

        assertThat(reader.unreadable() + reader.brokenChains()).isZero();
        assertThat(reader.tape().size()).isGreaterThan(5_000);
        assertThat(reader.books()).containsOnlyKeys("bybit-linear:BTCUSDT",
                "bybit-linear:ETHUSDT");
        // 2026-01-05T14:00Z.
        assertThat(reader.tape().windows().getFirst().startMs()).isEqualTo(1_767_621_600_000L);
    }

    /** The arguments after the class name in the sample's read-me. */
    private static List<String> sampleCommand() throws IOException {
        String command = ProjectFiles.lines(ProjectFiles.root().resolve("docs/sample/README.md"))
                .stream().filter(line -> line.contains("MakeRecording")).findFirst().orElseThrow();
        String arguments = command.substring(command.indexOf("MakeRecording"),
                command.lastIndexOf('`'));
        List<String> words = new ArrayList<>(Arrays.asList(arguments.split(" +", -1)));
        words.removeFirst();
        return words;
    }

    private static void make(String... args) throws IOException {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(report, true, StandardCharsets.UTF_8)) {
            MakeRecording.run(args, out);
        }
        System.out.print(report.toString(StandardCharsets.UTF_8));
    }

    private static Map<String, BigDecimal> tickSizes(Path instruments) throws IOException {
        Map<String, BigDecimal> tickSizes = new TreeMap<>();
        ProjectFiles.lines(instruments).stream().skip(1).map(line -> line.split(",", -1))
                .forEach(cells -> tickSizes.put(cells[0], new BigDecimal(cells[1])));
        return tickSizes;
    }
}
