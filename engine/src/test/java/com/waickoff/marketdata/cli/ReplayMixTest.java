package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.cli.CommandRun.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of the past, and several of them as one. */
class ReplayMixTest {
    private static final String MIDDLE = "2026-01-05T14:15:30Z";
    private static final long MIDDLE_MS = 1_767_622_530_000L;
    private static final long NS_PER_MS = 1_000_000L;
    private static final long MINUTE_MS = 60_000;

    @TempDir
    Path directory;
    Place place;

    @BeforeEach
    void setUp() {
        place = Place.in(directory);
    }

    @Test
    void shouldMakeTwoRecordingsOne() throws IOException {
        Path first = part("first.tsv", timeNs -> timeNs < MIDDLE_MS * NS_PER_MS);
        Path second = part("second.tsv", timeNs -> timeNs >= MIDDLE_MS * NS_PER_MS);

        // The second holds no snapshot of a book: only trades are the same.
        String whole = hash(recording(CommandRun.sampleRecording()), "--kinds", "trades");
        assertThat(hash(recording(first, second), "--kinds", "trades")).isEqualTo(whole);
        assertThat(hash(recording(second, first), "--kinds", "trades")).isEqualTo(whole);

        run(recording(first, second), "--export", "parts");
        assertThat(coverage("parts", MIDDLE_MS / MINUTE_MS * MINUTE_MS))
                .as("between the recordings").isPositive().isLessThan(1_000_000);
        assertThat(coverage("parts", MIDDLE_MS / MINUTE_MS * MINUTE_MS + MINUTE_MS))
                .isEqualTo(1_000_000);
    }

    @Test
    void shouldTakeAnInstrumentFromOneSourceAtATime() throws IOException {
        Path second = part("second.tsv", timeNs -> timeNs >= MIDDLE_MS * NS_PER_MS);
        String whole = hash(recording(CommandRun.sampleRecording()));

        CommandRun twice = run(recording(CommandRun.sampleRecording(), second), "--hash");

        assertThat(twice.outLines().getLast()).endsWith(whole);
        assertThat(twice.out()).containsPattern(
                "note: [0-9]+ events of bybit-linear:BTCUSDT are left out: several sources hold it");
    }

    @Test
    void shouldGoOnWithARecordingWhereAJournalEnds() throws IOException {
        run(recording(CommandRun.sampleRecording()), "--export", "whole");
        run(recording(CommandRun.sampleRecording()), "--to", MIDDLE, "--journal-to", "journal");

        CommandRun mixed = run(recording(CommandRun.sampleRecording()), "--journal", "journal",
                "--export", "mixed", "--journal-to", "again", "--hash");

        assertThat(lines("mixed", "book.csv")).isEqualTo(lines("whole", "book.csv"))
                .hasSizeGreaterThan(20);
        assertThat(lines("mixed", "profile.csv")).isEqualTo(lines("whole", "profile.csv"));
        String hash = mixed.outLines().getLast().replace("state hash  ", "");
        assertThat(hash("--journal", "again")).isEqualTo(hash);
    }

    @Test
    void shouldBeginInTheMiddleWithTheBooksOfBefore() throws IOException {
        run(recording(CommandRun.sampleRecording()), "--export", "whole", "--journal-to",
                "journal");

        run(recording(CommandRun.sampleRecording()), "--from", MIDDLE, "--export", "part");
        CommandRun journal = run(new String[]{"--journal", "journal"}, "--from",
                Long.toString(MIDDLE_MS), "--export", "journaled");

        assertThat(journal.out()).containsPattern("events +[0-9,]+");
        for (String file : List.of("windows.csv", "profile.csv", "book.csv")) {
            assertThat(lines("journaled", file)).as(file).isEqualTo(lines("part", file));
        }
        assertThat(lines("part", "book.csv")).isEqualTo(lines("whole", "book.csv"))
                .hasSizeGreaterThan(20);
        long minute = MIDDLE_MS / MINUTE_MS * MINUTE_MS;
        assertThat(coverage("part", minute)).isPositive().isLessThan(600_000);
        assertThat(coverage("part", minute + MINUTE_MS)).isEqualTo(1_000_000);
        String rows = "bybit-linear:BTCUSDT,1m," + (minute + MINUTE_MS) + ',';
        assertThat(starting(rows, lines("part", "profile.csv"))).isNotEmpty()
                .isEqualTo(starting(rows, lines("whole", "profile.csv")));
    }

    @Test
    void shouldReplayWhatIsChosenOfInstrumentsAndKinds() throws IOException {
        run(recording(CommandRun.sampleRecording()), "--export", "whole", "--journal-to",
                "journal");
        for (String[] source : List.of(recording(CommandRun.sampleRecording()),
                new String[]{"--journal", "journal"})) {
            run(source, "--instruments", "*:ETH*", "--export", "eth");
            run(source, "--kinds", "trades", "--export", "trades");
            run(source, "--kinds", "books", "--export", "books");

            assertThat(lines("eth", "windows.csv")).isEqualTo(
                    starting("instrument|.*:ETHUSDT", lines("whole", "windows.csv")));
            assertThat(lines("eth", "book.csv"))
                    .isEqualTo(starting("instrument|.*:ETHUSDT", lines("whole", "book.csv")));
            assertThat(lines("trades", "windows.csv")).isEqualTo(lines("whole", "windows.csv"));
            assertThat(lines("trades", "book.csv")).hasSize(1);
            assertThat(lines("books", "windows.csv")).hasSize(1);
            assertThat(lines("books", "book.csv")).isEqualTo(lines("whole", "book.csv"));
        }
    }

    private CommandRun run(String[] source, String... more) {
        List<String> args = new ArrayList<>(List.of("replay"));
        args.addAll(List.of(source));
        args.addAll(List.of(more));
        CommandRun run = place.run(args.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private String hash(String[] source, String... more) {
        List<String> options = new ArrayList<>(List.of(more));
        options.addAll(List.of("--hash", "--quiet"));
        return run(source, options.toArray(String[]::new)).out().strip();
    }

    private String hash(String option, String value) {
        return hash(new String[]{option, value});
    }

    private static String[] recording(Path... files) {
        List<String> args = new ArrayList<>(List.of("--venue", "bybit-linear", "--instruments",
                CommandRun.sampleInstruments().toString()));
        for (Path file : files) {
            args.addAll(List.of("--recording", file.toString()));
        }
        return args.toArray(String[]::new);
    }

    /** The lines of the sample that were received at wanted times, as a recording. */
    private Path part(String name, LongPredicate wanted) throws IOException {
        Path file = directory.resolve(name);
        try (var in = new BufferedReader(new InputStreamReader(new GZIPInputStream(
                Files.newInputStream(CommandRun.sampleRecording())), StandardCharsets.UTF_8))) {
            Files.write(file, in.lines().filter(line -> wanted
                    .test(Long.parseLong(line.substring(0, line.indexOf('\t'))))).toList());
        }
        return file;
    }

    private List<String> lines(String folder, String file) throws IOException {
        return Files.readAllLines(directory.resolve(folder).resolve(file));
    }

    private static List<String> starting(String start, List<String> lines) {
        return lines.stream().filter(line -> line.matches("(" + start + ").*")).toList();
    }

    private int coverage(String folder, long startMs) throws IOException {
        String head = "bybit-linear:BTCUSDT,1m," + startMs + ',';
        String[] fields = starting(head, lines(folder, "windows.csv")).getFirst().split(",");
        return Integer.parseInt(fields[fields.length - 2]);
    }
}
