package com.waickoff.marketdata.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalGarbageTest {
    /** The first that shows nothing ends them: on a busy machine the compiler takes its time. */
    private static final int MOST_ROUNDS = 20;
    private static final int EVENTS_IN_A_ROUND = 400_000;
    private static final int EVENTS_IN_A_BATCH = 10;
    /** What Chronicle allocates to map a new block of a file. */
    private static final long BLOCK_GARBAGE = 1_024;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final MarketEvent event = new MarketEvent();
    private long checksum;

    @TempDir
    private Path directory;

    /**
     * In 400,000 events, after a warm-up. The compiler may still step in, and code that it gives
     * back to the interpreter allocates for a moment: so one round without counts for all.
     */
    @Test
    void shouldAllocateNothingForAnEvent() {
        CounterBlock counters = CounterBlock.onHeap("journal");
        try (Journal journal = Tape.open(directory)) {
            JournalHandler handler = new JournalHandler(journal, new InstrumentCatalogue(1),
                    counters);
            append(handler, EVENTS_IN_A_ROUND);
            long least = Long.MAX_VALUE;
            for (int round = 0; round < MOST_ROUNDS && least > 0; round++) {
                long bytes = counters.get(Counter.JOURNAL_BYTES);
                long before = threads.getCurrentThreadAllocatedBytes();
                append(handler, EVENTS_IN_A_ROUND);
                long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                bytes = counters.get(Counter.JOURNAL_BYTES) - bytes;
                // Each of the two queues may have been about to begin one.
                long blocks = 2 + bytes / JournalConfig.DEFAULT.blockLength();
                least = Math.min(least, allocated - blocks * BLOCK_GARBAGE);
            }
            assertThat(least).as("bytes appending allocates, beyond those of blocks")
                    .isLessThanOrEqualTo(0);

            MarketEventHandler reader = this::read;
            try (JournalTail tail = JournalTail.open(directory, new InstrumentCatalogue(1))) {
                tail.poll(reader, EVENTS_IN_A_ROUND);
                least = Long.MAX_VALUE;
                for (int round = 0; round < MOST_ROUNDS && least > 0; round++) {
                    append(handler, EVENTS_IN_A_ROUND);
                    long before = threads.getCurrentThreadAllocatedBytes();
                    for (int i = 0; i < EVENTS_IN_A_ROUND / EVENTS_IN_A_BATCH; i++) {
                        tail.poll(reader, EVENTS_IN_A_BATCH);
                    }
                    least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
                }
                assertThat(least).as("bytes reading allocates").isZero();
                tail.poll(reader);
                assertThat(tail.nextSequence()).isEqualTo(handler.nextSequence());
            }
        }
        assertThat(checksum).isNotZero();
    }

    /** Frames of one to three trades and updates of eight levels, as a venue sends them. */
    private void append(JournalHandler handler, int count) {
        long from = handler.nextSequence();
        for (long sequence = from; sequence < from + count; sequence++) {
            long batch = sequence / EVENTS_IN_A_BATCH;
            int place = (int) (sequence % EVENTS_IN_A_BATCH);
            long timeNs = Tape.MIDNIGHT_NS + batch * 20_000;
            if (place < 2) {
                event.trade(0, timeNs - 1, timeNs, sequence, place + 1, sequence, batch,
                        EventFlags.BUY | (place == 1 ? EventFlags.LAST : 0));
            } else {
                event.bookLevel(0, timeNs - 1, timeNs, sequence, place, batch,
                        (place == 2 ? EventFlags.FIRST : 0) | (place == 9 ? EventFlags.LAST : 0));
            }
            handler.onEvent(event, sequence, sequence == from + count - 1);
        }
    }

    private void read(MarketEvent read, long sequence, boolean endOfBatch) {
        checksum += read.price() * 31 + sequence;
    }
}
