package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.status.CounterBlock;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An engine in small, to be killed: journals for ever, and says in a mapped file what it has
 * journaled. Every event follows from its sequence alone, so a reader knows what must be there.
 */
final class KilledEngine {
    /** Cycles last minutes of the events' time and milliseconds of ours: kills meet rolls, too. */
    static final JournalConfig CONFIG = new JournalConfig(JournalCycle.FIVE_MINUTES,
            JournalCycle.FIVE_MINUTES, JournalConfig.MIN_BLOCK_LENGTH);
    private static final int BATCHES_IN_A_CYCLE = 2_000;
    private static final long BATCH_NS = 300_000_000_000L / BATCHES_IN_A_CYCLE;

    private KilledEngine() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        MappedByteBuffer said = map(Path.of(arguments[1]));
        InstrumentCatalogue catalogue = new InstrumentCatalogue(8);
        JournalHandler handler = new JournalHandler(open(directory), catalogue,
                CounterBlock.onHeap("journal"));
        // As an engine would: the definitions are known by now, or they are new.
        catalogue.define(Tape.instrument(0, "BTCUSDT"));
        catalogue.define(Tape.instrument(1, "ETHUSDT"));
        MarketEvent event = new MarketEvent();
        for (long sequence = handler.nextSequence();; sequence++) {
            fill(event, sequence);
            handler.onEvent(event, sequence, event.has(EventFlags.LAST));
            if (event.has(EventFlags.LAST)) {
                said.putLong(0, sequence);
            }
        }
    }

    static Journal open(Path directory) {
        return Journal.open(directory, CONFIG, () -> Tape.MIDNIGHT_NS);
    }

    static MappedByteBuffer map(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE,
                StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
        }
    }

    /** A handler that knows what must be where. */
    static MarketEventHandler expecting(String attempt) {
        MarketEvent expected = new MarketEvent();
        return (event, sequence, endOfBatch) -> {
            fill(expected, sequence);
            if (!expected.toString().equals(event.toString())) {
                throw new AssertionError(attempt + ": read " + event + " at sequence " + sequence
                        + " but written was " + expected);
            }
        };
    }

    /** The event of this sequence. A batch has ten events; every second batch is an update. */
    static void fill(MarketEvent event, long sequence) {
        long batch = sequence / 10;
        long timeNs = Tape.MIDNIGHT_NS + batch * BATCH_NS;
        int place = (sequence % 10 == 0 ? EventFlags.FIRST : 0)
                | (sequence % 10 == 9 ? EventFlags.LAST : 0);
        if (sequence <= 2) {
            event.instrument((int) sequence - 1, timeNs);
        } else if (batch % 2 == 0) {
            event.trade((int) (batch / 2 % 2), timeNs - sequence % 10, timeNs, sequence,
                    sequence * 31, ~sequence, -sequence, place);
        } else {
            event.bookLevel((int) (batch / 2 % 2), timeNs - 1, timeNs, sequence, sequence % 7,
                    batch, place | (sequence % 3 == 0 ? EventFlags.BID : 0));
        }
    }
}
