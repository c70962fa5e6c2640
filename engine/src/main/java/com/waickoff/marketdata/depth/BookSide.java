package com.waickoff.marketdata.depth;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One side of a book: absolute quantities by price, in a {@link Ladder} on the grid of the tick.
 *
 * <p>The cost of a change, of the best level and of a sum up to a price does not grow with the
 * number of levels. Bids and asks know nothing of each other, so that a book may cross in the
 * middle of an update.
 *
 * <p>A price that is no multiple of the tick (an order from before a change of the tick) is no
 * fault: the grid is made finer, to the greatest common divisor, until the next clear. A price
 * beyond ±{@link DepthMeasures#MAX_PRICE} or a negative quantity is refused and counted.
 *
 * <p>Of the levels beyond the window, a bounded number is kept; beyond it the level farthest from
 * the touch is forgotten, counted, and {@link #reaches} says so.
 *
 * <p>Threads: one writer, who is also the only reader.
 */
public final class BookSide {
    private static final long NO_KEY = Ladder.NO_KEY;

    /** Turns prices to keys, of which the smaller is nearer to the touch. */
    private final int sign;
    private final long tick;
    private final int maxWindow;
    private Ladder ladder;
    /** Price step of a key: {@code sign} × the tick or, after an odd price, a divisor of it. */
    private long step;
    /** Twos in the step, and the inverse of what is left of it modulo 2^64: see {@link #set}. */
    private int stepShift;
    private long stepInverse;
    private long maxIndex;
    /** Key up to which the last snapshot told every level, or {@link Ladder#NO_KEY} for none. */
    private long toldUpTo = NO_KEY;
    private long refusedCount;

    /**
     * An empty side.
     *
     * @param bid whether higher prices are better
     * @param tick smallest price step, a scaled price
     * @param config bounds
     */
    public BookSide(boolean bid, long tick, DepthConfig config) {
        if (tick <= 0 || tick > DepthMeasures.MAX_PRICE) {
            throw new IllegalArgumentException(
                    "tick is " + tick + ", allowed is 1 to " + DepthMeasures.MAX_PRICE);
        }
        sign = bid ? -1 : 1;
        this.tick = tick;
        gridOf(tick);
        maxWindow = config.maxWindowTicks();
        ladder = new Ladder(config.minWindowTicks(), new FarLevels(config.farLevels()),
                new BestLevels());
    }

    /**
     * Sets the quantity at a price; 0 removes the level, and is fine where there is none.
     *
     * @return false if the level was refused
     */
    public boolean set(long price, long quantity) {
        // Exact division by multiplication: the product with the inverse is the quotient where the
        // step divides the price, and beyond every quotient where it does not.
        long index = Long.rotateRight(price * stepInverse, stepShift);
        if (Long.compareUnsigned(index, maxIndex) > 0 || quantity < 0) {
            return setOddLevelSlowPath(price, quantity);
        }
        ladder.set(index * sign, quantity);
        return true;
    }

    /** Removes all levels. */
    public void clear() {
        ladder.clear();
        gridOf(tick);
        toldUpTo = NO_KEY;
    }

    /** Ends a snapshot: up to its last level, every level is known from now on. */
    void endSnapshot() {
        long worst = ladder.worstKey();
        toldUpTo = worst;
        long best = ladder.bestKey();
        if (worst != NO_KEY) {
            int window = windowFor(Math.abs(best));
            if (window > ladder.window()) {
                ladder = ladder.widened(window);
            }
        }
    }

    /** Whether there is no level. */
    public boolean isEmpty() {
        return ladder.bestKey() == NO_KEY;
    }

    /** The best price; 0 if there is no level. */
    public long bestPrice() {
        long key = ladder.bestKey();
        return key == NO_KEY ? 0 : key * step;
    }

    /** The quantity at the best price; 0 if there is no level. */
    public long bestQuantity() {
        return ladder.bestQuantity();
    }

    /** Number of levels held. */
    public int levelCount() {
        return ladder.count();
    }

    /**
     * Copies the best levels, best first.
     *
     * @param limit how many at most
     * @return how many
     */
    public int copyBest(long[] intoPrices, long[] intoQuantities, int limit) {
        return ladder.copyBest(step, intoPrices, intoQuantities, limit);
    }

    /** The levels by key: a price is a key × {@link #step()}. */
    Ladder ladder() {
        return ladder;
    }

    /** From one price of the grid to the next worse one. */
    long step() {
        return step;
    }

    /** Sum of the quantities of the best {@code levels}; stays at the largest long. */
    public long quantityOfBest(int levels) {
        return ladder.sumOfBest(levels);
    }

    /** Sum of the quantities at {@code price} or better; stays at the largest long. */
    public long quantityUpTo(long price) {
        return ladder.sumUpTo(lastKeyUpTo(price));
    }

    /**
     * Whether every level at {@code price} or better is known.
     *
     * @param windowed whether the venue itself says which levels enter and leave the depth that was
     *     asked for; else levels beyond the last snapshot are unknown until they change
     */
    public boolean reaches(long price, boolean windowed) {
        if (ladder.bestKey() == NO_KEY) {
            return false;
        }
        long key = lastKeyUpTo(price);
        long known = windowed ? ladder.worstKey() : toldUpTo;
        return known != NO_KEY && key <= known && key < ladder.far().forgottenFrom();
    }

    /** How many levels were refused, ever. */
    public long refusedCount() {
        return refusedCount;
    }

    /** How many levels were forgotten because the bound of far levels was met, ever. */
    public long forgottenCount() {
        return ladder.far().forgottenCount();
    }

    /** How often the dense window was moved, ever. */
    public long windowMoveCount() {
        return ladder.moveCount();
    }

    /** Keys of the dense window. */
    int window() {
        return ladder.window();
    }

    /** Levels beyond the dense window. */
    int farCount() {
        return ladder.far().count();
    }

    /**
     * Writes all levels, best first, and where the window stands: it decides what will be
     * forgotten.
     */
    void writeTo(DataOutput out) throws IOException {
        out.writeLong(Math.abs(step));
        out.writeInt(ladder.window());
        out.writeLong(ladder.base());
        out.writeLong(toldUpTo);
        out.writeLong(ladder.far().forgottenFrom());
        int count = ladder.count();
        out.writeInt(count);
        long[] prices = new long[count];
        long[] quantities = new long[count];
        copyBest(prices, quantities, count);
        for (int i = 0; i < count; i++) {
            out.writeLong(prices[i]);
            out.writeLong(quantities[i]);
        }
    }

    /** Replaces all levels by those that were written. */
    void readFrom(DataInput in) throws IOException {
        clear();
        long writtenStep = in.readLong();
        int window = in.readInt();
        long base = in.readLong();
        if (writtenStep <= 0 || tick % writtenStep != 0) {
            throw new IOException("price step " + writtenStep + " does not divide tick " + tick);
        }
        if (window < Ladder.MIN_WINDOW || window > DepthConfig.MAX_WINDOW_TICKS
                || Integer.bitCount(window) != 1) {
            throw new IOException("window of " + window + " ticks");
        }
        gridOf(writtenStep);
        if (window != ladder.window()) {
            ladder = new Ladder(window, ladder.far(), ladder.best());
        }
        ladder.restoreBase(base);
        toldUpTo = in.readLong();
        long forgottenFrom = in.readLong();
        int count = in.readInt();
        long previousKey = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            long price = in.readLong();
            long quantity = in.readLong();
            long key = price / step;
            if (key * step != price || key <= previousKey || quantity <= 0
                    || !set(price, quantity)) {
                throw new IOException("level " + i + " of " + count + ": quantity " + quantity
                        + " at price " + price);
            }
            previousKey = key;
        }
        ladder.far().restoreForgottenFrom(Math.min(forgottenFrom, ladder.far().forgottenFrom()));
    }

    /** The last key at {@code price} or better. */
    private long lastKeyUpTo(long price) {
        return Math.floorDiv(price * sign, step * sign);
    }

    private boolean setOddLevelSlowPath(long price, long quantity) {
        if (quantity < 0 || price > DepthMeasures.MAX_PRICE || price < -DepthMeasures.MAX_PRICE) {
            refusedCount++;
            return false;
        }
        if (price % step != 0) {
            if (quantity == 0) {
                return true;
            }
            makeGridFiner(greatestCommonDivisor(Math.abs(step), Math.abs(price)));
        }
        ladder.set(price / step, quantity);
        return true;
    }

    private void makeGridFiner(long finer) {
        long factor = Math.abs(step) / finer;
        ladder.scaleKeysSlowPath(factor);
        if (toldUpTo != NO_KEY) {
            toldUpTo *= factor;
        }
        gridOf(finer);
    }

    private void gridOf(long size) {
        step = sign * size;
        stepShift = Long.numberOfTrailingZeros(size);
        maxIndex = DepthMeasures.MAX_PRICE / size;
        long odd = size >>> stepShift;
        long inverse = odd;
        // Newton: right in 3 bits at first, in twice as many after each turn.
        for (int bits = 3; bits < Long.SIZE; bits *= 2) {
            inverse *= 2 - odd * inverse;
        }
        stepInverse = inverse;
    }

    /**
     * Half of the window always lies beyond the touch: 2 % of the price make it at least 1 %.
     */
    private int windowFor(long bestInSteps) {
        long wanted = Math.min(bestInSteps / 50, maxWindow);
        int window = ladder.window();
        while (window < wanted && window < maxWindow) {
            window <<= 1;
        }
        return window;
    }

    private static long greatestCommonDivisor(long a, long b) {
        long larger = a;
        long smaller = b;
        while (smaller != 0) {
            long rest = larger % smaller;
            larger = smaller;
            smaller = rest;
        }
        return larger;
    }
}
