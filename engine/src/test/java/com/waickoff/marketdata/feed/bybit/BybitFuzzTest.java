package com.waickoff.marketdata.feed.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.feed.CollectingSink;
import com.waickoff.marketdata.feed.FeedClock;
import com.waickoff.marketdata.feed.FeedHarness;
import com.waickoff.marketdata.feed.FeedPorts;
import com.waickoff.marketdata.feed.FrameRejections;
import com.waickoff.marketdata.feed.Mutation;
import com.waickoff.marketdata.feed.TradeChains;
import com.waickoff.marketdata.feed.VenueTransport;
import com.waickoff.marketdata.status.Conservation;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Frames that are cut or changed at random, read by two feeds that differ in nothing but the bytes
 * behind the frame: whatever a frame is, both publish the same, and nothing impossible.
 */
class BybitFuzzTest {
    private static final long SEED = Long.getLong("test.seed", 20261121L);
    private static final int MUTATIONS = 200_000;
    private static final int REFRESH = 8;
    private static final int SHORTEST_ITEM_BYTES = 3; // "{},": a trade that is declared lost
    private static final int EVENTS_AROUND_ITEMS = 4;
    private static final List<byte[]> HOSTILE = List.of(bytes("11111111"),
            bytes("\"\"\"\"\"\"\"\""),
            bytes("\"]]}}}}}"), bytes("}]}\"}]}]"), bytes(",\"a\":[[\""), bytes("],[\"1\",\""),
            bytes("\\\\\\\\\\\\\\\\"), bytes("00000}}}"), bytes("        "));
    private static final byte[] LETTERS = bytes("{}[]\",:\\ 0123456789.-+eEtrufalsnBTCUSDpviq\n");

    private final Reader first = new Reader();
    private final Reader second = new Reader();

    @Test
    void shouldReadNoFrameThatIsCutByWhatLiesBehindIt() {
        for (String name : Frames.names()) {
            byte[] frame = bytes(Frames.read(name));
            for (int length = 0; length < frame.length; length++) {
                byte[] rest = Arrays.copyOfRange(frame, length, length + Ascii.OVERRUN_BYTES);
                refresh();
                for (byte[] hostile : HOSTILE) {
                    receive(Arrays.copyOf(frame, length), rest, hostile, name);
                }
            }
        }
    }

    @Test
    void shouldPublishNothingImpossible() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<byte[]> frames = new ArrayList<>();
        Frames.names().forEach(name -> frames.add(bytes(Frames.read(name))));
        for (int i = 0; i < MUTATIONS; i++) {
            if (i % REFRESH == 0) {
                refresh();
            }
            byte[] frame = frames.get(random.nextInt(frames.size()));
            for (int n = random.nextInt(4); n >= 0; n--) {
                frame = Mutation.of(frame, LETTERS, random);
            }
            receive(frame, HOSTILE.get(random.nextInt(HOSTILE.size())),
                    HOSTILE.get(random.nextInt(HOSTILE.size())), "seed " + SEED + " frame " + i);
        }

