package com.waickoff.marketdata.bench;

import com.waickoff.marketdata.depth.DepthConfig;
import com.waickoff.marketdata.depth.DepthStudy;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.snapshot.DepthBarsView;
import com.waickoff.marketdata.snapshot.SnapshotConfig;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.DepthBar;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.WindowConfig;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One book update of 8 or 9 levels through the whole depth study, in a book of 50, 200 and 1,000
 * levels a side: order-flow imbalance of five levels, and spread, mids, imbalances of the best 5, 10,
 * 20 and 50 and quantities within 5, 10, 25 and 50 basis points by the 20 ms that each state lasts.
 *
 * <p>{@code study} is the engine's, from the event to the mapped snapshot file, and the clock of every
 * fifth update with it, which shows six timeframes and looks for walls; {@code studyWithoutClock} is
 * without that. {@code sortedArrays} and {@code treeMapOfDecimals} keep the same sums over sorted
 * arrays of longs and over what is written first, and show nobody anything; they are compared with
 * the study once before anything is measured.
 *
 * <p>Input: {@link BookUpdates}. Garbage: run with {@code -prof gc}.
 *
 * <pre>
 *   java @config/jvm/common.options -jar bench/jmh/target/benchmarks.jar DepthStudy -prof gc
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DepthStudyBenchmark {
    private static final long START_NS = 1_767_700_800_000_000_000L;
    private static final long UPDATE_NS = 20_000_000;
    private static final long UPDATE_US = UPDATE_NS / 1_000;
    private static final int UPDATES_A_CLOCK = 5;
    private static final int COMPARED_UPDATES = 2_000;
    private static final int SHOWN_LEVELS = 50;
    private static final int PRICE_SCALE = 1;
    private static final int QUANTITY_SCALE = 5;
    private static final BigDecimal UPDATE_DECIMAL_US = BigDecimal.valueOf(UPDATE_US);

    @Param({"50", "200", "1000"})
    private int levels;

    private BookUpdates updates;
    private int next;
    private Path directory;
    private SnapshotWriter snapshot;
    private DepthStudy study;
    private final MarketEvent event = new MarketEvent();
    private long timeNs;
    private long sequence;
    private SortedDepth sorted;
    private DecimalDepth decimals;
    private BigDecimal[] decimalPrices;
    private BigDecimal[] decimalQuantities;

    /** Makes all three, compares them, and makes them anew. */
    @Setup
    public void prepare() throws IOException {
        updates = new BookUpdates(levels, 42);
        decimalPrices = new BigDecimal[updates.prices.length];
        decimalQuantities = new BigDecimal[updates.prices.length];
        for (int i = 0; i < decimalPrices.length; i++) {
            decimalPrices[i] = BigDecimal.valueOf(updates.prices[i], PRICE_SCALE);
            decimalQuantities[i] = BigDecimal.valueOf(updates.quantities[i], QUANTITY_SCALE);
        }
        directory = Files.createTempDirectory("bench-depth");
        begin(directory.resolve("compared.bin"));
        compare();
        snapshot.close();
        begin(directory.resolve("snapshot.bin"));
    }

    /** Removes the snapshot file. */
    @TearDown
    public void close() throws IOException {
        snapshot.close();
        TemporaryFiles.delete(directory);
    }

    /** The engine's study. */
    @Benchmark
    public long study() {
        int update = nextUpdate();
        updateStudy(update);
        if (update % UPDATES_A_CLOCK == 0) {
            clock();
        }
        return sequence;
    }

    /** The engine's study between two clocks. */
    @Benchmark
    public long studyWithoutClock() {
        updateStudy(nextUpdate());
        return sequence;
    }

    /** Sorted arrays of longs. */
    @Benchmark
    public long sortedArrays() {
        updateSorted(nextUpdate());
        return sorted.digest();
    }

    /** Sorted maps of decimals. */
    @Benchmark
    public Object treeMapOfDecimals() {
        updateDecimals(nextUpdate());
        return decimals;
    }

    private int nextUpdate() {
        int update = next;
        next = update + 1 == updates.count() ? 0 : update + 1;
        return update;
    }

    private void updateStudy(int update) {
        timeNs += UPDATE_NS;
        int end = updates.first[update + 1];
        for (int i = updates.first[update]; i < end; i++) {
            boolean last = i + 1 == end;
            level(updates.prices[i], updates.quantities[i], updates.bids[i],
                    (i == updates.first[update] ? EventFlags.FIRST : 0)
                            | (last ? EventFlags.LAST : 0),
                    last);
        }
    }

    private void level(long price, long quantity, boolean bid, int flags, boolean endOfBatch) {
        event.bookLevel(0, timeNs, timeNs + 1, price, quantity, sequence,
                flags | (bid ? EventFlags.BID : 0));
        study.onEvent(event, ++sequence, endOfBatch);
    }

    private void clock() {
        event.clock(timeNs + 1);
        study.onEvent(event, ++sequence, true);
    }

    private void updateSorted(int update) {
        sorted.pass(UPDATE_US);
        for (int i = updates.first[update]; i < updates.first[update + 1]; i++) {
            (updates.bids[i] ? sorted.bids : sorted.asks).set(updates.prices[i],
                    updates.quantities[i]);
        }
        sorted.updated();
    }

    private void updateDecimals(int update) {
        decimals.pass(UPDATE_DECIMAL_US);
        for (int i = updates.first[update]; i < updates.first[update + 1]; i++) {
            decimals.set(updates.bids[i], decimalPrices[i], decimalQuantities[i]);
        }
        decimals.updated();
    }

    private void begin(Path file) throws IOException {
        InstrumentCatalogue catalogue = new InstrumentCatalogue(1);
        Instrument instrument = catalogue.define(Instrument.of(0, "bybit-linear", "BTCUSDT",
                new BigDecimal("0.1"), new BigDecimal("0.001"), BigDecimal.ONE, "BTC", "BTC",
                "USDT", true));
        snapshot = SnapshotWriter.create(file, new SnapshotConfig(1, 64, SHOWN_LEVELS, 1),
                new Run(1, 1, 1));
        snapshot.define(new SnapshotInstrument(0, instrument.venue(), instrument.symbol(),
                PRICE_SCALE, instrument.tick(), QUANTITY_SCALE, instrument.lot(),
                BigDecimal.ONE, "BTC", "BTC", "USDT", instrument.tick()));
        study = new DepthStudy(catalogue, snapshot, DepthConfig.defaults(),
                WindowConfig.DEFAULT.latenessMs(), CounterBlock.onHeap("depth"));
        sorted = new SortedDepth(4 * levels);
        decimals = new DecimalDepth();
        next = 0;
        sequence = 0;
        timeNs = START_NS;
        event.instrument(0, timeNs);
        study.onEvent(event, ++sequence, true);
        boolean first = true;
        for (long[] level : updates.snapshot()) {
            boolean bid = level[2] != 0;
            level(level[0], level[1], bid,
                    EventFlags.SNAPSHOT | (first ? EventFlags.FIRST : 0), false);
            first = false;
            (bid ? sorted.bids : sorted.asks).set(level[0], level[1]);
            decimals.set(bid, BigDecimal.valueOf(level[0], PRICE_SCALE),
                    BigDecimal.valueOf(level[1], QUANTITY_SCALE));
        }
        long[] best = updates.snapshot().getFirst();
        level(best[0], best[1], best[2] != 0, EventFlags.SNAPSHOT | EventFlags.LAST, true);
        event.bookReady(0, timeNs, timeNs + 1, sequence);
        study.onEvent(event, ++sequence, true);
        sorted.begin();
        decimals.begin();
    }

    /** A benchmark of something else than it says would be worth nothing. */
    private void compare() throws IOException {
        for (int i = 0; i < COMPARED_UPDATES; i++) {
            int update = nextUpdate();
            updateStudy(update);
            updateSorted(update);
            updateDecimals(update);
        }
        clock();
        DepthBarsView view = new DepthBarsView();
        try (SnapshotReader reader = SnapshotReader.open(directory.resolve("compared.bin"))) {
            reader.read(Objects.requireNonNull(reader.find("bybit-linear:BTCUSDT")),
                    Timeframe.M1, view);
        }
        DepthBar bar = Objects.requireNonNull(view.newest());
        boolean same = bar.updates() == COMPARED_UPDATES
                && bar.measuredUs() == COMPARED_UPDATES * UPDATE_US
                && near(bar.averageSpread(), decimals.averageSpread().movePointRight(PRICE_SCALE))
                && near(bar.averageBidsWithin(1),
                        decimals.averageBidsWithin(1).movePointRight(QUANTITY_SCALE));
        for (int i = 0; i < DepthBar.OFI_LEVELS; i++) {
            BigDecimal flow = new BigDecimal(bar.orderFlowImbalance(i));
            same &= flow.compareTo(BigDecimal.valueOf(sorted.orderFlow[i])) == 0 && flow.compareTo(
                    decimals.orderFlow[i].movePointRight(QUANTITY_SCALE)) == 0;
        }
        if (!same) {
            throw new IllegalStateException("the three do not sum the same: " + bar.updates()
                    + " updates, " + bar.measuredUs() + " µs");
        }
    }

    private static boolean near(double one, BigDecimal other) {
        return Math.abs(one - other.doubleValue()) <= Math.abs(one) * 1e-12;
    }
}
