package com.waickoff.marketdata.segment;

import java.util.Arrays;

/**
 * Gathers the numbers of a column and writes them the shorter way: as they are, or as differences
 * from what was predicted. See {@link SegmentFormat}.
 */
final class ColumnWriter {
    private long[] values = new long[64];
    private long[] differences = new long[64];
    private int count;

    void clear() {
        count = 0;
    }

    void add(long value, long prediction) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
            differences = Arrays.copyOf(differences, 2 * count);
        }
        values[count] = value;
        differences[count++] = value - prediction;
    }

    void writeTo(Bytes target) {
        long valueUnit = unit(values);
        long differenceUnit = unit(differences);
        long valueLength = length(values, valueUnit);
        long differenceLength = length(differences, differenceUnit);
        boolean isDifference = differenceLength < valueLength;
        long[] numbers = isDifference ? differences : values;
        long unit = isDifference ? differenceUnit : valueUnit;
        int mode = isDifference ? ColumnReader.DIFFERENCES : ColumnReader.VALUES;
        long varints = Math.min(valueLength, differenceLength);
        long fixed = (long) Long.BYTES * count;
        if (fixed < varints) {
            mode |= ColumnReader.FIXED;
            unit = 1;
        }
        target.putVarint(1 + Bytes.varintLength(unit) + Math.min(fixed, varints));
        target.put((byte) mode);
        target.putVarint(unit);
        for (int i = 0; i < count; i++) {
            if (fixed < varints) {
                target.putLong(numbers[i]);
            } else {
                target.putVarint(Bytes.zigzag(numbers[i] / unit));
            }
        }
    }

    private long length(long[] numbers, long unit) {
        long length = 0;
        for (int i = 0; i < count; i++) {
            length += Bytes.varintLength(Bytes.zigzag(numbers[i] / unit));
        }
        return length;
    }

    /** The greatest number that divides all of them; 1 if there is none. */
    private long unit(long[] numbers) {
        long unit = 0;
        for (int i = 0; i < count && unit != 1; i++) {
            long number = numbers[i] == Long.MIN_VALUE ? 1 : Math.abs(numbers[i]);
            while (number != 0) {
                long rest = unit % number;
                unit = number;
                number = rest;
            }
        }
        return Math.max(1, unit);
    }
}
