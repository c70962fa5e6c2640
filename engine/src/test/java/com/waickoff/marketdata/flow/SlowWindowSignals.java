package com.waickoff.marketdata.flow;

import com.waickoff.marketdata.flow.SlowFlow.Shown;
import com.waickoff.marketdata.flow.SlowOrders.QuantityWorth;
import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.snapshot.SignalKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** What a window shows, straight from the definitions of the reference of numbers. */
final class SlowWindowSignals {
    private static final int MOST_STACKS = 8;
    private static final int LEAST_COMPARED = 3;
    private static final BigInteger ZERO = BigInteger.ZERO;

    private final FlowConfig config;
    private final QuantityWorth worth;

    /** A row out of balance, and by how much. */
    private record Imbalance(long row, boolean buy, BigInteger difference) {}

    /** Neighbouring rows out of balance. */
    private record Stack(long low, long high, boolean buy) {
        long rows() {
            return high - low + 1;
        }
    }

    SlowWindowSignals(FlowConfig config, QuantityWorth worth) {
        this.config = config;
        this.worth = worth;
    }

    /** The signals of a window, with those before it, nearest first. */
    List<Shown> of(SlowFlowWindow window, List<SlowFlowWindow> before) {
        List<SlowFlowWindow> compared = before.stream().limit(config.windows().lookback()).toList();
        List<Shown> shown = new ArrayList<>();
        new OfRows(window).addTo(shown);
        if (!compared.isEmpty()) {
            addDivergence(window, compared, true, shown);
            addDivergence(window, compared, false, shown);
        }
        if (compared.size() >= LEAST_COMPARED) {
            addAbsorption(window, compared, shown);
        }
        return shown;
    }

    /** The signals of the rows of one window. */
    private final class OfRows {
        private final TreeMap<Long, BigInteger> bought;
        private final TreeMap<Long, BigInteger> sold;
        private final long size;
        private final long low;
        private final long high;
        private final BigInteger leastDifference;
        private final BigInteger leastVolume;

        OfRows(SlowFlowWindow window) {
            bought = window.volumes(true);
            sold = window.volumes(false);
            size = window.rowSize();
            low = Math.floorDiv(window.low(), size);
            high = Math.floorDiv(window.high(), size);
            long price = window.lastTrade().price();
            leastDifference = worth.of(config.rows().minDifference(), price);
            leastVolume = worth.of(config.rows().minVolume(), price);
        }

        void addTo(List<Shown> shown) {
            addImbalances(shown);
            addUnfinished(high, Signal.BUY, shown);
            addUnfinished(low, Signal.SELL, shown);
            addExhaustion(high, -1, bought, Signal.BUY, shown);
            addExhaustion(low, 1, sold, Signal.SELL, shown);
        }

        private BigInteger in(TreeMap<Long, BigInteger> side, long row) {
            return side.getOrDefault(row, ZERO);
        }

        /** The imbalances of one side by row, from the rows in which that side traded. */
        private TreeMap<Long, Imbalance> imbalances(boolean buys) {
            TreeMap<Long, Imbalance> found = new TreeMap<>();
            TreeMap<Long, BigInteger> own = buys ? bought : sold;
            own.forEach((row, volume) -> {
                long neighbour = buys ? row - 1 : row + 1;
                BigInteger other = in(buys ? sold : bought, neighbour);
                BigInteger difference = volume.subtract(other);
                boolean holds = neighbour >= low && neighbour <= high
                        && decimal(volume).compareTo(times(config.rows().ratio(), other)) >= 0
                        && difference.compareTo(leastDifference) >= 0
                        && (other.signum() > 0 || volume.compareTo(leastVolume) >= 0);
                if (holds) {
                    found.put(row, new Imbalance(row, buys, difference));
                }
            });
            return found;
        }

        private List<Stack> stacks(TreeMap<Long, Imbalance> imbalances, boolean buys) {
            List<Stack> stacks = new ArrayList<>();
            for (long row : imbalances.keySet()) {
                long end = row;
                while (imbalances.containsKey(end + 1)) {
                    end++;
                }
                if (!imbalances.containsKey(row - 1)
                        && end - row + 1 >= config.rows().stackedRows()) {
                    stacks.add(new Stack(row, end, buys));
                }
            }
            return stacks;
        }

        private void addImbalances(List<Shown> shown) {
            TreeMap<Long, Imbalance> buys = imbalances(true);
            TreeMap<Long, Imbalance> sells = imbalances(false);
            List<Imbalance> all = new ArrayList<>(buys.values());
            all.addAll(sells.values());
            if (all.isEmpty()) {
                return;
            }
            Imbalance largest = all.stream().min(Comparator.comparing(Imbalance::difference)
                    .reversed().thenComparing(Imbalance::row)).orElseThrow();
            List<Stack> stacks = stacks(buys, true);
            stacks.addAll(stacks(sells, false));
            long count = stacks.size();
            List<Long> parameters = List.of((long) config.rows().ratio(),
                    leastDifference.longValueExact(), leastVolume.longValueExact(), size,
                    (long) config.rows().stackedRows());
            shown.add(new Shown(SignalKind.IMBALANCES, largest.row() * size,
                    Integer.compare(buys.size(), sells.size()),
                    List.of((long) buys.size(), (long) sells.size(), count,
                            largest.difference().longValueExact()),
                    parameters));
            stacks.sort(Comparator.comparing(Stack::rows).reversed()
                    .thenComparing(Stack::buy, Comparator.reverseOrder())
                    .thenComparing(Stack::low));
            stacks.stream().limit(MOST_STACKS).forEach(stack -> shown.add(new Shown(
                    SignalKind.STACKED_IMBALANCE, stack.low() * size,
                    stack.buy() ? Signal.BUY : Signal.SELL,
                    List.of(stack.rows(), stack.high() * size,
                            (stack.buy() ? bought : sold).subMap(stack.low(), true, stack.high(),
                                    true).values().stream().reduce(ZERO, BigInteger::add)
                                    .longValueExact(),
                            count),
                    parameters)));
        }

