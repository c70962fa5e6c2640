package com.waickoff.marketdata.window;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A high or low volume node: a price that attracted, or was passed by, more clearly than those
 * around it.
 *
 * <pre>
 *   smoothed   S(k) = V(k-2) + 4 V(k-1) + 6 V(k) + 4 V(k+1) + V(k+2)          16 times a volume
 *   high node  a run of equal S with less on both of its sides
 *   low node   a run of equal S with more on both of its sides
 *   prominence how far S falls on both sides of a high node before it is higher again, or rises on
 *              both sides of a low node before it is lower again
 *   kept if    prominence * 100 &gt;= 16 * V(point of control) * percent
 * </pre>
 *
 * <p>Rows outside the profile count 0. A run is named by its lowest row, and of equal runs the
 * lowest one is the extreme: runs above it are measured against it. All comparisons are exact.
 *
 * <p>Threads: immutable.
 *
 * @param kind high or low
 * @param row the lowest row of the run
 * @param volume what was traded in that row, not smoothed
 */
public record VolumeNode(Kind kind, long row, long volume) {
    /** Smallest prominence unless another is asked for, in percent of the POC's volume. */
    public static final int DEFAULT_PERCENT = 15;

    /** The kernel that rows are smoothed with, for answers that name it. */
    public static final String KERNEL_NAME = "1 4 6 4 1";

    private static final int[] KERNEL = {1, 4, 6, 4, 1};
    private static final int REACH = KERNEL.length / 2;
    private static final int KERNEL_SUM = 16;
    private static final long WHOLE_PERCENT = 100;

    /** What a node is. */
    public enum Kind {
        /** HVN: more volume than around it. */
        HIGH,
        /** LVN: less volume than around it. */
        LOW
    }

    /**
     * The nodes of a profile, from the lowest row to the highest; none of an empty one. Allocates,
     * and takes time in proportion to the number of rows.
     *
     * @param percent smallest prominence in percent of the point of control's volume, 1 to 100
     */
    public static List<VolumeNode> of(RowVolumes rows, int percent) {
        if (percent < 1 || percent > WHOLE_PERCENT) {
            throw new IllegalArgumentException("prominence of nodes is " + percent
                    + " percent, allowed is 1 to " + WHOLE_PERCENT);
        }
        if (rows.isEmpty()) {
            return List.of();
        }
        int count = Math.toIntExact(rows.highRow() - rows.lowRow() + 1);
        BigInteger[] smoothed = new BigInteger[count];
        BigInteger[] negated = new BigInteger[count];
        long largest = 1;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, rows.volume(rows.lowRow() + i));
        }
        boolean fits = largest <= Long.MAX_VALUE / KERNEL_SUM;
        for (int i = 0; i < count; i++) {
            long row = rows.lowRow() + i;
            smoothed[i] = fits ? BigInteger.valueOf(smoothedThatFits(rows, row))
                    : smoothed(rows, row);
            negated[i] = smoothed[i].negate();
        }
        BigInteger least = product((long) KERNEL_SUM * percent, largest);
        // Of whole numbers: p * 100 >= least where p >= least / 100, rounded up.
        least = least.add(BigInteger.valueOf(WHOLE_PERCENT - 1))
                .divide(BigInteger.valueOf(WHOLE_PERCENT));
        boolean[] high = peaks(smoothed, BigInteger.ZERO, least);
        boolean[] low = peaks(negated, null, least);
        List<VolumeNode> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (high[i] || low[i]) {
                long row = rows.lowRow() + i;
                nodes.add(new VolumeNode(high[i] ? Kind.HIGH : Kind.LOW, row, rows.volume(row)));
            }
        }
        return nodes;
    }

    private static long smoothedThatFits(RowVolumes rows, long row) {
        long sum = 0;
        for (int i = 0; i < KERNEL.length; i++) {
            sum += KERNEL[i] * rows.volume(row + i - REACH);
        }
        return sum;
    }

    /** May leave the range of a long, by the factor {@link #KERNEL_SUM}. */
    private static BigInteger smoothed(RowVolumes rows, long row) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < KERNEL.length; i++) {
            sum = sum.add(product(KERNEL[i], rows.volume(row + i - REACH)));
        }
        return sum;
    }

    private static BigInteger product(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }

    /**
     * Which values are peaks of at least this prominence. What is no peak has none: where a
     * neighbour is as high, it does not fall on that side.
     *
     * @param outside the value beyond both ends; null where the ends bound what is looked at
     * @param least prominence; positive
     */
    private static boolean[] peaks(BigInteger[] values, @Nullable BigInteger outside,
            BigInteger least) {
        BigInteger[] below = new BigInteger[values.length];
        BigInteger[] above = new BigInteger[values.length];
        int[] stack = new int[values.length];
        int depth = 0;
        for (int i = 0; i < values.length; i++) {
            // Down to a value as high: of equal ones the lowest stands, the others are lesser.
            depth = fall(values, i, 0, outside, stack, depth, below);
        }
        depth = 0;
        for (int i = values.length - 1; i >= 0; i--) {
            depth = fall(values, i, 1, outside, stack, depth, above);
        }
        boolean[] peaks = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            peaks[i] = values[i].subtract(below[i].max(above[i])).compareTo(least) >= 0;
        }
        return peaks;
    }

    /**
     * How low the values fall between {@code i} and the last one before it that ends its fall.
     *
     * @param stack those before {@code i} that no later one has passed; the last one on top
     * @param passes 0 if only less is passed, 1 if what is equal is passed too
     * @return the new depth of the stack
     */
    private static int fall(BigInteger[] values, int i, int passes, @Nullable BigInteger outside,
            int[] stack, int depth, BigInteger[] lowest) {
        int left = depth;
        lowest[i] = values[i];
        while (left > 0 && values[stack[left - 1]].compareTo(values[i]) < passes) {
            left--;
            lowest[i] = lowest[i].min(lowest[stack[left]]);
        }
        if (left == 0 && outside != null) {
            lowest[i] = lowest[i].min(outside);
        }
        stack[left] = i;
        return left + 1;
    }
}