        assertThat(first.counters.get(Counter.REJECTED_MALFORMED)).isGreaterThan(MUTATIONS / 10);
        assertThat(first.counters.get(Counter.TRADES_DECODED)).isGreaterThan(MUTATIONS / 100);
        assertThat(first.counters.get(Counter.LEVELS_DECODED)).isGreaterThan(MUTATIONS / 10);
        assertThat(first.counters.get(Counter.REJECTED_VALUE_OUT_OF_RANGE)).isPositive();
        assertThat(first.counters.get(Counter.REJECTED_UNKNOWN_SHAPE)).isPositive();
        assertThat(first.counters.get(Counter.BOOK_RESETS)).isPositive();
    }

    /** Makes the books ready and the feeds up, whatever became of them. */
    private void refresh() {
        for (String name : List.of(Frames.SNAPSHOT, "ws_orderbook_eth_snapshot")) {
            byte[] frame = bytes(Frames.read(name));
            receive(frame, HOSTILE.get(0), HOSTILE.get(1), name);
        }
    }

    private void receive(byte[] frame, byte[] behindFirst, byte[] behindSecond, String what) {
        List<MarketEvent> events = first.receive(frame, behindFirst);
        List<MarketEvent> others = second.receive(frame, behindSecond);
        boolean isSame = events.size() == others.size();
        for (int i = 0; isSame && i < events.size(); i++) {
            isSame = isSame(events.get(i), others.get(i));
        }
        boolean isPossible = events.stream().allMatch(BybitFuzzTest::isPossible);
        boolean isBounded = events.size() <= frame.length / SHORTEST_ITEM_BYTES
                + EVENTS_AROUND_ITEMS;
        boolean isConserved = Conservation.of(List.of(first.counters)).frameDifference() == 0;
        if (!isSame || !isPossible || !isBounded || !isConserved) {
            assertThat(events).as("%s: %s", what, new String(frame, StandardCharsets.UTF_8))
                    .allMatch(BybitFuzzTest::isPossible)
                    .hasSizeLessThanOrEqualTo(frame.length / SHORTEST_ITEM_BYTES
                            + EVENTS_AROUND_ITEMS)
                    .usingElementComparator((a, b) -> isSame(a, b) ? 0 : 1).isEqualTo(others);
            assertThat(isConserved).as("%s: %s", what, new String(frame, StandardCharsets.UTF_8))
                    .isTrue();
        }
        if (Arrays.hashCode(first.fates()) != Arrays.hashCode(second.fates())) {
            assertThat(first.fates()).as("%s: %s", what,
                    new String(frame, StandardCharsets.UTF_8)).isEqualTo(second.fates());
        }
        first.sink.clear();
        second.sink.clear();
    }

    private static boolean isSame(MarketEvent a, MarketEvent b) {
        return a.kind() == b.kind() && a.flags() == b.flags()
                && a.instrumentId() == b.instrumentId() && a.matchTimeNs() == b.matchTimeNs()
                && a.receiveTimeNs() == b.receiveTimeNs() && a.word0() == b.word0()
                && a.word1() == b.word1() && a.word2() == b.word2() && a.word3() == b.word3();
    }

    private static boolean isPossible(MarketEvent event) {
        boolean isKnown = event.kind() == EventKind.CLOCK
                ? event.instrumentId() == MarketEvent.ALL_INSTRUMENTS
                : event.instrumentId() == 0 || event.instrumentId() == 1;
        boolean isTimed = event.matchTimeNs() >= 0 && event.receiveTimeNs() > 0;
        return isKnown && isTimed && EventKind.isKnown(event.kind()) && switch (event.kind()) {
            case EventKind.TRADE -> event.has(EventFlags.OFF_BOOK)
                    ? event.price() >= 0 && event.quantity() >= 0
                    : event.price() > 0 && event.quantity() > 0;
            case EventKind.BOOK_LEVEL -> event.price() > 0 && event.quantity() >= 0
                    && event.updateId() >= 0;
            default -> true;
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A feed, and memory that ends with the bytes it may look at behind a frame. */
    private static final class Reader {
        final CollectingSink sink = CollectingSink.keeping(1 << 12);
        final CounterBlock counters = CounterBlock.onHeap("feed");
        private final MemorySegment memory = Arena.ofAuto().allocate(1 << 13);
        private final BybitFeed feed;
        private long nowNs = FeedHarness.START_NS;

        Reader() {
            InstrumentCatalogue catalogue = new InstrumentCatalogue(8);
            feed = Frames.feed(new FeedPorts(sink, catalogue, new TradeChains(catalogue),
                    new FeedClock(sink), VenueTransport.NOBODY, counters,
                    FrameRejections.UNHEARD), 200);
            feed.onConnect(0, 1, nowNs);
        }

        List<MarketEvent> receive(byte[] frame, byte[] behind) {
            long end = memory.byteSize() - Ascii.OVERRUN_BYTES;
            long start = end - frame.length;
            MemorySegment.copy(frame, 0, memory, ValueLayout.JAVA_BYTE, start, frame.length);
            MemorySegment.copy(behind, 0, memory, ValueLayout.JAVA_BYTE, end, behind.length);
            feed.onFrame(0, memory.address() + start, frame.length, ++nowNs);
            return sink.events();
        }

        long[] fates() {
            long[] fates = new long[Counter.values().length];
            for (Counter counter : Counter.values()) {
                fates[counter.ordinal()] = counters.get(counter);
            }
            return fates;
        }
    }
}
