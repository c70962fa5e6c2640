package com.waickoff.marketdata.flow;

import com.waickoff.marketdata.flow.RandomFlowTape.Trade;
import com.waickoff.marketdata.flow.SlowFlow.Shown;
import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.snapshot.SignalKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Taker orders as lists of their fills, and the quantities of all complete ones by day. */
final class SlowOrders {
    private static final long NS_PER_DAY = 86_400_000_000_000L;
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
    private static final long LEAST_ORDERS = 1_000;
    private static final List<Long> EDGES = edges();

    private final FlowConfig.Orders config;
    private final long rowSize;
    private final QuantityWorth worth;
    private final List<Trade> fills = new ArrayList<>();
    private final Map<Long, TreeMap<Long, Long>> byDay = new HashMap<>();
    private long newestDay = Long.MIN_VALUE;

    /** The quantity that is worth an amount at a price. */
    @FunctionalInterface
    interface QuantityWorth {
        BigInteger of(long amount, long price);
    }

    /** A signal of an order, and when its first fill was. */
    record Found(long timeNs, Shown shown) {}

    SlowOrders(FlowConfig.Orders config, long rowSize, QuantityWorth worth) {
        this.config = config;
        this.rowSize = rowSize;
        this.worth = worth;
    }

    /** Powers of two in quarters: 4, 5, 6, 7, 8, 10, 12, 14, 16, 20 and so on, and what is below. */
    private static List<Long> edges() {
        List<Long> edges = new ArrayList<>(List.of(0L, 1L, 2L, 3L));
        for (int octave = 2; octave < Long.SIZE - 1; octave++) {
            for (long quarter = 0; quarter < 4; quarter++) {
                edges.add(BigInteger.TWO.pow(octave - 2)
                        .multiply(BigInteger.valueOf(4 + quarter)).longValueExact());
            }
        }
        return edges;
    }

    boolean isOpen() {
        return !fills.isEmpty();
    }

    long lastReceivedNs() {
        return fills.getLast().receiveNs();
    }

    /** Whether a trade is a fill of the open order: of one side and cross sequence or match time. */
    boolean holds(Trade trade, boolean idsChain) {
        if (fills.isEmpty() || fills.getLast().buy() != trade.buy()) {
            return false;
        }
        return !idsChain && trade.cross() != 0 ? fills.getLast().cross() == trade.cross()
                : fills.getLast().matchNs() == trade.matchNs();
    }

    void add(Trade trade) {
        fills.add(trade);
    }

    /** Completes the open order, if there is one. */
    List<Found> end() {
        List<Found> found = new ArrayList<>();
        if (fills.isEmpty()) {
            return found;
        }
        long quantity = fills.stream().map(trade -> BigInteger.valueOf(trade.quantity()))
                .reduce(BigInteger.ZERO, BigInteger::add).longValueExact();
        long count = fills.stream().mapToLong(Trade::fills).sum();
        Trade first = fills.getFirst();
        Trade last = fills.getLast();
        int side = first.buy() ? Signal.BUY : Signal.SELL;
        TreeMap<Long, Long> orders = ordersOfTwoDays();
        long total = orders.values().stream().mapToLong(Long::longValue).sum();
        boolean byAmount = config.largeNotional() > 0;
        BigInteger threshold = byAmount ? worth.of(config.largeNotional(), last.price())
                : threshold(orders, total);
        if (BigInteger.valueOf(quantity).compareTo(threshold) >= 0) {
            found.add(new Found(first.matchNs(), new Shown(SignalKind.LARGE_TRADE, last.price(),
                    side, List.of(quantity, count, threshold.longValueExact(), total),
                    List.of(byAmount ? 0L : config.largePerMillion(), config.largeNotional(), 0L,
                            0L, 0L))));
        }
        long rows = rows();
        if (rows >= config.sweepRows()) {
            found.add(new Found(first.matchNs(), new Shown(SignalKind.SWEEP, last.price(), side,
                    List.of(rows, quantity, first.price(), count),
                    List.of((long) config.sweepRows(), rowSize, 0L, 0L, 0L))));
        }
        long day = Math.floorDiv(first.matchNs(), NS_PER_DAY);
        newestDay = Math.max(newestDay, day);
        byDay.computeIfAbsent(day, none -> new TreeMap<>()).merge(quantity, 1L, Long::sum);
        fills.clear();
        return found;
    }

    /** Rows with a fill, each beyond those before it. */
    private long rows() {
        TreeSet<Long> beyond = new TreeSet<>();
        for (Trade fill : fills) {
            long row = Math.floorDiv(fill.price(), rowSize);
            if (beyond.isEmpty() || row < beyond.first() || row > beyond.last()) {
                beyond.add(row);
            }
        }
        return beyond.size();
    }

    private TreeMap<Long, Long> ordersOfTwoDays() {
        TreeMap<Long, Long> orders = new TreeMap<>(byDay.getOrDefault(newestDay, new TreeMap<>()));
        byDay.getOrDefault(newestDay - 1, new TreeMap<>())
                .forEach((quantity, count) -> orders.merge(quantity, count, Long::sum));
        return orders;
    }

    /** The lowest edge that no more than the share of all orders reach. */
    private BigInteger threshold(TreeMap<Long, Long> orders, long total) {
        BigInteger most = BigInteger.valueOf(total)
                .multiply(BigInteger.valueOf(config.largePerMillion()));
        BigInteger lowest = BigInteger.TWO.pow(Long.SIZE);
        for (int i = EDGES.size() - 1; i >= 0 && total >= LEAST_ORDERS; i--) {
            long reach = orders.tailMap(EDGES.get(i), true).values().stream()
                    .mapToLong(Long::longValue).sum();
            if (BigInteger.valueOf(reach).multiply(MILLION).compareTo(most) > 0) {
                return lowest;
            }
            lowest = BigInteger.valueOf(EDGES.get(i));
        }
        return lowest;
    }
}
