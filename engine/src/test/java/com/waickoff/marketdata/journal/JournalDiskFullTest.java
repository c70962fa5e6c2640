package com.waickoff.marketdata.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.waickoff.marketdata.status.Counter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that really is full: a small file system in memory, where mounting one is allowed. */
class JournalDiskFullTest {
    private static final long T = Tape.MIDNIGHT_NS;

    @TempDir
    private Path directory;
    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", disk.toString()),
                "no file system may be mounted here");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void shouldStillWriteWhatItHasReservedAndThenSayThatTheDiskIsFull() throws IOException {
        long before = usable();
        Tape.Writer writer = new Tape.Writer(KilledEngine.open(disk.resolve("journal")));
        writer.define(Tape.instrument(0, "BTCUSDT"), T);
        writer.levels(0, T, 4);
        assertThat(((Journal) writer.journal).reserveAhead()).isTrue();
        // Two files with two blocks ahead each, and a prepared one each.
        assertThat(before - usable()).isBetween(6L * JournalConfig.MIN_BLOCK_LENGTH,
                9L * JournalConfig.MIN_BLOCK_LENGTH);
        fill();
        assertThat(usable()).isZero();

        long bytes = writer.counters.get(Counter.JOURNAL_BYTES);
        assertThatThrownBy(() -> {
            for (;;) {
                writer.trades(0, T, 100);
            }
        }).isInstanceOf(DiskFullException.class);
        assertThat(writer.counters.get(Counter.JOURNAL_BYTES) - bytes)
                .isGreaterThan(3L * JournalConfig.MIN_BLOCK_LENGTH / 2);
        long taken = writer.counters.get(Counter.EVENTS_JOURNALED);
        writer.close();

        Path journal = disk.resolve("journal");
        assertThat(Tape.read(journal).sequences).hasSize((int) taken);
        assertThat(JournalVerifier.verify(journal).problems()).isEmpty();
        Files.delete(disk.resolve("filler"));
        try (Tape.Writer again = new Tape.Writer(KilledEngine.open(journal))) {
            assertThat(again.handler.nextSequence()).isEqualTo(taken + 1);
            again.trades(0, T, 100);
        }
        assertThat(JournalVerifier.verify(journal).problems()).isEmpty();
    }

    @Test
    void shouldGiveBackWhatItDidNotNeed() throws IOException {
        long before = usable();
        try (Tape.Writer writer = new Tape.Writer(KilledEngine.open(disk.resolve("journal")))) {
            writer.trades(0, T, 2);
            writer.levels(0, T, 2);
            assertThat(((Journal) writer.journal).reserveAhead()).isTrue();
            writer.trades(0, T + TimeUnit.HOURS.toNanos(1), 2);
            assertThat(((Journal) writer.journal).reserveAhead()).isTrue();
        }

        assertThat(before - usable()).isLessThan(JournalConfig.MIN_BLOCK_LENGTH);
    }

    private long usable() throws IOException {
        return Files.getFileStore(disk).getUsableSpace();
    }

    private void fill() throws IOException {
        byte[] page = new byte[4096];
        try (OutputStream filler = Files.newOutputStream(disk.resolve("filler"))) {
            while (usable() > 0) {
                filler.write(page);
            }
        }
    }

    private static boolean run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
