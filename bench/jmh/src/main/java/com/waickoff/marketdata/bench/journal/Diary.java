package com.waickoff.marketdata.bench.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What an engine that is going to be killed says of itself, in a mapped file that outlives it.
 *
 * <pre>
 *   0                 8        16               24                32
 *   +-----------------+--------+----------------+-----------------+
 *   | last sequence   | phase  | ns of opening  | ns from process |
 *   | handled         |        | the engine     | start to ready  |
 *   +-----------------+--------+----------------+-----------------+
 * </pre>
 */
final class Diary implements AutoCloseable {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final VarHandle WORD = LONG.varHandle();
    private static final long ACKNOWLEDGED = 0;
    private static final long PHASE = 8;
    private static final long OPENING = 16;
    private static final long START = 24;
    private static final long LENGTH = 32;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;

    /** What the engine is doing. */
    enum Phase {
        NOTHING, OPENING, RUNNING, ROLLING, CHECKPOINT
    }

    private Diary(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE,
                StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH, arena);
        }
    }

    static Diary open(Path file) throws IOException {
        return new Diary(file);
    }

    void enter(Phase phase) {
        WORD.setRelease(memory, PHASE, (long) phase.ordinal());
    }

    Phase phase() {
        return Phase.values()[(int) (long) WORD.getAcquire(memory, PHASE)];
    }

    /** Everything up to this sequence is journaled. */
    void acknowledge(long sequence) {
        WORD.setRelease(memory, ACKNOWLEDGED, sequence);
    }

    long acknowledged() {
        return (long) WORD.getAcquire(memory, ACKNOWLEDGED);
    }

    void recovered(long openingNs, long startNs) {
        WORD.setRelease(memory, OPENING, openingNs);
        WORD.setRelease(memory, START, startNs);
    }

    long openingNs() {
        return (long) WORD.getAcquire(memory, OPENING);
    }

    long startNs() {
        return (long) WORD.getAcquire(memory, START);
    }

    @Override
    public void close() {
        arena.close();
    }
}
