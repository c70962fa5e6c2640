package com.waickoff.marketdata.bench;

import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.window.Bar;
import com.waickoff.marketdata.window.InstrumentWindows;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import com.waickoff.marketdata.window.WindowConfig;
import com.waickoff.marketdata.window.WindowListener;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
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
 * One trade into the windows of six timeframes: bars, deltas and their extremes, buy and sell volume
 * by row. The engine's windows against a sorted map of {@code BigDecimal} and a hash map of boxed
 * longs, which keep the same, and are compared with it once before they are measured.
 *
 * <p>The engine computes the point of control (POC) when it is read. Where {@code …WithPoc}, each of
 * the three follows the row of largest volume with each trade; the engine's from outside, through
 * what readers of its rows use.
 *
 * <p>{@code studies} is what the engine does with a trade behind the ring: profile, flow, depth (which
 * passes it over) and coverage, and at the end of every batch of 1, 4 or 16 trades the copy of what
 * changed into the mapped snapshot file; {@code extent} leaves the later studies out, so that each can
 * be told from those before it.
 *
 * <p>The unit is one trade. Input: {@link TradeTape}, in each version's own form; new windows open as
 * the tape's time goes on. Garbage: run with {@code -prof gc}.
 *
 * <pre>
 *   java @config/jvm/common.options -jar bench/jmh/target/benchmarks.jar TradeKernel -prof gc
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(TradeKernelBenchmark.TRADES)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TradeKernelBenchmark {
    /** Trades of one invocation: divides the tape, and is divided by each batch. */
    static final int TRADES = 64;

    private static final long SEED = 42;
    private static final int COMPARED_TRADES = 20_000;

    private TradeTape tape;

    private InstrumentWindows windows;
    private final long[] pocStartsNs = new long[Timeframe.COUNT];
    private final long[] pocVolumes = new long[Timeframe.COUNT];
    private final long[] pocRows = new long[Timeframe.COUNT];
    private DecimalProfile decimals;
    private DecimalProfile decimalsWithPoc;
    private BigDecimal[] decimalPrices;
    private BigDecimal[] decimalQuantities;
    private BoxedProfile boxes;
    private BoxedProfile boxesWithPoc;

    /** How often somebody looks at the windows, which then take in what came since. */
    @State(Scope.Thread)
    public static class Looked {
        /** Trades of a batch. */
        @Param({"1", "4", "16", "64"})
        public int batch;
    }

    /** The snapshot file and the studies that publish to it; only where they are measured. */
    @State(Scope.Thread)
    public static class Published {
        /** Trades of a batch. */
        @Param({"1", "4", "16"})
        public int batch;
        /** Which studies: each with those before it. */
        @Param({"PROFILE", "FLOW", "ALL"})
        public StudyChain.Extent extent;

        private StudyChain studies;
        private Path directory;
        private final MarketEvent event = new MarketEvent();
        private long sequence;

        /** Makes them. */
        @Setup
        public void open() throws IOException {
            directory = Files.createTempDirectory("bench-trades");
            studies = StudyChain.ofTradeTape(directory.resolve("snapshot.bin"), extent);
        }

        /** Removes them. */
        @TearDown
        public void close() throws IOException {
            studies.close();
            TemporaryFiles.delete(directory);
        }
    }

    /** Makes the tape and all versions, and compares them. */
    @Setup
    public void prepare() {
        tape = new TradeTape(SEED);
        decimalPrices = Arrays.stream(tape.prices)
                .mapToObj(price -> BigDecimal.valueOf(price, TradeTape.PRICE_SCALE))
                .toArray(BigDecimal[]::new);
        decimalQuantities = Arrays.stream(tape.quantities)
                .mapToObj(quantity -> BigDecimal.valueOf(quantity, TradeTape.QUANTITY_SCALE))
                .toArray(BigDecimal[]::new);
        begin();
        compare();
        begin();
    }

    private void begin() {
        windows = new InstrumentWindows(0, 1, WindowConfig.DEFAULT, WindowListener.NONE);
        decimals = new DecimalProfile(false);
        decimalsWithPoc = new DecimalProfile(true);
        boxes = new BoxedProfile(false);
        boxesWithPoc = new BoxedProfile(true);
    }

    private void compare() {
        for (int i = 0; i < COMPARED_TRADES; i++) {
            addToWindows(i);
            addToDecimals(decimalsWithPoc, i);
            addToBoxes(boxesWithPoc, i);
        }
        for (Timeframe timeframe : Timeframe.ALL) {
            Window window = Objects.requireNonNull(windows.newest(timeframe));
            if (!decimalsWithPoc.isLike(window) || !boxesWithPoc.isLike(window)) {
                throw new IllegalStateException(timeframe + ": the versions differ");
            }
        }
    }

    /** The engine's windows, looked at after each batch. */
    @Benchmark
    public long windows(Looked looked) {
        long digest = 0;
        int from = tape.advance(TRADES);
        int endOfBatch = looked.batch - 1;
        for (int i = from; i < from + TRADES; i++) {
            digest |= addToWindows(i);
            if ((i & endOfBatch) == endOfBatch) {
                digest += Objects.requireNonNull(windows.newest(Timeframe.M1)).bar().volume();
            }
        }
        return digest;
    }

    /** The engine's windows, and the POC of each as readers see it. */
    @Benchmark
    public int windowsWithPoc() {
        int outcome = 0;
        int from = tape.advance(TRADES);
        for (int i = from; i < from + TRADES; i++) {
            outcome |= addToWindows(i);
            followPoc(tape.prices[i]);
        }
        return outcome;
    }

    /** A hash map of boxed longs. */
    @Benchmark
    public long hashMapOfLongs() {
        long digest = 0;
        int from = tape.advance(TRADES);
        for (int i = from; i < from + TRADES; i++) {
            digest ^= addToBoxes(boxes, i);
        }
        return digest;
    }

    /** A hash map of boxed longs, with the POC. */
    @Benchmark
    public long hashMapOfLongsWithPoc() {
        long digest = 0;
        int from = tape.advance(TRADES);
        for (int i = from; i < from + TRADES; i++) {
            digest ^= addToBoxes(boxesWithPoc, i);
        }
        return digest;
    }

    /** A sorted map of decimals. */
    @Benchmark
    public int treeMapOfDecimals() {
        int digest = 0;
        int from = tape.advance(TRADES);
        for (int i = from; i < from + TRADES; i++) {
            digest ^= addToDecimals(decimals, i).signum();
        }
        return digest;
    }

    /** A sorted map of decimals, with the POC. */
    @Benchmark
    public int treeMapOfDecimalsWithPoc() {
        int digest = 0;
        int from = tape.advance(TRADES);
        for (int i = from; i < from + TRADES; i++) {
            digest ^= addToDecimals(decimalsWithPoc, i).signum();
        }
        return digest;
    }

    /** All studies, and the snapshot at the end of each batch. */
    @Benchmark
    public long studies(Published published) {
        MarketEvent event = published.event;
        int from = tape.advance(TRADES);
        int endOfBatch = published.batch - 1;
        for (int i = from; i < from + TRADES; i++) {
            tape.fill(event, i);
            published.studies.onEvent(event, ++published.sequence, (i & endOfBatch) == endOfBatch);
        }
        return published.sequence;
    }

    private int addToWindows(int trade) {
        long timeNs = tape.timeNs(trade);
        return windows.onTrade(timeNs, TradeTape.receiveTimeNs(timeNs), tape.prices[trade],
                tape.quantities[trade], tape.buys[trade] ? Bar.BUY : 0, timeNs, 1);
    }

    private long addToBoxes(BoxedProfile profile, int trade) {
        return profile.onTrade(tape.timeNs(trade), tape.prices[trade],
                tape.quantities[trade], tape.buys[trade]);
    }

    private BigDecimal addToDecimals(DecimalProfile profile, int trade) {
        return profile.onTrade(tape.timeNs(trade), decimalPrices[trade],
                decimalQuantities[trade], tape.buys[trade]);
    }

    /** Of the newest windows; rows that were merged count anew from the next trade on. */
    private void followPoc(long price) {
        for (int i = 0; i < Timeframe.COUNT; i++) {
            Window window = Objects.requireNonNull(windows.newest(Timeframe.at(i)));
            RowVolumes rows = window.rows();
            // The tick is 1, so the height of a row is a power of two.
            long row = price >> Long.numberOfTrailingZeros(rows.rowSize());
            long volume = rows.volume(row);
            if (window.startNs() != pocStartsNs[i]) {
                pocStartsNs[i] = window.startNs();
                pocVolumes[i] = 0;
            }
            if (volume > pocVolumes[i]) {
                pocVolumes[i] = volume;
                pocRows[i] = row;
            }
        }
    }
}
