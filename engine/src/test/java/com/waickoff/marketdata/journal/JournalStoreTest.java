package com.waickoff.marketdata.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.impl.single.TableStoreWriteLock;
import net.openhft.chronicle.queue.impl.table.Metadata;
import net.openhft.chronicle.queue.impl.table.SingleTableBuilder;
import net.openhft.chronicle.threads.BusyTimedPauser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalStoreTest {
    private static final long T = Tape.MIDNIGHT_NS;

    @TempDir
    private Path directory;

    @Test
    void shouldContinueTheSequenceAfterARestart() {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            assertThat(writer.handler.nextSequence()).isEqualTo(1);
            writer.define(Tape.instrument(0, "BTCUSDT"), T);
            writer.trades(0, T, 3);
            writer.levels(0, T, 4);
        }
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            assertThat(writer.handler.nextSequence()).isEqualTo(9);
            assertThat(writer.catalogue.find("bybit-linear", "BTCUSDT"))
                    .isEqualTo(Tape.instrument(0, "BTCUSDT"));
            writer.levels(0, T, 2);
        }
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            assertThat(writer.handler.nextSequence()).isEqualTo(11);
            writer.clock(T + 1);
        }

        assertThat(Tape.read(directory).sequences).hasSize(11).last().isEqualTo(11L);
    }

    @Test
    void shouldNotGiveAnIdAnotherMeaning() {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            writer.define(Tape.instrument(0, "BTCUSDT"), T);
        }
        InstrumentCatalogue catalogue = new InstrumentCatalogue(4);
        catalogue.define(Tape.instrument(0, "ETHUSDT"));
        try (Journal journal = Tape.open(directory)) {
            assertThatThrownBy(() -> new JournalHandler(journal, catalogue,
                    CounterBlock.onHeap("journal"))).isInstanceOf(JournalException.class)
                    .hasMessageContaining("cannot become bybit-linear:BTCUSDT");
        }
    }

    @Test
    void shouldRepeatDefinitionsAtTheHeadOfEachCycle() throws IOException {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            writer.define(Tape.instrument(0, "BTCUSDT"), T);
            writer.define(Tape.instrument(0, "ETHUSDT"), T);
            writer.trades(0, T, 3);
            // The first of the new day is an update: the head goes before it all the same.
            writer.levels(1, T + Tape.DAY_NS, 4);
            writer.trades(1, T + Tape.DAY_NS, 3);
        }
        Files.delete(directory.resolve("tape/20261121F.cq4"));
        Files.delete(directory.resolve("depth/20261122-00F.cq4"));
        InstrumentCatalogue catalogue = new InstrumentCatalogue(4);
        Tape.Notes notes = new Tape.Notes();
        try (JournalTail tail = new JournalTail(JournalDirectory.open(directory), catalogue,
                (events, place) -> assertThat(events).isEqualTo(new SequenceRange(6, 9)))) {
            tail.poll(notes);
        }

        assertThat(notes.sequences).containsExactly(10L, 11L, 12L);
        assertThat(catalogue.all()).extracting(instrument -> instrument.symbol())
                .containsExactly("BTCUSDT", "ETHUSDT");
    }

    @Test
    void shouldKnowAfterARestartThatLevelsAreLeftOut() {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            writer.levels(0, T, 2);
            writer.write(true, event -> Tape.control(event, EventKind.DEPTH_PAUSED, T));
            writer.levels(0, T, 2);
            writer.clock(T + Tape.DAY_NS);
        }
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            assertThat(((Journal) writer.journal).recovery().loss()).isNull();
            assertThat(writer.handler.isDepthPaused()).isTrue();
            writer.levels(0, T + 2 * Tape.DAY_NS, 2);
            assertThat(writer.counters.get(Counter.LEVELS_NOT_JOURNALED)).isEqualTo(2);
            writer.clock(T + 2 * Tape.DAY_NS);
            writer.write(true,
                    event -> Tape.control(event, EventKind.DEPTH_RESUMED, T + 2 * Tape.DAY_NS));
            writer.levels(0, T + 2 * Tape.DAY_NS, 2);
        }

        assertThat(Tape.read(directory).sequences).containsExactly(1L, 2L, 3L, 6L, 9L, 10L, 11L,
                12L);
        JournalReport report = JournalVerifier.verify(directory);
        assertThat(report.isSound()).isTrue();
        assertThat(report.leftOut()).isEqualTo(4);
    }

    @Test
    void shouldRefuseASecondWriterOfTheSameProcess() {
        try (Journal first = Tape.open(directory)) {
            assertThatThrownBy(() -> Tape.open(directory.resolve("..")
                    .resolve(directory.getFileName())))
                    .isInstanceOf(JournalInUseException.class)
                    .hasMessageContaining("this process");
            assertThat(first.nextSequence()).isEqualTo(1);
        }
        Tape.open(directory).close();
        assertThat(JournalInUseException.EXIT_CODE).isEqualTo(75);
    }

    @Test
    void shouldRefuseASecondWriterOfAnotherProcess() throws Exception {
        Path journalDirectory = directory.resolve("journal");
        Path saidPath = directory.resolve("said");
        MappedByteBuffer said = KilledEngine.map(saidPath);
        Process engine = Tape.start(directory.resolve("engine.log"), KilledEngine.class,
                journalDirectory, saidPath);
        try {
            while (said.getLong(0) == 0 && engine.isAlive()) {
                Thread.sleep(1);
            }

            assertThatThrownBy(() -> KilledEngine.open(journalDirectory))
                    .isInstanceOf(JournalInUseException.class)
                    .hasMessageContaining("process " + engine.pid());
            long before = said.getLong(0);
            while (said.getLong(0) == before && engine.isAlive()) {
                Thread.sleep(1);
            }
            assertThat(engine.isAlive()).isTrue();
        } finally {
            engine.destroyForcibly().waitFor();
        }
        KilledEngine.open(journalDirectory).close();
    }

    @Test
    void shouldOpenAlthoughADeadWriterOfTheSameProcessIdHeldChroniclesLock() {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            writer.clock(T);
            writer.levels(0, T, 1);
        }
        for (JournalQueue queue : JournalQueue.values()) {
            leaveLocked(directory.resolve(queue.directoryName()).resolve("metadata.cq4t"));
        }
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            writer.clock(T + 1);
            writer.levels(0, T, 1);
        }

        assertThat(Tape.read(directory).sequences).hasSize(4);
    }

    @Test
    void shouldOpenAlthoughFilesWereBeingMadeWhenTheWriterDied() throws IOException {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            writer.clock(T);
        }
        // As Chronicle leaves them: marked, and not completed.
        for (String file : List.of("tape/metadata.cq4t", "tape/20261122F.cq4",
                "depth/20261121-00F.cq4")) {
            try (RandomAccessFile access = new RandomAccessFile(
                    directory.resolve(file).toFile(), "rw")) {
                access.write(new byte[]{0, 0, 0, (byte) 0x80});
                access.setLength(100_000);
            }
        }
        assertThat(Tape.read(directory).sequences).containsExactly(1L);
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            assertThat(writer.handler.nextSequence()).isEqualTo(2);
            writer.clock(T + Tape.DAY_NS);
            writer.levels(0, T + Tape.DAY_NS, 1);
        }

        assertThat(Tape.read(directory).sequences).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldNotPutAsideAFileWhoseFirstWordIsDamaged() throws IOException {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            writer.clock(T);
        }
        try (RandomAccessFile access = new RandomAccessFile(
                directory.resolve("tape/20261121F.cq4").toFile(), "rw")) {
            access.write(new byte[4]);
        }

        assertThatThrownBy(() -> Tape.open(directory)).isInstanceOf(JournalException.class)
                .hasMessageContaining("first word is damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"notes.txt", "tape", "journal.meta.bak"})
    void shouldRefuseADirectoryThatBelongsToSomethingElse(String name) throws IOException {
        Files.createDirectory(directory.resolve(name));

        assertThatThrownBy(() -> Tape.open(directory)).isInstanceOf(JournalException.class)
                .hasMessageContaining(directory.toString()).hasMessageContaining("found " + name)
                .hasMessageContaining("expected a journal or an empty directory");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(name, "journal.lock");
        }
    }

    @Test
    void shouldRefuseAForeignANewerAndADamagedIdentity() throws IOException {
        Tape.open(directory).close();
        Path identity = directory.resolve("journal.meta");
        byte[] original = Files.readAllBytes(identity);

        assertRefused(original, 0, (byte) 'X', "is not a journal's");
        assertRefused(original, 8, (byte) 2, "says format version 2, expected at most 1");
        assertRefused(original, 20, (byte) 99, "is damaged");
        Files.write(identity, new byte[0]);
        assertThatThrownBy(() -> Tape.open(directory)).hasMessageContaining("is damaged");
        assertThatThrownBy(() -> JournalDirectory.open(directory))
                .hasMessageContaining("is damaged");
        Files.write(identity, original);
        Tape.open(directory).close();
    }

    @Test
    void shouldRefuseAConfigurationThatIsNotTheJournals() {
        Tape.open(directory).close();

        assertThatThrownBy(() -> KilledEngine.open(directory))
                .isInstanceOf(JournalException.class).hasMessageContaining("tapeCycle=DAY")
                .hasMessageContaining("tapeCycle=FIVE_MINUTES");
    }

    @Test
    void shouldSayWhenADirectoryCannotBeWritten() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> Tape.open(file.resolve("journal")))
                .isInstanceOf(JournalException.class).hasMessageContaining("cannot be written");
        assertThatThrownBy(() -> JournalTail.open(directory.resolve("absent"),
                new InstrumentCatalogue(1))).isInstanceOf(JournalException.class)
                .hasMessageContaining("found no journal.meta");
    }

    @Test
    void shouldTellOneJournalFromAnother() {
        Journal.open(directory.resolve("one"), JournalConfig.DEFAULT, () -> 1).close();
        Journal.open(directory.resolve("other"), JournalConfig.DEFAULT, () -> 2).close();

        assertThat(JournalDirectory.open(directory.resolve("one")).journalId()).isEqualTo(1);
        assertThat(JournalDirectory.open(directory.resolve("other")).journalId()).isEqualTo(2);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldKeepOrderWhenTheClockJumps(long seed) {
        Random random = new Random(seed);
        long timeNs = T;
        int written = 0;
        for (int run = 0; run < 4; run++) {
            try (Tape.Writer writer = new Tape.Writer(directory);
                    JournalTail live = JournalTail.open(directory, new InstrumentCatalogue(1))) {
                live.seek(written + 1);
                for (int i = 0; i < 20; i++) {
                    timeNs += random.nextInt(5) == 0
                            ? random.nextLong(-400 * Tape.DAY_NS, 400 * Tape.DAY_NS)
                            : random.nextLong(TimeUnit.HOURS.toNanos(2));
                    timeNs = Math.max(timeNs, 0);
                    writer.trades(0, timeNs, 2);
                    writer.levels(0, timeNs, 3);
                    written += 5;
                    assertThat(live.poll((event, sequence, endOfBatch) -> {})).isEqualTo(5);
                }
            }
        }

        assertThat(Tape.read(directory).sequences).hasSize(written);
        assertThat(JournalVerifier.verify(directory).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tape", "depth"})
    void shouldDeclareWhatACrashOfTheMachineTookFromOneQueue(String queue) throws IOException {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            for (int i = 0; i < 10; i++) {
                writer.trades(0, T, 2);
                writer.levels(0, T, 3);
            }
        }
        Path saved = directory.resolveSibling(directory.getFileName() + "-saved");
        copy(directory.resolve(queue), saved);
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            for (int i = 0; i < 10; i++) {
                writer.trades(0, T, 2);
                writer.levels(0, T, 3);
            }
            writer.trades(0, T, 2);
        }
        copy(saved, directory.resolve(queue));

        boolean isTape = queue.equals("tape");
        SequenceRange loss = isTape ? new SequenceRange(51, 97) : new SequenceRange(53, 100);
        assertThatThrownBy(() -> Tape.read(directory)).hasMessageContaining("are missing");
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            assertThat(((Journal) writer.journal).recovery().loss()).isEqualTo(loss);
            assertThat(writer.handler.nextSequence()).isEqualTo(isTape ? 101 : 103);
            writer.trades(0, T, 2);
        }

        Tape.Notes notes = Tape.read(directory);
        assertThat(notes.sequences).hasSize(isTape ? 50 + 30 + 2 : 50 + 22 + 2);
        JournalReport report = JournalVerifier.verify(directory);
        assertThat(report.declaredLost()).containsExactly(loss);
        assertThat(report.missing()).hasSize(10);
        assertThat(report.isSound()).isFalse();
        try (Journal journal = Tape.open(directory)) {
            assertThat(journal.recovery().loss()).isNull();
        }
    }

    @Test
    void shouldStopLoudlyWhenTheStoreFails() {
        Tape.Writer writer = new Tape.Writer(directory);
        writer.clock(T);
        writer.close();

        assertThatThrownBy(() -> writer.clock(T + 1)).isInstanceOf(JournalException.class)
                .hasMessageContaining("cannot append");
    }

    @Test
    void shouldServeAStoreThatIsNoFile() {
        try (MemoryStore store = new MemoryStore(); Tape.Writer writer = new Tape.Writer(store)) {
            writer.define(Tape.instrument(0, "BTCUSDT"), T);
            writer.trades(0, T, 3);
            writer.levels(0, T, 4);
            InstrumentCatalogue catalogue = new InstrumentCatalogue(1);
            Tape.Notes notes = new Tape.Notes();
            try (JournalTail tail = new JournalTail(store, catalogue)) {
                tail.poll(notes);
            }

            assertThat(Tape.texts(notes.events)).isEqualTo(Tape.texts(writer.written));
            assertThat(store.nextSequence()).isEqualTo(9);
            assertThat(store.documents.get(JournalQueue.DEPTH)).hasSize(1);
        }
    }

    private void assertRefused(byte[] original, int offset, byte value, String message)
            throws IOException {
        byte[] changed = original.clone();
        changed[offset] = value;
        Files.write(directory.resolve("journal.meta"), changed);

        assertThatThrownBy(() -> Tape.open(directory)).isInstanceOf(JournalException.class)
                .hasMessageContaining(directory.toString()).hasMessageContaining(message);
    }

    private static void leaveLocked(Path metadata) {
        try (var store = SingleTableBuilder.binary(metadata.toFile(), Metadata.NoMeta.INSTANCE)
                .readOnly(false).build();
                var lock = new TableStoreWriteLock(store, BusyTimedPauser::new, 0L)) {
            lock.lock();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            try (Stream<Path> old = Files.list(to)) {
                for (Path file : old.toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
