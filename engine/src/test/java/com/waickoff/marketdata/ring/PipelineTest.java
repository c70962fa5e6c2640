package com.waickoff.marketdata.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(600)
class PipelineTest {
    private static final int SLOTS = 4096;

    private final CounterBlock counters = CounterBlock.onHeap("feed");

    @ParameterizedTest
    @EnumSource(Topology.class)
    void shouldHandEveryEventToEveryStageInOrder(Topology topology) {
        Recorder journal = new Recorder();
        List<Recorder> shards = shards(topology);
        try (Pipeline pipeline = pipeline(topology, journal, shards)) {
            EventSink sink = pipeline.sink();
            Random random = new Random(5);
            long sent = 0;
            for (int batch = 0; batch < 5_000; batch++) {
                int size = 1 + random.nextInt(30);
                int instrument = random.nextInt(7);
                for (int i = 0; i < size; i++) {
                    sink.next().trade(instrument, 1, 2, sent, 1, 0, 0, 0);
                    sent++;
                }
                sink.commit();
                if (batch % 10 == 0) {
                    sink.endOfRead();
                }
            }
            pipeline.awaitHandled();

            assertEquals(sent, journal.prices.size());
            for (int i = 0; i < sent; i++) {
                assertEquals(i, journal.prices.get(i));
                assertEquals(100 + i, journal.sequences.get(i));
            }
            assertEquals(sent, shards.stream().mapToInt(shard -> shard.prices.size()).sum());
            for (Recorder shard : shards) {
                assertEquals(shard.sequences.stream().sorted().toList(), shard.sequences);
                assertTrue(shard.lastWasEndOfBatch);
            }
            assertEquals(sent, counters.get(Counter.EVENTS_PUBLISHED));
        }
    }

    @ParameterizedTest
    @EnumSource(Topology.class)
    void shouldNeverShowAStudyWhatTheJournalHasNotHandled(Topology topology) {
        AtomicLong journaled = new AtomicLong();
        AtomicLong ahead = new AtomicLong();
        MarketEventHandler journal = (event, sequence, endOfBatch) -> journaled.set(sequence);
        MarketEventHandler study = (event, sequence, endOfBatch) -> {
            if (sequence > journaled.get()) {
                ahead.incrementAndGet();
            }
        };
        try (Pipeline pipeline = new Pipeline(config(topology), 1, journal, List.of(study),
                counters)) {
            for (int i = 0; i < 50_000; i++) {
                pipeline.sink().next().clock(i);
                pipeline.sink().commit();
            }
            pipeline.awaitHandled();
        }
        assertEquals(0, ahead.get());
        assertEquals(50_000, journaled.get());
    }

    @Test
    void shouldMarkTheFirstAndTheLastEventOfABatch() {
        Recorder journal = new Recorder();
        try (Pipeline pipeline = pipeline(Topology.INLINE, journal, List.of(new Recorder()))) {
            for (int i = 0; i < 3; i++) {
                pipeline.sink().next().bookLevel(0, 1, 1, i, 1, 1, EventFlags.BID);
            }
            pipeline.sink().commit();
            pipeline.awaitHandled();
        }
        assertEquals(Arrays.asList(EventFlags.FIRST | EventFlags.BID, (int) EventFlags.BID,
                EventFlags.LAST | EventFlags.BID), journal.flags);
    }

    @Test
    void shouldPublishNothingOfAnAbortedBatch() {
        Recorder journal = new Recorder();
        try (Pipeline pipeline = pipeline(Topology.INLINE, journal, List.of(new Recorder()))) {
            EventSink sink = pipeline.sink();
            sink.next().trade(0, 1, 1, 1, 1, 1, 0, 0);
            sink.next().trade(0, 1, 1, 2, 1, 1, 0, 0);
            sink.abort();
            assertEquals(0, sink.pendingCount());
            sink.next().trade(0, 1, 1, 3, 1, 1, 0, 0);
            sink.commit();
            pipeline.awaitHandled();
        }
        assertEquals(List.of(3L), journal.prices);
    }

