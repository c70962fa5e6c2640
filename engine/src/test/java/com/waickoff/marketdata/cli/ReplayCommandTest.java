package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.waickoff.marketdata.cli.CommandRun.Place;
import com.waickoff.marketdata.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayCommandTest {
    private static final Pattern FRAMES = Pattern.compile(
            "frames +([0-9,]+) = ([0-9,]+) decoded \\+ ([0-9,]+) ignored \\+ ([0-9,]+) rejected");

    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();

    @TempDir
    Path directory;
    Place place;

    @BeforeEach
    void setUp() {
        place = Place.in(directory);
    }

    @Test
    void shouldSumUpWhatItReplayed() {
        CommandRun run = place.run(sample());

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        Matcher frames = FRAMES.matcher(run.out());
        assertThat(frames.find()).as(run.out()).isTrue();
        assertThat(number(frames, 1)).isPositive()
                .isEqualTo(number(frames, 2) + number(frames, 3) + number(frames, 4));
        assertThat(run.out()).containsPattern("events +[0-9,]+").containsPattern("trades +[0-9,]+")
                .containsPattern("books +[0-9,]+ levels").containsPattern("windows +[0-9]+ closed")
                .containsPattern("time +.+ events/s").doesNotContain("state hash");
    }

    @Test
    void shouldGiveTheSameHashWithAnyThreadsAndFromAJournal() {
        Map<String, String> hashes = new LinkedHashMap<>();
        for (String threads : List.of("inline", "fused", "staged")) {
            hashes.put(threads, hash(sample("--quiet", "--hash", "--threads", threads)));
        }
        hashes.put("written", hash(sample("--quiet", "--hash", "--journal-to", "journal")));
        hashes.put("journal", hash("replay", "--journal", "journal", "--quiet", "--hash"));

        assertThat(Set.copyOf(hashes.values())).as(hashes.toString()).hasSize(1);
        assertThat(hash(sample("--quiet", "--hash", "--row-ticks", "10")))
                .isNotEqualTo(hashes.get("inline"));
    }

    @Test
    void shouldComputeAWindowAnewAsTheExportHasIt() throws IOException {
        place.run(sample("--journal-to", "journal", "--export", "out"));
        List<String> exported = Files.readAllLines(directory.resolve("out/windows.csv"));
        String window = exported.get(exported.size() / 2);
        String[] fields = window.split(",");
        String head = fields[0] + ',' + fields[1] + ',' + fields[2] + ',';

        CommandRun run = place.run("replay", "--journal", "journal", "--rebuild",
                head.substring(0, head.length() - 1));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(window).startsWith(run.outLines().get(1) + ',');
        assertThat(run.outLines().subList(3, run.outLines().size()))
                .isEqualTo(Files.readAllLines(directory.resolve("out/profile.csv")).stream()
                        .filter(line -> line.startsWith(head)).toList());
        assertThat(place.run("replay", "--journal", "journal", "--rebuild", fields[0]).err())
                .contains("it takes instrument, timeframe and time");
        assertThat(place.run(sample("--rebuild", head)).err())
                .contains("--rebuild belongs to --journal");
    }

    @Test
    void shouldContinueAJournal() {
        CommandRun first = place.run(sample("--journal-to", "journal", "--hash", "--to",
                "2026-01-05T14:10:00Z"));
        CommandRun second = place.run(sample("--journal-to", "journal", "--hash"));

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(hash("replay", "--journal", "journal", "--quiet", "--hash"))
                .isEqualTo(second.outLines().getLast().substring("state hash  ".length()));
    }

    @Test
    void shouldExportAndKeepWhatIsAskedForAndNothingElse() throws IOException {
        Set<Path> before = temporaries();

        CommandRun run = place.run(sample("--export", "out", "--format", "csv", "--data", "kept"));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(names(directory)).containsExactlyInAnyOrder("out", "kept");
        assertThat(names(directory.resolve("out"))).containsExactlyInAnyOrder("windows.csv",
                "profile.csv", "book.csv", "signals.csv");
        assertThat(names(directory.resolve("kept"))).contains("snapshot.bin", "status.bin");
        assertThat(Files.readAllLines(directory.resolve("out/windows.csv"))).hasSizeGreaterThan(20)
                .first().asString().startsWith("instrument,timeframe,start,open");
        assertThat(temporaries()).isEqualTo(before);
    }

    @Test
    void shouldReplayAPartOfTheTime() {
        CommandRun part = place.run(sample("--from", "2026-01-05T14:05:00Z", "--to",
                "1767622200000"));
        CommandRun nothing = place.run(sample("--to", "2020-01-01T00:00:00Z", "--hash"));

        assertThat(part.exitCode()).isZero();
        assertThat(events(part)).isPositive().isLessThan(events(place.run(sample())));
        assertThat(nothing.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            2  | replay | replay what?
            66 | replay --recording R --venue bybit-linear --journal J | no such directory
            2  | replay --recording R | --recording needs --venue, one of bybit-linear
            2  | replay --recording R --venue bybit-linaer | did you mean bybit-linear
            2  | replay --recording R --venue bybit-linear --speed fast | --speed fast: it takes max
            2  | replay --recording R --venue bybit-linear --speed 0 | --speed 0: it takes max
            2  | replay --recording R --venue bybit-linear --from today | 'today' is no value for --from
            2  | replay --recording R --venue bybit-linear --from 2 --to 1 | is not before
            2  | replay --recording R --venue bybit-linear --format csv | --format belongs to --export
            2  | replay --recording R --venue bybit-linear --export o --format parket | did you mean parquet
            2  | replay --recording R --venue bybit-linear --export o --tables bars | it takes windows, profile
            2  | replay --recording R --venue bybit-linear --export o --value-area-pct 0 | it takes 1 to 100
            2  | replay --recording R --venue bybit-linear --tables trades | --tables belongs to --export
            2  | replay --recording R --venue bybit-linear --kinds trade | did you mean trades
            2  | replay --recording R --recording R --recording R --venue bybit-linear --venue bybit-spot | one for all recordings
            2  | replay --journal J --venue bybit-linear | --venue belongs to --recording
            2  | replay --journal J --journal-to K | --journal-to belongs to --recording
            66 | replay --recording absent --venue bybit-linear | absent: no such file
            66 | replay --recording . --venue bybit-linear | is a directory, not a file
            66 | replay --recording R --venue bybit-linear --instruments none.csv | no such file
            66 | replay --journal absent | absent: no such directory
            78 | replay --recording R --venue bybit-linear --row-ticks 0 | 0, allowed is 1 to 1000000 (--row-ticks)
            78 | replay --recording R --venue bybit-linear --row-capacity 100 | (--row-capacity)
            78 | replay --recording R --venue bybit-linear --threads 4 | one of auto, inline, fused, staged
            """)
    void shouldSayWhyItCannotReplay(int exitCode, String commandLine, String complaint) {
        String[] args = commandLine.replace(" R", ' ' + CommandRun.sampleRecording().toString())
                .split(" ");

        CommandRun run = place.run(args);

        assertThat(run.err()).startsWith("waickoff: ").contains(complaint)
                .doesNotContain("Exception");
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void shouldRefuseAFileThatIsNoRecording() {
        CommandRun run = place.run("replay", "--recording",
                CommandRun.sampleInstruments().toString(), "--venue", "bybit-linear");

        assertThat(run.exitCode()).isEqualTo(65);
        assertThat(run.err()).contains("holds no frame; is it a recording?").contains("line 1");
    }

    @Test
    void shouldRefuseInstrumentsThatCannotBeUsed() throws IOException {
        Files.writeString(directory.resolve("bad.csv"),
                "instrument,tick_size,lot_size\nbybit-linear:BTCUSDT,ten,0.001\n");

        CommandRun run = place.run("replay", "--recording",
                CommandRun.sampleRecording().toString(), "--venue", "bybit-linear",
                "--instruments", "bad.csv");

        assertThat(run.exitCode()).isEqualTo(65);
        assertThat(run.err()).contains("bad.csv:2").contains("tick_size is \"ten\"");
    }

    @Test
    void shouldSayWhereItCannotWrite() throws IOException {
        Files.writeString(directory.resolve("file"), "in the way");

        CommandRun run = place.run(sample("--data", "file/data"));

        assertThat(run.exitCode()).isIn(73, 74);
        assertThat(run.err()).startsWith("waickoff: ").contains("file")
                .doesNotContain("Exception");
    }

    @Test
    void shouldSayWhatHeapItWouldNeed() throws IOException {
        StringBuilder csv = new StringBuilder("instrument,tick_size,lot_size\n");
        for (int i = 0; i < 100; i++) {
            csv.append("bybit-linear:COIN").append(i).append("USDT,0.1,0.001\n");
        }
        Files.writeString(directory.resolve("many.csv"), csv);

        CommandRun run = place.run("replay", "--recording",
                CommandRun.sampleRecording().toString(), "--venue", "bybit-linear",
                "--instruments", "many.csv", "--row-capacity", "65536", "--set",
                "instruments.capacity=100");

        assertThat(run.exitCode()).isEqualTo(78);
        assertThat(run.err()).contains("100 instruments need about 6.").contains("-Xmx")
                .contains("of heap, but there are");
    }

    @Test
    void shouldEndEarlyWithWhatItHasWhenItIsInterrupted() {
        place.interruption().request();

        CommandRun run = place.run(sample("--speed", "1"));

        assertThat(run.exitCode()).isEqualTo(130);
        assertThat(run.err()).contains("interrupted: this is what was replayed until then");
        assertThat(run.out()).containsPattern("events +[0-9]+");
    }

    @Test
    void shouldShowProgressOnATerminalAndTakeItAway() {
        Terminal terminal = Terminal.of(true, 60, 24, Map.of("NO_COLOR", "1"),
                StandardCharsets.UTF_8);

        CommandRun run = place.withTerminal(terminal).run(sample());
        CommandRun quiet = place.withTerminal(terminal).run(sample("--quiet"));

        // The clock of these runs is too slow for more than a few drawings, or for any.
        assertThat(run.err()).matches("(\r\033\\[K.*)*");
        assertThat(quiet.err()).isEmpty();
        assertThat(quiet.out()).isEmpty();
    }

    @Test
    void shouldDrawProgressWithRateAndRemainingTime() {
        long[] now = {0};
        Shell shell = shell(now, true);
        try (ProgressLine progress = new ProgressLine(shell, "replaying", false)) {
            now[0] = 10_000_000_000L;
            progress.onProgress(25, 100, 5_000_000);
        }

        assertThat(err(shell)).isEqualTo("\r\033[K█████                replaying 25 %, 5 M events,"
                + " 500 k/s, 30 s left\r\033[K");
    }

    @Test
    void shouldWriteProgressAsLinesWhereNobodyWatches() {
        long[] now = {0};
        Shell shell = shell(now, false);
        try (ProgressLine progress = new ProgressLine(shell, "verifying", false)) {
            for (int second = 1; second <= 11; second++) {
                now[0] = second * 1_000_000_000L;
                progress.onProgress(second, 0, second * 1000L);
            }
        }

        assertThat(err(shell)).isEqualTo("""
                verifying, 5 k events, 1 k/s
                verifying, 10 k events, 1 k/s
                """);
    }

    @Test
    void shouldKnowItsExitCodes() {
        Map<String, Integer> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(code.name(), code.code());
        }
        assertThat(codes).containsExactly(entry("OK", 0), entry("FINDING", 1), entry("USAGE", 2),
                entry("BAD_DATA", 65), entry("NO_INPUT", 66), entry("SOFTWARE", 70),
                entry("CANNOT_CREATE", 73), entry("IO_ERROR", 74), entry("IN_USE", 75),
                entry("CONFIG", 78), entry("INTERRUPTED", 130));
    }

    private Shell shell(long[] nowNs, boolean interactive) {
        Terminal terminal = Terminal.of(interactive, 80, 24, Map.of("NO_COLOR", "1"),
                StandardCharsets.UTF_8);
        var err = new PrintStream(errBytes, true, StandardCharsets.UTF_8);
        return new Shell(err, err, terminal, terminal, Map.of(), directory, null, () -> 0,
                () -> nowNs[0], new Interruption());
    }

    private String err(Shell shell) {
        shell.err().flush();
        return errBytes.toString(StandardCharsets.UTF_8);
    }

    private String hash(String... args) {
        CommandRun run = place.run(args);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).matches("[0-9a-f]{64}\n");
        return run.out().strip();
    }

    private static String[] sample(String... more) {
        List<String> args = new ArrayList<>(List.of("replay", "--recording",
                CommandRun.sampleRecording().toString(), "--venue", "bybit-linear",
                "--instruments", CommandRun.sampleInstruments().toString()));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }

    private static long number(Matcher matcher, int group) {
        return Long.parseLong(matcher.group(group).replace(",", ""));
    }

    private static long events(CommandRun run) {
        Matcher events = Pattern.compile("events +([0-9,]+)\n").matcher(run.out());
        assertThat(events.find()).isTrue();
        return number(events, 1);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static Set<Path> temporaries() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return new TreeSet<>(files
                    .filter(file -> file.getFileName().toString().startsWith("waickoff-"))
                    .toList());
        }
    }
}
