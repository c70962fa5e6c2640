package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.cli.CommandRun.Place;
import com.waickoff.marketdata.feed.JsonTree;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.report.StatusReport;
import com.waickoff.marketdata.report.StatusReport.Reading;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.status.FeedStatus;
import com.waickoff.marketdata.status.InstrumentState;
import com.waickoff.marketdata.status.Latency;
import com.waickoff.marketdata.status.LatencyRecorder;
import com.waickoff.marketdata.status.StatusReader;
import com.waickoff.marketdata.status.StatusWriter;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Terminal.Colors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatCommandTest {
    private static final long NS_PER_MS = 1_000_000L;
    private static final long START_NS = (CommandRun.NOW_MS - 3_600_000) * NS_PER_MS;

    @TempDir
    Path directory;

    @Test
    void shouldShowARunningEngine() throws IOException {
        try (StatusWriter writer = writer()) {
            fill(writer);

            CommandRun run = Place.in(directory).run("stat", "--data", "data");

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).startsWith("RUNNING  process ").contains("up 1 h 0 min")
                    .contains("frames   10 = 7 decoded + 2 ignored + 1 rejected\n")
                    .contains("events   1,000 published, 1,000 journaled\n")
                    .containsPattern("bybit-linear +live +1 min 0 s ago +200 ms ago +4")
                    .containsPattern("bybit-linear +frames_received +10 +-\n")
                    .containsPattern("journal_append +journal +0 +- +- +- +-\n")
                    .containsPattern("rejected_malformed +bybit-linear +1 +0 µs ago +0 µs ago"
                            + " +no text at all");
        }
    }

    @Test
    void shouldShowInstrumentsThatAreNotTradedAndClocks() throws IOException {
        try (StatusWriter writer = writer()) {
            fill(writer);
            writer.instruments().show("bybit-linear:BTCUSTD", InstrumentState.UNLISTED,
                    START_NS, "not traded at bybit-linear; nearest: BTCUSDT");
            writer.instruments().show("bybit-linear:ETHUSDT", InstrumentState.HALTED, START_NS,
                    "");
            writer.instruments().show("bybit-linear:ETHUSDT", InstrumentState.TRADING, START_NS,
                    "");
            writer.clock("bybit-linear").measured(12 * NS_PER_MS, 8 * NS_PER_MS, START_NS);

            String out = Place.in(directory).run("stat", "--data", "data").out();
            assertThat(out).containsPattern("bybit-linear +live .* \\+12[.0]* ms ±4[.0]* ms")
                    .containsPattern("bybit-linear:BTCUSTD +unlisted +1 h 0 min ago +not traded at"
                            + " bybit-linear; nearest: BTCUSDT")
                    .doesNotContain("ETHUSDT");

            CommandRun json = Place.in(directory).run("stat", "--data", "data", "--json");
            assertThat(json.exitCode()).isZero();
            assertThat(json.out()).hasLineCount(1).startsWith("{\"running\":true,")
                    .contains("\"clock\":{\"offset_ns\":12000000,\"round_trip_ns\":8000000,"
                            + "\"measured_ms\":" + START_NS / NS_PER_MS + "}}")
                    .contains("{\"name\":\"bybit-linear:BTCUSTD\",\"state\":\"unlisted\",")
                    .contains("\"bybit-linear\":{\"frames_received\":10,");
            assertThat(JsonTree.parse(json.out().strip())).isNotNull();
            assertThat(Place.in(directory).run("stat", "--data", "data", "--json", "--watch")
                    .exitCode()).isEqualTo(2);
        }
    }

    @Test
    void shouldSayThatAnEngineHasStopped() throws IOException {
        try (StatusWriter writer = writer()) {
            fill(writer);
            writer.heartbeat((CommandRun.NOW_MS - 600_000) * NS_PER_MS);
        }

        CommandRun run = Place.in(directory).run("stat", "--data", "data");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).startsWith("NOT RUNNING  process ")
                .contains("last sign of life 10 min 0 s ago")
                .containsPattern("latency +of +count +p50 +p99 +p99.9 +max")
                .containsPattern("journal_append +journal +2 +1\\.[0-9]+ µs .* +40");
    }

    @Test
    void shouldSayWhatIsUnaccountedFor() throws IOException {
        try (StatusWriter writer = writer()) {
            fill(writer);
            writer.counters("binance-spot").add(Counter.FRAMES_RECEIVED, 5);
        }

        CommandRun run = Place.in(directory).run("stat", "--data", "data");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("frames   15 = 7 decoded + 2 ignored + 1 rejected, 5"
                + " UNACCOUNTED FOR");
    }

    @Test
    void shouldNotTakeWhatIsOnItsWayForLost() throws IOException {
        try (StatusWriter writer = writer()) {
            CounterBlock counters = writer.counters("feed");
            counters.add(Counter.FRAMES_RECEIVED, 3);
            Reading before = reading();
            counters.add(Counter.FRAMES_RECEIVED, 2);
            counters.add(Counter.FRAMES_DECODED, 4);
            Reading now = reading();
            Reading same = reading();

            StatusReport moving = new StatusReport(new Ink(Colors.NONE), now, before);
            StatusReport stuck = new StatusReport(new Ink(Colors.NONE), same, now);

            assertThat(moving.isConserved()).isTrue();
            assertThat(moving.lines()).anyMatch(line -> line.endsWith(", 1 on their way"));
            assertThat(stuck.isConserved()).isFalse();
            assertThat(stuck.lines()).anyMatch(line -> line.endsWith(", 1 UNACCOUNTED FOR"));
        }
    }

    @Test
    void shouldTakeRatesBetweenReadings() throws IOException {
        try (StatusWriter writer = writer()) {
            CounterBlock counters = writer.counters("feed");
            counters.add(Counter.FRAMES_RECEIVED, 100);
            counters.add(Counter.FRAMES_DECODED, 100);
            Reading before = reading(CommandRun.NOW_MS - 2000);
            counters.add(Counter.FRAMES_RECEIVED, 5000);
            counters.add(Counter.FRAMES_DECODED, 5000);
            Reading now = reading();

            List<String> lines = new StatusReport(new Ink(Colors.NONE), now, before).lines();

            assertThat(lines).anyMatch(
                    line -> line.matches("feed +frames_received +5,100 +2\\.50 k"));
        }
    }

    @Test
    void shouldWatchUntilItIsInterrupted() throws IOException {
        try (StatusWriter writer = writer()) {
            fill(writer);
            Place place = Place.in(directory);
            place.interruption().request();

            CommandRun run = place.run("stat", "--data", "data", "--watch");

            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).startsWith("RUNNING").containsOnlyOnce("RUNNING");
        }
    }

    @Test
    void shouldSayWhyThereIsNothingToShow() throws IOException {
        Path foreign = Files.createDirectories(directory.resolve("foreign"));
        Files.writeString(foreign.resolve("status.bin"), "nothing of the kind, whatever it is");
        writer().close();
        byte[] bytes = Files.readAllBytes(directory.resolve("data/status.bin"));
        bytes[8] = 99;
        Files.write(Files.createDirectories(directory.resolve("newer")).resolve("status.bin"),
                bytes);

        CommandRun absent = Place.in(directory).run("stat", "--data", "nowhere");
        CommandRun other = Place.in(directory).run("stat", "--data", "foreign");
        CommandRun newer = Place.in(directory).run("stat", "--data", "newer");

        assertThat(absent.exitCode()).isEqualTo(66);
        assertThat(absent.err()).contains("no such file").contains("was it started?");
        assertThat(other.exitCode()).isEqualTo(65);
        assertThat(other.err()).contains("no status file");
        assertThat(newer.exitCode()).isEqualTo(65);
        assertThat(newer.err()).contains("version 99");
    }

    private StatusWriter writer() throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        StatusWriter writer = StatusWriter.create(data.resolve("status.bin"),
                new Run(7, START_NS, 4711), () -> CommandRun.NOW_MS * NS_PER_MS);
        writer.heartbeat((CommandRun.NOW_MS - 500) * NS_PER_MS);
        return writer;
    }

    private static void fill(StatusWriter writer) {
        CounterBlock counters = writer.counters("bybit-linear");
        counters.add(Counter.FRAMES_RECEIVED, 10);
        counters.add(Counter.FRAMES_DECODED, 7);
        counters.add(Counter.IGNORED_ACK, 2);
        counters.add(Counter.REJECTED_MALFORMED, 1);
        counters.add(Counter.EVENTS_PUBLISHED, 1000);
        writer.counters("journal").add(Counter.EVENTS_JOURNALED, 1000);
        FeedStatus feed = writer.feed("bybit-linear");
        feed.state(FeedState.LIVE, (CommandRun.NOW_MS - 60_000) * NS_PER_MS, 4, "");
        feed.frame((CommandRun.NOW_MS - 200) * NS_PER_MS);
        LatencyRecorder latency = writer.latency("journal", Latency.JOURNAL_APPEND);
        latency.record(1_000);
        latency.record(40_000);
        writer.errors().record("bybit-linear", "rejected_malformed", "no text at all");
    }

    private Reading reading() throws IOException {
        return reading(CommandRun.NOW_MS);
    }

    private Reading reading(long nowMs) throws IOException {
        try (StatusReader reader = StatusReader.open(directory.resolve("data/status.bin"))) {
            return Reading.of(reader, nowMs);
        }
    }
}
