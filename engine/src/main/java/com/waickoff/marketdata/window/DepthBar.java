package com.waickoff.marketdata.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;

/**
 * What the book of an instrument was like in one window: order-flow imbalance and time-weighted
 * sums, all of them exact integers, in the words that the snapshot file holds.
 *
 * <pre>
 *   word 0  start, ms                       16 to 25  order-flow imbalance of levels 1 to 5
 *        1  flags: 1 closed                 26, 27    sum of spread * t
 *        2  measured up to, µs              28, 29    sum of twice the mid * t
 *        3  updates                         30, 31    sum of spread * imbalance of the best * t
 *        4  covered µs                      32 to 47  sums of quantity * t, band by band: within 5,
 *        5  measured µs                               10, 25, 50 bps of the mid, bids, then asks
 *        6  smallest spread
 *        7  largest spread                  Two words are one integer of 128 bits, low word first.
 *    8..11  µs that reached each band       t in µs; imbalances in parts per million.
 *   12..15  sums of imbalance * t of the best 5, 10, 20 and 50 levels
 * </pre>
 *
 * <p>t is how long a state of the book lasted, in the time of the venue. <i>Covered</i> is the time
 * in which the book is known to have followed its venue; <i>measured</i> is what of it had levels on
 * both sides, and what averages are over. A window that holds both is whole where covered is all of
 * its length. {@link #add} makes a window of shorter ones, exactly.
 *
 * <p>A day's sums cannot overflow: quantities are below 2^63, a day has fewer than 2^37 µs.
 *
 * <p>Threads: one writer, who is also the only reader; copies of the words are free.
 */
public final class DepthBar {
    /** Words of a window. */
    public static final int WORDS = 48;
    /** Levels whose order-flow imbalance is summed. */
    public static final int OFI_LEVELS = 5;
    /** How many kinds of imbalance there are. */
    public static final int TOPS = 4;
    /** How many bands around the mid there are. */
    public static final int BANDS = 4;

    private static final int START_MS = 0;
    private static final int FLAGS = 1;
    private static final int AS_OF_US = 2;
    private static final int UPDATES = 3;
    private static final int COVERED_US = 4;
    private static final int MEASURED_US = 5;
    private static final int MIN_SPREAD = 6;
    private static final int MAX_SPREAD = 7;
    private static final int REACHED_US = 8;
    private static final int IMBALANCES = REACHED_US + BANDS;
    private static final int OFI = IMBALANCES + TOPS;
    private static final int SPREAD = OFI + 2 * OFI_LEVELS;
    private static final int TWICE_MID = SPREAD + 2;
    private static final int LEAN = TWICE_MID + 2;
    private static final int WITHIN = LEAN + 2;

    private static final long CLOSED = 1;
    private static final long US_PER_MS = 1_000;
    private static final long PPM = 1_000_000;
    private static final int[] TOP_LEVELS = {5, 10, 20, 50};

    private final long[] words = new long[WORDS];

    static {
        if (WITHIN + 4 * BANDS != WORDS) {
            throw new AssertionError("the words are not those of the specification");
        }
    }

    /** How many best levels imbalance {@code index} is of. */
    public static int topLevels(int index) {
        return TOP_LEVELS[index];
    }

    /** Makes this an empty window. */
    public void open(long startMs) {
        Arrays.fill(words, 0);
        words[START_MS] = startMs;
        words[AS_OF_US] = startMs * US_PER_MS;
    }

    /** Makes this a copy of another. */
    public void set(DepthBar other) {
        System.arraycopy(other.words, 0, words, 0, WORDS);
    }

    /** A word, as it is kept in files. */
    public long word(int index) {
        return words[index];
    }

    /** Takes over a word from a file. */
    public void word(int index, long value) {
        words[index] = value;
    }

    /** Counts an update between two states that followed the venue. */
    public void addUpdate() {
        words[UPDATES]++;
    }

    /** Adds what an update contributed to the order-flow imbalance of a level, 0 for the best. */
    public void addOrderFlow(int level, long contribution) {
        add128(OFI + 2 * level, contribution, contribution >> (Long.SIZE - 1));
    }

    /** Adds time in which the book followed its venue. */
    public void addCovered(long us) {
        words[COVERED_US] += us;
    }

    /**
     * Adds time in which the book had levels on both sides; to be called after {@link #addCovered}
     * and before the sums of the same stretch.
     *
     * @param us at least 1
     * @param bestImbalancePpm of the best levels
     */
    public void addMeasured(long us, long spread, long twiceMid, long bestImbalancePpm) {
        boolean first = words[MEASURED_US] == 0;
        words[MEASURED_US] += us;
        words[MIN_SPREAD] = first ? spread : Math.min(words[MIN_SPREAD], spread);
        words[MAX_SPREAD] = first ? spread : Math.max(words[MAX_SPREAD], spread);
        addProduct(SPREAD, spread, us);
        addProduct(TWICE_MID, twiceMid, us);
        addProduct(LEAN, spread, bestImbalancePpm * us);
    }

    /** Adds a stretch's imbalance of the best {@link #topLevels} levels, in parts per million. */
    public void addImbalance(int index, long ppm, long us) {
        words[IMBALANCES + index] += ppm * us;
    }

    /**
     * Adds a stretch's quantities within a band around the mid.
     *
     * @param reached whether both sides are known as far as the band goes
     */
    public void addWithin(int band, long bids, long asks, boolean reached, long us) {
        words[REACHED_US + band] += reached ? us : 0;
        addProduct(WITHIN + 4 * band, bids, us);
        addProduct(WITHIN + 4 * band + 2, asks, us);
    }

