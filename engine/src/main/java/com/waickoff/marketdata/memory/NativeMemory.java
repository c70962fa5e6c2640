package com.waickoff.marketdata.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Words of native memory by address, little-endian whatever the machine, at any alignment.
 *
 * <p>For formats that are written into or read from native memory record by record: their bounds
 * are checked once for a record, not once for each field. Nothing here checks an address: a wrong
 * one ends the process.
 *
 * <p>Threads: plain loads and stores, but for {@link #intAcquire}.
 */
public final class NativeMemory {
    @SuppressWarnings("restricted") // all of native memory: that is what an address means
    private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle ALIGNED_INT = ValueLayout.JAVA_INT
            .withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

    private NativeMemory() {}

    /** The byte at {@code address}. */
    public static byte byteAt(long address) {
        return MEMORY.get(ValueLayout.JAVA_BYTE, address);
    }

    /** The two bytes from {@code address}. */
    public static short shortAt(long address) {
        return MEMORY.get(SHORT, address);
    }

    /** The four bytes from {@code address}. */
    public static int intAt(long address) {
        return MEMORY.get(INT, address);
    }

    /** The eight bytes from {@code address}. */
    public static long longAt(long address) {
        return MEMORY.get(LONG, address);
    }

    /**
     * The four bytes from {@code address}, with acquire order: who sees a value stored with release
     * order also sees what was stored before it, by this or another process.
     *
     * @param address a multiple of 4
     */
    public static int intAcquire(long address) {
        return (int) ALIGNED_INT.getAcquire(MEMORY, address);
    }

    /** Writes one byte. */
    public static void putByte(long address, byte value) {
        MEMORY.set(ValueLayout.JAVA_BYTE, address, value);
    }

    /** Writes two bytes. */
    public static void putShort(long address, short value) {
        MEMORY.set(SHORT, address, value);
    }

    /** Writes four bytes. */
    public static void putInt(long address, int value) {
        MEMORY.set(INT, address, value);
    }

    /** Writes eight bytes. */
    public static void putLong(long address, long value) {
        MEMORY.set(LONG, address, value);
    }

    /** Copies {@code length} bytes from {@code address} into {@code target}. */
    public static void copy(long address, byte[] target, int offset, int length) {
        MemorySegment.copy(MEMORY, ValueLayout.JAVA_BYTE, address, target, offset, length);
    }

    /** Copies {@code length} bytes of {@code source} to {@code address}. */
    public static void copy(byte[] source, int offset, int length, long address) {
        MemorySegment.copy(source, offset, MEMORY, ValueLayout.JAVA_BYTE, address, length);
    }

    /** A view of {@code length} bytes for methods that want a buffer; allocates the view. */
    public static ByteBuffer view(long address, int length) {
        return MEMORY.asSlice(address, length).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
}
