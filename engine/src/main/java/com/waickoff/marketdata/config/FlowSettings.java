package com.waickoff.marketdata.config;

import com.waickoff.marketdata.flow.FlowConfig;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/** The settings of order-flow signals. */
final class FlowSettings {
    private static final FlowConfig.Rows ROWS = FlowConfig.Rows.DEFAULT;
    private static final FlowConfig.Windows WINDOWS = FlowConfig.Windows.DEFAULT;
    private static final FlowConfig.Orders ORDERS = FlowConfig.Orders.DEFAULT;
    private static final FlowConfig.Speed SPEED = FlowConfig.Speed.DEFAULT;
    private static final FlowConfig.Vpin BUCKETS = FlowConfig.Vpin.DEFAULT;
    private static final int FACTOR_DECIMALS = 3;
    private static final Pattern FACTOR = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,3})?");

    private static final Setting RATIO = factor("flow.imbalance-ratio", ROWS.ratio(),
            "how many times the other side, diagonally, is out of balance", 1, 1_000);
    private static final Setting MIN_DIFFERENCE = number("flow.imbalance-min-difference",
            ROWS.minDifference(), "by which amount at least a row is out of balance",
            value -> new FlowConfig.Rows(ROWS.ratio(), value, ROWS.minVolume(),
                    ROWS.stackedRows(), ROWS.exhaustionRows()));
    private static final Setting MIN_VOLUME = number("flow.imbalance-min-volume",
            ROWS.minVolume(), "by which amount it is against nothing at all",
            value -> new FlowConfig.Rows(ROWS.ratio(), ROWS.minDifference(), value,
                    ROWS.stackedRows(), ROWS.exhaustionRows()));
    private static final Setting STACKED_ROWS = number("flow.stacked-rows", ROWS.stackedRows(),
            "neighbouring rows out of balance that make a stack",
            value -> new FlowConfig.Rows(ROWS.ratio(), ROWS.minDifference(), ROWS.minVolume(),
                    intOf(value), ROWS.exhaustionRows()));
    private static final Setting EXHAUSTION_ROWS = number("flow.exhaustion-rows",
            ROWS.exhaustionRows(), "rows over which volume dries up towards an extreme",
            value -> new FlowConfig.Rows(ROWS.ratio(), ROWS.minDifference(), ROWS.minVolume(),
                    ROWS.stackedRows(), intOf(value)));
    private static final Setting LOOKBACK = number("flow.lookback-windows", WINDOWS.lookback(),
            "most windows before it that a window is compared with",
            value -> new FlowConfig.Windows(intOf(value), WINDOWS.absorptionDelta(),
                    WINDOWS.absorptionProgress()));
    private static final Setting ABSORPTION_DELTA = factor("flow.absorption-delta",
            WINDOWS.absorptionDelta(), "how many times the mean delta is absorbed", 1, 1_000);
    private static final Setting ABSORPTION_PROGRESS = factor("flow.absorption-progress",
            WINDOWS.absorptionProgress(),
            "by how many times the mean the price moves at most meanwhile", 0, 1);
    private static final Setting LARGE_NOTIONAL = number("flow.large-trade-notional",
            ORDERS.largeNotional(),
            "from which amount on an order is large; 0 for the largest of their like",
            value -> new FlowConfig.Orders(value, ORDERS.largePerMillion(), ORDERS.sweepRows()));
    private static final Setting LARGE_PER_MILLION = number("flow.large-trade-per-million",
            ORDERS.largePerMillion(), "how many of a million orders are the largest",
            value -> new FlowConfig.Orders(ORDERS.largeNotional(), intOf(value),
                    ORDERS.sweepRows()));
    private static final Setting SWEEP_ROWS = number("flow.sweep-rows", ORDERS.sweepRows(),
            "from how many rows on an order is a sweep",
            value -> new FlowConfig.Orders(ORDERS.largeNotional(), ORDERS.largePerMillion(),
                    intOf(value)));
    private static final Setting SPEED_SECONDS = number("flow.speed-seconds", SPEED.seconds(),
            "length of a stretch of the tape",
            value -> new FlowConfig.Speed(intOf(value), SPEED.stretches(), SPEED.factor(),
                    SPEED.minTrades()));
    private static final Setting SPEED_STRETCHES = number("flow.speed-stretches",
            SPEED.stretches(), "stretches before it that it is compared with",
            value -> new FlowConfig.Speed(SPEED.seconds(), intOf(value), SPEED.factor(),
                    SPEED.minTrades()));
    private static final Setting SPEED_FACTOR = factor("flow.speed-factor", SPEED.factor(),
            "above how many times their mean it is fast", 1, 1_000);
    private static final Setting SPEED_MIN_TRADES = number("flow.speed-min-trades",
            SPEED.minTrades(), "fewest trades of a fast stretch",
            value -> new FlowConfig.Speed(SPEED.seconds(), SPEED.stretches(), SPEED.factor(),
                    intOf(value)));
    private static final Setting VPIN_NOTIONAL = number("flow.vpin-bucket-notional",
            BUCKETS.bucketNotional(), "what a bucket of VPIN is worth",
            value -> new FlowConfig.Vpin(value, BUCKETS.buckets(), BUCKETS.thresholdPpm()));
    private static final Setting VPIN_BUCKETS = number("flow.vpin-buckets", BUCKETS.buckets(),
            "buckets of VPIN",
            value -> new FlowConfig.Vpin(BUCKETS.bucketNotional(), intOf(value),
                    BUCKETS.thresholdPpm()));
    private static final Setting VPIN_THRESHOLD = number("flow.vpin-threshold-ppm",
            BUCKETS.thresholdPpm(), "above how many millionths VPIN is a signal; 0 for never",
            value -> new FlowConfig.Vpin(BUCKETS.bucketNotional(), BUCKETS.buckets(),
                    intOf(value)));

    /** All of them, in the order in which they are shown. */
    static final List<Setting> ALL = List.of(RATIO, MIN_DIFFERENCE, MIN_VOLUME, STACKED_ROWS,
            EXHAUSTION_ROWS, LOOKBACK, ABSORPTION_DELTA, ABSORPTION_PROGRESS, LARGE_NOTIONAL,
            LARGE_PER_MILLION, SWEEP_ROWS, SPEED_SECONDS, SPEED_STRETCHES, SPEED_FACTOR,
            SPEED_MIN_TRADES, VPIN_NOTIONAL, VPIN_BUCKETS, VPIN_THRESHOLD);

    private FlowSettings() {}

    /** The parameters that are configured. */
    static FlowConfig config(Configuration configuration) {
        return new FlowConfig(
                new FlowConfig.Rows(thousandths(configuration, RATIO),
                        configuration.number(MIN_DIFFERENCE), configuration.number(MIN_VOLUME),
                        configuration.integer(STACKED_ROWS),
                        configuration.integer(EXHAUSTION_ROWS)),
                new FlowConfig.Windows(configuration.integer(LOOKBACK),
                        thousandths(configuration, ABSORPTION_DELTA),
                        thousandths(configuration, ABSORPTION_PROGRESS)),
                new FlowConfig.Orders(configuration.number(LARGE_NOTIONAL),
                        configuration.integer(LARGE_PER_MILLION),
                        configuration.integer(SWEEP_ROWS)),
                new FlowConfig.Speed(configuration.integer(SPEED_SECONDS),
                        configuration.integer(SPEED_STRETCHES),
                        thousandths(configuration, SPEED_FACTOR),
                        configuration.integer(SPEED_MIN_TRADES)),
                new FlowConfig.Vpin(configuration.number(VPIN_NOTIONAL),
                        configuration.integer(VPIN_BUCKETS),
                        configuration.integer(VPIN_THRESHOLD)));
    }

    private static Setting number(String key, long defaultValue, String meaning,
            LongConsumer check) {
        return Setting.number(key, defaultValue, meaning, check);
    }

    private static Setting factor(String key, int thousandths, String meaning, int least,
            int most) {
        return Setting.text(key,
                BigDecimal.valueOf(thousandths, FACTOR_DECIMALS).stripTrailingZeros()
                        .toPlainString(),
                meaning, text -> FACTOR.matcher(text).matches()
                        && new BigDecimal(text).compareTo(BigDecimal.valueOf(least)) >= 0
                        && new BigDecimal(text).compareTo(BigDecimal.valueOf(most)) <= 0,
                "is " + least + " to " + most + ", with at most three decimals");
    }

    private static int thousandths(Configuration configuration, Setting setting) {
        return new BigDecimal(configuration.get(setting).text())
                .movePointRight(FACTOR_DECIMALS).intValueExact();
    }

    private static int intOf(long value) {
        return value == (int) value ? (int) value : Integer.MIN_VALUE;
    }
}
