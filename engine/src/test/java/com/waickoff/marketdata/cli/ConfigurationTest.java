package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.cli.CommandRun.Place;
import com.waickoff.marketdata.config.ConfigFile;
import com.waickoff.marketdata.config.Setting;
import com.waickoff.marketdata.config.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
    @TempDir
    Path directory;
    Place place;

    @BeforeEach
    void setUp() {
        place = Place.in(directory);
    }

    @Test
    void shouldRunOnDefaultsWithoutAFile() {
        CommandRun run = place.run("check-config");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).containsPattern("service.name +waickoff +default")
                .containsPattern("ai.enabled +false +default")
                .containsPattern("dashboard.url +default")
                .containsPattern("threads +(inline|fused|staged): .* this machine has [0-9]+ core")
                .containsPattern("memory, ring +[0-9.]+ MiB")
                .containsPattern("memory, heap +[0-9]+ MiB needed for all 64 instruments");
    }

    @Test
    void shouldShowAsMuchOfThePastAsAFileCanHold() {
        CommandRun few = place.run("check-config");
        CommandRun many = place.run("check-config", "--set", "instruments.capacity=1562", "--set",
                "history.bars-1d=365");

        assertThat(few.out()).containsPattern("history +closed bars 1m 1440 5m 576 15m 384 1h 336"
                + " 4h 180 1d 90; rows of closed windows 128 KiB a timeframe; 256 signals");
        assertThat(many.exitCode()).isZero();
        assertThat(many.out()).containsPattern("history +closed bars 1m [4-9][0-9]{2} .* 1d 365;")
                .containsPattern(
                        "snapshot file +1\\.[0-9]+ MiB for each .*, (1\\.9[0-9]*|2\\.00) GiB in all")
                .containsPattern("memory, in all +[0-9.]+ MiB for each instrument, [0-9.]+ GiB");
    }

    @Test
    void shouldTakeTheStrongestSource() throws IOException {
        write("config/waickoff.yaml", """
                rows:
                  ticks: 2
                  capacity: 4096
                windows: {lateness-ms: 3000}
                pipeline:
                  threads: fused
                """);
        Place withEnv = place.withEnv(Map.of("WAICKOFF_ROWS_CAPACITY", "8192",
                "WAICKOFF_WINDOWS_LATENESS_MS", "4_000", "WAICKOFF_PIPELINE_IDLE", ""));

        CommandRun run = withEnv.run("check-config", "--set", "windows.lateness-ms=5000");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsPattern("rows.ticks +2 +config/waickoff.yaml:2\n")
                .containsPattern("rows.capacity +8192 +WAICKOFF_ROWS_CAPACITY\n")
                .containsPattern("windows.lateness-ms +5000 +--set\n")
                .containsPattern("pipeline.threads +fused +config/waickoff.yaml:6\n")
                .containsPattern("pipeline.idle +sleeping +default\n")
                .contains("one thread for the feed, one for journal and studies");
    }

    @Test
    void shouldSayAllProblemsAtOnce() throws IOException {
        write("bad.yaml", """
                rows:
                  ticks: 0
                  capcity: 64
                pipeline:
                  slots: 5000
                  threads: many
                ai:
                  enabled: true
                dashboard:
                  url: http://localhost
                windows:
                  lateness-ms: soon
                service:
                  name: "a b"
                coverage:
                  intervals: 99999999999999999999
                """);

        CommandRun run = place.withEnv(Map.of("WAICKOFF_INSTRUMENTS_CAPACITY", "0"))
                .run("check-config", "--config", "bad.yaml", "--set", "nonsense=1");

        assertThat(run.exitCode()).isEqualTo(78);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().map(String::strip)).contains(
                "waickoff: the configuration is wrong, 11 problems:",
                "rows.ticks is 0, allowed is 1 to 1000000 (bad.yaml:2)",
                "rows.capcity is no setting (bad.yaml:3); did you mean rows.capacity?",
                "pipeline.slots is 5000, allowed is a power of two from 4096 to 4194304"
                        + " (bad.yaml:5)",
                "pipeline.threads is many, allowed is one of auto, inline, fused, staged"
                        + " (bad.yaml:6)",
                "ai.enabled is true, allowed is false, because this version has nothing to enable"
                        + " (bad.yaml:8)",
                "dashboard.url is http://localhost, allowed is nothing, because this version has"
                        + " no dashboard (bad.yaml:10)",
                "windows.lateness-ms is soon, allowed is 0 to 60000 (bad.yaml:12)",
                "service.name is a b, allowed is 1 to 64 letters, digits, dots, dashes and"
                        + " underscores (bad.yaml:14)",
                "coverage.intervals is 99999999999999999999, allowed is 8 to 4095 (bad.yaml:16)",
                "instruments.capacity is 0, allowed is auto, or 1 to 4096"
                        + " (WAICKOFF_INSTRUMENTS_CAPACITY)",
                "nonsense is no setting (--set)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rows.ticks=1000001        | allowed is 1 to 1000000
            rows.ticks=1.5            | rows.ticks is 1.5, allowed is 1 to 1000000
            rows.capacity=100         | allowed is a power of two from 64 to 65536
            rows.history-ms=-1        | allowed is 0 to 604800000
            journal.block-bytes=1000  | allowed is a power of two from 2097152 to 268435456
            journal.tape-cycle=week   | allowed is one of day, hour, five-minutes
            depth.far-levels=-1       | allowed is 0 to 1048576
            depth.crossed-updates=0   | allowed is 1 to 1000000
            history.bars-1m=0         | history.bars-1m is 0, allowed is auto, or 1 to 100000
            history.row-bytes=5000    | is auto, or a multiple of 128 from 4096 to 16777216
            history.signals=8         | history.signals is 8, allowed is 16 to 65536
            history.row-bytes=16777216 --set instruments.capacity=4096 | lower one of them, or history.*
            platform.mode=cloud       | allowed is one of standalone, integrated
            data.dir=                 | data.dir is empty, allowed is a directory's path
            depth.min-window-ticks=131072 --set depth.max-window-ticks=4096 | depth.max-window-ticks
            rows.capacity=65536 --set instruments.capacity=4096 | which makes a snapshot file of
            pipeline.threads=stagde   | one of auto, inline, fused, staged; did you mean staged?
            feeds.bybit-linear.instruments=BTC/USDT | feeds.bybit-linear.instruments is BTC/USDT, allowed is symbols as
            feeds.bybit-linear.instruments=*USDT    | so feeds.bybit-linear.most-instruments must say how many
            feeds.bybit-linear.most-instruments=-1  | feeds.bybit-linear.most-instruments is -1, allowed is 0 to 4096
            feeds.bybit-linear.min-turnover-24h=many | min-turnover-24h is many, allowed is 0 to 1000000000000000
            feeds.metadata-refresh-minutes=0        | feeds.metadata-refresh-minutes is 0, allowed is 1 to 1440
            feeds.metadata-refresh=1                | is no setting (--set); did you mean feeds.metadata-refresh-minutes
            feeds.bybit-linear.instrument=BTCUSDT   | (--set); did you mean feeds.bybit-linear.instruments
            feeds.clock-warning-ms=0                | feeds.clock-warning-ms is 0, allowed is 1 to 86400000
            instruments.capacity=2 --set feeds.bybit-spot.instruments=A,B,C | feeds may collect 3 instruments in all
            feeds.bybit-spot.instruments=A,B,C* --set feeds.bybit-spot.most-instruments=1 | is 1, but feeds.bybit-spot
            """)
    void shouldRefuseValuesOutOfRange(String assignments, String complaint) {
        CommandRun run = place.run(("check-config --set " + assignments).split(" "));

        assertThat(run.err()).contains(complaint);
        assertThat(run.exitCode()).isEqualTo(78);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'rows: [1'                     | bad.yaml is not valid YAML at line 1
            'rows:\\n\\t- ticks: 1'        | bad.yaml is not valid YAML at line 2, column 1
            'just text'                    | bad.yaml holds no settings; it is made of lines like
            '- a\\n- b'                    | bad.yaml holds no settings
            'rows:\\n  ticks: 1\\n  ticks: 2' | bad.yaml, line 3: rows.ticks is there already, in line 2
            'rows.ticks: 1\\nrows:\\n  ticks: 1' | bad.yaml, line 3: rows.ticks is there already
            'rows:\\n  ticks: 1\\n---\\nrows:\\n  ticks: 2' | line 3: a second document begins
            'a: !!java.io.File x'          | bad.yaml is not valid YAML at line 1, column 4
            'a: *USDT'                     | column 4; a value that begins with a star stands in quotes
            """)
    void shouldSayWhereAFileIsWrong(String text, String complaint) throws IOException {
        write("bad.yaml", text.replace("\\n", "\n").replace("\\t", "\t"));

        CommandRun run = place.run("check-config", "--config", "bad.yaml");

        assertThat(run.err()).contains(complaint).doesNotContain("snakeyaml");
        assertThat(run.exitCode()).isEqualTo(78);
    }

    @Test
    void shouldSayWhyAFileCannotBeRead() throws IOException {
        Files.write(directory.resolve("latin1.yaml"), new byte[]{'a', ':', ' ', (byte) 0xe9});

        assertThat(place.run("check-config", "--config", "absent.yaml").err())
                .contains("absent.yaml is not there");
        assertThat(place.run("check-config", "--config", ".").err())
                .contains(". is a directory, not a file");
        CommandRun notText = place.run("check-config", "--config", "latin1.yaml");
        assertThat(notText.err()).contains("latin1.yaml is not UTF-8 text");
        assertThat(notText.exitCode()).isEqualTo(78);
    }

    @Test
    void shouldSayWhatPatternsMayComeTo() throws IOException {
        write("many.yaml", """
                feeds:
                  bybit-linear:
                    instruments: [BTCUSDT, "*PERP", ETH*]
                    min-turnover-24h: 5_000_000
                    most-instruments: 200
                """);

        CommandRun run = place.run("check-config", "--config", "many.yaml", "--set",
                "feeds.binance-spot.instruments=BTCUSDT,ETHUSDT");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("BTCUSDT, and what matches *PERP, ETH*, with a turnover of"
                + " at least 5000000 in 24 h, the busiest first, at most 200 in all from wss://")
                .contains("needed for all 252 instruments")
                .containsPattern("feeds.bybit-linear.most-instruments +200 +many.yaml:5\n");
    }

    @Test
    void shouldTakeDottedKeysInTheFile() throws IOException {
        write("dotted.yaml", "rows.ticks: 7\n");

        assertThat(place.run("check-config", "--config", "dotted.yaml").out())
                .containsPattern("rows.ticks +7 +dotted.yaml:1\n");
    }

    @Test
    void shouldRemarkOnVariablesThatAreNoSettings() {
        CommandRun run = place.withEnv(Map.of("WAICKOFF_ROW_TICKS", "5", "WAICKOFF_JAVA_OPTS",
                "-Xmx2g", "WAICKOFF_PORT_80_TCP", "x", "OTHER", "y")).run("check-config");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("environment variable WAICKOFF_ROW_TICKS is not used: it is"
                + " no setting; did you mean WAICKOFF_ROWS_TICKS?")
                .contains("WAICKOFF_PORT_80_TCP").doesNotContain("JAVA_OPTS")
                .doesNotContain("OTHER");
        assertThat(run.out()).contains("the engine gets 2 GiB");
    }

    @Test
    void shouldRefuseAKeyThatIsGivenTwice() {
        CommandRun run = place.run("check-config", "--set", "rows.ticks=1", "--set",
                "rows.ticks=2");

        assertThat(run.exitCode()).isEqualTo(78);
        assertThat(run.err()).contains("rows.ticks is given twice (--set)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"feeds.binance.api-key", "mongodb.password", "redis.secret", "token",
            "private-key.file"})
    void shouldNeverShowASecret(String key) {
        assertThat(Setting.shown(key, "hunter2")).isEqualTo("***");
    }

    @Test
    void shouldHidePasswordsInAddresses() {
        assertThat(Setting.shown("mongodb.url", "mongodb://me:hunter2@host:27017/db"))
                .isEqualTo("mongodb://me:***@host:27017/db");
        assertThat(Setting.shown("rows.key", "monkey")).isEqualTo("monkey");

        CommandRun run = place.run("check-config", "--set", "dashboard.url=http://me:pw1@host");
        assertThat(run.err()).contains("http://me:***@host").doesNotContain("pw1");
    }

    @Test
    void shouldShipAFileThatNamesEverySettingWithItsDefault() throws IOException {
        Path shipped = CommandRun.project().resolve("config").resolve("waickoff.yaml");
        String uncommented = Files.readString(shipped, StandardCharsets.UTF_8)
                .replaceAll("(?m)^( *)#([a-z0-9-]+:)", "$1$2");
        write("all.yaml", uncommented);

        assertThat(place.run("check-config", "--config", shipped.toString()).exitCode()).isZero();
        ConfigFile file = ConfigFile.read(directory.resolve("all.yaml"), "all.yaml");
        assertThat(file.problems()).isEmpty();
        assertThat(file.values().keySet()).containsExactlyInAnyOrderElementsOf(
                Settings.ALL.stream().map(Setting::key).toList());
        for (Setting setting : Settings.ALL) {
            assertThat(file.values().get(setting.key())).as(setting.key())
                    .isEqualTo(setting.defaultText());
            assertThat(setting.problemOf(setting.defaultText())).as(setting.key()).isNull();
        }
    }

    @Test
    void shouldKnowWhatEverySettingIsForAndMayBe() {
        for (Setting setting : Settings.ALL) {
            assertThat(setting.meaning()).as(setting.key()).isNotBlank();
            assertThat(setting.allowed()).as(setting.key()).startsWith("is ");
            assertThat(Settings.find(setting.key())).isSameAs(setting);
        }
        assertThat(Settings.ALL.stream().map(Setting::environmentName)).doesNotHaveDuplicates();
        assertThat(List.of(Settings.ROWS_HISTORY_MS.environmentName()))
                .containsExactly("WAICKOFF_ROWS_HISTORY_MS");
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
