package com.waickoff.marketdata.window;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A tape from a seed: trades in the order in which they arrive, which is mostly that of the tape.
 * It begins shortly before midnight, so that windows of every timeframe end in it. Trades come
 * late, twice at a time, after they were missed, or out of order; prices wander, repeat, or jump
 * farther than rows reach; quantities are small and alike, or so large that sums hardly fit.
 */
final class RandomTape {
    private static final long MS = 1_000_000L;
    private static final long MIDNIGHT_NS = 20_000L * 86_400_000 * MS;
    private static final long MOST_BEFORE_MIDNIGHT_MS = 200_000;
    private static final long FIRST_ID = 1_000;

    private final SplittableRandom random;
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Deque<Trade> missing = new ArrayDeque<>();
    private final boolean byId;
    private final boolean disorderly;
    private final int priceKind;
    private final int quantityKind;
    private long matchNs;
    private long receiveNs;
    private long price;
    private long id = FIRST_ID;

    /** What arrives. */
    sealed interface Arrival {
        /** Trades are missing behind the last one. */
        record Gap() implements Arrival {}
    }

    /** A trade, and when it was received. */
    record Trade(long matchNs, long receiveNs, long price, long quantity, boolean buy, long key)
            implements
                Arrival {
        Trade received(long laterNs) {
            return new Trade(matchNs, laterNs, price, quantity, buy, key);
        }

        long signed() {
            return buy ? quantity : -quantity;
        }
    }

    RandomTape(long seed) {
        random = new SplittableRandom(seed);
        byId = random.nextBoolean();
        disorderly = random.nextInt(4) == 0;
        priceKind = random.nextInt(8);
        quantityKind = random.nextInt(6);
        matchNs = MIDNIGHT_NS - random.nextLong(MOST_BEFORE_MIDNIGHT_MS) * MS;
        receiveNs = matchNs;
        price = priceKind == 7 ? random.nextLong(-300, 300) : 1_000 + random.nextLong(100_000);
        int trades = 1 + random.nextInt(random.nextInt(10) == 0 ? 120 : 40);
        for (int i = 0; i < trades; i++) {
            step();
        }
    }

    /** Gaps and trades in the order of their arrival. */
    List<Arrival> arrivals() {
        return arrivals;
    }

    /** More of the same randomness, for what is asked about the tape. */
    SplittableRandom random() {
        return random;
    }

    private void step() {
        switch (random.nextInt(20)) {
            case 0 -> miss();
            case 1, 2 -> bringWhatWasMissed();
            case 3 -> comeLate();
            default -> arrivals.add(next());
        }
    }

    private void miss() {
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            missing.add(next());
        }
        arrivals.add(new Arrival.Gap());
        arrivals.add(next());
    }

    private void bringWhatWasMissed() {
        Trade trade = disorderly ? missing.pollLast() : missing.pollFirst();
        arrivals.add(trade == null ? next() : trade.received(receiveNs));
    }

    /** A trade that is older than one before it, but not by more than is believed. */
    private void comeLate() {
        if (!disorderly || id == FIRST_ID) {
            arrivals.add(next());
            return;
        }
        movePrice();
        long earlierNs = matchNs - random.nextLong(20 * 60_000) * MS;
        arrivals.add(new Trade(earlierNs, receiveNs, price, quantity(), random.nextBoolean(),
                byId ? id - random.nextLong(5) : earlierNs));
    }

    private Trade next() {
        long aheadMs = switch (random.nextInt(12)) {
            case 0 -> random.nextLong(300_000);
            case 1, 2, 3 -> 0;
            default -> random.nextLong(15_000);
        };
        matchNs += aheadMs * MS;
        receiveNs = Math.max(receiveNs, matchNs);
        movePrice();
        id++;
        return new Trade(matchNs, receiveNs, price, quantity(), random.nextBoolean(),
                byId ? id : matchNs);
    }

    private void movePrice() {
        switch (priceKind) {
            case 0 -> price += random.nextLong(-1, 2);
            case 1 -> price += random.nextLong(-10, 11);
            case 2 -> price += random.nextInt(10) == 0 ? random.nextLong(-500, 501) : 0;
            case 3 -> price += random.nextInt(15) == 0 ? random.nextLong(-900_000, 900_001)
                    : random.nextLong(-3, 4);
            default -> price += random.nextLong(-4, 5);
        }
        price = priceKind == 7 ? price : Math.max(1, price);
    }

    private long quantity() {
        return switch (quantityKind) {
            case 0 -> 1 + random.nextLong(3);
            case 1 -> 100;
            case 2 -> 1 + random.nextLong(Long.MAX_VALUE / 8);
            case 3 -> Long.MAX_VALUE / 40 + random.nextLong(3);
            default -> 1 + random.nextLong(10_000_000);
        };
    }
}