    /** Everything up to a moment has been added. */
    public void measuredUpTo(long us) {
        words[AS_OF_US] = us;
    }

    /** Ends the window. */
    public void close(long endMs) {
        words[FLAGS] |= CLOSED;
        words[AS_OF_US] = endMs * US_PER_MS;
    }

    /** Adds all sums of another window, which lies within this one. */
    public void add(DepthBar other) {
        long[] added = other.words;
        if (added[MEASURED_US] != 0) {
            boolean first = words[MEASURED_US] == 0;
            words[MIN_SPREAD] = first ? added[MIN_SPREAD]
                    : Math.min(words[MIN_SPREAD], added[MIN_SPREAD]);
            words[MAX_SPREAD] = first ? added[MAX_SPREAD]
                    : Math.max(words[MAX_SPREAD], added[MAX_SPREAD]);
        }
        words[AS_OF_US] = Math.max(words[AS_OF_US], added[AS_OF_US]);
        words[UPDATES] += added[UPDATES];
        words[COVERED_US] += added[COVERED_US];
        words[MEASURED_US] += added[MEASURED_US];
        for (int i = REACHED_US; i < OFI; i++) {
            words[i] += added[i];
        }
        for (int i = OFI; i < WORDS; i += 2) {
            add128(i, added[i], added[i + 1]);
        }
    }

    /** Whether nothing was added. */
    public boolean isEmpty() {
        return words[UPDATES] == 0 && words[COVERED_US] == 0;
    }

    /** Start of the window, in ms since the epoch. */
    public long startMs() {
        return words[START_MS];
    }

    /** Whether nothing will be added any more. */
    public boolean isClosed() {
        return (words[FLAGS] & CLOSED) != 0;
    }

    /** The moment up to which the window was measured, in µs since the epoch. */
    public long asOfUs() {
        return words[AS_OF_US];
    }

    /** Updates whose order-flow imbalance is in the sums. */
    public long updates() {
        return words[UPDATES];
    }

    /** How long the book followed its venue, in µs. */
    public long coveredUs() {
        return words[COVERED_US];
    }

    /** How long it also had levels on both sides, in µs: what averages are over. */
    public long measuredUs() {
        return words[MEASURED_US];
    }

    /** Part of the window so far in which the book followed its venue, in ppm, rounded down. */
    public long coveragePpm() {
        long lengthUs = words[AS_OF_US] - words[START_MS] * US_PER_MS;
        return lengthUs <= 0 ? 0 : PPM * words[COVERED_US] / lengthUs;
    }

    /** Smallest spread that lasted, a scaled price; meaningless where nothing was measured. */
    public long minSpread() {
        return words[MIN_SPREAD];
    }

    /** Largest spread that lasted, a scaled price; meaningless where nothing was measured. */
    public long maxSpread() {
        return words[MAX_SPREAD];
    }

    /** How long both sides were known as far as a band goes, in µs. */
    public long reachedUs(int band) {
        return words[REACHED_US + band];
    }

    /** Order-flow imbalance of a level, 0 for the best: a scaled quantity. */
    public BigInteger orderFlowImbalance(int level) {
        return sum(OFI + 2 * level);
    }

    /** Time-weighted spread, a scaled price; NaN where nothing was measured. */
    public double averageSpread() {
        return average(sum(SPREAD), 1);
    }

    /** Time-weighted mid, a scaled price; NaN where nothing was measured. */
    public double averageMid() {
        return average(sum(TWICE_MID), 2);
    }

    /** Time-weighted weighted mid, a scaled price; NaN where nothing was measured. */
    public double averageWeightedMid() {
        return average(sum(TWICE_MID).multiply(BigInteger.valueOf(PPM)).add(sum(LEAN)), 2 * PPM);
    }

    /** Time-weighted imbalance {@code index}, −1 to 1; NaN where nothing was measured. */
    public double averageImbalance(int index) {
        return words[MEASURED_US] == 0 ? Double.NaN
                : (double) words[IMBALANCES + index] / words[MEASURED_US] / PPM;
    }

    /** Time-weighted quantity of bids within a band, scaled; NaN where nothing was measured. */
    public double averageBidsWithin(int band) {
        return average(sum(WITHIN + 4 * band), 1);
    }

    /** Time-weighted quantity of asks within a band, scaled; NaN where nothing was measured. */
    public double averageAsksWithin(int band) {
        return average(sum(WITHIN + 4 * band + 2), 1);
    }

    /** Writes all words. */
    public void writeTo(DataOutput out) throws IOException {
        for (long word : words) {
            out.writeLong(word);
        }
    }

    /** Replaces all words by those that {@link #writeTo} wrote. */
    public void readFrom(DataInput in) throws IOException {
        for (int i = 0; i < WORDS; i++) {
            words[i] = in.readLong();
        }
    }

    private double average(BigInteger sum, long divisor) {
        if (words[MEASURED_US] == 0) {
            return Double.NaN;
        }
        return new BigDecimal(sum).divide(BigDecimal.valueOf(words[MEASURED_US])
                .multiply(BigDecimal.valueOf(divisor)), MathContext.DECIMAL64).doubleValue();
    }

    private BigInteger sum(int index) {
        return BigInteger.valueOf(words[index + 1]).shiftLeft(Long.SIZE)
                .add(new BigInteger(Long.toUnsignedString(words[index])));
    }

    private void addProduct(int index, long a, long b) {
        add128(index, a * b, Math.multiplyHigh(a, b));
    }

    private void add128(int index, long low, long high) {
        long sum = words[index] + low;
        words[index] = sum;
        words[index + 1] += high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    }
}
