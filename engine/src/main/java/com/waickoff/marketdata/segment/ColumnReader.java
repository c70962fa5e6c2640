package com.waickoff.marketdata.segment;

/** Gives back the numbers of a column, one after the other. See {@link SegmentFormat}. */
final class ColumnReader {
    static final int VALUES = 0;
    static final int DIFFERENCES = 1;
    static final int FIXED = 2;

    private final Bytes bytes;
    private final int end;
    private final boolean isDifference;
    private final boolean isFixed;
    private final long unit;

    /**
     * Begins a column at the position of {@code all}, which is moved behind it.
     *
     * @throws IndexOutOfBoundsException if it leads out of {@code all}
     */
    ColumnReader(Bytes all) {
        int length = Math.toIntExact(all.getVarint());
        bytes = all.slice(length);
        end = bytes.position() + length;
        int mode = bytes.get();
        isDifference = (mode & DIFFERENCES) != 0;
        isFixed = (mode & FIXED) != 0;
        unit = bytes.getVarint();
    }

    long next(long prediction) {
        long number = isFixed ? bytes.getLong() : Bytes.unzigzag(bytes.getVarint()) * unit;
        return isDifference ? prediction + number : number;
    }

    /** Whether every number has been given back. */
    boolean isAtEnd() {
        return bytes.position() == end;
    }
}
