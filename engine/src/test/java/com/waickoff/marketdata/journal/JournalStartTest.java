package com.waickoff.marketdata.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine starts on files that are not as it left them. */
class JournalStartTest {
    private static final long T = Tape.MIDNIGHT_NS;
    private static final String FILE = "20261121-0000V.cq4";
    private static final int FLIPS = 150;
    private static final int METADATA = 1 << 30;
    private static final int LAST_DOCUMENT_AT = 64;
    private static final int LAST_NUMBER_AT = 72;

    @TempDir
    private Path temporary;
    private Path directory;

    @BeforeEach
    void choose() {
        directory = temporary.resolve("journal");
    }

    /** Bits anywhere, also in what Chronicle keeps for itself: refused, or of no consequence. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldNotGoOnInAFileThatWasChanged(long seed) throws IOException {
        Random random = new Random(seed);
        JournalQueue queue = random.nextBoolean() ? JournalQueue.TAPE : JournalQueue.DEPTH;
        write();
        Path file = directory.resolve(queue.directoryName()).resolve(FILE);
        byte[] sound = used(file);
        int refused = 0;
        for (int i = 0; i < FLIPS; i++) {
            int at = i % 3 == 0 ? random.nextInt(512) : random.nextInt(sound.length);
            byte[] changed = sound.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            Path copy = temporary.resolve("copy-" + seed + '-' + i);
            copy(copy);
            overwrite(copy.resolve(queue.directoryName()).resolve(FILE), changed);
            String attempt = "seed " + seed + ", " + queue + " byte " + at;
            long next;
            try (Tape.Writer writer = new Tape.Writer(KilledEngine.open(copy))) {
                writer.trades(0, T + 9, 2);
                writer.levels(0, T + 9, 5);
                next = writer.handler.nextSequence();
            } catch (JournalException e) {
                refused++;
                assertThat(e.getMessage()).as(attempt).contains("journal verify");
                continue;
            }
            assertThatCode(() -> Tape.read(copy)).as(attempt).doesNotThrowAnyException();
            assertThat(Tape.read(copy).sequences).as(attempt).hasSize((int) next - 1);
            assertThat(JournalVerifier.verify(copy).problems()).as(attempt).isEmpty();
        }
        assertThat(refused).isPositive();
    }

    @ParameterizedTest
    @EnumSource(JournalQueue.class)
    void shouldMissTheEndOfAFileThatWasCut(JournalQueue queue) throws IOException {
        write();
        Path file = directory.resolve(queue.directoryName()).resolve(FILE);
        int length = used(file).length;
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(length - 700);
        }

        assertThatThrownBy(() -> KilledEngine.open(directory))
                .isInstanceOf(JournalException.class).hasMessageContaining(FILE);
    }

    @ParameterizedTest
    @EnumSource(JournalQueue.class)
    void shouldMissTheEndOfAFileWhoseLastPageIsZero(JournalQueue queue) throws IOException {
        write();
        Path file = directory.resolve(queue.directoryName()).resolve(FILE);
        byte[] content = used(file);
        int from = documentBefore(queue, file, content.length - 700);
        Arrays.fill(content, from, content.length, (byte) 0);
        overwrite(file, content);

        assertThatThrownBy(() -> KilledEngine.open(directory))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("the end of the file is missing");
    }

    /** So a kill leaves it that meets a writer between a new file and its first document. */
    @ParameterizedTest
    @EnumSource(JournalQueue.class)
    void shouldGoOnInAFileThatHasNoDocumentYet(JournalQueue queue) throws IOException {
        write();
        Path file = directory.resolve(queue.directoryName()).resolve(FILE);
        byte[] content = used(file);
        int index = 0;
        int end = 0;
        for (int word = wordAt(content, 0); (word & METADATA) != 0; word = wordAt(content, end)) {
            index = end;
            end += Integer.BYTES + (((word & (METADATA - 1)) + 3) & -Integer.BYTES);
        }
        Arrays.fill(content, end, content.length, (byte) 0);
        ByteBuffer words = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        words.putLong(LAST_DOCUMENT_AT, index).putLong(LAST_NUMBER_AT, (long) index << 32);
        overwrite(file, content);
        if (queue == JournalQueue.TAPE) {
            Files.delete(directory.resolve("depth").resolve(FILE));
        }

        try (Tape.Writer writer = new Tape.Writer(KilledEngine.open(directory))) {
            writer.trades(0, T + 9, 2);
            writer.levels(0, T + 9, 2);
        }
        assertThat(JournalVerifier.verify(directory).missing())
                .allMatch(range -> queue == JournalQueue.DEPTH);
    }

    private static int wordAt(byte[] content, int at) {
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    @Test
    void shouldNeedNothingOfWhatChronicleKeepsBesideTheFiles() throws IOException {
        write();
        for (JournalQueue queue : JournalQueue.values()) {
            Path metadata = directory.resolve(queue.directoryName()).resolve("metadata.cq4t");
            byte[] noise = new byte[(int) Files.size(metadata)];
            new Random(7).nextBytes(noise);
            Files.write(metadata, noise);
        }
        try (Tape.Writer writer = new Tape.Writer(KilledEngine.open(directory))) {
            writer.trades(0, T + 9, 2);
        }

        assertThat(JournalVerifier.verify(directory).problems()).isEmpty();
    }

    private void write() {
        try (Tape.Writer writer = new Tape.Writer(KilledEngine.open(directory))) {
            writer.define(Tape.instrument(0, "BTCUSDT"), T);
            for (int i = 0; i < 40; i++) {
                writer.trades(0, T + i, 2);
                writer.levels(0, T + i, 5);
            }
        }
    }

    /** The bytes of a file up to its last document. */
    private static byte[] used(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        int end = all.length;
        while (all[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(all, end + 16);
    }

    private static int documentBefore(JournalQueue queue, Path path, int limit)
            throws IOException {
        long last = 0;
        try (CycleFile file = CycleFile.open(queue, path)) {
            while (file.next() == CycleFile.DOCUMENT && file.position() < limit) {
                last = file.position();
            }
        }
        return (int) last;
    }

    /** Sparse files stay small: what is beyond the last document is not copied. */
    private void copy(Path to) throws IOException {
        Files.createDirectories(to);
        Files.copy(directory.resolve("journal.meta"), to.resolve("journal.meta"));
        for (JournalQueue queue : JournalQueue.values()) {
            Path from = directory.resolve(queue.directoryName()).resolve(FILE);
            Path target = to.resolve(queue.directoryName());
            Files.createDirectories(target);
            overwrite(target.resolve(FILE), used(from));
        }
    }

    private static void overwrite(Path file, byte[] content) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.write(content);
            access.setLength(Math.max(access.length(), 2_621_440));
        }
    }
}
