package com.waickoff.marketdata.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.status.Counter;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JournalRoundTripTest {
    private static final long T = Tape.MIDNIGHT_NS + 3_600_000_000_000L;

    @TempDir
    private Path directory;

    @Test
    void shouldGiveBackEveryKindBitForBit() {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            writer.define(Tape.instrument(0, "BTCUSDT"), T);
            writer.write(true, event -> event.feedUp(0, T - 7, T, 3));
            writer.trades(0, T + 1, 3);
            writer.levels(0, T + 2, 5);
            writer.write(true,
                    event -> event.bookReset(0, T - 1, T + 3, 99, Reason.SEQUENCE_GAP));
            writer.write(true, event -> event.bookReady(0, 0, T + 4, 100));
            writer.write(true, event -> event.tradeGapByIds(0, 0, T + 5, 10, 12,
                    Reason.MALFORMED_FRAME));
            writer.write(true,
                    event -> event.tradeGapByTime(0, 0, T + 6, Reason.DISCONNECTED));
            writer.clock(T + 7);
            writer.write(true, event -> event.feedDown(0, T + 8, 3, Reason.ENGINE_STOPPED));
            writer.write(true, event -> Tape.control(event, EventKind.DEPTH_PAUSED, T + 9));
            writer.write(true, event -> Tape.control(event, EventKind.DEPTH_RESUMED, T + 10));

            assertReads(writer.written);
        }
    }

    @Test
    void shouldKeepExtremeValues() {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            writer.write(true, event -> event.trade(Integer.MAX_VALUE, Long.MIN_VALUE, T,
                    Long.MIN_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE, 0xffff));
            writer.write(false, event -> event.bookLevel(-1, -1, T, Long.MIN_VALUE, 0,
                    Long.MAX_VALUE, EventFlags.BID | EventFlags.SNAPSHOT | EventFlags.FIRST));
            writer.write(true, event -> event.bookLevel(-1, -1, T, Long.MAX_VALUE, Long.MAX_VALUE,
                    Long.MAX_VALUE, EventFlags.SNAPSHOT | EventFlags.LAST));

            assertReads(writer.written);
        }
    }

    @Test
    void shouldKeepASnapshotOfTenThousandLevelsInOneDocument() {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            writer.levels(0, T, 10_000);

            assertReads(writer.written);
            assertThat(writer.counters.get(Counter.JOURNAL_DOCUMENTS)).isEqualTo(1);
            assertThat(writer.counters.get(Counter.JOURNAL_BYTES)).isEqualTo(48 + 160_000);
            assertThat(writer.counters.get(Counter.EVENTS_JOURNALED)).isEqualTo(10_000);
        }
    }

    @Test
    void shouldSplitWhatExceedsADocument() {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            writer.levels(0, T, 40_000);
            writer.trades(0, T, 12_000);

            assertReads(writer.written);
        }
    }

    @Test
    void shouldAppendAChunkAtTheEndOfTheRingsBatch() {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            writer.write(false, event -> level(event, EventFlags.FIRST | EventFlags.SNAPSHOT));
            writer.write(true, event -> level(event, EventFlags.SNAPSHOT));

            assertReads(writer.written);

            writer.write(false, event -> level(event, EventFlags.SNAPSHOT));
            writer.write(false, event -> level(event, EventFlags.SNAPSHOT | EventFlags.LAST));

            assertReads(writer.written);
            assertThat(writer.counters.get(Counter.JOURNAL_DOCUMENTS)).isEqualTo(2);
        }
    }

    @Test
    void shouldAppendWithTheLastEventOfABatchAlthoughMoreIsAtHand() {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            writer.write(false, event -> level(event, EventFlags.FIRST | EventFlags.LAST));

            assertReads(writer.written);
        }
    }

    @Test
    void shouldLeaveOutLevelsBetweenPauseAndEnd() {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            writer.levels(0, T, 3);
            writer.write(true, event -> Tape.control(event, EventKind.DEPTH_PAUSED, T + 1));
            writer.levels(0, T + 2, 4);
            writer.trades(0, T + 3, 2);
            writer.levels(0, T + 4, 1);
            writer.write(true, event -> Tape.control(event, EventKind.DEPTH_RESUMED, T + 5));
            writer.levels(0, T + 6, 2);

            Tape.Notes notes = Tape.read(directory);

            assertThat(notes.sequences).containsExactly(1L, 2L, 3L, 4L, 9L, 10L, 12L, 13L, 14L);
            assertThat(writer.counters.get(Counter.LEVELS_NOT_JOURNALED)).isEqualTo(5);
            assertThat(writer.counters.get(Counter.EVENTS_JOURNALED)).isEqualTo(9);
            assertThat(writer.handler.nextSequence()).isEqualTo(15);
        }
    }

    @Test
    void shouldTellTheEndOfWhatIsAtHand() {
        try (Tape.Writer writer = new Tape.Writer(directory);
                JournalTail tail = JournalTail.open(directory, new InstrumentCatalogue(1))) {
            Tape.Notes notes = new Tape.Notes();
            writer.trades(0, T, 3);
            writer.levels(0, T, 4);

            assertThat(tail.poll(notes)).isEqualTo(7);
            assertThat(notes.batchEnds).containsExactly(7L);
            assertThat(tail.poll(notes)).isZero();

            writer.clock(T + 1);
            writer.levels(0, T + 1, 2);
            writer.clock(T + 2);

            assertThat(tail.poll(notes, 1)).isEqualTo(1);
            assertThat(tail.poll(notes, 2)).isEqualTo(2);
            assertThat(tail.poll(notes, 2)).isEqualTo(1);
            assertThat(notes.batchEnds).containsExactly(7L, 8L, 10L, 11L);
        }
    }

    @Test
    void shouldRestoreDefinitionsBeforeTheirEvents() {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            writer.define(Tape.instrument(0, "BTCUSDT"), T);
            writer.define(Tape.instrument(0, "ÄÖ漢字-PERP"), T);
            InstrumentCatalogue catalogue = new InstrumentCatalogue(64);
            try (JournalTail tail = JournalTail.open(directory, catalogue)) {
                tail.poll((event, sequence, endOfBatch) -> assertThat(
                        catalogue.get(event.instrumentId())).isNotNull());
            }

            assertThat(catalogue.all()).isEqualTo(writer.catalogue.all());
        }
    }

    @Test
    void shouldSeekToAnySequence() {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            writer.define(Tape.instrument(0, "BTCUSDT"), T);
            for (int i = 0; i < 4; i++) {
                writer.trades(0, T + i * Tape.DAY_NS, 3);
                writer.levels(0, T + i * Tape.DAY_NS, 4);
            }
            List<String> all = Tape.texts(writer.written);
            for (int sequence = 1; sequence <= all.size() + 1; sequence++) {
                InstrumentCatalogue catalogue = new InstrumentCatalogue(64);
                Tape.Notes notes = new Tape.Notes();
                try (JournalTail tail = JournalTail.open(directory, catalogue)) {
                    tail.seek(sequence);
                    tail.poll(notes);
                }

                assertThat(Tape.texts(notes.events))
                        .isEqualTo(all.subList(sequence - 1, all.size()));
                assertThat(catalogue.count()).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldSeekWithinAPause() {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            writer.write(true, event -> Tape.control(event, EventKind.DEPTH_PAUSED, T));
            writer.levels(0, T, 4);
            writer.clock(T + Tape.DAY_NS);
            writer.levels(0, T + Tape.DAY_NS, 4);
            writer.clock(T + Tape.DAY_NS);
            for (long sequence = 7; sequence <= 11; sequence++) {
                Tape.Notes notes = new Tape.Notes();
                try (JournalTail tail = JournalTail.open(directory, new InstrumentCatalogue(1))) {
                    tail.seek(sequence);
                    tail.poll(notes);

                    assertThat(tail.isDepthPaused()).isTrue();
                }

                assertThat(notes.sequences).containsExactly(11L);
            }
        }
    }

    @Test
    void shouldStopAtAnEventThatDoesNotContinueTheSequence() {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            MarketEvent event = new MarketEvent();
            event.clock(T);
            writer.handler.onEvent(event, 1, true);

            assertThatThrownBy(() -> writer.handler.onEvent(event, 3, true))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("continues at sequence 2 but was given event 3");
        }
    }

    @Test
    void shouldRefuseALevelThatCannotBeGivenBack() {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            MarketEvent event = new MarketEvent();
            event.bookLevel(0, T, T, 1, -1, 1, EventFlags.LAST);

            assertThatThrownBy(() -> writer.handler.onEvent(event, 1, true))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("no book level");
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldGiveBackRandomBatches(long seed) {
        Random random = new Random(seed);
        try (Tape.Writer writer = new Tape.Writer(directory);
                JournalTail tail = JournalTail.open(directory, new InstrumentCatalogue(64))) {
            Tape.Notes notes = new Tape.Notes();
            long timeNs = T;
            for (int batch = 0; batch < 400; batch++) {
                timeNs += random.nextInt(50) == 0
                        ? random.nextLong(3 * Tape.DAY_NS)
                        : random.nextLong(1_000_000_000L);
                writeBatch(writer, random, timeNs);
                if (random.nextInt(10) == 0) {
                    tail.poll(notes, 1 + random.nextInt(100));
                }
            }
            tail.poll(notes);

            assertThat(Tape.texts(notes.events)).isEqualTo(Tape.texts(writer.written));
            assertThat(notes.sequences)
                    .isEqualTo(LongStream.rangeClosed(1, writer.written.size()).boxed().toList());
            assertThat(writer.counters.get(Counter.EVENTS_JOURNALED))
                    .isEqualTo(writer.written.size());
        }
    }

    private static LongStream seeds() {
        return LongStream.range(1, 9);
    }

    /** A batch as a feed might publish it, and some that none would. */
    private static void writeBatch(Tape.Writer writer, Random random, long timeNs) {
        if (random.nextInt(20) == 0 && writer.catalogue.count() < 60) {
            writer.define(Tape.instrument(0, "S" + random.nextInt(1000)), timeNs);
            return;
        }
        int size = random.nextInt(30) == 0 ? 2000 : 1 + random.nextInt(20);
        int shape = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            boolean last = i == size - 1;
            int flags = (i == 0 ? EventFlags.FIRST : 0)
                    | (last && random.nextInt(5) != 0 ? EventFlags.LAST : 0)
                    | (random.nextInt(shape == 3 ? 3 : 1000) == 0 ? random.nextInt(1 << 10) : 0);
            boolean endOfBatch = last || random.nextInt(100) == 0;
            int instrumentId = random.nextInt(shape == 3 ? 3 : 1000) == 0 ? 1 : 0;
            long price = random.nextLong();
            long quantity = random.nextInt(4) == 0 ? 0 : random.nextLong() & Long.MAX_VALUE;
            boolean isTrade = shape == 0 || (shape == 3 && random.nextBoolean());
            boolean isControl = shape == 3 && random.nextInt(4) == 0;
            long matchTimeNs = timeNs - random.nextInt(isTrade || shape == 3 ? 3 : 1);
            int side = random.nextBoolean() ? EventFlags.BID : 0;
            long id = random.nextInt(shape == 3 ? 3 : 1);
            long aux = random.nextLong();
            writer.write(endOfBatch, event -> {
                if (isControl) {
                    event.tradeGapByIds(instrumentId, matchTimeNs, timeNs, price, quantity,
                            Reason.SEQUENCE_GAP);
                } else if (isTrade) {
                    event.trade(instrumentId, matchTimeNs, timeNs, price, quantity, id, aux,
                            flags);
                } else {
                    event.bookLevel(instrumentId, matchTimeNs, timeNs, price, quantity, id,
                            flags | side);
                }
            });
        }
    }

    private void assertReads(List<MarketEvent> written) {
        assertThat(Tape.texts(Tape.read(directory).events)).isEqualTo(Tape.texts(written));
    }

    private static void level(MarketEvent event, int flags) {
        event.bookLevel(0, T - 1, T, 5, 6, 7, flags);
    }
}
