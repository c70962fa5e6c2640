package com.waickoff.marketdata.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The parts of a window's tape that lie before a seam: before a gap that may still be filled.
 *
 * <pre>
 *   keys      1 … 10      ┆     21 … 30     ┆    36 … 52        the last part is the bar's own
 *            part 0      seam    part 1    seam
 *   11 arrives: it goes behind part 0, where it belongs
 * </pre>
 *
 * <p>The running delta's extremes of a tape are those of its parts, each shifted by the delta of the
 * parts before it. So a trade that is fetched after the fact takes its place exactly, without a look
 * at the trades around it. Bounded: where there is no room for a seam the two oldest parts become
 * one, and a trade that belongs between them is out of order.
 *
 * <p>Threads: those of the bar. Made when a window first has a seam, then kept.
 */
final class EarlierParts {
    /** Most seams of a window. */
    static final int CAPACITY = 32;

    private final long[] firstKey = new long[CAPACITY];
    private final long[] lastKey = new long[CAPACITY];
    private final long[] delta = new long[CAPACITY];
    private final long[] minDelta = new long[CAPACITY];
    private final long[] maxDelta = new long[CAPACITY];
    private int count;
    private long totalDelta;

    boolean isEmpty() {
        return count == 0;
    }

    /** Delta of all parts. */
    long totalDelta() {
        return totalDelta;
    }

    void clear() {
        count = 0;
        totalDelta = 0;
    }

    /** Appends a part: what was the bar's own. */
    void append(long first, long last, long partDelta, long partMin, long partMax) {
        if (count == CAPACITY) {
            join(0);
        }
        set(count, first, last, partDelta, partMin, partMax);
        count++;
        totalDelta += partDelta;
    }

    /**
     * Adds a trade that belongs before the bar's own part.
     *
     * @return whether its place is known; if not it is left out of the parts
     */
    boolean add(long key, long signedQuantity) {
        for (int i = count - 1; i >= 0; i--) {
            if (key >= lastKey[i]) {
                addTo(i, key, signedQuantity);
                return true;
            }
            if (key > firstKey[i]) {
                return false;
            }
        }
        if (count == CAPACITY) {
            return false;
        }
        for (int i = count; i > 0; i--) {
            set(i, firstKey[i - 1], lastKey[i - 1], delta[i - 1], minDelta[i - 1],
                    maxDelta[i - 1]);
        }
        count++;
        set(0, key, key, 0, 0, 0);
        addTo(0, key, signedQuantity);
        return true;
    }

    private void addTo(int part, long key, long signedQuantity) {
        totalDelta += signedQuantity;
        delta[part] += signedQuantity;
        minDelta[part] = Math.min(minDelta[part], delta[part]);
        maxDelta[part] = Math.max(maxDelta[part], delta[part]);
        lastKey[part] = key;
        if (part + 1 < count && firstKey[part + 1] == key + 1) {
            join(part);
        }
    }

    /** Makes one of a part and the next. */
    private void join(int part) {
        int next = part + 1;
        minDelta[part] = Math.min(minDelta[part], delta[part] + minDelta[next]);
        maxDelta[part] = Math.max(maxDelta[part], delta[part] + maxDelta[next]);
        delta[part] += delta[next];
        lastKey[part] = lastKey[next];
        count--;
        for (int i = next; i < count; i++) {
            set(i, firstKey[i + 1], lastKey[i + 1], delta[i + 1], minDelta[i + 1],
                    maxDelta[i + 1]);
        }
    }

    private void set(int part, long first, long last, long partDelta, long partMin, long partMax) {
        firstKey[part] = first;
        lastKey[part] = last;
        delta[part] = partDelta;
        minDelta[part] = partMin;
        maxDelta[part] = partMax;
    }

    /** The smallest running delta, where {@code lastMin} is that of the bar's own part. */
    long minDelta(long lastMin) {
        long before = 0;
        long min = 0;
        for (int i = 0; i < count; i++) {
            min = Math.min(min, before + minDelta[i]);
            before += delta[i];
        }
        return Math.min(min, before + lastMin);
    }

    /** The largest running delta, where {@code lastMax} is that of the bar's own part. */
    long maxDelta(long lastMax) {
        long before = 0;
        long max = 0;
        for (int i = 0; i < count; i++) {
            max = Math.max(max, before + maxDelta[i]);
            before += delta[i];
        }
        return Math.max(max, before + lastMax);
    }

    void writeTo(DataOutput out) throws IOException {
        for (int i = 0; i < count; i++) {
            out.writeLong(firstKey[i]);
            out.writeLong(lastKey[i]);
            out.writeLong(delta[i]);
            out.writeLong(minDelta[i]);
            out.writeLong(maxDelta[i]);
        }
    }

    void readFrom(int written, DataInput in) throws IOException {
        clear();
        for (int i = 0; i < written; i++) {
            append(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
        }
    }

    int count() {
        return count;
    }
}
