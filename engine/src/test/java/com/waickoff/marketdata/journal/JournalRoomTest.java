package com.waickoff.marketdata.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.status.Counter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Room on the disk: there before it is needed, and what happens where it is not. */
class JournalRoomTest {
    private static final long T = Tape.MIDNIGHT_NS;
    private static final long FIVE_MINUTES_NS = TimeUnit.MINUTES.toNanos(5);
    private static final int BLOCK = JournalConfig.MIN_BLOCK_LENGTH;
    private static final long PLENTY = 1L << 40;

    @TempDir
    private Path directory;

    @Test
    void shouldReserveTheNextBlockAndTheNextFileBeforeTheyAreNeeded() throws IOException {
        LimitedDisk disk = new LimitedDisk(PLENTY);
        try (Tape.Writer writer = new Tape.Writer(open(disk))) {
            writer.trades(0, T, 2);
            assertThat(((Journal) writer.journal).reserveAhead()).isTrue();

            assertThat(disk.reservedEnds.get("20261121-0000V.cq4")).isGreaterThan(2L * BLOCK);
            assertThat(disk.reservedEnds.get("20261121-0005V.precreated")).isEqualTo(BLOCK);

            // From here on there is nothing to be had, and nothing is asked for.
            disk.freeBytes = 0;
            fillBlock(writer, T);
            writer.trades(0, T + FIVE_MINUTES_NS, 2);
            assertThat(directory.resolve("tape/20261121-0005V.cq4")).exists();
            assertThat(directory.resolve("tape/20261121-0005V.precreated")).doesNotExist();
        }

        assertThat(JournalVerifier.verify(directory).problems()).isEmpty();
        try (var left = Files.list(directory.resolve("tape"))) {
            assertThat(left).noneMatch(file -> file.toString().endsWith(".precreated"));
        }
    }

    @Test
    void shouldForgetAPreparedFileThatAKilledEngineLeft() throws IOException {
        try (Tape.Writer writer = new Tape.Writer(open(new LimitedDisk(PLENTY)))) {
            writer.clock(T);
        }
        Path left = Files.createFile(directory.resolve("tape/20261121-0005V.precreated"));
        try (Tape.Writer writer = new Tape.Writer(open(new LimitedDisk(PLENTY)))) {
            assertThat(left).doesNotExist();
            writer.clock(T + 1);
        }
    }

    @Test
    void shouldLeaveOutLevelsAndKeepTradesWhenTheDiskIsFull() {
        LimitedDisk disk = new LimitedDisk(PLENTY);
        long left;
        try (Tape.Writer writer = new Tape.Writer(open(disk))) {
            writer.trades(0, T, 2);
            writer.levels(0, T, 5);
            ((Journal) writer.journal).reserveAhead();
            disk.freeBytes = 0;
            while (!writer.handler.isDepthPaused()) {
                writer.levels(0, T, 1_000);
            }
            writer.trades(0, T, 3);
            writer.levels(0, T, 5);
            left = writer.counters.get(Counter.LEVELS_NOT_JOURNALED);
            assertThat(left).isEqualTo(1_005);
            assertThat(writer.counters.get(Counter.DEPTH_PAUSES)).isEqualTo(1);
            assertThat(((Journal) writer.journal).reserveAhead()).isFalse();

            disk.freeBytes = PLENTY;
            assertThat(((Journal) writer.journal).reserveAhead()).isTrue();
            writer.write(true, event -> Tape.control(event, EventKind.DEPTH_RESUMED, T));
            writer.levels(0, T, 7);
            assertThat(writer.counters.get(Counter.LEVELS_NOT_JOURNALED)).isEqualTo(left);
            assertThat(writer.counters.get(Counter.EVENTS_JOURNALED) + left)
                    .isEqualTo(writer.written.size());
        }

        JournalReport report = JournalVerifier.verify(directory);
        assertThat(report.problems()).isEmpty();
        assertThat(report.leftOut()).isEqualTo(left);
    }

    @Test
    void shouldKnowAfterARestartThatTheDiskWasFull() {
        LimitedDisk disk = new LimitedDisk(PLENTY);
        try (Tape.Writer writer = new Tape.Writer(open(disk))) {
            writer.trades(0, T, 2);
            writer.levels(0, T, 5);
            disk.freeBytes = 0;
            while (!writer.handler.isDepthPaused()) {
                writer.levels(0, T, 1_000);
            }
        }
        try (Tape.Writer writer = new Tape.Writer(open(new LimitedDisk(PLENTY)))) {
            assertThat(((Journal) writer.journal).recovery().loss()).isNull();
            assertThat(writer.handler.isDepthPaused()).isTrue();
        }
    }

    @Test
    void shouldSayWhenThereIsNoRoomForTradesAndLoseNoneThatWasTaken() {
        LimitedDisk disk = new LimitedDisk(4L * BLOCK);
        Tape.Writer writer = new Tape.Writer(open(disk));
        assertThatThrownBy(() -> {
            for (;;) {
                writer.trades(0, T, 500);
            }
        }).isInstanceOf(DiskFullException.class).hasMessageContaining("tape")
                .hasMessageContaining("the disk is full");
        long taken = writer.counters.get(Counter.EVENTS_JOURNALED);
        writer.close();

        assertThat(Tape.read(directory).sequences).hasSize((int) taken).last().isEqualTo(taken);
        assertThat(taken * JournalFormat.TRADE_LENGTH).isGreaterThan(2L * BLOCK);
        try (Tape.Writer again = new Tape.Writer(open(new LimitedDisk(PLENTY)))) {
            assertThat(again.handler.nextSequence()).isEqualTo(taken + 1);
            again.trades(0, T, 2);
        }
        assertThat(JournalVerifier.verify(directory).problems()).isEmpty();
    }

    @Test
    void shouldGoOnWhereNothingCanBeReserved() {
        LimitedDisk disk = new LimitedDisk(0);
        disk.canReserve = false;
        try (Tape.Writer writer = new Tape.Writer(open(disk))) {
            fillBlock(writer, T);
            assertThat(((Journal) writer.journal).reserveAhead()).isTrue();
            fillBlock(writer, T + FIVE_MINUTES_NS);
        }

        assertThat(JournalVerifier.verify(directory).problems()).isEmpty();
    }

    /** More trades than fit in one block. */
    private static void fillBlock(Tape.Writer writer, long receiveTimeNs) {
        for (int bytes = 0; bytes < BLOCK + BLOCK / 4; bytes += 1_000
                * JournalFormat.TRADE_LENGTH) {
            writer.trades(0, receiveTimeNs, 1_000);
        }
    }

    private Journal open(BlockSource disk) {
        return Journal.open(directory, KilledEngine.CONFIG, () -> T, disk);
    }
}
