package com.waickoff.marketdata.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How large taker orders were today and yesterday, by match time in UTC: counts in buckets that grow
 * by a quarter of an octave, and the quantity that only a given part of them reaches.
 *
 * <pre>
 *   quantity  0 1 2 3 | 4 5 6 7 | 8-9 10-11 12-13 14-15 | 16-19 …
 *   bucket    0 1 2 3 | 4 5 6 7 |  8    9     10    11  |  12   …
 * </pre>
 *
 * <p>The threshold is the low edge of the first bucket from which on at most so many of a million
 * lie. It follows each order in a step or two.
 *
 * <p>Threads: one study thread.
 */
final class OrderSizes {
    /** Number of buckets: of every positive long. */
    static final int BUCKETS = 248;
    /** Fewer orders say nothing about the largest of a thousand. */
    static final long LEAST_ORDERS = 1_000;

    private static final long NS_PER_DAY = 86_400_000_000_000L;
    private static final long MILLION = 1_000_000;
    private static final long NO_DAY = Long.MIN_VALUE;

    private final long largePerMillion;
    private long[] today = new long[BUCKETS];
    private long[] yesterday = new long[BUCKETS];
    private long day = NO_DAY;
    private long total;
    /** First bucket of the large ones, and how many are in it and above. */
    private int threshold;
    private long above;

    OrderSizes(int largePerMillion) {
        this.largePerMillion = largePerMillion;
    }

    /** Orders of today and yesterday. */
    long total() {
        return total;
    }

    /** From which quantity on an order is large; the largest long while there are too few. */
    long threshold() {
        return total < LEAST_ORDERS ? Long.MAX_VALUE : edge(threshold);
    }

    /** Takes in an order of any day; one that is older than yesterday counts nowhere. */
    void add(long timeNs, long quantity) {
        long orderDay = Math.floorDiv(timeNs, NS_PER_DAY);
        if (orderDay > day) {
            turnSlowPath(orderDay);
        } else if (orderDay < day - 1) {
            return;
        }
        int bucket = bucket(quantity);
        (orderDay == day ? today : yesterday)[bucket]++;
        total++;
        above += bucket >= threshold ? 1 : 0;
        settle();
    }

    private void settle() {
        while (above * MILLION > total * largePerMillion) {
            above -= count(threshold);
            threshold++;
        }
        while (threshold > 0
                && (above + count(threshold - 1)) * MILLION <= total * largePerMillion) {
            threshold--;
            above += count(threshold);
        }
    }

    private long count(int bucket) {
        return today[bucket] + yesterday[bucket];
    }

    private void turnSlowPath(long orderDay) {
        long[] oldest = yesterday;
        yesterday = today;
        today = oldest;
        Arrays.fill(today, 0);
        if (orderDay > day + 1) {
            Arrays.fill(yesterday, 0);
        }
        day = orderDay;
        countAll();
    }

    private void countAll() {
        total = 0;
        for (int i = 0; i < BUCKETS; i++) {
            total += count(i);
        }
        threshold = BUCKETS;
        above = 0;
        settle();
    }

    static int bucket(long quantity) {
        if (quantity < 4) {
            return (int) Math.max(0, quantity);
        }
        int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(quantity);
        return (octave - 1) * 4 + ((int) (quantity >>> (octave - 2)) & 3);
    }

    /** Smallest quantity of a bucket. */
    static long edge(int bucket) {
        return bucket < 4 ? bucket
                : bucket >= BUCKETS ? Long.MAX_VALUE : (4L + (bucket & 3)) << (bucket / 4 - 1);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeLong(day);
        for (int i = 0; i < BUCKETS; i++) {
            out.writeLong(today[i]);
            out.writeLong(yesterday[i]);
        }
    }

    void readFrom(DataInput in) throws IOException {
        day = in.readLong();
        for (int i = 0; i < BUCKETS; i++) {
            today[i] = in.readLong();
            yesterday[i] = in.readLong();
        }
        countAll();
    }
}
