package com.waickoff.marketdata.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.InstrumentCatalogue;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Djournal.kills=500} for a night, {@code -Djournal.seed=…} to repeat one. */
class JournalKillTest {
    private static final int KILLS = Integer.getInteger("journal.kills", 4);
    private static final long FOLLOWED_EVENTS = 200_000;
    private static final long SEED = Long.getLong("journal.seed", 20261121);

    @TempDir
    private Path directory;

    @Test
    void shouldLoseNothingThatWasJournaledBeforeAKill() throws Exception {
        Random random = new Random(SEED);
        Path journalDirectory = directory.resolve("journal");
        Path saidPath = directory.resolve("said");
        MappedByteBuffer said = KilledEngine.map(saidPath);
        long readTo = 1;
        for (int kill = 0; kill < KILLS; kill++) {
            String attempt = "seed " + SEED + ", kill " + kill;
            long before = said.getLong(0);
            Process engine = Tape.start(directory.resolve("engine.log"), KilledEngine.class,
                    journalDirectory, saidPath);
            // Every third one somewhere in its start, the others once they have got going.
            if (kill % 3 == 2) {
                Thread.sleep(random.nextInt(1_500));
            } else {
                awaitProgress(engine, said, before);
                Thread.sleep(random.nextInt(300));
            }
            engine.destroyForcibly().waitFor();

            long acknowledged = said.getLong(0);
            try (Journal journal = KilledEngine.open(journalDirectory)) {
                assertThat(journal.nextSequence()).as(attempt).isGreaterThan(acknowledged);
                assertThat(journal.recovery().loss()).as(attempt).isNull();
                readTo = checkFrom(journal, readTo, attempt);
                assertThat(readTo).as(attempt).isEqualTo(journal.nextSequence());
            }
        }
        JournalReport report = JournalVerifier.verify(journalDirectory);
        assertThat(report.problems()).isEmpty();
        assertThat(report.first()).isEqualTo(1);
        assertThat(report.last()).isEqualTo(readTo - 1);
    }

    @Test
    void shouldFollowAnEngineOfAnotherProcessThroughItsCycles() throws Exception {
        Path journalDirectory = directory.resolve("journal");
        Path saidPath = directory.resolve("said");
        MappedByteBuffer said = KilledEngine.map(saidPath);
        Process engine = Tape.start(directory.resolve("engine.log"), KilledEngine.class,
                journalDirectory, saidPath);
        try {
            awaitProgress(engine, said, 0);
            try (JournalTail tail = JournalTail.open(journalDirectory,
                    new InstrumentCatalogue(8))) {
                while (tail.nextSequence() < FOLLOWED_EVENTS) {
                    long acknowledged = said.getLong(0);
                    // Not up to the end: the engine may be quicker than who reads.
                    while (tail.nextSequence() <= acknowledged) {
                        assertThat(tail.poll(KilledEngine.expecting("following"), 1_000))
                                .isPositive();
                    }
                    assertThat(engine.isAlive()).as("the engine lives; else see engine.log")
                            .isTrue();
                }
            }
            assertThat(JournalDirectory.open(journalDirectory).cycles(JournalQueue.DEPTH))
                    .hasSizeGreaterThan(5);
        } finally {
            engine.destroyForcibly().waitFor();
        }
    }

    /** Checks every event from a sequence on; returns the sequence after the last one. */
    private static long checkFrom(Journal journal, long sequence, String attempt) {
        InstrumentCatalogue catalogue = new InstrumentCatalogue(8);
        try (JournalTail tail = new JournalTail(journal, catalogue)) {
            tail.seek(sequence);
            tail.poll(KilledEngine.expecting(attempt));
            assertThat(catalogue.count()).as(attempt).isEqualTo(journal.nextSequence() > 1 ? 2 : 0);
            return tail.nextSequence();
        }
    }

    private static void awaitProgress(Process engine, MappedByteBuffer said, long before)
            throws InterruptedException {
        while (said.getLong(0) == before && engine.isAlive()) {
            Thread.sleep(1);
        }
        assertThat(engine.isAlive()).as("the engine lives; else see engine.log").isTrue();
    }
}