    @Test
    void shouldPublishAnUpdateLargerThanTheRingInChunksWithOneLast() {
        Recorder journal = new Recorder();
        int levels = SLOTS * 3 + 17;
        try (Pipeline pipeline = pipeline(Topology.INLINE, journal, List.of(new Recorder()))) {
            for (int i = 0; i < levels; i++) {
                pipeline.sink().next().bookLevel(0, 1, 1, i, 1, 1, EventFlags.SNAPSHOT);
            }
            pipeline.sink().commit();
            pipeline.awaitHandled();
        }
        assertEquals(levels, journal.prices.size());
        assertEquals(1, journal.flags.stream().filter(f -> (f & EventFlags.FIRST) != 0).count());
        assertEquals(1, journal.flags.stream().filter(f -> (f & EventFlags.LAST) != 0).count());
        assertTrue((journal.flags.getLast() & EventFlags.LAST) != 0);
        assertTrue(counters.get(Counter.BATCHES_CHUNKED) >= 12);
    }

    @ParameterizedTest
    @EnumSource(Topology.class)
    void shouldHoldTheFeedBackInsteadOfDroppingWhenHandlersAreSlow(Topology topology) {
        AtomicLong handled = new AtomicLong();
        MarketEventHandler slow = (event, sequence, endOfBatch) -> {
            for (int i = 0; i < 2_000; i++) {
                Thread.onSpinWait();
            }
            handled.incrementAndGet();
        };
        try (Pipeline pipeline = new Pipeline(config(topology), 1, slow, List.of(new Recorder()),
                counters)) {
            for (int i = 0; i < 3 * SLOTS; i++) {
                pipeline.sink().next().clock(i);
                pipeline.sink().commit();
            }
            pipeline.awaitHandled();
        }
        assertEquals(3 * SLOTS, handled.get());
        assertTrue(counters.get(Counter.RING_STALLS) > 0);
    }

    @ParameterizedTest
    @EnumSource(Topology.class)
    void shouldStopLoudlyWhenAHandlerThrows(Topology topology) {
        Recorder study = new Recorder();
        MarketEventHandler journal = (event, sequence, endOfBatch) -> {
            if (sequence == 7) {
                throw new IllegalStateException("the disk is gone");
            }
        };
        try (Pipeline pipeline = new Pipeline(config(topology), 1, journal, List.of(study),
                counters)) {
            PipelineFailedException failed = assertThrows(PipelineFailedException.class, () -> {
                for (int i = 0; i < 10; i++) {
                    pipeline.sink().next().clock(i);
                    pipeline.sink().commit();
                }
                pipeline.awaitHandled();
            });
            assertTrue(failed.getMessage().contains("engine sequence 7"), failed.getMessage());
            assertTrue(failed.getMessage().contains("the disk is gone"), failed.getMessage());
            assertThrows(PipelineFailedException.class, () -> {
                pipeline.sink().next().clock(0);
                pipeline.sink().commit();
            });
        }
        assertFalse(study.sequences.contains(7L));
    }

    @Test
    void shouldRefuseARingThatCannotHoldTheLargestTradeFrame() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
                () -> new RingConfig(2048, Topology.INLINE, 1, RingConfig.Idle.SLEEPING));
        assertEquals("pipeline.slots is 2048, allowed is a power of two from 4096 to 4194304",
                refused.getMessage());
    }

    private static RingConfig config(Topology topology) {
        return new RingConfig(SLOTS, topology, 1, RingConfig.Idle.SLEEPING);
    }

    private static List<Recorder> shards(Topology topology) {
        return topology == Topology.STAGED ? List.of(new Recorder(), new Recorder())
                : List.of(new Recorder());
    }

    private Pipeline pipeline(Topology topology, Recorder journal, List<Recorder> shards) {
        return new Pipeline(config(topology), 100, journal, List.copyOf(shards), counters);
    }

    /** Keeps what it was given; read after the pipeline has handled everything. */
    private static final class Recorder implements MarketEventHandler {
        private final List<Long> prices = new ArrayList<>();
        private final List<Long> sequences = new ArrayList<>();
        private final List<Integer> flags = new ArrayList<>();
        private volatile boolean lastWasEndOfBatch;

        @Override
        public void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
            if (event.kind() != EventKind.NONE) {
                prices.add(event.price());
                sequences.add(sequence);
                flags.add((int) event.flags());
            }
            lastWasEndOfBatch = endOfBatch;
        }
    }
}
