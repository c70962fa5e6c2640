package com.waickoff.marketdata.window;

import java.util.List;

/**
 * A volume profile added up from others: coarser rows of one, or the composite of several.
 *
 * <pre>
 *   row k of height s holds fine row j of height t, if t divides s:   k = floor(j / (s / t))
 * </pre>
 *
 * <p>Every fine row falls into one coarse row whole, so that sums are exact, and coarser rows of a
 * window are those that its trades would have made.
 *
 * <p>Threads: immutable once made.
 */
public final class SummedRows implements RowVolumes {
    private final long rowSize;
    private final long lowRow;
    private final long[] buys;
    private final long[] sells;

    private SummedRows(long rowSize, long lowRow, int count) {
        this.rowSize = rowSize;
        this.lowRow = lowRow;
        buys = new long[count];
        sells = new long[count];
    }

    /**
     * The height that rows get when one is asked for: the next multiple of what they are.
     *
     * @param rowSize height of the rows there are; positive
     * @param wanted height that is asked for; positive
     */
    public static long raised(long rowSize, long wanted) {
        return Math.multiplyExact(Math.ceilDiv(wanted, rowSize), rowSize);
    }

    /**
     * The same volume in rows {@code factor} times as high; not more rows than {@code rows} has.
     *
     * @param factor at least 1
     */
    public static SummedRows coarser(RowVolumes rows, long factor) {
        if (factor < 1) {
            throw new IllegalArgumentException("rows cannot be " + factor + " times as high");
        }
        return summed(List.of(rows), Math.multiplyExact(rows.rowSize(), factor));
    }

    /**
     * The height of rows on the coarsest of several grids: the smallest that all of their heights
     * divide.
     *
     * @throws IllegalArgumentException if there is no part
     */
    public static long commonRowSize(List<? extends RowVolumes> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a composite of no profile");
        }
        long rowSize = parts.getFirst().rowSize();
        for (RowVolumes part : parts) {
            rowSize = leastCommonMultiple(rowSize, part.rowSize());
        }
        return rowSize;
    }

    /**
     * The sum of several profiles on the {@linkplain #commonRowSize coarsest} of their grids. If
     * their range takes more rows than {@code mostRows} at that height, rows are doubled until it
     * fits, as those of a window are.
     *
     * @param mostRows bound of the number of rows, at least 2: where two rows meet, no height makes
     *     one
     * @throws IllegalArgumentException if there is no part
     * @throws ArithmeticException if the volume of all parts together leaves the range of a long
     */
    public static SummedRows composite(List<? extends RowVolumes> parts, int mostRows) {
        if (mostRows < 2) {
            throw new IllegalArgumentException("a composite of at most " + mostRows + " rows");
        }
        long rowSize = commonRowSize(parts);
        checkTotal(parts);
        while (count(lowestRow(parts, rowSize), highestRow(parts, rowSize)) > mostRows) {
            rowSize = Math.multiplyExact(rowSize, 2L);
        }
        return summed(parts, rowSize);
    }

    /** The sums of rows are parts of that of all, so that they fit if it does. */
    private static void checkTotal(List<? extends RowVolumes> parts) {
        long total = 0;
        for (RowVolumes part : parts) {
            for (long row = part.lowRow(); row <= part.highRow(); row++) {
                total = Math.addExact(total, part.volume(row));
            }
        }
    }

    private static SummedRows summed(List<? extends RowVolumes> parts, long rowSize) {
        long lowest = lowestRow(parts, rowSize);
        long highest = highestRow(parts, rowSize);
        SummedRows sum = lowest > highest ? new SummedRows(rowSize, 0, 0)
                : new SummedRows(rowSize, lowest,
                        Math.toIntExact(count(lowest, highest)));
        for (RowVolumes part : parts) {
            long factor = rowSize / part.rowSize();
            for (long row = part.lowRow(); row <= part.highRow(); row++) {
                int place = (int) (Math.floorDiv(row, factor) - lowest);
                sum.buys[place] += part.buyVolume(row);
                sum.sells[place] += part.sellVolume(row);
            }
        }
        return sum;
    }

    private static long lowestRow(List<? extends RowVolumes> parts, long rowSize) {
        long lowest = Long.MAX_VALUE;
        for (RowVolumes part : parts) {
            if (!part.isEmpty()) {
                lowest = Math.min(lowest,
                        Math.floorDiv(part.lowRow(), rowSize / part.rowSize()));
            }
        }
        return lowest;
    }

    private static long highestRow(List<? extends RowVolumes> parts, long rowSize) {
        long highest = Long.MIN_VALUE;
        for (RowVolumes part : parts) {
            if (!part.isEmpty()) {
                highest = Math.max(highest,
                        Math.floorDiv(part.highRow(), rowSize / part.rowSize()));
            }
        }
        return highest;
    }

    private static long count(long lowest, long highest) {
        return lowest > highest ? 0 : highest - lowest + 1;
    }

    private static long leastCommonMultiple(long a, long b) {
        long divisor = a;
        for (long rest = b; rest != 0;) {
            long next = divisor % rest;
            divisor = rest;
            rest = next;
        }
        return Math.multiplyExact(a / divisor, b);
    }

    @Override
    public long lowRow() {
        return lowRow;
    }

    @Override
    public long highRow() {
        return lowRow + buys.length - 1;
    }

    @Override
    public long rowSize() {
        return rowSize;
    }

    @Override
    public long buyVolume(long row) {
        return volume(buys, row);
    }

    @Override
    public long sellVolume(long row) {
        return volume(sells, row);
    }

    private long volume(long[] volumes, long row) {
        long place = row - lowRow;
        return place < 0 || place >= volumes.length ? 0 : volumes[(int) place];
    }
}
