package com.waickoff.marketdata.feed.binance;

import com.waickoff.marketdata.decimal.Ascii;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Diffs that wait for the snapshot they follow: whole frames, one after the other, in memory that
 * grows as they come and is given back when they were applied: of a thousand books few wait long.
 *
 * <pre>
 *   +-----------+-----+-----+------+---------+---------+
 *   | length  8 | U 8 | u 8 | pu 8 | frame   | 8 spare |   aligned to 8, as often as fits
 *   +-----------+-----+-----+------+---------+---------+
 *                                  ↑ what a frame's address means here
 * </pre>
 *
 * <p>Threads: the feed thread.
 */
final class DiffBuffer {
    private static final int HEADER_LENGTH = 32;
    private static final int LENGTH_OFFSET = -32;
    private static final int FIRST_ID_OFFSET = -24;
    private static final int LAST_ID_OFFSET = -16;
    private static final int PREVIOUS_ID_OFFSET = -8;

    /** Bytes that are kept for the next time. */
    private static final int KEPT = 1 << 12;
    private static final int GROWTH = 4;

    private final int capacity;
    private final MemorySegment kept;
    private MemorySegment memory;
    private long base;
    private long used;
    private long lastId;

    /**
     * A buffer without frames.
     *
     * @param capacity most bytes, headers included
     */
    DiffBuffer(int capacity) {
        this.capacity = capacity;
        this.kept = Arena.ofAuto().allocate(Math.min(capacity, KEPT), Long.BYTES);
        this.memory = kept;
        this.base = memory.address();
    }

    boolean isEmpty() {
        return used == 0;
    }

    /** {@code u} of the last frame, which there is. */
    long lastId() {
        return lastId;
    }

    /** Appends a frame, if it fits. */
    boolean add(long address, int length, long firstId, long lastId, long previousId) {
        long needed = behind(used + HEADER_LENGTH, length);
        if (needed > capacity) {
            return false;
        }
        if (needed > memory.byteSize()) {
            grow(needed);
        }
        long frame = base + used + HEADER_LENGTH;
        Ascii.copy(address, frame, length);
        put(frame + LENGTH_OFFSET, length);
        put(frame + FIRST_ID_OFFSET, firstId);
        put(frame + LAST_ID_OFFSET, lastId);
        put(frame + PREVIOUS_ID_OFFSET, previousId);
        used = needed;
        this.lastId = lastId;
        return true;
    }

    /** Forgets all frames; who is reading one may end that. */
    void clear() {
        used = 0;
    }

    /** Forgets all frames, and gives back the memory they took. */
    void release() {
        used = 0;
        memory = kept;
        base = kept.address();
    }

    private void grow(long needed) {
        long size = Math.min(capacity, Math.max(needed, GROWTH * memory.byteSize()));
        MemorySegment larger = Arena.ofAuto().allocate(size, Long.BYTES);
        MemorySegment.copy(memory, 0, larger, 0, used);
        memory = larger;
        base = larger.address();
    }

    /** Where the first frame begins; 0 if there is none. */
    long first() {
        return used == 0 ? 0 : base + HEADER_LENGTH;
    }

    /** Where the frame after the one at {@code frame} begins; 0 if there is none. */
    long next(long frame) {
        long behind = behind(frame, length(frame));
        return behind >= base + used ? 0 : behind + HEADER_LENGTH;
    }

    /** Length of the frame at {@code frame}. */
    int length(long frame) {
        return (int) Ascii.longAt(frame + LENGTH_OFFSET);
    }

    /** {@code U} of the frame at {@code frame}. */
    long firstId(long frame) {
        return Ascii.longAt(frame + FIRST_ID_OFFSET);
    }

    /** {@code u} of the frame at {@code frame}. */
    long lastId(long frame) {
        return Ascii.longAt(frame + LAST_ID_OFFSET);
    }

    /** {@code pu} of the frame at {@code frame}. */
    long previousId(long frame) {
        return Ascii.longAt(frame + PREVIOUS_ID_OFFSET);
    }

    private static long behind(long frame, int length) {
        return (frame + length + Ascii.OVERRUN_BYTES + Long.BYTES - 1) & -Long.BYTES;
    }

    private void put(long address, long value) {
        memory.set(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
                address - base, value);
    }
}
