package com.waickoff.marketdata.bench.decode;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.feed.FeedClock;
import com.waickoff.marketdata.feed.FeedPorts;
import com.waickoff.marketdata.feed.FrameRejections;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.TradeChains;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.VenueTransport;
import com.waickoff.marketdata.feed.binance.BinanceFeed;
import com.waickoff.marketdata.feed.binance.BinanceSettings;
import com.waickoff.marketdata.feed.bybit.BybitFeed;
import com.waickoff.marketdata.feed.bybit.BybitSettings;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One frame from bytes in native memory to events in slots, which are then forgotten.
 *
 * <ul>
 * <li>{@code expectedKeyOrder}, {@code anyKeyOrder}: the venue's door of the engine with all that is
 * behind it: symbol, sequence of the book, chain of trade ids, clock, counters;
 * <li>{@code jackson}: {@link JacksonDecoder}, from a copy on the heap, without any of that;
 * <li>{@code byteScan}, {@code swarScan}: the floors. The quotes of the same bytes are counted, byte by
 * byte and eight at a time.
 * </ul>
 *
 * <p>The unit is one frame. Input: {@link FrameShape}, a thousand different frames each, in the order
 * of keys the venues use and with the keys of every object reversed. Before it is measured, both
 * orders and Jackson have to give the same events. Garbage: run with {@code -prof gc}.
 *
 * <pre>
 *   java @config/jvm/common.options -jar bench/jmh/target/benchmarks.jar Decode -prof gc
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(FrameSet.FRAMES)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecodeBenchmark {
    private static final long FRAME_NS = 20_000;
    /** Fewer than there are frames, so that none is known when its turn comes again. */
    private static final int RECENT_TRADES = 512;
    private static final long START_NS = 1_786_310_820_000_000_000L;
    private static final long QUOTES = 0x2222222222222222L;

    /** What the frames hold. */
    @Param
    public FrameShape shape;

    private FrameSet expected;
    private FrameSet reversed;
    private Decoder decoder;
    private DiscardingSink jacksonSink;
    private JacksonDecoder jackson;
    private long timeNs;

    /** The engine's door for the frames of a shape, ready for the first of them. */
    private static final class Decoder {
        private final DiscardingSink sink = new DiscardingSink();
        private final CounterBlock counters = CounterBlock.onHeap("feed");
        private final Instrument instrument;
        private final VenueProtocol protocol;

        Decoder(FrameShape shape) {
            boolean isBybit = shape.venue == Venue.BYBIT_LINEAR;
            InstrumentCatalogue catalogue = new InstrumentCatalogue(1);
            instrument = catalogue.define(InstrumentSource.of(shape.venue, FrameShape.SYMBOL,
                    new BigDecimal(isBybit ? "0.1" : "0.01"),
                    new BigDecimal(isBybit ? "0.001" : "0.00001"), "BTC", "USDT"));
            FeedPorts ports = new FeedPorts(sink, catalogue, new TradeChains(catalogue),
                    new FeedClock(sink), VenueTransport.NOBODY, counters, FrameRejections.UNHEARD);
            List<String> symbols = List.of(FrameShape.SYMBOL);
            protocol = isBybit
                    ? new BybitFeed(Venue.BYBIT_LINEAR, ports,
                            new BybitSettings(symbols, BybitSettings.DEFAULT_BOOK_DEPTH,
                                    RECENT_TRADES, BybitSettings.DEFAULT_MAX_FRAME_BYTES),
                            List.of(instrument))
                    : new BinanceFeed(shape.venue, ports, BinanceSettings.of(symbols),
                            List.of(instrument));
            protocol.onConnect(0, 1, START_NS);
            join(shape);
        }

        private void join(FrameShape shape) {
            byte[] snapshot = shape.snapshot().getBytes(StandardCharsets.US_ASCII);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocate(snapshot.length + Ascii.OVERRUN_BYTES);
                Ascii.copy(snapshot, 0, snapshot.length, memory.address());
                if (shape == FrameShape.BYBIT_BOOK_X8) {
                    protocol.onFrame(0, memory.address(), snapshot.length, START_NS);
                } else if (shape == FrameShape.BINANCE_DEPTH_X37) {
                    protocol.onHttp("/api/v3/depth?symbol=" + FrameShape.SYMBOL + "&limit=1000",
                            memory.address(), snapshot.length, START_NS);
                }
            }
        }

        void checkNoneWasLeftOut() {
            long received = counters.get(Counter.FRAMES_RECEIVED);
            long decoded = counters.get(Counter.FRAMES_DECODED);
            if (received != decoded) {
                throw new IllegalStateException(
                        "of " + received + " frames only " + decoded + " were decoded");
            }
        }
    }

    /** Writes the frames and compares all decoders. */
    @Setup
    public void prepare() throws IOException {
        compare();
        expected = FrameSet.inExpectedOrder(shape);
        reversed = FrameSet.inReverseOrder(shape);
        decoder = new Decoder(shape);
        jacksonSink = new DiscardingSink();
        jackson = new JacksonDecoder(shape, decoder.instrument, jacksonSink);
        timeNs = START_NS;
    }

    private void compare() throws IOException {
        FrameSet inOrder = FrameSet.inExpectedOrder(shape);
        FrameSet inReverse = FrameSet.inReverseOrder(shape);
        Decoder first = new Decoder(shape);
        Decoder second = new Decoder(shape);
        DiscardingSink thirdSink = new DiscardingSink();
        JacksonDecoder third = new JacksonDecoder(shape, first.instrument, thirdSink);
        for (int i = 0; i < FrameSet.FRAMES; i++) {
            first.protocol.onFrame(0, inOrder.address(i), inOrder.length(i), START_NS);
            second.protocol.onFrame(0, inReverse.address(i), inReverse.length(i), START_NS);
            third.onFrame(inOrder.copy(i), inOrder.length(i), START_NS);
            String batch = first.sink.lastBatch();
            if (!batch.equals(second.sink.lastBatch())
                    || !batch.equals(thirdSink.lastBatch())) {
                throw new IllegalStateException("frame " + i + " is decoded to\n" + batch
                        + "and, reversed, to\n" + second.sink.lastBatch() + "and by Jackson to\n"
                        + thirdSink.lastBatch());
            }
        }
        first.checkNoneWasLeftOut();
        second.checkNoneWasLeftOut();
    }

    /** Whether all frames were really decoded. */
    @TearDown
    public void check() {
        decoder.checkNoneWasLeftOut();
    }

    /** The engine, frames as the venue sends them. */
    @Benchmark
    public long expectedKeyOrder() {
        return decode(expected);
    }

    /** The engine, frames as a venue might send them one day. */
    @Benchmark
    public long anyKeyOrder() {
        return decode(reversed);
    }

    private long decode(FrameSet frames) {
        VenueProtocol protocol = decoder.protocol;
        for (int i = 0; i < FrameSet.FRAMES; i++) {
            frames.advance(i);
            timeNs += FRAME_NS;
            protocol.onFrame(0, frames.address(i), frames.length(i), timeNs);
        }
        return decoder.sink.publishedCount();
    }

    /** Jackson's streaming parser. */
    @Benchmark
    public long jackson() throws IOException {
        for (int i = 0; i < FrameSet.FRAMES; i++) {
            timeNs += FRAME_NS;
            jackson.onFrame(expected.copy(i), expected.length(i), timeNs);
        }
        return jacksonSink.publishedCount();
    }

    /** Every byte is looked at. */
    @Benchmark
    public long byteScan() {
        long quotes = 0;
        for (int i = 0; i < FrameSet.FRAMES; i++) {
            long end = expected.address(i) + expected.length(i);
            for (long at = expected.address(i); at < end; at++) {
                if (Ascii.byteAt(at) == '"') {
                    quotes++;
                }
            }
        }
        return quotes;
    }

    /** Every word is looked at; the last one may reach beyond the frame. */
    @Benchmark
    public long swarScan() {
        long quotes = 0;
        for (int i = 0; i < FrameSet.FRAMES; i++) {
            long end = expected.address(i) + expected.length(i);
            for (long at = expected.address(i); at < end; at += Long.BYTES) {
                quotes += Long.bitCount(Ascii.marksOf(Ascii.longAt(at), QUOTES));
            }
        }
        return quotes;
    }
}
