package com.waickoff.marketdata.decimal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Text in native memory, followed by bytes that would change every decision that looked at them:
 * what a frame is to a decoder.
 */
public final class NativeText implements AutoCloseable {
    private static final int GUARD_BYTES = 64;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private int length;

    /** Room for texts of up to {@code capacity} bytes. */
    public NativeText(int capacity) {
        memory = arena.allocate(capacity + GUARD_BYTES);
    }

    /** Native memory with {@code text} in it. */
    public static NativeText of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new NativeText(bytes.length).set(bytes);
    }

    /** Replaces the text. */
    public NativeText set(String text) {
        return set(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Replaces the text, and what follows it by digits, which a careless reader would take in. */
    public NativeText set(byte[] bytes) {
        return set(bytes, bytes.length, (byte) '1');
    }

    /** Replaces the text by the first {@code count} of {@code bytes}, followed by {@code guard}. */
    public NativeText set(byte[] bytes, int count, byte guard) {
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, count);
        memory.asSlice(count, Math.min(GUARD_BYTES, memory.byteSize() - count)).fill(guard);
        length = count;
        return this;
    }

    /** Where the text begins. */
    public long address() {
        return memory.address();
    }

    /** Its length in bytes. */
    public int length() {
        return length;
    }

    @Override
    public void close() {
        arena.close();
    }
}
