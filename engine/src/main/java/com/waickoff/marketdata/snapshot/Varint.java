package com.waickoff.marketdata.snapshot;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.agrona.MutableDirectBuffer;

/**
 * Numbers in as few bytes as they need: seven bits a byte, the lowest first, the top bit set in all
 * but the last byte.
 */
final class Varint {
    /** Most bytes of a number. */
    static final int MAX_LENGTH = 10;

    private static final int BITS = 7;
    private static final int MASK = (1 << BITS) - 1;
    private static final int MORE = 1 << BITS;

    private Varint() {}

    /** Makes numbers near 0 small, whatever their sign. */
    static long zigZag(long value) {
        return (value << 1) ^ (value >> (Long.SIZE - 1));
    }

    /** What {@link #zigZag} was made of. */
    static long unZigZag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    /** Puts a number; returns the offset behind it. */
    static int put(MutableDirectBuffer buffer, int at, long value) {
        int next = at;
        long rest = value;
        while ((rest & ~MASK) != 0) {
            buffer.putByte(next++, (byte) ((rest & MASK) | MORE));
            rest >>>= BITS;
        }
        buffer.putByte(next++, (byte) rest);
        return next;
    }

    static void write(DataOutput out, long value) throws IOException {
        long rest = value;
        while ((rest & ~MASK) != 0) {
            out.writeByte((int) ((rest & MASK) | MORE));
            rest >>>= BITS;
        }
        out.writeByte((int) rest);
    }

    static long read(DataInput in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            int next = in.readUnsignedByte();
            value |= (long) (next & MASK) << shift;
            if ((next & MORE) == 0) {
                return value;
            }
        }
        throw new IOException("a number of more than " + MAX_LENGTH + " bytes");
    }
}
