package com.waickoff.marketdata.window;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
    private static final long KERNEL_SUM = 16;
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
        Smoothed smoothed = smoothed(rows, percent);
        boolean[] high = peaks(smoothed, Kind.HIGH);
        boolean[] low = peaks(smoothed, Kind.LOW);
        List<VolumeNode> nodes = new ArrayList<>();
        for (int i = 0; i < high.length; i++) {
            if (high[i] || low[i]) {
                long row = rows.lowRow() + i;
                nodes.add(new VolumeNode(high[i] ? Kind.HIGH : Kind.LOW, row, rows.volume(row)));
            }
        }
        return nodes;
    }

    private static Smoothed smoothed(RowVolumes rows, int percent) {
        int count = Math.toIntExact(rows.highRow() - rows.lowRow() + 1);
        long[] volumes = new long[count + 2 * REACH];
        long largest = 1;
        for (int i = 0; i < count; i++) {
            volumes[i + REACH] = rows.volume(rows.lowRow() + i);
            largest = Math.max(largest, volumes[i + REACH]);
        }
        return largest <= Long.MAX_VALUE / (KERNEL_SUM * WHOLE_PERCENT)
                ? NarrowSmoothed.of(volumes, percent, largest)
                : WideSmoothed.of(volumes, percent, largest);
    }

    /** Smoothed rows, from the lowest one on, as far as they have to be known. */
    private interface Smoothed {
        /** How many there are. */
        int count();

        /** Compares S of two rows; of row {@link #count} it is 0, as beyond both ends. */
        int compare(int one, int other);

        /** Whether S of one row exceeds that of another by the smallest prominence or more. */
        boolean exceeds(int one, int other);
    }

    /** In longs: of all volumes but those within four digits of a long's range. */
    private static final class NarrowSmoothed implements Smoothed {
        /** S of each row, and 0. */
        private final long[] sums;
        /** The smallest prominence. */
        private final long least;

        private NarrowSmoothed(long[] sums, long least) {
            this.sums = sums;
            this.least = least;
        }

        static NarrowSmoothed of(long[] volumes, int percent, long largest) {
            long[] sums = new long[volumes.length - 2 * REACH + 1];
            for (int i = 0; i < sums.length - 1; i++) {
                for (int k = 0; k < KERNEL.length; k++) {
                    sums[i] += KERNEL[k] * volumes[i + k];
                }
            }
            return new NarrowSmoothed(sums,
                    Math.ceilDiv(KERNEL_SUM * percent * largest, WHOLE_PERCENT));
        }

        @Override
        public int count() {
            return sums.length - 1;
        }

        @Override
        public int compare(int one, int other) {
            return Long.compare(sums[one], sums[other]);
        }

        @Override
        public boolean exceeds(int one, int other) {
            return sums[one] - sums[other] >= least;
        }
    }

    /** Of volumes so large that sums leave the range of a long. */
    private static final class WideSmoothed implements Smoothed {
        private final BigInteger[] sums;
        private final BigInteger least;

        private WideSmoothed(BigInteger[] sums, BigInteger least) {
            this.sums = sums;
            this.least = least;
        }

        static WideSmoothed of(long[] volumes, int percent, long largest) {
            BigInteger[] sums = new BigInteger[volumes.length - 2 * REACH + 1];
            Arrays.fill(sums, BigInteger.ZERO);
            for (int i = 0; i < sums.length - 1; i++) {
                for (int k = 0; k < KERNEL.length; k++) {
                    sums[i] = sums[i].add(product(KERNEL[k], volumes[i + k]));
                }
            }
            // Of whole numbers: p * 100 >= least where p >= least / 100, rounded up.
            BigInteger least = product(KERNEL_SUM * percent, largest)
                    .add(BigInteger.valueOf(WHOLE_PERCENT - 1))
                    .divide(BigInteger.valueOf(WHOLE_PERCENT));
            return new WideSmoothed(sums, least);
        }

        @Override
        public int count() {
            return sums.length - 1;
        }

        @Override
        public int compare(int one, int other) {
            return sums[one].compareTo(sums[other]);
        }

        @Override
        public boolean exceeds(int one, int other) {
            return sums[one].subtract(sums[other]).compareTo(least) >= 0;
        }
    }

    private static BigInteger product(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }

    /**
     * Which rows are nodes of this kind. What is no extreme has no prominence: where a neighbour is
     * as far out, nothing falls, or rises, on that side. High nodes fall to 0 beyond both ends; for
     * low ones the ends bound what is looked at.
     */
    private static boolean[] peaks(Smoothed smoothed, Kind kind) {
        int count = smoothed.count();
        int sign = kind == Kind.HIGH ? 1 : -1;
        int[] below = new int[count];
        int[] above = new int[count];
        int[] stack = new int[count];
        int depth = 0;
        for (int i = 0; i < count; i++) {
            // Down to a value as high: of equal ones the lowest stands, the others are lesser.
            depth = fall(smoothed, sign, i, 0, stack, depth, below);
        }
        depth = 0;
        for (int i = count - 1; i >= 0; i--) {
            depth = fall(smoothed, sign, i, 1, stack, depth, above);
        }
        boolean[] peaks = new boolean[count];
        for (int i = 0; i < count; i++) {
            int foot = sign * smoothed.compare(below[i], above[i]) > 0 ? below[i] : above[i];
            peaks[i] = kind == Kind.HIGH ? smoothed.exceeds(i, foot) : smoothed.exceeds(foot, i);
        }
        return peaks;
    }

    /**
     * Where the rows are lowest between {@code i} and the last one before it that ends its fall.
     *
     * @param sign -1 to look at them upside down
     * @param stack those before {@code i} that no later one has passed; the last one on top
     * @param passes 0 if only less is passed, 1 if what is equal is passed too
     * @return the new depth of the stack
     */
    private static int fall(Smoothed smoothed, int sign, int i, int passes, int[] stack, int depth,
            int[] lowest) {
        int left = depth;
        lowest[i] = i;
        while (left > 0 && sign * smoothed.compare(stack[left - 1], i) < passes) {
            left--;
            lowest[i] = lower(smoothed, sign, lowest[i], lowest[stack[left]]);
        }
        if (left == 0 && sign > 0) {
            lowest[i] = lower(smoothed, sign, lowest[i], smoothed.count());
        }
        stack[left] = i;
        return left + 1;
    }

    private static int lower(Smoothed smoothed, int sign, int one, int other) {
        return sign * smoothed.compare(one, other) > 0 ? other : one;
    }
}