        private void addUnfinished(long row, int side, List<Shown> shown) {
            BigInteger buy = in(bought, row);
            BigInteger sell = in(sold, row);
            boolean both = buy.signum() > 0 && sell.signum() > 0;
            if (both && (side == Signal.BUY ? buy : sell).compareTo(leastVolume) > 0) {
                shown.add(new Shown(SignalKind.UNFINISHED_AUCTION, row * size, side,
                        List.of(buy.longValueExact(), sell.longValueExact(), 0L, 0L),
                        List.of(leastVolume.longValueExact(), size, 0L, 0L, 0L)));
            }
        }

        private void addExhaustion(long extreme, int inwards, TreeMap<Long, BigInteger> side,
                int sideOfSignal, List<Shown> shown) {
            int rows = config.rows().exhaustionRows();
            if (high - low + 1 < rows) {
                return;
            }
            for (int i = 1; i < rows; i++) {
                BigInteger inner = in(side, extreme + (long) i * inwards);
                if (inner.compareTo(in(side, extreme + (i - 1L) * inwards)) <= 0) {
                    return;
                }
            }
            shown.add(new Shown(SignalKind.EXHAUSTION, extreme * size, sideOfSignal,
                    List.of(in(side, extreme).longValueExact(),
                            in(side, extreme + (rows - 1L) * inwards).longValueExact(), 0L, 0L),
                    List.of((long) rows, size, 0L, 0L, 0L)));
        }
    }

    /** Cumulative deltas are counted from the start of the first window compared. */
    private void addDivergence(SlowFlowWindow window, List<SlowFlowWindow> compared, boolean high,
            List<Shown> shown) {
        int sign = high ? 1 : -1;
        BigInteger cumulative = ZERO;
        BigInteger deltaAtExtreme = ZERO;
        long extreme = 0;
        long ago = 0;
        for (int i = compared.size(); i > 0; i--) {
            SlowFlowWindow past = compared.get(i - 1);
            long price = high ? past.high() : past.low();
            if (ago == 0 || (price - extreme) * sign >= 0) {
                extreme = price;
                deltaAtExtreme = cumulative.add(past.extremeDelta(sign));
                ago = i;
            }
            cumulative = cumulative.add(past.delta());
        }
        long price = high ? window.high() : window.low();
        BigInteger difference = cumulative.add(window.extremeDelta(sign)).subtract(deltaAtExtreme);
        if ((price - extreme) * sign > 0 && difference.signum() * sign < 0) {
            shown.add(new Shown(SignalKind.DELTA_DIVERGENCE, price,
                    high ? Signal.SELL : Signal.BUY,
                    List.of(extreme, difference.longValueExact(), ago, (long) compared.size()),
                    List.of((long) config.windows().lookback(), 0L, 0L, 0L, 0L)));
        }
    }

    private void addAbsorption(SlowFlowWindow window, List<SlowFlowWindow> compared,
            List<Shown> shown) {
        BigInteger deltas = ZERO;
        long ways = 0;
        for (SlowFlowWindow past : compared) {
            deltas = deltas.add(past.delta().abs());
            ways += Math.abs(way(past));
        }
        BigInteger delta = window.delta();
        BigInteger count = BigInteger.valueOf(compared.size());
        long way = way(window) * delta.signum();
        // Both sides times the number of windows: a mean need not be a whole number.
        boolean much = delta.signum() != 0 && decimal(delta.abs().multiply(count))
                .compareTo(times(config.windows().absorptionDelta(), deltas)) >= 0;
        boolean little = decimal(BigInteger.valueOf(way).multiply(count)).compareTo(
                times(config.windows().absorptionProgress(), BigInteger.valueOf(ways))) <= 0;
        if (much && little) {
            shown.add(new Shown(SignalKind.ABSORPTION, window.lastTrade().price(), delta.signum(),
                    List.of(delta.longValueExact(), deltas.divide(count).longValueExact(), way,
                            ways / compared.size()),
                    List.of((long) compared.size(), (long) config.windows().absorptionDelta(),
                            (long) config.windows().absorptionProgress(),
                            (long) config.windows().lookback(), 0L)));
        }
    }

    private static long way(SlowFlowWindow window) {
        return window.lastTrade().price() - window.open().price();
    }

    private static BigDecimal decimal(BigInteger number) {
        return new BigDecimal(number);
    }

    private static BigDecimal times(long thousandths, BigInteger number) {
        return BigDecimal.valueOf(thousandths, 3).multiply(decimal(number));
    }
}
