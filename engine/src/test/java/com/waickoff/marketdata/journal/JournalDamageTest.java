package com.waickoff.marketdata.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.event.InstrumentCatalogue;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalDamageTest {
    private static final long T = Tape.MIDNIGHT_NS;
    /** Files are read to their last byte here, hundreds of times. */
    private static final JournalConfig SMALL = new JournalConfig(JournalCycle.DAY,
            JournalCycle.HOUR, JournalConfig.MIN_BLOCK_LENGTH);

    @TempDir
    private Path directory;

    @Test
    void shouldFindASoundJournalSound() {
        long events = write(3);

        JournalReport report = JournalVerifier.verify(directory);

        assertThat(report.problems()).isEmpty();
        assertThat(report.isSound()).isTrue();
        assertThat(report.eventCount()).isEqualTo(events);
        assertThat(report.first()).isEqualTo(1);
        assertThat(report.last()).isEqualTo(events);
        assertThat(report.leftOut()).isZero();
        assertThat(report.cycles()).extracting(CycleReport::fileName).containsExactly(
                "20261121F.cq4", "20261122F.cq4", "20261123F.cq4", "20261121-00F.cq4",
                "20261122-00F.cq4", "20261123-00F.cq4");
        assertThat(report.cycles()).extracting(CycleReport::isClosed).containsExactly(true, true,
                false, true, true, false);
        assertThat(report.cycles().stream().mapToLong(CycleReport::events).sum())
                .isEqualTo(events);
        assertThat(report.cycles().getFirst().firstReceiveTimeNs()).isEqualTo(T);
        assertThat(report.cycles().getFirst().documents()).isEqualTo(1 + 1 + 20);
    }

    @Test
    void shouldFindAnEmptyJournalSound() {
        Tape.open(directory).close();

        JournalReport report = JournalVerifier.verify(directory);

        assertThat(report.isSound()).isTrue();
        assertThat(report.last()).isZero();
        assertThat(report.cycles()).isEmpty();
    }

    @Test
    void shouldVerifyAndTailWhileAnEngineAppendsWithoutTouchingAnything() throws IOException {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            writer.trades(0, T, 3);
            writer.levels(0, T, 3);
            Map<Path, String> before = state();

            assertThat(JournalVerifier.verify(directory).eventCount()).isEqualTo(6);
            assertThat(Tape.read(directory).events).hasSize(6);
            assertThat(JournalDirectory.open(directory).cycles(JournalQueue.TAPE)).hasSize(1);

            assertThat(state()).isEqualTo(before);
            writer.trades(0, T + 1, 3);
            assertThat(JournalVerifier.verify(directory).eventCount()).isEqualTo(9);
        }
    }

    @Test
    void shouldReadADirectoryItMayNotWrite() throws IOException {
        long events = write(1);
        Path lock = directory.resolve(JournalFormat.LOCK_FILE);
        Files.delete(lock);

        assertThat(Tape.read(directory).events).hasSize((int) events);
        assertThat(JournalVerifier.verify(directory).isSound()).isTrue();
        assertThat(lock).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 17, 25, 33, 44, 48, 60, 95})
    void shouldDetectAFlippedBitAnywhereInADocument(int offset) throws IOException {
        long events = write(1);
        Path file = directory.resolve("tape/20261121F.cq4");
        flip(file, documents(JournalQueue.TAPE, file).get(5) + offset, 4);

        assertThatThrownBy(() -> Tape.read(directory)).isInstanceOf(JournalException.class)
                .hasMessageContaining("tape 20261121F.cq4, document 5 at byte ");
        JournalReport report = JournalVerifier.verify(directory);
        assertThat(report.isSound()).isFalse();
        assertThat(report.damagedDocuments()).isEqualTo(1);
        assertThat(report.missing()).hasSize(1);
        assertThat(report.eventCount()).isEqualTo(events - report.missing().getFirst().count());
    }

    @Test
    void shouldHandOnAllThatIsSoundBeforeTheDamage() throws IOException {
        write(1);
        Path file = directory.resolve("depth/20261121-00F.cq4");
        flip(file, documents(JournalQueue.DEPTH, file).get(2) + 50, 0);
        Tape.Notes notes = new Tape.Notes();
        try (JournalTail tail = new JournalTail(JournalDirectory.open(directory),
                new InstrumentCatalogue(4))) {
            assertThatThrownBy(() -> tail.poll(notes)).hasMessageContaining("sequence 18")
                    .hasMessageContaining("checksum");
            assertThat(notes.sequences.getLast()).isEqualTo(17);
            assertThatThrownBy(() -> tail.poll(notes)).hasMessageContaining("checksum");
        }
    }

    @Test
    void shouldNameANewerVersion() throws IOException {
        write(1);
        Path file = directory.resolve("tape/20261121F.cq4");
        patch(file, documents(JournalQueue.TAPE, file).get(3), 2);

        assertThatThrownBy(() -> Tape.read(directory))
                .hasMessageContaining("format version is 2, this program reads 1");
    }

    @Test
    void shouldNotBeMisledByALengthThatLeadsOutOfTheFile() throws IOException {
        long events = write(2);
        Path file = directory.resolve("tape/20261121F.cq4");
        long word = documents(JournalQueue.TAPE, file).get(10) - Integer.BYTES;
        flip(file, word + 3, 5);

        assertThatThrownBy(() -> Tape.read(directory)).isInstanceOf(JournalException.class)
                .hasMessageContaining("tape 20261121F.cq4 after document 9 at byte " + word)
                .hasMessageContaining("leads out of the file");
        JournalReport report = JournalVerifier.verify(directory);
        assertThat(report.problems().getFirst()).contains("leads out of the file");
        assertThat(report.last()).isEqualTo(events);
    }

    @Test
    void shouldMissWhatAZeroedPageHeld() throws IOException {
        long events = write(2);
        Path file = directory.resolve("tape/20261121F.cq4");
        long from = documents(JournalQueue.TAPE, file).get(10) - Integer.BYTES;
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(from);
            access.write(new byte[4096]);
        }

        assertThatThrownBy(() -> Tape.read(directory)).isInstanceOf(JournalException.class)
                .hasMessageContaining("are missing");
        JournalReport report = JournalVerifier.verify(directory);
        assertThat(report.problems().getFirst()).contains("not closed although 20261122F.cq4");
        assertThat(report.missing()).isNotEmpty();
        assertThat(report.last()).isEqualTo(events);
    }

    /** Nothing behind the cut says what was there; whoever has seen the end does. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldMissTheEndThatAConsumerHasSeen(boolean isZeroed) throws IOException {
        long events = write(2);
        new JournalConsumer("drain", JournalDirectory.open(directory).journalId(), events)
                .write(directory);
        assertThat(JournalVerifier.verify(directory).isSound()).isTrue();
        for (JournalQueue queue : JournalQueue.values()) {
            Path file = JournalDirectory.open(directory).cyclePathsAfter(queue, null).getLast();
            // The tape's file begins with a definition.
            int cut = queue == JournalQueue.TAPE ? 15 : 14;
            cutBefore(file, documents(queue, file).get(cut) - Integer.BYTES, isZeroed);
        }

        JournalReport report = JournalVerifier.verify(directory);

        assertThat(report.problems()).hasSize(1).first().asString()
                .contains("the consumer drain has seen " + events);
        assertThat(report.missing()).containsExactly(
                new SequenceRange(report.last() + 1, events));
        assertThat(report.leftOut()).isZero();
    }

    @Test
    void shouldMissTheEndThatACallerKnowsOf() throws IOException {
        long events = write(1);

        JournalReport report = JournalVerifier.verify(directory, JournalSource.EMPTY,
                List.of(new KnownEvent(events, "one"), new KnownEvent(events + 3, "the other")),
                (done, total, read) -> {});

        assertThat(report.missing()).containsExactly(new SequenceRange(events + 1, events + 3));
        assertThat(report.problems().getFirst()).contains("the other has seen " + (events + 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TAPE", "DEPTH"})
    void shouldNotTakeAZeroedPageOfTheNewestFileForItsEnd(JournalQueue queue) throws IOException {
        write(1);
        Path file = JournalDirectory.open(directory).cyclePathsAfter(queue, null).getLast();
        List<Long> documents = documents(queue, file);
        zero(file, documents.get(10) - Integer.BYTES,
                documents.get(14) - documents.get(10));

        JournalReport report = JournalVerifier.verify(directory);

        assertThat(report.problems()).anySatisfy(problem -> assertThat(problem)
                .contains("sound documents stand from byte "
                        + (documents.get(14) - Integer.BYTES)));
    }

    @Test
    void shouldNotTakeAFlippedBitForTheEnd() throws IOException {
        write(1);
        Path file = directory.resolve("tape/20261121F.cq4");
        // The sign of the word says that the document is still being written.
        flip(file, documents(JournalQueue.TAPE, file).get(10) - 1, 7);

        assertThat(JournalVerifier.verify(directory).problems())
                .anySatisfy(problem -> assertThat(problem).contains("nothing seems to follow"));
    }

    @Test
    void shouldMissAFileThatWasRemoved() throws IOException {
        write(3);
        Files.delete(directory.resolve("depth/20261122-00F.cq4"));

        assertThatThrownBy(() -> Tape.read(directory)).isInstanceOf(JournalException.class)
                .hasMessageContaining("missing");
        assertThat(JournalVerifier.verify(directory).missing()).hasSize(20);
    }

    @Test
    void shouldRefuseToContinueAfterADamagedEnd() throws IOException {
        write(1);
        Path file = directory.resolve("tape/20261121F.cq4");
        flip(file, documents(JournalQueue.TAPE, file).getLast() + 60, 1);

        assertThatThrownBy(() -> Journal.open(directory, SMALL, () -> T))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("tape 20261121F.cq4 at byte ")
                .hasMessageContaining("checksum").hasMessageContaining("journal salvage");
    }

    /** Flipped bits anywhere: the reader ends in an exception or reads what it should. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldNeverReadAnythingElseThanWasWritten(long seed) throws IOException {
        Random random = new Random(seed);
        write(1);
        List<String> written = Tape.texts(Tape.read(directory).events);
        JournalQueue queue = random.nextBoolean() ? JournalQueue.TAPE : JournalQueue.DEPTH;
        Path file = JournalDirectory.open(directory).cyclePathsAfter(queue, null)
                .getFirst();
        List<Long> documents = documents(queue, file);
        for (int i = 0; i < 300; i++) {
            // Chronicle's own first blocks too, but mostly what is ours.
            long from = i % 10 == 0 ? 0 : documents.getFirst() - Integer.BYTES;
            long at = random.nextLong(from, documents.getLast() + 100);
            int bit = random.nextInt(8);
            flip(file, at, bit);
            Tape.Notes notes = new Tape.Notes();
            try (JournalTail tail = JournalTail.open(directory,
                    new InstrumentCatalogue(4))) {
                tail.poll(notes);
            } catch (JournalException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
            assertThat(Tape.texts(notes.events))
                    .isEqualTo(written.subList(0, notes.events.size()));
            assertThat(JournalVerifier.verify(directory).eventCount())
                    .isLessThanOrEqualTo(written.size());
            flip(file, at, bit);
        }
    }

    /** Days of twenty frames of trades and twenty updates each, the first with a definition. */
    private long write(int days) {
        try (Tape.Writer writer = new Tape.Writer(Journal.open(directory, SMALL, () -> T))) {
            writer.define(Tape.instrument(0, "BTCUSDT"), T);
            for (int day = 0; day < days; day++) {
                for (int i = 0; i < 20; i++) {
                    writer.trades(0, T + day * Tape.DAY_NS + i, 2);
                    writer.levels(0, T + day * Tape.DAY_NS + i, 5);
                }
            }
            return writer.written.size();
        }
    }

    private static List<Long> documents(JournalQueue queue, Path path) throws IOException {
        List<Long> positions = new ArrayList<>();
        try (CycleFile file = CycleFile.open(queue, path)) {
            while (file.next() == CycleFile.DOCUMENT) {
                String place = file.place();
                positions.add(Long.valueOf(place.substring(place.lastIndexOf(' ') + 1)));
            }
        }
        return positions;
    }

    private static void cutBefore(Path path, long position, boolean isZeroed)
            throws IOException {
        long length = Files.size(path);
        if (isZeroed) {
            zero(path, position, length - position);
        } else {
            try (RandomAccessFile access = new RandomAccessFile(path.toFile(), "rw")) {
                access.setLength(position);
            }
        }
    }

    private static void zero(Path path, long position, long length) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(path.toFile(), "rw")) {
            access.seek(position);
            access.write(new byte[(int) length]);
        }
    }

    private static void flip(Path path, long position, int bit) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(path.toFile(), "rw")) {
            access.seek(position);
            int old = access.read();
            access.seek(position);
            access.write(old ^ (1 << bit));
        }
    }

    private static void patch(Path path, long position, int value) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(path.toFile(), "rw")) {
            access.seek(position);
            access.write(value);
        }
    }

    /** Every file with its length and time of change. */
    private Map<Path, String> state() throws IOException {
        Map<Path, String> state = new TreeMap<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                FileTime time = attributes.lastModifiedTime();
                state.put(file, attributes.size() + " " + time);
                return FileVisitResult.CONTINUE;
            }
        });
        return state;
    }
}
