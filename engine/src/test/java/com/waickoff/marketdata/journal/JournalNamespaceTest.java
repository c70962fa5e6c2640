package com.waickoff.marketdata.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a container every life of the engine has the same process id. */
class JournalNamespaceTest {
    private static final List<String> CONTAINER = List.of("unshare", "--fork", "--pid",
            "--kill-child", "--mount-proc");
    private static final int LIVES = 3;

    @TempDir
    private Path directory;

    @Test
    void shouldGoOnAfterAKillUnderTheSameProcessId() throws Exception {
        assumeTrue(canUnshare(), "no process namespace may be made here");
        Path journal = directory.resolve("journal");
        Path saidPath = directory.resolve("said");
        Path engineLog = directory.resolve("engine.log");
        MappedByteBuffer said = KilledEngine.map(saidPath);
        for (int life = 0; life < LIVES; life++) {
            long before = said.getLong(0);
            Process container = Tape.start(CONTAINER, engineLog, KilledEngine.class, journal,
                    saidPath);
            while (said.getLong(0) == before && container.isAlive()) {
                Thread.sleep(1);
            }
            assertThat(container.isAlive()).as(() -> "the container lives: " + log(engineLog))
                    .isTrue();
            assertThat(Files.readString(journal.resolve("journal.lock"))).isEqualTo("1");
            // The engine alone: the container ends when it has buried it, and with it go its locks.
            container.descendants().forEach(ProcessHandle::destroyForcibly);
            container.waitFor();
        }

        JournalReport report = JournalVerifier.verify(journal);
        assertThat(report.problems()).isEmpty();
        assertThat(report.last()).isGreaterThanOrEqualTo(said.getLong(0));
    }

    private static String log(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    private static boolean canUnshare() throws InterruptedException {
        List<String> command = new ArrayList<>(CONTAINER);
        command.add("true");
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
