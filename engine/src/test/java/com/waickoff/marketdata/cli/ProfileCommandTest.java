package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.cli.CommandRun.Place;
import com.waickoff.marketdata.drawing.ProfileDrawing;
import com.waickoff.marketdata.drawing.SteadyPrices;
import com.waickoff.marketdata.report.ProfileWishes;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Terminal;
import com.waickoff.marketdata.window.Timeframe;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileCommandTest {
    private static final String BTC = "bybit-linear:BTCUSDT";

    @TempDir
    static Path directory;

    /** One replay of the sample, whose files most of these tests read. */
    @BeforeAll
    static void replay() {
        CommandRun run = Place.in(directory).run("replay", "--recording",
                CommandRun.sampleRecording().toString(), "--venue", "bybit-linear",
                "--instruments", CommandRun.sampleInstruments().toString(), "--data", "data",
                "--export", "out", "--quiet");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1m", "5m", "15m", "1h", "4h", "1d"})
    void shouldDrawTheNewestWindowAsItWasExported(String timeframe) throws IOException {
        CommandRun run = profile("--timeframe", timeframe);

        Map<String, String> exported = exportedWindow(timeframe);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        for (String label : List.of("open", "high", "low", "close", "delta", "trades", "poc",
                "vah", "val")) {
            assertThat(run.out()).containsPattern("(?i)\\b" + label + " +"
                    + figure(exported.get(label), label.equals("delta")));
        }
        assertThat(run.outLines()).allMatch(line -> line.length() <= 80);
        assertThat(run.out()).contains(BTC).contains("UTC").contains("POC ")
                .contains("book synced");
    }

    @Test
    void shouldReplayARecordingFirst() {
        CommandRun run = Place.in(directory).run("profile", BTC, "--recording",
                CommandRun.sampleRecording().toString(), "--instruments",
                CommandRun.sampleInstruments().toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("INCOMPLETE").contains("replayed, as of 2026-01-05 14:21:")
                .contains("2026-01-05 14:00 – 15:00 UTC  open");
        assertThat(run.outLines()).filteredOn(line -> line.contains("┃") || line.contains("│"))
                .hasSizeGreaterThan(10);
    }

    @Test
    void shouldSayThatAnEngineThatStoppedIsStale() {
        Place later = Place.in(directory).at(CommandRun.NOW_MS + 6_000);

        assertThat(later.run("profile", BTC, "--data", "data").out()).contains("STALE")
                .contains("the engine is not running").containsPattern("age [0-9,]+ d");
        assertThat(profile("--timeframe", "5m").out()).contains("STALE")
                .contains("nothing arrives any more");
    }

    @Test
    void shouldDrawTheWindowThatHoldsAMoment() {
        assertThat(profile("--timeframe", "1m", "--start", "2026-01-05T14:20:30Z").out())
                .contains("14:20 – 14:21 UTC  closed");

        CommandRun tooOld = profile("--timeframe", "1m", "--start", "2026-01-05T13:01:00Z");
        assertThat(tooOld.exitCode()).isEqualTo(1);
        assertThat(tooOld.err()).contains("no window of 1m at 2026-01-05 13:01:00 UTC")
                .contains("to 2026-01-05 14:21").contains("replay --export");
    }

    @Test
    void shouldAddUpAllWindowsToTheDay() {
        Map<String, String> day = json("--timeframe", "1d", "--vwap", "--nodes");
        Map<String, String> minutes = json("--timeframe", "1m", "--windows", "500", "--vwap",
                "--nodes");

        assertThat(minutes).containsKey("windows[10].start_ms").containsEntry("unkept_ms", "0");
        for (String same : List.of("open", "high", "low", "close", "volume", "buy_volume",
                "delta", "min_delta", "max_delta", "trades", "cvd", "vwap.price",
                "vwap.deviation", "row_size", "poc", "vah", "val", "nodes[0].row_low")) {
            assertThat(minutes).as(same).containsEntry(same, day.get(same));
        }
        assertThat(rowsOf(minutes)).isNotEmpty().isEqualTo(rowsOf(day));
    }

    @Test
    void shouldMakeASessionOfTheLongestWindowsThatFit() throws IOException {
        Map<String, String> json = json("--session", "odd", "--set",
                "sessions=odd=14:13-14:20,other=00:00-01:00");

        assertThat(json).containsEntry("session", "odd")
                .containsEntry("session_hours_utc", "14:13-14:20")
                .containsEntry("windows[0].timeframe", "1m")
                .containsEntry("windows[2].timeframe", "5m")
                .doesNotContainKey("windows[3].timeframe")
                .containsEntry("unkept_ms", "0").containsEntry("closed", "true");
        BigDecimal volume = BigDecimal.ZERO;
        for (Map<String, String> window : exportedWindows("1m")) {
            long start = Long.parseLong(window.get("start"));
            if (start >= Long.parseLong(json.get("start_ms"))
                    && start < Long.parseLong(json.get("end_ms"))) {
                volume = volume.add(new BigDecimal(window.get("volume")));
            }
        }
        assertThat(new BigDecimal(json.get("volume"))).isEqualByComparingTo(volume);
    }

    @Test
    void shouldSayThatASessionIsPartlyKept() {
        CommandRun run = profile("--session", "london", "--set",
                "sessions=london=13:30-14:30");
        CommandRun none = profile("--session", "asia");
        CommandRun unknown = profile("--session", "asian");

        assertThat(run.out()).contains("london  2026-01-05 13:30 – 14:30 UTC  open")
                .contains("PARTLY KEPT").contains("of it is kept with its rows");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("no window of session asia");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("one of asia, london, new-york, evening")
                .contains("did you mean asia");
    }

    @Test
    void shouldFindNakedPointsOfControlThatNoLaterWindowTouches() throws IOException {
        Map<String, String> json = json("--timeframe", "1m", "--naked");

        List<Map<String, String>> windows = exportedWindows("1m");
        int named = 0;
        for (int i = 0; json.containsKey("naked_pocs[" + i + "].poc"); i++) {
            String start = json.get("naked_pocs[" + i + "].start_ms");
            BigDecimal poc = new BigDecimal(json.get("naked_pocs[" + i + "].poc"));
            for (Map<String, String> window : windows) {
                if (window.get("start").equals(start)) {
                    assertThat(poc).isEqualByComparingTo(window.get("poc"));
                } else if (window.get("start").compareTo(start) > 0) {
                    boolean beside = new BigDecimal(window.get("low")).compareTo(poc) > 0
                            || new BigDecimal(window.get("high")).compareTo(poc) < 0;
                    assertThat(beside).as("%s after %s", window, start).isTrue();
                }
            }
            named++;
        }
        assertThat(named).isPositive();
    }

    @Test
    void shouldRefuseOptionsThatContradictEachOther() {
        assertThat(profile("--method", "step_n").err()).contains("takes --step N");
        assertThat(profile("--step", "3").err()).contains("--step belongs to --method step_n");
        assertThat(profile("--method", "step_n", "--step", "0").err())
                .contains("allowed is 1 to 1000");
        assertThat(profile("--value-area", "101").err()).contains("allowed is 1 to 100");
        assertThat(profile("--method", "greedy").err())
                .contains("one of two_row, single_row, step_n");
        assertThat(profile("--poc-tie", "first").err()).contains("which rows do not keep");
        assertThat(profile("--windows", "0").err()).contains("allowed is 1 to");
        assertThat(profile("--row-ticks", "0").err()).contains("allowed is 1 to");
        assertThat(profile("--windows", "2", "--session", "asia").err())
                .contains("exclude each other");
        assertThat(profile("--watch", "--explain").err()).contains("does not go with --watch");
        assertThat(profile("--set", "sessions=x", "--session", "x").exitCode()).isEqualTo(78);
    }

    private static Map<String, String> json(String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add("--json");
        CommandRun run = profile(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        // JSON is YAML: the parser at hand reads it, and gives flat keys.
        return new YamlConfigSource("json", run.out()).getProperties();
    }

    private static List<String> rowsOf(Map<String, String> json) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; json.containsKey("rows[" + i + "].row_low"); i++) {
            rows.add(json.get("rows[" + i + "].row_low") + ' '
                    + json.get("rows[" + i + "].buy_volume") + ' '
                    + json.get("rows[" + i + "].sell_volume"));
        }
        return rows;
    }

    @Test
    void shouldPrintJsonThatAddsUp() {
        CommandRun run = profile("--timeframe", "1h", "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines()).hasSize(1);
        // JSON is YAML: the parser at hand reads it, and gives flat keys.
        Map<String, String> json = new YamlConfigSource("json", run.out()).getProperties();
        assertThat(json).containsEntry("instrument", BTC).containsEntry("timeframe", "1h")
                .containsEntry("start_ms", "1767621600000").containsEntry("quality.source",
                        "silent")
                .containsEntry("quality.book_state", "synced").containsKeys("price_unit",
                        "quantity_unit", "cvd", "poc", "vah", "val", "quality.coverage.ppm",
                        "quality.revision", "quality.as_of_ms");
        BigDecimal buy = BigDecimal.ZERO;
        BigDecimal sell = BigDecimal.ZERO;
        for (int i = 0; json.containsKey("rows[" + i + "].row_low"); i++) {
            buy = buy.add(new BigDecimal(json.get("rows[" + i + "].buy_volume")));
            sell = sell.add(new BigDecimal(json.get("rows[" + i + "].sell_volume")));
        }
        assertThat(buy).isPositive().isEqualByComparingTo(json.get("buy_volume"));
        assertThat(sell).isEqualByComparingTo(json.get("sell_volume"));
        assertThat(buy.subtract(sell)).isEqualByComparingTo(json.get("delta"));
    }

    @Test
    void shouldColorWhereItIsWanted() {
        Terminal terminal = Terminal.of(true, 80, 24, Map.of("TERM", "xterm-256color"),
                StandardCharsets.UTF_8);
        Place onTerminal = Place.in(directory).withTerminal(terminal);

        assertThat(profile().out()).doesNotContain("\033");
        assertThat(profile("--color", "always").out()).contains("\033[");
        assertThat(onTerminal.run("profile", BTC, "--data", "data").out())
                .contains("\033[38;5;");
        assertThat(onTerminal.run("profile", BTC, "--data", "data", "--color", "never").out())
                .doesNotContain("\033");
    }

    @Test
    void shouldFitTheTerminal() {
        Terminal small = Terminal.of(true, 64, 20, Map.of(), StandardCharsets.UTF_8);
        Terminal ascii = Terminal.of(true, 100, 50, Map.of("NO_COLOR", "1"),
                StandardCharsets.US_ASCII);

        CommandRun fitted = Place.in(directory).withTerminal(small).run("profile", BTC, "--data",
                "data", "--color", "never");
        CommandRun plain = Place.in(directory).withTerminal(ascii).run("profile", BTC, "--data",
                "data");

        assertThat(fitted.outLines()).hasSizeLessThan(20)
                .allMatch(line -> line.length() <= 64);
        assertThat(plain.out()).matches(
                text -> StandardCharsets.US_ASCII.newEncoder().canEncode(text));
    }

    @Test
    void shouldSayWhichInstrumentsThereAre() {
        CommandRun run = Place.in(directory).run("profile", "bybit-linear:BTCUSD", "--data",
                "data");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("no instrument bybit-linear:BTCUSD")
                .contains("It holds bybit-linear:BTCUSDT, bybit-linear:ETHUSDT")
                .contains("did you mean bybit-linear:BTCUSDT");
    }

    @Test
    void shouldSayWhyAFileCannotBeRead() throws IOException {
        Path foreign = Files.createDirectories(directory.resolve("foreign"));
        Files.writeString(foreign.resolve("snapshot.bin"), "nothing of the kind");
        Path newer = Files.createDirectories(directory.resolve("newer"));
        byte[] bytes = Files.readAllBytes(directory.resolve("data/snapshot.bin"));
        bytes[8] = 99;
        Files.write(newer.resolve("snapshot.bin"), bytes);

        CommandRun absent = Place.in(directory).run("profile", BTC, "--data", "absent");
        CommandRun other = Place.in(directory).run("profile", BTC, "--data", "foreign");
        CommandRun later = Place.in(directory).run("profile", BTC, "--data", "newer");

        assertThat(absent.exitCode()).isEqualTo(66);
        assertThat(absent.err()).contains("no such file");
        assertThat(other.exitCode()).isEqualTo(65);
        assertThat(other.err()).contains("no snapshot file");
        assertThat(later.exitCode()).isEqualTo(65);
        assertThat(later.err()).contains("version 99");
    }

    @Test
    void shouldNotMixAnEngineWithARecording() {
        String recording = CommandRun.sampleRecording().toString();

        assertThat(profile("--recording", recording).err())
                .contains("--data and --recording exclude each other");
        assertThat(profile("--venue", "bybit-linear").err())
                .contains("--venue belongs to --recording");
        CommandRun unknown = Place.in(directory).run("profile", "mars:BTC", "--recording",
                recording);
        assertThat(unknown.err()).contains("unknown venue 'mars'");
        assertThat(unknown.exitCode()).isEqualTo(2);
    }

    @Test
    void shouldWatchUntilItIsInterrupted() {
        Place place = Place.in(directory).withTerminal(Terminal.of(true, 80, 24,
                Map.of("NO_COLOR", "1"), StandardCharsets.UTF_8));
        place.interruption().request();

        CommandRun run = place.run("profile", BTC, "--data", "data", "--watch");

        assertThat(run.exitCode()).as(run.err()).isZero();
        String picture = run.out().substring(0, run.out().indexOf("\033[J"));
        assertThat(picture).startsWith("\033[?1049h").contains(BTC).contains("POC ");
        assertThat(picture.lines()).hasSizeLessThanOrEqualTo(24);
        assertThat(run.out()).contains("\033[?1049l");
    }

    @Test
    void shouldWatchAsLinesOfJson() {
        Place place = Place.in(directory);
        place.interruption().request();

        CommandRun run = place.run("profile", BTC, "--data", "data", "--watch", "--json");
        CommandRun nobody = place.run("profile", BTC, "--data", "nobody", "--watch", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo(profile("--json").out());
        assertThat(nobody.exitCode()).isZero();
        assertThat(nobody.out()).startsWith("{\"instrument\":\"" + BTC
                + "\",\"timeframe\":\"1h\",\"problem\":\"").contains("no such file")
                .endsWith("\"}\n").hasLineCount(1);
    }

    @Test
    void shouldFollowTheNextRunAndWaitForTheFirst() throws Exception {
        Path data = Files.createDirectories(directory.resolve("runs"));
        ProfileDrawing drawing = new ProfileDrawing(80, 24, 0, new Ink(Terminal.Colors.NONE),
                Glyphs.UNICODE);
        try (WatchedWindow watched = new WatchedWindow(shell(), data.resolve("snapshot.bin"), BTC,
                ProfileWishes.plain(Timeframe.H1, null))) {
            SteadyPrices prices = new SteadyPrices();
            assertThat(watched.lines(drawing, prices)).anyMatch(line -> line.contains("no such"));
            replayInto("runs", "2026-01-05T14:05:00Z");
            long first = watched.read().window().bar().trades();
            replayInto("runs", "2026-01-05T14:10:00Z");
            long second = watched.read().window().bar().trades();

            assertThat(watched.lines(drawing, prices)).anyMatch(line -> line.contains("POC"));
            assertThat(second).isGreaterThan(first);
        }
    }

    @Test
    void shouldWatchNothingButTheNewestWindowOfAnEngine() {
        assertThat(profile("--watch", "--start", "0").err()).contains("does not go with --start");
        CommandRun run = Place.in(directory).run("profile", BTC, "--watch", "--recording",
                CommandRun.sampleRecording().toString());
        assertThat(run.err()).contains("does not go with --recording");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private static void replayInto(String data, String to) {
        CommandRun run = Place.in(directory).run("replay", "--recording",
                CommandRun.sampleRecording().toString(), "--venue", "bybit-linear",
                "--instruments", CommandRun.sampleInstruments().toString(), "--data", data,
                "--to", to, "--quiet");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static Shell shell() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Terminal none = Terminal.none(Map.of(), StandardCharsets.UTF_8);
        return new Shell(nowhere, nowhere, none, none, Map.of(), directory, directory,
                () -> CommandRun.NOW_MS, () -> 0, new Interruption());
    }

    private static CommandRun profile(String... more) {
        List<String> args = new ArrayList<>(List.of("profile", BTC, "--data", "data"));
        args.addAll(List.of(more));
        return Place.in(directory).run(args.toArray(String[]::new));
    }

    /** The newest window of the timeframe, by column. */
    private static Map<String, String> exportedWindow(String timeframe) throws IOException {
        return exportedWindows(timeframe).getLast();
    }

    private static List<Map<String, String>> exportedWindows(String timeframe)
            throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve("out/windows.csv"));
        List<String> columns = List.of(lines.getFirst().split(",", -1));
        List<Map<String, String>> windows = new ArrayList<>();
        for (String line : lines) {
            List<String> cells = List.of(line.split(",", -1));
            if (cells.get(0).equals(BTC) && cells.get(1).equals(timeframe)) {
                Map<String, String> window = new HashMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    window.put(columns.get(i), cells.get(i));
                }
                windows.add(window);
            }
        }
        assertThat(windows).isNotEmpty();
        return windows;
    }

    /** A pattern for a number as people read it. */
    private static String figure(String number, boolean signed) {
        BigDecimal value = new BigDecimal(number);
        String sign = signed && value.signum() > 0 ? "\\+" : "";
        return sign + Figures.grouped(value).replace(".", "\\.") + "(\\.0)?\\b";
    }
}
