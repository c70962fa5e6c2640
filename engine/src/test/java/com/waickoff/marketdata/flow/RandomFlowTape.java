package com.waickoff.marketdata.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A tape of taker orders from a seed, in the order in which it arrives, with the clocks between.
 * Orders fill at one price or sweep through several, some of them as aggregates. Trades come late or,
 * where ids chain, are missed and repaired. Prices wander, stand still, or jump farther than rows
 * reach; quantities are small and alike, of all sizes, or so large that products leave 64 bits.
 * Few tapes are long and of several days, with enough orders for the largest among their like.
 */
final class RandomFlowTape {
    static final long MIDNIGHT_NS = 20_000L * 86_400_000_000_000L;

    private static final long MS = 1_000_000L;
    private static final long TICK_MS = 100;
    private static final long HOUR_MS = 3_600_000;
    private static final int LONG_ORDERS = 4_000;
    private static final long START_TICKS = 2_000;

    /** What arrives. */
    sealed interface Arrival {}

    /** Time passes. */
    record Clock(long receiveNs) implements Arrival {}

    /** Trades are missing behind the last one. */
    record Gap(long receiveNs, long firstId, long lastId) implements Arrival {}

    /** A trade: of an order by its cross sequence, or without one (0); of several fills. */
    record Trade(long matchNs, long receiveNs, long price, long quantity, boolean buy, long id,
            long cross, long fills) implements Arrival {
        Trade received(long laterNs) {
            return new Trade(matchNs, laterNs, price, quantity, buy, id, cross, fills);
        }

        long signed() {
            return buy ? quantity : -quantity;
        }
    }

    private final List<Arrival> arrivals = new ArrayList<>();
    private final Deque<Trade> missed = new ArrayDeque<>();
    private final SplittableRandom random;
    private final boolean idsChain;
    private final boolean isLong;
    private final boolean crossed;
    private final int priceKind;
    private final int quantityKind;
    private final long tick;
    private long matchNs;
    private long receiveNs;
    private long price;
    private long id;
    private long order;
    private boolean buying = true;

    RandomFlowTape(SplittableRandom random, long tick, boolean isLong) {
        this.random = random;
        this.tick = tick;
        this.isLong = isLong;
        idsChain = random.nextBoolean();
        crossed = !idsChain && random.nextInt(4) > 0;
        priceKind = random.nextInt(6);
        quantityKind = random.nextInt(5);
        matchNs = MIDNIGHT_NS - random.nextLong(isLong ? HOUR_MS : 600_000) * MS;
        receiveNs = matchNs;
        price = tick * (START_TICKS + random.nextLong(START_TICKS));
        int orders = isLong ? LONG_ORDERS : 20 + random.nextInt(random.nextInt(8) == 0 ? 400 : 120);
        for (int i = 0; i < orders; i++) {
            order();
        }
        clock(60_000 + random.nextInt(60_000));
    }

    /** Everything in the order of its arrival. */
    List<Arrival> arrivals() {
        return arrivals;
    }

    /** Whether ids chain; if not, match times order the tape. */
    boolean idsChain() {
        return idsChain;
    }

    private void order() {
        pass();
        order++;
        if (random.nextInt(12) == 0) {
            buying = !buying;
        }
        boolean buy = buying == (random.nextInt(4) > 0);
        int fills = random.nextInt(5) == 0 ? 1 + random.nextInt(9) : 1;
        boolean late = !idsChain && random.nextInt(25) == 0;
        // Between two ms, so that no other trade has its time and its place is no matter of ties.
        long atNs = late ? matchNs - random.nextLong(isLong ? 30 * HOUR_MS : 400_000) * MS
                - 1 - random.nextLong(MS - 1) : matchNs;
        boolean miss = idsChain && random.nextInt(25) == 0;
        if (miss) {
            miss(buy, fills);
            return;
        }
        if (random.nextInt(8) == 0 && !missed.isEmpty()) {
            for (int left = fills; left > 0 && !missed.isEmpty(); left--) {
                arrivals.add(missed.removeFirst().received(receiveNs));
            }
        }
        for (int i = 0; i < fills; i++) {
            arrivals.add(fill(atNs, buy));
        }
    }

    /** An order that is missing, before one that shows it. */
    private void miss(boolean buy, int fills) {
        long firstId = id + 1;
        for (int i = 0; i < fills; i++) {
            missed.add(fill(matchNs, buy));
        }
        long lastId = id;
        pass();
        order++;
        Trade next = fill(matchNs, !buy);
        arrivals.add(new Gap(receiveNs, firstId, lastId));
        arrivals.add(next);
    }

    private Trade fill(long atNs, boolean buy) {
        long moves = random.nextInt(3) == 0 ? random.nextInt(4) : 0;
        price = Math.max(tick, price + (buy ? moves : -moves) * tick);
        id++;
        long fills = idsChain ? 1 + random.nextInt(3) : 1;
        return new Trade(atNs, receiveNs, price, quantity(), buy, id, crossed ? order : 0, fills);
    }

    /** Time passes, and with it prices may move. */
    private void pass() {
        long aheadMs = switch (random.nextInt(12)) {
            case 0 -> random.nextLong(isLong ? 200_000 : 90_000);
            case 1, 2, 3 -> 0;
            case 4, 5, 6 -> random.nextLong(150);
            default -> random.nextLong(10_000);
        };
        aheadMs += isLong && random.nextInt(1_000) == 0 ? random.nextLong(50 * HOUR_MS) : 0;
        matchNs += aheadMs * MS;
        long lagMs = random.nextInt(6) == 0 ? random.nextLong(3_000) : 20;
        clock(Math.max(receiveNs / MS, matchNs / MS + lagMs) - receiveNs / MS);
        movePrice();
    }

    /** The clock of the last tick that passed, as the feed gives it before what comes then. */
    private void clock(long aheadMs) {
        long laterMs = receiveNs / MS + aheadMs;
        long tickNs = Math.floorDiv(laterMs, TICK_MS) * TICK_MS * MS;
        if (tickNs > receiveNs) {
            arrivals.add(new Clock(tickNs));
        }
        receiveNs = laterMs * MS;
    }

    private void movePrice() {
        long ticks = switch (priceKind) {
            case 0 -> 0;
            case 1 -> random.nextLong(-1, 2);
            case 2 -> random.nextLong(-3, 4);
            case 3 -> random.nextInt(15) == 0 ? random.nextLong(-40, 41) : random.nextLong(-1, 2);
            case 4 -> random.nextInt(40) == 0 ? random.nextLong(-900, 901) : random.nextLong(-1, 2);
            default -> buying ? random.nextLong(-2, 4) : random.nextLong(-3, 3);
        };
        price = Math.max(tick, price + ticks * tick);
    }

    private long quantity() {
        return switch (quantityKind) {
            case 0 -> 1 + random.nextLong(3);
            case 1 -> 1_000L * (1 + random.nextLong(3));
            case 2 -> 1 + random.nextLong(1L << random.nextInt(30));
            case 3 -> 1 + random.nextLong(Long.MAX_VALUE / 100_000);
            default -> 1 + random.nextLong(20_000);
        };
    }
}
