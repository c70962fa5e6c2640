package com.waickoff.marketdata.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.waickoff.marketdata.event.Checkpointed;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
    private static final long JOURNAL = 77;

    @TempDir
    private Path directory;

    private final InstrumentCatalogue catalogue = new InstrumentCatalogue(8);
    private final Number numbers = new Number(1);
    private final List<String> passedOver = new ArrayList<>();
    private CheckpointStore store;

    @BeforeEach
    void defineTwoInstruments() {
        store = new CheckpointStore(directory.resolve("journal"));
        define("BTCUSDT");
        define("ETHUSDT");
        numbers.values[0] = 10;
        numbers.values[1] = 20;
    }

    @Test
    void shouldGiveEveryPartItsStateBack() throws IOException {
        store.write(JOURNAL, 500, catalogue, id -> List.of(numbers));

        Checkpoint checkpoint = newest(1_000);
        Number restored = new Number(1);
        checkpoint.restore(id -> List.of(restored));

        assertEquals(500, checkpoint.sequence());
        assertEquals(catalogue.all(), checkpoint.instruments());
        assertEquals(10, restored.values[0]);
        assertEquals(20, restored.values[1]);
    }

    @Test
    void shouldTakeTheNewestAndKeepTwo() throws IOException {
        for (long sequence = 100; sequence <= 500; sequence += 100) {
            store.write(JOURNAL, sequence, catalogue, id -> List.of(numbers));
        }
        assertEquals(500, newest(1_000).sequence());
        try (Stream<Path> files = Files.list(directory.resolve("journal"))) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void shouldFallBackToTheOneBeforeADamagedOne() throws IOException {
        store.write(JOURNAL, 100, catalogue, id -> List.of(numbers));
        store.write(JOURNAL, 200, catalogue, id -> List.of(numbers));
        Path damaged = file(200);
        byte[] bytes = Files.readAllBytes(damaged);
        for (int at = 8; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= 0x20;
            Files.write(damaged, changed);
            assertEquals(100, newest(1_000).sequence(), "byte " + at);
        }
        assertTrue(passedOver.getLast().contains("its checksum does not match"),
                passedOver.getLast());
    }

    @Test
    void shouldPassOverACutOffFileAtWhateverLength() throws IOException {
        store.write(JOURNAL, 200, catalogue, id -> List.of(numbers));
        byte[] bytes = Files.readAllBytes(file(200));
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file(200), java.util.Arrays.copyOf(bytes, length));
            assertNull(store.newest(JOURNAL, 1_000, passedOver::add), "length " + length);
        }
    }

    @Test
    void shouldPassOverWhatBelongsToAnotherJournalOrLiesBeyondItsEnd() throws IOException {
        store.write(JOURNAL, 100, catalogue, id -> List.of(numbers));

        assertNull(store.newest(78, 1_000, passedOver::add));
        assertTrue(passedOver.getLast().endsWith("it belongs to another journal"));
        assertNull(store.newest(JOURNAL, 99, passedOver::add));
        assertTrue(passedOver.getLast()
                .endsWith("it is at sequence 100, beyond the journal's last, 99"));
    }

    @Test
    void shouldRefuseAPartOfAnotherVersion() throws IOException {
        store.write(JOURNAL, 100, catalogue, id -> List.of(numbers));

        Checkpoint checkpoint = newest(1_000);

        IOException refused = assertThrows(IOException.class,
                () -> checkpoint.restore(id -> List.of(new Number(2))));
        assertEquals("its part number has version 1, this program reads 2", refused.getMessage());
    }

    @Test
    void shouldFindNothingWhereThereIsNoDirectory() throws IOException {
        assertNull(store.newest(JOURNAL, 1_000, passedOver::add));
    }

    private Checkpoint newest(long lastSequence) throws IOException {
        Checkpoint checkpoint = store.newest(JOURNAL, lastSequence, passedOver::add);
        assertNotNull(checkpoint);
        return Objects.requireNonNull(checkpoint);
    }

    private Path file(long sequence) {
        return directory.resolve("journal/checkpoint-%020d.ckp".formatted(sequence));
    }

    private void define(String symbol) {
        catalogue.define(Instrument.of(0, "bybit-linear", symbol, new BigDecimal("0.10"),
                new BigDecimal("0.001"), BigDecimal.ONE, "BTC", "BTC", "USDT", false));
    }

    /** One number an instrument. */
    private record Number(int partVersion, long[] values) implements Checkpointed {
        Number(int version) {
            this(version, new long[2]);
        }

        @Override
        public String partName() {
            return "number";
        }

        @Override
        public void writeInstrument(int instrumentId, DataOutput out) throws IOException {
            out.writeLong(values[instrumentId]);
        }

        @Override
        public void readInstrument(int instrumentId, DataInput in) throws IOException {
            values[instrumentId] = in.readLong();
        }
    }
}
