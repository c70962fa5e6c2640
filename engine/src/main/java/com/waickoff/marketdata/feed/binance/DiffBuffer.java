package com.waickoff.marketdata.feed.binance;

import com.waickoff.marketdata.decimal.Ascii;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Diffs that wait for the snapshot they follow: whole frames, one after the other, in memory taken
 * once.
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

    private final MemorySegment memory;
    private final long base;
    private long used;
    private long lastId;

    /** A buffer of this many bytes. */
    DiffBuffer(int capacity) {
        this.memory = Arena.ofAuto().allocate(capacity, Long.BYTES);
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
        long frame = base + used + HEADER_LENGTH;
        long behind = behind(frame, length);
        if (behind > base + memory.byteSize()) {
            return false;
        }
        Ascii.copy(address, frame, length);
        put(frame + LENGTH_OFFSET, length);
        put(frame + FIRST_ID_OFFSET, firstId);
        put(frame + LAST_ID_OFFSET, lastId);
        put(frame + PREVIOUS_ID_OFFSET, previousId);
        used = behind - base;
        this.lastId = lastId;
        return true;
    }

    /** Forgets all frames. */
    void clear() {
        used = 0;
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
