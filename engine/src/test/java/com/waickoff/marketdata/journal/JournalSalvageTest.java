package com.waickoff.marketdata.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.event.EventKind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalSalvageTest {
    private static final long T = Tape.MIDNIGHT_NS;

    @TempDir
    private Path directory;

    @Test
    void shouldSaveASoundJournalAsItIs() {
        write(3);
        List<String> written = Tape.texts(Tape.read(damaged()).events);

        SalvageReport report = salvage();

        assertThat(report.isComplete()).as(report.toString()).isTrue();
        assertThat(report.notes()).isEmpty();
        assertThat(report.events()).isEqualTo(written.size());
        assertThat(report.first()).isEqualTo(1);
        assertThat(report.last()).isEqualTo(written.size());
        assertThat(Tape.texts(Tape.read(saved()).events)).isEqualTo(written);
        assertThat(JournalVerifier.verify(saved()).isSound()).isTrue();
        assertThat(JournalDirectory.open(saved()).journalId())
                .isNotEqualTo(JournalDirectory.open(damaged()).journalId());
    }

    @Test
    void shouldFindWhatFollowsADamagedLength() throws IOException {
        write(2);
        List<String> written = Tape.texts(Tape.read(damaged()).events);
        Path file = damaged().resolve("tape/20261121F.cq4");
        flip(file, documents(JournalQueue.TAPE, file).get(10) - 1, 5);

        SalvageReport report = salvage();

        assertThat(report.isComplete()).as(report.toString()).isTrue();
        assertThat(Tape.texts(Tape.read(saved()).events)).isEqualTo(written);
    }

    @Test
    void shouldSayWhatADamagedDocumentAndAZeroedPageHeld() throws IOException {
        write(2);
        Path tape = damaged().resolve("tape/20261121F.cq4");
        flip(tape, documents(JournalQueue.TAPE, tape).get(5) + 60, 0);
        Path depth = damaged().resolve("depth/20261122-00F.cq4");
        overwrite(depth, documents(JournalQueue.DEPTH, depth).get(3), new byte[200]);
        Tape.Notes before = new Tape.Notes();
        JournalReport verified = JournalVerifier.verify(damaged());

        SalvageReport report = salvage();

        assertThat(report.isComplete()).isFalse();
        assertThat(report.missing()).isNotEmpty()
                .allSatisfy(range -> assertThat(range.count()).isBetween(2L, 10L));
        assertThat(report.lostBytes()).isBetween(100L, 500L);
        // The verifier gives up a file that it cannot follow any further.
        assertThat(report.events()).isGreaterThan(verified.eventCount());
        before.events.addAll(Tape.read(saved()).events);
        assertThat(before.events).hasSize((int) report.events());
        JournalReport saved = JournalVerifier.verify(saved());
        assertThat(saved.damagedDocuments()).isZero();
        assertThat(saved.missing()).isEqualTo(report.missing());
        assertThat(saved.problems()).allMatch(problem -> problem.contains("was declared"));
    }

    @Test
    void shouldDeclareWhatAMissingFileHeld() throws IOException {
        write(3);
        Files.delete(damaged().resolve("tape/20261122F.cq4"));

        SalvageReport report = salvage();

        assertThat(report.missingEvents()).isEqualTo(40);
        assertThat(Tape.read(saved()).sequences).contains(report.last());
        try (Tape.Writer writer = new Tape.Writer(saved())) {
            assertThat(writer.handler.nextSequence()).isEqualTo(report.last() + 1);
            writer.trades(0, T + 3 * Tape.DAY_NS, 2);
        }
        assertThat(Tape.read(saved()).sequences).last().isEqualTo(report.last() + 2);
    }

    @Test
    void shouldGoOnWhereTheHeadOfAFileIsLost() throws IOException {
        write(3);
        Path second = damaged().resolve("tape/20261122F.cq4");
        flip(second, documents(JournalQueue.TAPE, second).getFirst() + 60, 1);

        SalvageReport report = salvage();
        Files.delete(saved().resolve("tape/20261121F.cq4"));
        Files.delete(saved().resolve("depth/20261121-00F.cq4"));

        assertThat(report.missing()).isEmpty();
        assertThat(Tape.read(saved()).events).hasSize(2 * 20 * 7);
    }

    @Test
    void shouldKeepLevelsThatWereLeftOutOnPurposeApart() {
        try (Tape.Writer writer = new Tape.Writer(damaged())) {
            writer.levels(0, T, 2);
            writer.write(true, event -> Tape.control(event, EventKind.DEPTH_PAUSED, T));
            writer.levels(0, T, 2);
            writer.clock(T + Tape.DAY_NS);
            writer.write(true,
                    event -> Tape.control(event, EventKind.DEPTH_RESUMED, T + Tape.DAY_NS));
            writer.levels(0, T + Tape.DAY_NS, 2);
        }

        SalvageReport report = salvage();

        // Nobody defined the instrument: no reader would know whose levels these are.
        assertThat(report.notes()).isNotEmpty().allMatch(note -> note.contains("definition"));
        assertThat(report.last()).isEqualTo(7);
    }

    @Test
    void shouldSaveAJournalThatLostItsIdentityButNotOneOfANewerProgram() throws IOException {
        write(1);
        Path identity = damaged().resolve(JournalFormat.IDENTITY_FILE);
        flip(identity, 30, 1);

        assertThat(salvage().notes()).singleElement().asString().contains("is damaged");
        overwrite(identity, 8, new byte[]{9});
        assertThatThrownBy(() -> JournalSalvage.salvage(damaged(), directory.resolve("other"),
                () -> T, (done, total, events) -> {})).isInstanceOf(JournalException.class)
                .hasMessageContaining("format version 9");
    }

    /** Flipped bits and zeroed stretches anywhere: what is saved is what was written. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldNeverSaveAnythingElseThanWasWritten(long seed) throws IOException {
        Random random = new Random(seed);
        write(2);
        List<String> written = Tape.texts(Tape.read(damaged()).events);
        for (JournalQueue queue : JournalQueue.values()) {
            for (Path file : JournalDirectory.open(damaged()).cyclePathsAfter(queue, null)) {
                List<Long> documents = documents(queue, file);
                for (int i = 0; i < 3; i++) {
                    flip(file, random.nextLong(documents.getFirst() - 4, documents.getLast()),
                            random.nextInt(8));
                }
                overwrite(file, random.nextLong(documents.getFirst(), documents.getLast()),
                        new byte[random.nextInt(300)]);
            }
        }

        SalvageReport report = salvage();

        Tape.Notes notes = Tape.read(saved());
        assertThat(notes.events).hasSize((int) report.events());
        List<String> texts = Tape.texts(notes.events);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(texts.get(i))
                    .isEqualTo(written.get(notes.sequences.get(i).intValue() - 1));
        }
        assertThat(report.last() - report.first() + 1)
                .isLessThanOrEqualTo(report.events() + report.missingEvents());
    }

    private SalvageReport salvage() {
        return JournalSalvage.salvage(damaged(), saved(), () -> T + 1, (done, total, events) -> {});
    }

    private Path damaged() {
        return directory.resolve("damaged");
    }

    private Path saved() {
        return directory.resolve("saved");
    }

    /** Days of twenty frames of two trades and twenty updates of five levels each. */
    private void write(int days) {
        try (Tape.Writer writer = new Tape.Writer(damaged())) {
            writer.define(Tape.instrument(0, "BTCUSDT"), T);
            for (int day = 0; day < days; day++) {
                for (int i = 0; i < 20; i++) {
                    writer.trades(0, T + day * Tape.DAY_NS + i, 2);
                    writer.levels(0, T + day * Tape.DAY_NS + i, 5);
                }
            }
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

    private static void flip(Path path, long position, int bit) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(path.toFile(), "rw")) {
            access.seek(position);
            int old = access.read();
            access.seek(position);
            access.write(old ^ (1 << bit));
        }
    }

    private static void overwrite(Path path, long position, byte[] bytes) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(path.toFile(), "rw")) {
            access.seek(position);
            access.write(bytes);
        }
    }
}
