package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.cli.CommandRun.Place;
import com.waickoff.marketdata.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"replay", "profile", "flow", "stat", "journal", "journal list",
            "journal verify", "journal dump", "journal prune", "journal salvage",
            "check-config", "version"})
    void shouldExplainEveryCommand(String command) {
        String[] args = (command + " --help").split(" ");

        CommandRun help = Place.in(directory).run(args);

        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).contains("Usage: waickoff " + command).contains("Options:")
                .contains("--help").contains("Examples:\n  waickoff " + command);
        assertThat(help.outLines()).allMatch(line -> line.length() <= 80, "fits 80 columns");
    }

    @Test
    void shouldListAllCommands() {
        CommandRun help = Place.in(directory).run("--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("replay").contains("profile").contains("stat")
                .contains("journal").contains("check-config").contains("version");
    }

    @ParameterizedTest
    @CsvSource({"replay, 16", "profile, 18", "demo, 5", "stat, 2"})
    void shouldSayTheDefaultOfOptionsThatTakeAValue(String command, int options) {
        String help = Place.in(directory).run(command, "--help").out().replaceAll("\\s+", " ");

        assertThat(help.split("Default: ", -1)).as(command).hasSize(options + 1);
        assertThat(help).doesNotContain("${");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            repaly                     | unknown command 'repaly'; did you mean replay?
            check                      | unknown command 'check'; did you mean check-config?
            zzzzzzzz                   | unknown command 'zzzzzzzz'
            journal verfy              | journal: unknown command 'verfy'; did you mean verify?
            version --verbose          | version: unknown option '--verbose'
            stat --wacth               | stat: unknown option '--wacth'; did you mean --watch?
            replay --recordng=x        | unknown option '--recordng'; did you mean --recording?
            profile                    | profile: missing INSTRUMENT
            profile a:B c:D            | profile: unknown argument 'c:D'
            profile a:B --rows many    | 'many' is no value for --rows: it takes a whole number
            profile a:B --width 59     | --width is 59, allowed is 60 to 400
            profile a:B --timeframe 2h | --timeframe 2h: one of 1m, 5m, 15m, 1h, 4h, 1d
            profile a:B --color blue   | --color blue: one of auto, always, never
            profile BTCUSDT            | 'BTCUSDT' is no instrument: it takes venue:SYMBOL
            stat --data                | stat: missing
            check-config --set rows    | --set rows: it takes key=value
            journal                    | journal: do what with it?
            """)
    void shouldSayWhatIsWrongWithACommandLine(String commandLine, String complaint) {
        CommandRun run = Place.in(directory).run(commandLine.split(" +"));

        assertThat(run.err()).contains(complaint).startsWith("waickoff: ")
                .doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void shouldAskForACommandWhereThereIsNone() {
        CommandRun run = Place.in(directory).run();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("which command?").contains("waickoff --help");
    }

    @Test
    void shouldShowVersionsOfProgramAndFormats() {
        CommandRun run = Place.in(directory).run("version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsPattern("waickoff +[0-9]+\\.[0-9]+")
                .contains("java").containsPattern("journal format +1")
                .containsPattern("checkpoint format +1").containsPattern("snapshot format +2\\.0")
                .containsPattern("status format +1\\.2").doesNotContain("$");
    }

    @Test
    void shouldShowTracesOnlyWhereTheyAreAskedFor() {
        Place place = Place.in(directory);

        CommandRun plain = place.run("stat", "--data", "nowhere");
        CommandRun debug = place.run("stat", "--data", "nowhere", "--debug");

        assertThat(plain.exitCode()).isEqualTo(66);
        assertThat(plain.err()).doesNotContain("    at ").hasLineCount(1);
        assertThat(debug.exitCode()).isEqualTo(66);
        assertThat(debug.err()).startsWith(plain.err()).contains("    at com.waickoff");
    }

    @Test
    void shouldNotLetWhatItRepeatsSteerTheTerminal() {
        CommandRun run = Place.in(directory).run("profile", "a:B\033[2Jc", "--timeframe", "\0071h");

        assertThat(run.err()).doesNotContain("\033").doesNotContain("\007").contains("?1h");
    }

    @Test
    void shouldColorHelpOnTerminalsThatWantIt() {
        Place place = Place.in(directory);
        Terminal colored = Terminal.of(true, 80, 24, Map.of("TERM", "xterm"),
                StandardCharsets.UTF_8);
        Terminal plain = Terminal.of(true, 80, 24, Map.of("TERM", "xterm", "NO_COLOR", "1"),
                StandardCharsets.UTF_8);

        assertThat(place.withTerminal(colored).run("--help").out()).contains("\033[");
        assertThat(place.withTerminal(plain).run("--help").out()).doesNotContain("\033");
    }
}
