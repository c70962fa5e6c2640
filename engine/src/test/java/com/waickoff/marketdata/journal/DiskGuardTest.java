package com.waickoff.marketdata.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.memory.FreeSpace;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.status.DiskLevel;
import com.waickoff.marketdata.status.DiskReading;
import com.waickoff.marketdata.status.DiskStatus;
import com.waickoff.marketdata.status.ErrorLog;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskGuardTest {
    private static final long T = Tape.MIDNIGHT_NS;
    private static final long PLENTY = 1L << 40;
    private static final DiskMarks MARKS = new DiskMarks(1_000, 1_500, 100, 1L << 40);

    @TempDir
    private Path directory;
    private final LimitedDisk blocks = new LimitedDisk(PLENTY);
    private final CounterBlock counters = CounterBlock.onHeap("disk");
    private long free = 10_000;
    private Tape.Writer writer;
    private DiskGuard guard;

    @BeforeEach
    void open() {
        Journal journal = Journal.open(directory, KilledEngine.CONFIG, () -> T, blocks);
        writer = new Tape.Writer(journal);
        guard = new DiskGuard(journal, MARKS, () -> free, DiskStatus.onHeap(), counters, () -> T,
                cap(), cause -> {
                    throw new AssertionError(cause);
                });
    }

    @AfterEach
    void close() {
        guard.close();
        writer.close();
    }

    @Test
    void shouldPauseBelowOneMarkAndResumeAtAHigherOne() {
        assertThat(levelAt(1_000)).isEqualTo(DiskLevel.ENOUGH);
        assertThat(levelAt(999)).isEqualTo(DiskLevel.NO_BOOKS);
        assertThat(levelAt(1_499)).isEqualTo(DiskLevel.NO_BOOKS);
        assertThat(levelAt(1_500)).isEqualTo(DiskLevel.ENOUGH);
        assertThat(levelAt(1_000)).isEqualTo(DiskLevel.ENOUGH);
        assertThat(guard.seen())
                .isEqualTo(new DiskReading(DiskLevel.ENOUGH, 1_000, 1_000, 1_500, 100, T));
        assertThat(counters.get(Counter.RESERVES_REFUSED)).isZero();
    }

    @Test
    void shouldStopForGoodBelowTheLastMark() {
        assertThat(levelAt(100)).isEqualTo(DiskLevel.NO_BOOKS);
        assertThat(levelAt(99)).isEqualTo(DiskLevel.NOTHING);
        assertThat(levelAt(10_000)).isEqualTo(DiskLevel.NOTHING);
    }

    @Test
    void shouldPauseWhereBlocksCannotBeReservedThoughSpaceIsSaidToBeFree() {
        writer.trades(0, T, 2);
        blocks.freeBytes = 0;
        assertThat(levelAt(10_000)).isEqualTo(DiskLevel.NO_BOOKS);
        assertThat(counters.get(Counter.RESERVES_REFUSED)).isEqualTo(1);

        blocks.freeBytes = PLENTY;
        assertThat(levelAt(1_499)).as("not before the mark").isEqualTo(DiskLevel.NO_BOOKS);
        assertThat(levelAt(1_500)).isEqualTo(DiskLevel.ENOUGH);
    }

    @Test
    void shouldHearOfLevelsThatFoundNoRoomBetweenTwoLooks() {
        writer.trades(0, T, 2);
        writer.levels(0, T, 2);
        guard.look();
        blocks.freeBytes = 0;
        while (!writer.handler.isDepthPaused()) {
            writer.levels(0, T, 1_000);
        }
        blocks.freeBytes = PLENTY;

        assertThat(levelAt(10_000)).isEqualTo(DiskLevel.NO_BOOKS);
        writer.write(true, event -> Tape.control(event, EventKind.DEPTH_PAUSED, T));
        assertThat(writer.counters.get(Counter.DEPTH_PAUSES)).isEqualTo(1);
        assertThat(levelAt(10_000)).isEqualTo(DiskLevel.ENOUGH);
        writer.write(true, event -> Tape.control(event, EventKind.DEPTH_RESUMED, T));
        assertThat(writer.handler.isDepthPaused()).isFalse();
        assertThat(JournalVerifier.verify(directory).problems()).isEmpty();
    }

    @Test
    void shouldSayThatFreeSpaceCannotBeTold() {
        try (DiskGuard blind = new DiskGuard((Journal) writer.journal, MARKS, () -> {
            throw new IOException("stale handle");
        }, DiskStatus.onHeap(), counters, () -> T, cap(), cause -> {})) {
            assertThatThrownBy(blind::look).isInstanceOf(JournalException.class)
                    .hasMessageContaining("cannot be told: stale handle");
        }
    }

    /** In one round of several: the compiler may step in, and what it replaces allocates. */
    @Test
    void shouldAllocateNothingForALook() throws IOException {
        writer.trades(0, T, 2);
        try (DiskGuard looking = new DiskGuard((Journal) writer.journal, MARKS,
                FreeSpace.of(directory), DiskStatus.onHeap(), counters, () -> T, cap(),
                cause -> {})) {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 5; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int look = 0; look < 200; look++) {
                    looking.look();
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(least).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 50, 10", "100, 100, 10", "100, 200, 100", "100, 200, 0"})
    void shouldRefuseMarksThatDoNotRise(long pause, long resume, long stop) {
        assertThatThrownBy(() -> new DiskMarks(pause, resume, stop, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("above the one before");
    }

    private DepthCap cap() {
        return new DepthCap(directory, MARKS.booksBytes(), counters, ErrorLog.onHeap(() -> T));
    }

    private DiskLevel levelAt(long freeBytes) {
        free = freeBytes;
        guard.look();
        return guard.level();
    }
}
