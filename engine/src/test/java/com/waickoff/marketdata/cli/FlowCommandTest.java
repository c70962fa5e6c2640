package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.cli.CommandRun.Place;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.Terminal;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowCommandTest {
    private static final String BTC = "bybit-linear:BTCUSDT";
    private static final Pattern COLOR = Pattern.compile("\033\\[[0-9;]*m");

    @TempDir
    static Path directory;

    /** One replay of the sample, whose files these tests read. */
    @BeforeAll
    static void replay() {
        CommandRun run = Place.in(directory).run("replay", "--recording",
                CommandRun.sampleRecording().toString(), "--venue", "bybit-linear",
                "--instruments", CommandRun.sampleInstruments().toString(), "--data", "data",
                "--quiet");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 140, 220})
    void shouldDrawFootprintsBarsAndSignalsInTheWidthThereIs(int width) {
        CommandRun run = flow("--timeframe", "1m", "--width", Integer.toString(width));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.outLines()).allMatch(line -> Shown.width(line) <= width);
        assertThat(run.out()).contains(BTC).contains("sell × buy").contains("CVD")
                .contains("price ").contains("a line is ").contains("STALE");
        assertThat(run.outLines().stream().filter(line -> line.contains(" × ")).count())
                .isGreaterThan(8);
        long panes = Pattern.compile("\\d\\d:\\d\\d (closed|open)").matcher(run.out()).results()
                .count();
        assertThat(panes).isGreaterThanOrEqualTo(width >= 80 ? 2 : 1);
        assertThat(panes).isGreaterThanOrEqualTo(width >= 220 ? 4 : 1);
    }

    @Test
    void shouldTellTheLastSignalsWithInputsAndParameters() {
        CommandRun run = flow("--timeframe", "5m");

        assertThat(run.out()).containsPattern(
                "[0-9:]{8} (buy |sell|    ) [a-z ]+( 1m| 5m| 15m)? at [0-9,.]+:");
        assertThat(run.out()).contains(" by ");
    }

    @Test
    void shouldTakeAHeightOfLines() {
        assertThat(flow("--timeframe", "1m", "--row-ticks", "100").out()).contains("a line is 10");
        assertThat(flow("--timeframe", "1m", "--row-ticks", "1", "--rows", "5").out())
                .contains("a line is 0.1").contains("lines left out");
    }

    @Test
    void shouldDrawTheSameInColours() {
        String bare = flow("--timeframe", "1m", "--color", "never").out();
        String coloured = flow("--timeframe", "1m", "--color", "always").out();

        assertThat(coloured).contains("\033[");
        String first = COLOR.matcher(coloured).replaceAll("").lines().findFirst().orElseThrow();
        assertThat(first).isEqualTo(bare.lines().findFirst().orElseThrow());
    }

    @Test
    void shouldUseNothingButAsciiWhereThatIsAllThereIs() {
        CommandRun run = Place.in(directory)
                .withTerminal(Terminal.none(Map.of(), StandardCharsets.US_ASCII))
                .run("flow", BTC, "--data", "data", "--timeframe", "1m");

        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(run.out())).isTrue();
    }

    @Test
    void shouldPrintJsonThatAddsUp() {
        CommandRun run = flow("--timeframe", "1m", "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines()).hasSize(1);
        Map<String, String> json = new YamlConfigSource("json", run.out()).getProperties();
        BigDecimal delta = BigDecimal.ZERO;
        for (int row = 0; json.containsKey("windows[0].rows[" + row + "].row_low"); row++) {
            String at = "windows[0].rows[" + row + "].";
            delta = delta.add(new BigDecimal(json.get(at + "buy_volume")))
                    .subtract(new BigDecimal(json.get(at + "sell_volume")));
            assertThat(json.get(at + "buy_mark")).isIn("none", "imbalance", "stacked");
        }
        assertThat(delta).isEqualByComparingTo(json.get("windows[0].delta"));
        BigDecimal cumulative = null;
        int bars = 0;
        for (; json.containsKey("bars[" + bars + "].delta"); bars++) {
            BigDecimal cvd = new BigDecimal(json.get("bars[" + bars + "].cvd"));
            if (cumulative != null) {
                assertThat(cvd).isEqualByComparingTo(
                        cumulative.add(new BigDecimal(json.get("bars[" + bars + "].delta"))));
            }
            cumulative = cvd;
        }
        assertThat(bars).isGreaterThan(10);
        assertThat(cumulative).isEqualByComparingTo(json.get("windows[0].cvd"));
        assertThat(json.get("algorithm.parameters.ratio")).isEqualTo("3");
        assertThat(json).containsKeys("windows[0].quality.verdict", "vpin.buckets",
                "speed_of_tape.seconds", "signals[0].kind", "signals[0].id");
    }

    @Test
    void shouldGoOnUntilItIsInterrupted() {
        Interruption interruption = new Interruption();
        interruption.request();
        Place place = Place.in(directory);
        CommandRun run = new Place(place.env(), place.directory(), place.home(), place.terminal(),
                interruption, place.nowMs()).run("flow", BTC, "--data", "data", "--watch");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("sell × buy");
    }

    @Test
    void shouldSayWhatItTakes() {
        assertThat(flow("--row-ticks", "0").err()).contains("allowed is 1 to");
        assertThat(flow("--width", "59").err()).contains("--width is 59, allowed is 60 to 400");
        assertThat(flow("--timeframe", "2h").err()).contains("one of 1m, 5m");
        assertThat(Place.in(directory).run("flow", "bybit-linear:BTCUSDC", "--data", "data").err())
                .contains("no instrument");
    }

    private static CommandRun flow(String... more) {
        List<String> args = new ArrayList<>(List.of("flow", BTC, "--data", "data"));
        args.addAll(List.of(more));
        return Place.in(directory).run(args.toArray(String[]::new));
    }
}
