package com.waickoff.marketdata.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.journal.JournalCursor;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.journal.JournalReport;
import com.waickoff.marketdata.journal.JournalSource;
import com.waickoff.marketdata.journal.JournalTail;
import com.waickoff.marketdata.journal.JournalVerifier;
import com.waickoff.marketdata.memory.NativeMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentTest {
    @TempDir
    private Path directory;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldGiveBackEveryDocumentBitForBit(long seed) throws IOException {
        SyntheticJournal.write(directory, seed, 7_000);
        JournalDirectory journal = JournalDirectory.open(directory);
        for (JournalQueue queue : JournalQueue.values()) {
            List<String> closed = closed(queue);
            assertThat(closed).hasSize(2);
            for (String cycle : closed) {
                List<String> documents = documents(journal.closedCycle(queue, cycle));
                SegmentInfo info = SegmentWriter.seal(journal, queue, cycle);

                assertThat(documents(new SegmentCursor(List.of(info.path()))))
                        .isEqualTo(documents);
                assertThat(info.documents()).isEqualTo(documents.size());
                assertThat(info.queue()).isEqualTo(queue);
                assertThat(info.cycleFileName()).isEqualTo(cycle);
                assertThat(info.fileBytes()).isLessThan(info.documentBytes() / 2)
                        .isEqualTo(Files.size(info.path()));
                assertThat(new Segments(journal).verify(info.path())).isEqualTo(info);
                assertThat(Segments.infoOf(info.path())).isEqualTo(info);
            }
        }
    }

    /** A segment that format version 1 wrote, kept in the sources: every later version must read it. */
    @Test
    void shouldReadVersionOne() throws IOException {
        small(JournalQueue.TAPE);
        Path golden = directory.resolve("golden.seg");
        try (InputStream resource = SegmentTest.class.getResourceAsStream("segment-v1.seg")) {
            Files.copy(resource, golden);
        }
        JournalDirectory journal = JournalDirectory.open(directory);

        assertThat(new Segments(journal).verify(golden).events()).isPositive();
        assertThat(documents(new SegmentCursor(List.of(golden)))).isEqualTo(documents(
                journal.closedCycle(JournalQueue.TAPE, closed(JournalQueue.TAPE).getFirst())));
    }

    /** Writes the golden segment to the path it is given. */
    public static void main(String[] arguments) throws IOException {
        SegmentTest test = new SegmentTest();
        test.directory = Files.createTempDirectory("golden");
        Files.copy(test.small(JournalQueue.TAPE), Path.of(arguments[0]));
    }

    @Test
    void shouldDivideLongCyclesIntoBlocks() throws IOException {
        SyntheticJournal.writeMuch(directory, 4);
        JournalDirectory journal = JournalDirectory.open(directory);
        String cycle = closed(JournalQueue.DEPTH).getFirst();

        SegmentInfo info = SegmentWriter.seal(journal, JournalQueue.DEPTH, cycle);

        assertThat(info.blocks()).isGreaterThan(1)
                .isEqualTo(Math.ceilDiv(info.documentBytes(), SegmentFormat.BLOCK_DOCUMENT_BYTES));
        assertThat(documents(new SegmentCursor(List.of(info.path()))))
                .isEqualTo(documents(journal.closedCycle(JournalQueue.DEPTH, cycle)));
    }

    @Test
    void shouldReadWhatIsSealedAndThenWhatIsNot() throws IOException {
        SyntheticJournal.write(directory, 5, 7_000);
        List<String> written = events(JournalDirectory.open(directory), 0);
        sealAndRemove();

        List<String> read = events(SegmentedJournal.open(directory), 0);

        assertThat(closed(JournalQueue.TAPE)).isEmpty();
        assertThat(read).isEqualTo(written);
        JournalReport report = verify();
        assertThat(report.problems()).isEmpty();
        assertThat(report.eventCount()).isEqualTo(written.size());
        assertThat(report.first()).isEqualTo(1);
    }

    @Test
    void shouldGoOnFromAnySequence() throws IOException {
        SyntheticJournal.write(directory, 6, 7_000);
        List<String> written = events(JournalDirectory.open(directory), 0);
        sealAndRemove();
        Random random = new Random(6);

        for (int i = 0; i < 12; i++) {
            int index = i == 0 ? written.size() - 1 : random.nextInt(written.size());
            String event = written.get(index);
            long sequence = Long.parseLong(event.substring(0, event.indexOf(' ')));
            assertThat(events(SegmentedJournal.open(directory), sequence))
                    .isEqualTo(written.subList(index, written.size()));
        }
    }

    @Test
    void shouldReadFilesRatherThanTheirSegments() throws IOException {
        SyntheticJournal.write(directory, 7, 7_000);
        JournalDirectory journal = JournalDirectory.open(directory);
        List<String> written = events(journal, 0);
        for (JournalQueue queue : JournalQueue.values()) {
            for (String cycle : closed(queue)) {
                SegmentInfo info = SegmentWriter.seal(journal, queue, cycle);
                // Were it opened, it would be refused.
                Files.write(info.path(), new byte[3]);
            }
        }

        assertThat(events(SegmentedJournal.open(directory), 0)).isEqualTo(written);
    }

    @Test
    void shouldMissASegmentThatIsGone() throws IOException {
        SyntheticJournal.write(directory, 8, 10_000);
        List<SegmentInfo> sealed = sealAndRemove();
        Files.delete(sealed.get(1).path());

        assertThatThrownBy(() -> events(SegmentedJournal.open(directory), 0))
                .isInstanceOf(JournalException.class).hasMessageContaining("are missing");
        assertThat(verify().missing()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(JournalQueue.class)
    void shouldFindAFlippedBitInAnyByte(JournalQueue queue) throws IOException {
        Path segment = small(queue);
        byte[] sound = Files.readAllBytes(segment);
        Segments segments = new Segments(JournalDirectory.open(directory));
        for (int i = 0; i < sound.length; i++) {
            byte[] damaged = sound.clone();
            damaged[i] ^= (byte) (1 << (i & 7));
            Files.write(segment, damaged);
            int at = i;
            assertThatThrownBy(() -> segments.verify(segment)).as(() -> "byte " + at)
                    .isInstanceOf(JournalException.class).hasMessageContaining("segment");
        }
        Files.write(segment, sound);
        assertThat(segments.verify(segment).documents()).isPositive();
    }

    @Test
    void shouldFindACutAnywhere() throws IOException {
        Path segment = small(JournalQueue.TAPE);
        byte[] sound = Files.readAllBytes(segment);
        Segments segments = new Segments(JournalDirectory.open(directory));
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            for (int length = sound.length - 1; length >= 0; length--) {
                file.setLength(length);
                assertThatThrownBy(() -> segments.verify(segment))
                        .isInstanceOf(JournalException.class);
            }
        }
        byte[] longer = new byte[sound.length + 5];
        System.arraycopy(sound, 0, longer, 0, sound.length);
        Files.write(segment, longer);
        assertThatThrownBy(() -> segments.verify(segment)).isInstanceOf(JournalException.class);
    }

    /** A whole block that is left out, or stands twice, has the right checksum. */
    @Test
    void shouldFindAnExchangedManifest() throws IOException {
        Path segment = small(JournalQueue.TAPE);
        byte[] bytes = Files.readAllBytes(segment);
        int manifest = bytes.length - SegmentFormat.MANIFEST_LENGTH;
        bytes[manifest + SegmentFormat.MANIFEST_EVENTS_64]++;
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, SegmentFormat.HEADER_LENGTH);
        crc.update(bytes, manifest, SegmentFormat.MANIFEST_CRC_32);
        Bytes.putInt(bytes, manifest + SegmentFormat.MANIFEST_CRC_32, (int) crc.getValue());
        Files.write(segment, bytes);

        assertThatThrownBy(() -> new Segments(JournalDirectory.open(directory)).verify(segment))
                .isInstanceOf(JournalException.class).hasMessageContaining("its manifest");
    }

    @Test
    void shouldRefuseANewerVersionByName() throws IOException {
        Path segment = small(JournalQueue.TAPE);
        byte[] bytes = Files.readAllBytes(segment);
        Bytes.putInt(bytes, SegmentFormat.VERSION_32, SegmentFormat.VERSION + 1);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, SegmentFormat.HEADER_CRC_32);
        Bytes.putInt(bytes, SegmentFormat.HEADER_CRC_32, (int) crc.getValue());
        Files.write(segment, bytes);

        assertThatThrownBy(() -> Segments.infoOf(segment)).isInstanceOf(JournalException.class)
                .hasMessageContaining("it says format version 2")
                .hasMessageContaining("this program reads 1");
    }

    @Test
    void shouldNotSealWhatIsStillWrittenOrDamaged() throws IOException {
        SyntheticJournal.write(directory, 9, 4_000);
        JournalDirectory journal = JournalDirectory.open(directory);
        List<String> cycles = journal.cycleFileNames(JournalQueue.TAPE);
        Path first = directory.resolve("tape").resolve(cycles.getFirst());
        byte[] bytes = Files.readAllBytes(first);
        bytes[100_000] ^= 1;
        Files.write(first, bytes);

        for (String cycle : List.of(cycles.getFirst(), cycles.getLast(), "20200101-0000V.cq4")) {
            assertThatThrownBy(() -> SegmentWriter.seal(journal, JournalQueue.TAPE, cycle))
                    .isInstanceOf(JournalException.class);
        }
        assertThat(directory.resolve("segments/tape")).isEmptyDirectory();
    }

    private Path small(JournalQueue queue) throws IOException {
        SyntheticJournal.writeLittle(directory, 11);
        JournalDirectory journal = JournalDirectory.open(directory);
        return SegmentWriter.seal(journal, queue, closed(queue).getFirst()).path();
    }

    /** The segments of the tape. */
    private List<SegmentInfo> sealAndRemove() throws IOException {
        JournalDirectory journal = JournalDirectory.open(directory);
        List<SegmentInfo> ofTape = new ArrayList<>();
        for (JournalQueue queue : JournalQueue.values()) {
            for (String cycle : closed(queue)) {
                SegmentInfo info = SegmentWriter.seal(journal, queue, cycle);
                Files.delete(directory.resolve(queue.directoryName()).resolve(cycle));
                if (queue == JournalQueue.TAPE) {
                    ofTape.add(info);
                }
            }
        }
        return ofTape;
    }

    private List<String> closed(JournalQueue queue) {
        List<String> cycles = JournalDirectory.open(directory).cycleFileNames(queue);
        return cycles.subList(0, cycles.size() - 1);
    }

    private JournalReport verify() {
        return JournalVerifier.verify(directory, new Segments(JournalDirectory.open(directory)),
                List.of(), (done, total, events) -> {});
    }

    private static List<String> documents(JournalCursor cursor) {
        List<String> documents = new ArrayList<>();
        try (cursor) {
            while (cursor.next()) {
                byte[] copy = new byte[cursor.length()];
                NativeMemory.copy(cursor.address(), copy, 0, copy.length);
                documents.add(HexFormat.of().formatHex(copy));
            }
        }
        return documents;
    }

    private static List<String> events(JournalSource source, long from) {
        List<String> events = new ArrayList<>();
        try (JournalTail tail = new JournalTail(source, new InstrumentCatalogue(8))) {
            if (from > 0) {
                tail.seek(from);
            }
            tail.poll((event, sequence, endOfBatch) -> events.add(sequence + " " + event));
        }
        return events;
    }
}
