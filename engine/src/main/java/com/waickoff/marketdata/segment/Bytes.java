package com.waickoff.marketdata.segment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/** An array that grows while it is written, and is read within its bounds. */
final class Bytes {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class,
            ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_VARINT = 10;

    private byte[] array;
    private int position;
    /** Bytes that may be read. */
    private int limit;

    /** For writing. */
    Bytes() {
        array = new byte[1 << 12];
    }

    /** For reading. */
    Bytes(byte[] array, int position, int limit) {
        this.array = array;
        this.position = position;
        this.limit = limit;
    }

    byte[] array() {
        return array;
    }

    int position() {
        return position;
    }

    void clear() {
        position = 0;
    }

    void put(byte value) {
        reserve(1);
        array[position++] = value;
    }

    void put(byte[] values, int offset, int length) {
        reserve(length);
        System.arraycopy(values, offset, array, position, length);
        position += length;
    }

    void putLong(long value) {
        reserve(Long.BYTES);
        LONG.set(array, position, value);
        position += Long.BYTES;
    }

    void putVarint(long value) {
        reserve(MAX_VARINT);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            array[position++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        array[position++] = (byte) rest;
    }

    byte get() {
        Objects.checkIndex(position, limit);
        return array[position++];
    }

    long getLong() {
        Objects.checkFromIndexSize(position, Long.BYTES, limit);
        long value = (long) LONG.get(array, position);
        position += Long.BYTES;
        return value;
    }

    long getVarint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("a varint has more than 64 bits");
    }

    /** The next bytes by themselves; the position moves behind them. */
    Bytes slice(int length) {
        Objects.checkFromIndexSize(position, length, limit);
        Bytes slice = new Bytes(array, position, position + length);
        position += length;
        return slice;
    }

    static int intAt(byte[] array, int offset) {
        return (int) INT.get(array, offset);
    }

    static void putInt(byte[] array, int offset, int value) {
        INT.set(array, offset, value);
    }

    static long longAt(byte[] array, int offset) {
        return (long) LONG.get(array, offset);
    }

    static void putLong(byte[] array, int offset, long value) {
        LONG.set(array, offset, value);
    }

    static long zigzag(long value) {
        return (value << 1) ^ (value >> (Long.SIZE - 1));
    }

    static long unzigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    static int varintLength(long value) {
        return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
    }

    private void reserve(int length) {
        if (position + length > array.length) {
            array = Arrays.copyOf(array, Math.max(2 * array.length, position + length));
        }
    }
}
