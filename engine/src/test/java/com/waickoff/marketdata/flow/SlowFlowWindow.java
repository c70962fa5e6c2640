package com.waickoff.marketdata.flow;

import com.waickoff.marketdata.flow.RandomFlowTape.Trade;
import com.waickoff.marketdata.flow.SlowFlow.Shown;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.WindowConfig;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * A window as all its trades in the order of their arrival; every number is computed from them when
 * it is asked for.
 */
final class SlowFlowWindow {
    private static final int MOST_SEAMS = 32;

    private final Timeframe timeframe;
    private final long index;
    private final int rowCapacity;
    private final long baseSize;
    private final boolean idsChain;
    private final List<Trade> trades = new ArrayList<>();
    private boolean closed;
    private int revision;
    private int seenRevision = -1;
    private List<Shown> seen = List.of();

    SlowFlowWindow(Timeframe timeframe, long index, WindowConfig config, long baseSize,
            boolean idsChain) {
        this.timeframe = timeframe;
        this.index = index;
        rowCapacity = config.rowCapacity();
        this.baseSize = baseSize;
        this.idsChain = idsChain;
    }

    void add(Trade trade) {
        trades.add(trade);
        revision += closed ? 1 : 0;
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    Timeframe timeframe() {
        return timeframe;
    }

    long index() {
        return index;
    }

    long startNs() {
        return index * timeframe.lengthMs() * 1_000_000L;
    }

    long endNs() {
        return (index + 1) * timeframe.lengthMs() * 1_000_000L;
    }

    int revision() {
        return revision;
    }

    /** At which revision it was looked at; -1 for never. */
    int seenRevision() {
        return seenRevision;
    }

    /** What it showed then. */
    List<Shown> seen() {
        return seen;
    }

    void see(List<Shown> now) {
        seenRevision = revision;
        seen = now;
    }

    /** By id where ids chain, else by match time, ties by arrival. */
    private List<Trade> inTapeOrder() {
        List<Trade> sorted = new ArrayList<>(trades);
        sorted.sort(Comparator.comparingLong(idsChain ? Trade::id : Trade::matchNs));
        return sorted;
    }

    Trade open() {
        return inTapeOrder().getFirst();
    }

    Trade lastTrade() {
        return inTapeOrder().getLast();
    }

    long high() {
        return trades.stream().mapToLong(Trade::price).max().orElseThrow();
    }

    long low() {
        return trades.stream().mapToLong(Trade::price).min().orElseThrow();
    }

    BigInteger delta() {
        return trades.stream().map(trade -> BigInteger.valueOf(trade.signed()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** The extreme of the running delta in tape order, 0 included. */
    BigInteger extremeDelta(int sign) {
        BigInteger running = BigInteger.ZERO;
        BigInteger extreme = BigInteger.ZERO;
        for (Trade trade : idsChain ? inTapeOrder() : inOrderAsFarAsKnown()) {
            running = running.add(BigInteger.valueOf(trade.signed()));
            extreme = sign > 0 ? extreme.max(running) : extreme.min(running);
        }
        return extreme;
    }

    /**
     * Parts of the tape of which each is behind the one before it. What is late has its place before
     * or behind one of them; where it falls inside one, it counts when it arrives.
     */
    private List<Trade> inOrderAsFarAsKnown() {
        List<List<Trade>> parts = new ArrayList<>();
        List<Trade> newest = new ArrayList<>();
        for (Trade trade : trades) {
            boolean before = !newest.isEmpty() && trade.matchNs() < newest.getFirst().matchNs();
            if (!before || !isPlaced(trade, parts)) {
                newest.add(trade);
            }
        }
        List<Trade> all = new ArrayList<>();
        parts.forEach(all::addAll);
        all.addAll(newest);
        return all;
    }

    private static boolean isPlaced(Trade trade, List<List<Trade>> parts) {
        for (List<Trade> part : parts.reversed()) {
            if (trade.matchNs() >= part.getLast().matchNs()) {
                part.add(trade);
                return true;
            }
            if (trade.matchNs() > part.getFirst().matchNs()) {
                return false;
            }
        }
        if (parts.size() == MOST_SEAMS) {
            return false;
        }
        parts.addFirst(new ArrayList<>(List.of(trade)));
        return true;
    }

    /** Height of its rows: the finest, doubled until its range takes as many rows as are kept. */
    long rowSize() {
        long size = baseSize;
        while (Math.floorDiv(high(), size) - Math.floorDiv(low(), size) + 1 > rowCapacity) {
            size *= 2;
        }
        return size;
    }

    /** What takers of a side traded, by row; rows without are missing. */
    TreeMap<Long, BigInteger> volumes(boolean buys) {
        long size = rowSize();
        TreeMap<Long, BigInteger> volumes = new TreeMap<>();
        for (Trade trade : trades) {
            if (trade.buy() == buys) {
                volumes.merge(Math.floorDiv(trade.price(), size),
                        BigInteger.valueOf(trade.quantity()), BigInteger::add);
            }
        }
        return volumes;
    }
}
