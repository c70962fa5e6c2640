package com.waickoff.marketdata.flow;

import com.waickoff.marketdata.snapshot.Signal;
import java.util.stream.LongStream;

/**
 * The parameters of order-flow signals. Factors are in thousandths; amounts are whole units of the
 * currency of the price, so that they mean the same for every instrument of a market.
 */
public record FlowConfig(Rows rows, Windows windows, Orders orders, Speed speed, Vpin vpin) {
    /** What the reference of the numbers says. */
    public static final FlowConfig DEFAULT = new FlowConfig(Rows.DEFAULT, Windows.DEFAULT,
            Orders.DEFAULT, Speed.DEFAULT, Vpin.DEFAULT);

    /** A factor of 1. */
    public static final int ONE = 1_000;

    private static final long MOST_NOTIONAL = 1_000_000_000_000L;
    private static final int PPM = 1_000_000;

    /**
     * Signals from the rows of a window.
     *
     * @param ratio how often one side outweighs the other, in thousandths: 1,000 to 1,000,000
     * @param minDifference by how much at least, as an amount; 0 to 10^12
     * @param minVolume what counts against nothing at all, as an amount; 0 to 10^12
     * @param stackedRows neighbouring rows of a stack, 2 to 100
     * @param exhaustionRows rows over which volume dries up, 2 to 100
     */
    public record Rows(int ratio, long minDifference, long minVolume, int stackedRows,
            int exhaustionRows) {
        /** Three times, by at least 1,000; against nothing 5,000; stacks of 3; exhaustion over 5. */
        public static final Rows DEFAULT = new Rows(3 * ONE, 1_000, 5_000, 3, 5);

        /** Checks ranges. */
        public Rows {
            Range.require("imbalance-ratio", ratio, ONE, 1_000 * ONE);
            Range.require("imbalance-min-difference", minDifference, 0, MOST_NOTIONAL);
            Range.require("imbalance-min-volume", minVolume, 0, MOST_NOTIONAL);
            Range.require("stacked-rows", stackedRows, 2, 100);
            Range.require("exhaustion-rows", exhaustionRows, 2, 100);
        }
    }

    /**
     * Signals from a window and those before it.
     *
     * @param lookback windows before it that it is compared with, 1 to 100
     * @param absorptionDelta how many times the mean delta, in thousandths: 1,000 to 1,000,000
     * @param absorptionProgress at most how many times the mean progress, in thousandths: 0 to 1,000
     */
    public record Windows(int lookback, int absorptionDelta, int absorptionProgress) {
        /** Ten windows; twice the delta with half the progress. */
        public static final Windows DEFAULT = new Windows(10, 2 * ONE, ONE / 2);

        /** Checks ranges. */
        public Windows {
            Range.require("lookback-windows", lookback, 1, 100);
            Range.require("absorption-delta", absorptionDelta, ONE, 1_000 * ONE);
            Range.require("absorption-progress", absorptionProgress, 0, ONE);
        }
    }

    /**
     * Signals from single taker orders.
     *
     * @param largeNotional from which amount on an order is large; 0 for the largest of their like
     * @param largePerMillion how many of a million are the largest, 1 to 100,000
     * @param sweepRows from how many rows on an order is a sweep, 2 to 100,000
     */
    public record Orders(long largeNotional, int largePerMillion, int sweepRows) {
        /** One of a thousand is large; twenty rows are a sweep. */
        public static final Orders DEFAULT = new Orders(0, 1_000, 20);

        /** Checks ranges. */
        public Orders {
            Range.require("large-trade-notional", largeNotional, 0, MOST_NOTIONAL);
            Range.require("large-trade-per-million", largePerMillion, 1, PPM / 10);
            Range.require("sweep-rows", sweepRows, 2, 100_000);
        }
    }

    /**
     * The speed of the tape.
     *
     * @param seconds length of a stretch, 1 to 60
     * @param stretches number of stretches before, of which the mean is taken, 1 to 60
     * @param factor from how many times that mean on it is fast, in thousandths: 1,000 to 1,000,000
     * @param minTrades fewest trades that are fast, 1 to 1,000,000
     */
    public record Speed(int seconds, int stretches, int factor, int minTrades) {
        /** Ten seconds against the five minutes before; half as much again, 50 trades at least. */
        public static final Speed DEFAULT = new Speed(10, 30, 3 * ONE / 2, 50);

        /** Checks ranges. */
        public Speed {
            Range.require("speed-seconds", seconds, 1, 60);
            Range.require("speed-stretches", stretches, 1, 60);
            Range.require("speed-factor", factor, ONE, 1_000 * ONE);
            Range.require("speed-min-trades", minTrades, 1, 1_000_000);
        }
    }

    /**
     * The volume-synchronised probability of informed trading.
     *
     * @param bucketNotional what a bucket is worth, as an amount at its first price; 1 to 10^12
     * @param buckets number of the last buckets, 2 to 1,000
     * @param thresholdPpm above which it is a signal, in parts per million; 0 for never
     */
    public record Vpin(long bucketNotional, int buckets, int thresholdPpm) {
        /** Fifty buckets of a million each; no signal. */
        public static final Vpin DEFAULT = new Vpin(1_000_000, 50, 0);

        /** Checks ranges. */
        public Vpin {
            Range.require("vpin-bucket-notional", bucketNotional, 1, MOST_NOTIONAL);
            Range.require("vpin-buckets", buckets, 2, 1_000);
            Range.require("vpin-threshold-ppm", thresholdPpm, 0, PPM);
        }
    }

    /** A class of its own: the defaults of the parts need it before those of the whole are there. */
    private static final class Range {
        static void require(String key, long value, long least, long most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(
                        "flow." + key + " is " + value + ", allowed is " + least + " to " + most);
            }
        }
    }

    /** All parameters in a fixed order: state kept under other ones is of no use. */
    long[] fingerprint() {
        return LongStream.of(rows.ratio, rows.minDifference, rows.minVolume, rows.stackedRows,
                rows.exhaustionRows, windows.lookback, windows.absorptionDelta,
                windows.absorptionProgress, orders.largeNotional, orders.largePerMillion,
                orders.sweepRows, speed.seconds, speed.stretches, speed.factor, speed.minTrades,
                vpin.bucketNotional, vpin.buckets, vpin.thresholdPpm).toArray();
    }

    /** Bytes that the state of one instrument takes, about. */
    public long bytesPerInstrument() {
        return (long) Long.BYTES * (2L * OrderSizes.BUCKETS
                + (long) speed.seconds * (speed.stretches + 1)
                + 2L * vpin.buckets + WindowSignals.MOST * (Signal.INPUTS + Signal.PARAMETERS + 8))
                + (16 << 10);
    }
}
