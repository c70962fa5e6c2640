package com.waickoff.marketdata.storage.mongo;

import java.util.Arrays;

/**
 * Numbers in as few bytes as they need: seven bits a byte, the lowest first, the top bit set in all
 * but the last one. Signed numbers are zigzag.
 *
 * <p>Threads: one.
 */
final class Varints {
    private static final int BITS = 7;
    private static final int MASK = (1 << BITS) - 1;
    private static final int MORE = 1 << BITS;

    private byte[] bytes;
    private int at;
    private int end;

    private Varints(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /** To be written. */
    static Varints empty() {
        return new Varints(new byte[256], 0);
    }

    /** To be read. */
    static Varints of(byte[] bytes) {
        return new Varints(bytes, bytes.length);
    }

    Varints unsigned(long value) {
        if (bytes.length - end < 10) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        long rest = value;
        while ((rest & ~MASK) != 0) {
            bytes[end++] = (byte) ((rest & MASK) | MORE);
            rest >>>= BITS;
        }
        bytes[end++] = (byte) rest;
        return this;
    }

    Varints signed(long value) {
        return unsigned((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            if (at == end) {
                break;
            }
            byte next = bytes[at++];
            value |= (long) (next & MASK) << shift;
            if ((next & MORE) == 0) {
                return value;
            }
        }
        throw new UnreadableDocumentException("numbers that do not end");
    }

    long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    boolean isAtEnd() {
        return at == end;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, end);
    }
}
