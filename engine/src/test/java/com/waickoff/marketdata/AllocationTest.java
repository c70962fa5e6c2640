package com.waickoff.marketdata;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.feed.FeedClock;
import com.waickoff.marketdata.feed.FeedPorts;
import com.waickoff.marketdata.feed.FrameRejections;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.TradeChains;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.VenueTransport;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.replay.RecordingSurvey;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.WindowListener;
import com.waickoff.venue.Venue;
import com.waickoff.venue.VenueSession;
import com.waickoff.venue.market.Listing;
import com.waickoff.venue.wire.Frame;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Frames of an invented venue through decoder, ring, journal and studies to the snapshot file, on
 * one thread, and what that thread allocates by the JVM's own count.
 *
 * <p>Frames are made and laid into native memory outside of what is measured, some thousands a
 * round. A round may allocate only where the journal begins a block of a file, which costs Chronicle
 * 3 to 10 KB each 16 MB, or where the JVM compiles a method anew: so many rounds and so many bytes
 * are allowed, and all the others allocate 0.
 */
class AllocationTest {
    private static final long WARM_UP_EVENTS = 3_000_000;
    private static final long EVENTS = 4_000_000;
    private static final long MOST_BYTES_A_BLOCK = 32 << 10;
    /** The last, begun block of either queue, and methods that are compiled anew. */
    private static final int OTHER_ALLOCATING_ROUNDS = 8;
    /** One that allocates nothing counts for all: on a busy machine the compiler takes its time. */
    private static final int MOST_STRETCHES = 5;
    private static final int FRAMES_PER_READ = 8;

    @TempDir
    private Path directory;

    /** Three venues of 4 million measured events each: 12 million. */
    @ParameterizedTest
    @CsvSource({"bybit-linear, 1", "binance-usdm, 2", "binance-spot, 3"})
    void shouldAllocateNothingFromFrameToSnapshot(String venue, long seed) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        EngineConfig config = EngineConfig.defaults(directory);
        Map<String, CounterBlock> counters = new HashMap<>();
        EngineWorld world = new EngineWorld(Run.ofThisProcess(1), true,
                () -> VenueSession.DEFAULT_START_NS,
                owner -> counters.computeIfAbsent(owner, CounterBlock::onHeap),
                () -> WindowListener.NONE, note -> {});
        try (Engine engine = Engine.open(config, world); Arena arena = Arena.ofConfined()) {
            EventSink sink = engine.sink();
            FeedClock clock = new FeedClock(sink);
            Frames frames = new Frames(arena, venue, seed);
            VenueProtocol protocol = Venues.forRecording(
                    Objects.requireNonNull(com.waickoff.marketdata.feed.Venue.of(venue)),
                    new FeedPorts(sink, engine.catalogue(), new TradeChains(engine.catalogue()),
                            clock, VenueTransport.NOBODY, CounterBlock.onHeap(venue),
                            FrameRejections.UNHEARD),
                    frames.instruments(), new RecordingSurvey(true, List.of()));
            protocol.onConnect(0, 1, VenueSession.DEFAULT_START_NS);

            long startedBytes = 0;
            int allocatingRounds = Integer.MAX_VALUE;
            long blocks = 0;
            for (int stretch = 0; stretch < MOST_STRETCHES
                    && allocatingRounds > blocks + OTHER_ALLOCATING_ROUNDS; stretch++) {
                long allocated = 0;
                long events = 0;
                int rounds = 0;
                allocatingRounds = 0;
                while (events < EVENTS) {
                    frames.make();
                    long eventsBefore = sink.publishedCount();
                    long bytesBefore = threads.getCurrentThreadAllocatedBytes();
                    frames.handOn(protocol, sink, clock);
                    long bytes = threads.getCurrentThreadAllocatedBytes() - bytesBefore;
                    if (eventsBefore >= WARM_UP_EVENTS) {
                        events += sink.publishedCount() - eventsBefore;
                        allocated += bytes;
                        rounds++;
                        allocatingRounds += bytes == 0 ? 0 : 1;
                    }
                }
                System.out.printf("%s, seed %d: %,d bytes in %,d events: %.5f bytes an event;"
                        + " 0 in %d of %d rounds%n", venue, seed, allocated, events,
                        (double) allocated / events, rounds - allocatingRounds, rounds);
                long journalBytes = Objects.requireNonNull(counters.get("journal"))
                        .get(Counter.JOURNAL_BYTES);
                blocks = (journalBytes - startedBytes) / config.journal().blockLength();
                startedBytes = journalBytes;
            }
            assertTrue(allocatingRounds <= blocks + OTHER_ALLOCATING_ROUNDS, allocatingRounds
                    + " rounds allocated, the journal began " + blocks + " blocks");
        }
    }

    /** Frames of an invented venue in native memory, some thousands at a time. */
    private static final class Frames {
        private static final int COUNT = 4096;
        private static final int BYTES = 16 << 20;

        private final MemorySegment memory;
        private final VenueSession session;
        private final String venue;
        private final int[] offset = new int[COUNT];
        private final int[] length = new int[COUNT];
        private final long[] timeNs = new long[COUNT];
        private final String[] url = new String[COUNT];
        private int count;
        private int used;

        Frames(Arena arena, String venue, long seed) {
            this.venue = venue;
            memory = arena.allocate(BYTES);
            session = VenueSession.builder(Venue.of(venue), seed).frames(this::keep).open();
        }

        List<Instrument> instruments() {
            List<Instrument> instruments = new ArrayList<>();
            for (Listing listing : session.listings()) {
                String name = session.venue().instrument(listing);
                instruments.add(InstrumentSource.of(
                        Objects.requireNonNull(com.waickoff.marketdata.feed.Venue.of(venue)),
                        name.substring(name.indexOf(':') + 1), listing.tick(),
                        listing.lot()));
            }
            return instruments;
        }

        void make() {
            count = 0;
            used = 0;
            Arrays.fill(url, null);
            while (count < COUNT - 64 && used < BYTES - (4 << 20)) {
                session.runFrames(1);
            }
        }

        private void keep(Frame frame) {
            char kind = frame.content().kind();
            if (kind != 'R' && kind != 'H') {
                return;
            }
            int body = kind == 'H' ? frame.bodyOffset() : 0;
            if (kind == 'H') {
                url[count] = new String(frame.text().bytes(), 0, body - 1,
                        StandardCharsets.UTF_8);
            }
            offset[count] = used;
            length[count] = frame.text().length() - body;
            timeNs[count] = frame.receiveTimeNs();
            Ascii.copy(frame.text().bytes(), body, length[count], memory.address() + used);
            used += length[count] + Ascii.OVERRUN_BYTES;
            count++;
        }

        void handOn(VenueProtocol protocol, EventSink sink, FeedClock clock) {
            for (int i = 0; i < count; i++) {
                clock.advance(timeNs[i]);
                long address = memory.address() + offset[i];
                String answered = url[i];
                if (answered == null) {
                    protocol.onFrame(0, address, length[i], timeNs[i]);
                } else {
                    protocol.onHttp(answered, address, length[i], timeNs[i]);
                }
                if (i % FRAMES_PER_READ == 0) {
                    sink.endOfRead();
                }
            }
            sink.endOfRead();
        }
    }
}
