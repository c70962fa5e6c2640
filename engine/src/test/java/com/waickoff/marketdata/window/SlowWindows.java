package com.waickoff.marketdata.window;

import com.waickoff.marketdata.window.RandomTape.Trade;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * The windows of a tape the slow way: every trade of every window, and each number computed from all
 * of them when it is asked for.
 */
final class SlowWindows {
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private final WindowConfig config;
    private final long baseSize;
    private final Map<Timeframe, TreeMap<Long, SlowWindow>> windows = new EnumMap<>(
            Timeframe.class);
    private final List<Trade> all = new ArrayList<>();

    /** One window: its trades in the order of their arrival. */
    final class SlowWindow {
        private final List<Trade> trades = new ArrayList<>();
        private boolean leftOut;

        private void add(Trade trade) {
            BigInteger sum = volume().add(BigInteger.valueOf(trade.quantity()));
            if (sum.compareTo(MOST) > 0) {
                leftOut = true;
            } else {
                trades.add(trade);
            }
        }

        boolean leftSomethingOut() {
            return leftOut;
        }

        boolean isEmpty() {
            return trades.isEmpty();
        }

        boolean cameInOrder() {
            for (int i = 1; i < trades.size(); i++) {
                if (trades.get(i).key() < trades.get(i - 1).key()) {
                    return false;
                }
            }
            return true;
        }

        /** Whether no trade could as well come before another: of equal keys the order is open. */
        boolean hasOneOrder() {
            return cameInOrder()
                    || trades.stream().map(Trade::key).distinct().count() == trades.size();
        }

        List<Trade> inTapeOrder() {
            List<Trade> sorted = new ArrayList<>(trades);
            sorted.sort(Comparator.comparingLong(Trade::key));
            return sorted;
        }

        BigInteger volume() {
            return sum(trades, Trade::quantity);
        }

        BigInteger buyVolume() {
            return sum(trades.stream().filter(Trade::buy).toList(), Trade::quantity);
        }

        BigInteger notional() {
            return trades.stream().map(trade -> BigInteger.valueOf(trade.price())
                    .multiply(BigInteger.valueOf(trade.quantity())))
                    .reduce(BigInteger.ZERO, BigInteger::add);
        }

        BigInteger squares() {
            return trades.stream().map(trade -> BigInteger.valueOf(trade.price()).pow(2)
                    .multiply(BigInteger.valueOf(trade.quantity())))
                    .reduce(BigInteger.ZERO, BigInteger::add);
        }

        long high() {
            return trades.stream().mapToLong(Trade::price).max().orElseThrow();
        }

        long low() {
            return trades.stream().mapToLong(Trade::price).min().orElseThrow();
        }

        BigInteger extremeDelta(int sign) {
            BigInteger running = BigInteger.ZERO;
            BigInteger extreme = BigInteger.ZERO;
            for (Trade trade : inTapeOrder()) {
                running = running.add(BigInteger.valueOf(trade.signed()));
                extreme = sign > 0 ? extreme.max(running) : extreme.min(running);
            }
            return extreme;
        }

        /** Rows of the height that the range of this window takes. */
        SlowProfile rows() {
            long size = baseSize;
            while (Math.floorDiv(high(), size) - Math.floorDiv(low(), size) >= config
                    .rowCapacity()) {
                size *= 2;
            }
            SlowProfile rows = new SlowProfile(size);
            trades.forEach(trade -> rows.add(trade.price(), trade.quantity(), trade.buy()));
            return rows;
        }
    }

    SlowWindows(WindowConfig config, long tick) {
        this.config = config;
        baseSize = tick * config.rowTicks();
        Timeframe.ALL.forEach(timeframe -> windows.put(timeframe, new TreeMap<>()));
    }

    void add(Trade trade) {
        all.add(trade);
        windows.forEach((timeframe, kept) -> {
            long index = timeframe.indexOf(trade.matchNs());
            int most = config.keptWindows(timeframe);
            if (kept.isEmpty() || index > kept.lastKey() - most) {
                kept.computeIfAbsent(index, none -> new SlowWindow()).add(trade);
                kept.headMap(kept.lastKey() - most, true).clear();
            }
        });
    }

    /** The windows that are kept, by their index. */
    TreeMap<Long, SlowWindow> of(Timeframe timeframe) {
        return windows.getOrDefault(timeframe, new TreeMap<>());
    }

    /** Of all trades up to the end of a window, whether they are still in one or not. */
    BigInteger cumulativeDelta(long endNs) {
        return sum(all.stream().filter(trade -> trade.matchNs() < endNs).toList(),
                Trade::signed);
    }

    private static BigInteger sum(List<Trade> trades,
            ToLongFunction<Trade> number) {
        BigInteger sum = BigInteger.ZERO;
        for (Trade trade : trades) {
            sum = sum.add(BigInteger.valueOf(number.applyAsLong(trade)));
        }
        return sum;
    }
}
