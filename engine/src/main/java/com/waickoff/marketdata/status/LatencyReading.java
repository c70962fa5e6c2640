package com.waickoff.marketdata.status;

import com.waickoff.marketdata.status.StatusFormat.LatencyEntry;
import org.agrona.concurrent.AtomicBuffer;

/** A copy of a latency histogram. */
public final class LatencyReading {
    private static final double WHOLE_PERCENT = 100.0;

    private final long[] counts;
    private final long count;
    private final long sumNs;
    private final long maxNs;

    private LatencyReading(long[] counts, long sumNs, long maxNs) {
        this.counts = counts;
        this.sumNs = sumNs;
        this.maxNs = maxNs;
        long all = 0;
        for (long atPlace : counts) {
            all += atPlace;
        }
        count = all;
    }

    static LatencyReading copy(AtomicBuffer buffer, int offset) {
        long[] counts = new long[Buckets.COUNT];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = buffer.getLongVolatile(
                    offset + LatencyEntry.COUNTS_OFFSET + i * Long.BYTES);
        }
        return new LatencyReading(counts,
                buffer.getLongVolatile(offset + LatencyEntry.SUM_OFFSET_64),
                buffer.getLongVolatile(offset + LatencyEntry.MAX_OFFSET_64));
    }

    /**
     * What was recorded between an earlier reading and this one. The largest value of such a
     * stretch is known to the precision of a place only.
     */
    public LatencyReading since(LatencyReading earlier) {
        long[] difference = new long[counts.length];
        int highest = 0;
        for (int i = 0; i < counts.length; i++) {
            difference[i] = counts[i] - earlier.counts[i];
            if (difference[i] > 0) {
                highest = i;
            }
        }
        return new LatencyReading(difference, sumNs - earlier.sumNs,
                Math.min(maxNs, Buckets.highestAt(highest)));
    }

    /** Number of values recorded. */
    public long count() {
        return count;
    }

    /** Sum of the values recorded. */
    public long sumNs() {
        return sumNs;
    }

    /** Largest value recorded; 0 if there is none. */
    public long maxNs() {
        return maxNs;
    }

    /** Mean value; 0 if there is none. */
    public long meanNs() {
        return count == 0 ? 0 : sumNs / count;
    }

    /**
     * The value that {@code percent} of the values do not exceed, within 1.6 %, rounded up; 0 if
     * there is none.
     *
     * @param percent 0 to 100
     */
    public long percentileNs(double percent) {
        long wanted = Math.max(1, (long) Math.ceil(count * percent / WHOLE_PERCENT));
        long passed = 0;
        for (int i = 0; i < counts.length; i++) {
            passed += counts[i];
            if (passed >= wanted) {
                return Math.min(maxNs, Buckets.highestAt(i));
            }
        }
        return maxNs;
    }
}
