package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.cli.CommandRun.Place;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.InstrumentSections;
import com.waickoff.marketdata.snapshot.SnapshotConfig;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import com.waickoff.marketdata.snapshot.TapeState;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.status.InstrumentState;
import com.waickoff.marketdata.status.StatusWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthCommandTest {
    private static final long NS_PER_MS = 1_000_000L;
    private static final long NOW_NS = CommandRun.NOW_MS * NS_PER_MS;
    /** Of this process, which is there, or of one that cannot be. */
    private static final Run ALIVE = new Run(7, NOW_NS - 3_600_000 * NS_PER_MS,
            ProcessHandle.current().pid());
    private static final Run DEAD = new Run(7, NOW_NS, Long.MAX_VALUE);

    @TempDir
    Path directory;
    private StatusWriter status;
    private SnapshotWriter snapshot;

    @BeforeEach
    void setUp() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        open(ALIVE);
        status.feed("bybit-linear").state(FeedState.LIVE, NOW_NS, 1, "");
    }

    private void open(Run run) throws IOException {
        status = StatusWriter.create(directory.resolve("data/status.bin"), run, () -> NOW_NS);
        status.heartbeat(NOW_NS - 100 * NS_PER_MS);
        snapshot = SnapshotWriter.create(directory.resolve("data/snapshot.bin"),
                new SnapshotConfig(4, 64, 50, 8), run);
    }

    @AfterEach
    void tearDown() {
        status.close();
        snapshot.close();
    }

    @Test
    void shouldSayThatAllIsWell() {
        instrument("BTCUSDT", TapeState.LIVE, BookState.SYNCED);
        instrument("OLDUSDT", TapeState.INTERRUPTED, BookState.STALE);

        CommandRun run = health();

        assertThat(run.out()).isEqualTo("healthy: 1 feed live, 1 book synced\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void shouldSayWhatIsWrongWithFeeds() {
        status.feed("binance-spot").state(FeedState.BACKING_OFF, NOW_NS - 12_000 * NS_PER_MS, 3,
                "connection refused");

        assertUnhealthy(health(),
                "feed binance-spot is backing off for 12 s (connection refused)");
        CommandRun alive = Place.in(directory).run("health", "--data", "data", "--alive");
        assertThat(alive.out()).isEqualTo("alive\n");
        assertThat(alive.exitCode()).isZero();
    }

    @Test
    void shouldSayWhichBookIsStale() {
        instrument("BTCUSDT", TapeState.LIVE, BookState.STALE);
        instrument("ETHUSDT", TapeState.LIVE, BookState.REBUILDING);

        assertUnhealthy(health(), "the book of bybit-linear:BTCUSDT is stale;"
                + " the book of bybit-linear:ETHUSDT is rebuilding");
    }

    @Test
    void shouldMissWhatIsConfigured() {
        instrument("BTCUSDT", TapeState.NEVER, BookState.REBUILDING);

        assertUnhealthy(
                health("--set", "feeds.bybit-linear.instruments=BTCUSDT,ETHUSDT"),
                "bybit-linear:BTCUSDT receives nothing, though its feed is live;"
                        + " bybit-linear:ETHUSDT is not known yet: the venue has told nothing of"
                        + " it");
    }

    @Test
    void shouldNameASymbolThatIsNotTradedWithItsNearest() {
        instrument("ETHUSDT", TapeState.LIVE, BookState.SYNCED);
        status.instruments().show("bybit-linear:BTCUSTD", InstrumentState.UNLISTED, NOW_NS,
                "not traded at bybit-linear; nearest: BTCUSDT");

        assertUnhealthy(
                health("--set", "feeds.bybit-linear.instruments=BTCUSTD,ETHUSDT"),
                "bybit-linear:BTCUSTD is unlisted: not traded at bybit-linear; nearest: BTCUSDT");
    }

    @Test
    void shouldOnlyNoteWhatTheVenueHasStoppedAndClocksThatDiffer() {
        instrument("BTCUSDT", TapeState.LIVE, BookState.STALE);
        instrument("ETHUSDT", TapeState.INTERRUPTED, BookState.STALE);
        status.instruments().show("bybit-linear:BTCUSDT", InstrumentState.HALTED, NOW_NS,
                "its status is Settling");
        status.instruments().show("bybit-linear:ETHUSDT", InstrumentState.DELISTED, NOW_NS, "");
        status.clock("bybit-linear").measured(-1_300 * NS_PER_MS, NS_PER_MS, NOW_NS);

        CommandRun run = health("--set", "feeds.bybit-linear.instruments=BTCUSDT,ETHUSDT");

        assertThat(run.out()).isEqualTo("healthy: 1 feed live, 0 books synced; but note: the clock"
                + " of bybit-linear is 1.30 s behind ours; bybit-linear:BTCUSDT is halted: its"
                + " status is Settling; bybit-linear:ETHUSDT is delisted\n");
        assertThat(run.exitCode()).isZero();
        assertThat(health("--set", "feeds.clock-warning-ms=2000").out())
                .doesNotContain("the clock");
    }

    @Test
    void shouldSayThatSomethingIsUnaccountedFor() {
        status.counters("bybit-linear").increment(Counter.FRAMES_RECEIVED);

        assertUnhealthy(health(),
                "not everything received is accounted for: see waickoff stat");
    }

    @Test
    void shouldKnowAnEngineThatDoesNotRun() throws IOException {
        status.heartbeat(NOW_NS - 60_000 * NS_PER_MS);
        assertUnhealthy(health(), "the engine is not running: process " + ALIVE.pid()
                + " gave its last sign of life 1 min 0 s ago");

        status.feed("bybit-linear").state(FeedState.STOPPED, NOW_NS, 1, "");
        assertUnhealthy(health(),
                "the engine was stopped 1 min 0 s ago (process " + ALIVE.pid() + ")");

        tearDown();
        open(DEAD);
        assertUnhealthy(health("--alive"), "the engine is not running: process " + DEAD.pid()
                + " is gone, since 100 ms");
    }

    @Test
    void shouldSayWhatIsWrongWithFiles() throws IOException {
        byte[] bytes = Files.readAllBytes(directory.resolve("data/snapshot.bin"));
        bytes[8] = 99;
        Files.write(directory.resolve("data/other.bin"), bytes);
        Files.move(directory.resolve("data/other.bin"), directory.resolve("data/snapshot.bin"),
                StandardCopyOption.REPLACE_EXISTING);
        CommandRun newer = health();
        assertThat(newer.exitCode()).isEqualTo(1);
        assertThat(newer.out()).startsWith("unhealthy: ").contains("version 99").hasLineCount(1);

        CommandRun absent = Place.in(directory).run("health", "--data", "nowhere");
        assertThat(absent.exitCode()).isEqualTo(1);
        assertThat(absent.out()).startsWith("unhealthy: ").contains("no such file")
                .hasLineCount(1);

        CommandRun wrong = health("--set", "rows.ticks=0");
        assertThat(wrong.exitCode()).isEqualTo(78);
    }

    private CommandRun health(String... more) {
        String[] args = new String[3 + more.length];
        args[0] = "health";
        args[1] = "--data";
        args[2] = "data";
        System.arraycopy(more, 0, args, 3, more.length);
        return Place.in(directory).run(args);
    }

    private static void assertUnhealthy(CommandRun run, String why) {
        assertThat(run.out()).isEqualTo("unhealthy: " + why + '\n');
        assertThat(run.exitCode()).isEqualTo(1);
    }

    private void instrument(String symbol, TapeState tape, BookState book) {
        int id = snapshot.find(0) == null ? 0 : 1;
        InstrumentSections sections = snapshot.define(new SnapshotInstrument(id, "bybit-linear",
                symbol, 1, 1, 5, 100, BigDecimal.ONE, "BTC", "BTC", "USDT", 1));
        sections.coverage().writeTape(tape, NOW_NS, NOW_NS, 1);
        sections.depth().writeState(book, NOW_NS, 1);
    }
}
