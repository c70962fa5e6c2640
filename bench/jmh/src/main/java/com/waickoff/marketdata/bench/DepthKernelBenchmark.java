package com.waickoff.marketdata.bench;

import com.waickoff.marketdata.depth.BookSide;
import com.waickoff.marketdata.depth.DepthConfig;
import com.waickoff.marketdata.depth.DepthMeasures;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.TreeMap;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * One book update of 8 or 9 levels, then the imbalance of the best ten, in a book of 50, 200 and
 * 1,000 levels a side: the engine's ladder against sorted arrays of longs and against what is
 * written first, a sorted map of {@code BigDecimal}. {@code …Within} takes the sums within 5, 10,
 * 25 and 50 basis points of the mid instead.
 *
 * <p>Input: {@link BookUpdates}, whose distribution is measured on a real feed; prices and
 * quantities are already numbers, for each book in the form that suits it. Garbage: run with
 * {@code -prof gc}.
 *
 * <pre>
 *   java @config/jvm/common.options -jar bench/jmh/target/benchmarks.jar DepthKernel -prof gc
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DepthKernelBenchmark {
    private static final int TOP = 10;
    private static final int[] BANDS_BPS = {5, 10, 25, 50};

    @Param({"50", "200", "1000"})
    private int levels;

    private BookUpdates updates;
    private int next;

    private BookSide ladderBids;
    private BookSide ladderAsks;
    private SortedSide sortedBids;
    private SortedSide sortedAsks;
    private TreeMap<BigDecimal, BigDecimal> mapBids;
    private TreeMap<BigDecimal, BigDecimal> mapAsks;
    private BigDecimal[] decimalPrices;
    private BigDecimal[] decimalQuantities;

    /** The same book in all three forms. */
    @Setup
    public void fill() {
        updates = new BookUpdates(levels, 42);
        ladderBids = new BookSide(true, 1, DepthConfig.defaults());
        ladderAsks = new BookSide(false, 1, DepthConfig.defaults());
        sortedBids = new SortedSide(true, 4 * levels);
        sortedAsks = new SortedSide(false, 4 * levels);
        mapBids = new TreeMap<>(Comparator.reverseOrder());
        mapAsks = new TreeMap<>();
        for (long[] level : updates.snapshot()) {
            boolean bid = level[2] != 0;
            (bid ? ladderBids : ladderAsks).set(level[0], level[1]);
            (bid ? sortedBids : sortedAsks).set(level[0], level[1]);
            (bid ? mapBids : mapAsks).put(price(level[0]), quantity(level[1]));
        }
        decimalPrices = new BigDecimal[updates.prices.length];
        decimalQuantities = new BigDecimal[updates.prices.length];
        for (int i = 0; i < decimalPrices.length; i++) {
            decimalPrices[i] = price(updates.prices[i]);
            decimalQuantities[i] = quantity(updates.quantities[i]);
        }
        next = 0;
    }

    /** The engine's book. */
    @Benchmark
    public double ladder() {
        updateLadder();
        return DepthMeasures.imbalance(ladderBids.quantityOfBest(TOP),
                ladderAsks.quantityOfBest(TOP));
    }

    /** The engine's book, sums near the mid. */
    @Benchmark
    public double ladderWithin() {
        updateLadder();
        long twiceMid = DepthMeasures.twiceMid(ladderBids.bestPrice(), ladderAsks.bestPrice());
        double imbalances = 0;
        for (int bps : BANDS_BPS) {
            imbalances += DepthMeasures.imbalance(
                    ladderBids.quantityUpTo(DepthMeasures.lowestBidWithin(twiceMid, bps)),
                    ladderAsks.quantityUpTo(DepthMeasures.highestAskWithin(twiceMid, bps)));
        }
        return imbalances;
    }

    /** Sorted arrays of longs, searched by halves. */
    @Benchmark
    public double sortedArrays() {
        int update = nextUpdate();
        for (int i = updates.first[update]; i < updates.first[update + 1]; i++) {
            (updates.bids[i] ? sortedBids : sortedAsks).set(updates.prices[i],
                    updates.quantities[i]);
        }
        return DepthMeasures.imbalance(sortedBids.quantityOfBest(TOP),
                sortedAsks.quantityOfBest(TOP));
    }

    /** A sorted map of decimals. */
    @Benchmark
    public double treeMapOfDecimals() {
        int update = nextUpdate();
        for (int i = updates.first[update]; i < updates.first[update + 1]; i++) {
            TreeMap<BigDecimal, BigDecimal> side = updates.bids[i] ? mapBids : mapAsks;
            if (decimalQuantities[i].signum() == 0) {
                side.remove(decimalPrices[i]);
            } else {
                side.put(decimalPrices[i], decimalQuantities[i]);
            }
        }
        BigDecimal bid = sumOfBest(mapBids);
        BigDecimal ask = sumOfBest(mapAsks);
        return bid.subtract(ask).doubleValue() / bid.add(ask).doubleValue();
    }

    private void updateLadder() {
        int update = nextUpdate();
        for (int i = updates.first[update]; i < updates.first[update + 1]; i++) {
            (updates.bids[i] ? ladderBids : ladderAsks).set(updates.prices[i],
                    updates.quantities[i]);
        }
    }

    private int nextUpdate() {
        int update = next;
        next = update + 1 == updates.count() ? 0 : update + 1;
        return update;
    }

    private static BigDecimal sumOfBest(TreeMap<BigDecimal, BigDecimal> side) {
        BigDecimal sum = BigDecimal.ZERO;
        int left = TOP;
        for (BigDecimal quantity : side.values()) {
            if (left-- == 0) {
                break;
            }
            sum = sum.add(quantity);
        }
        return sum;
    }

    private static BigDecimal price(long scaled) {
        return BigDecimal.valueOf(scaled, 1);
    }

    private static BigDecimal quantity(long scaled) {
        return BigDecimal.valueOf(scaled, 5);
    }
}
