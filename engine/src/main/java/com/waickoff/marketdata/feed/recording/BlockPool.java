package com.waickoff.marketdata.feed.recording;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The hand-over between the feed thread, which never waits, and the writer's.
 *
 * <pre>
 *   feed ── take ─► block ── hand ─► ready ─► writer
 *     ▲                                          │
 *     └──────────────── free ◄───── giveBack ────┘
 * </pre>
 *
 * <p>Blocks are made when they are first needed, up to the bound. Shared ones are beyond the bound:
 * they are few, and only referred to.
 */
final class BlockPool {
    private static final int MOST_SHARED = 1 << 16;

    private final int mostBlocks;
    private final BlockingQueue<Block> free;
    private final BlockingQueue<Block> ready;
    private int taken; // by the feed thread, ever
    private volatile int given; // back by the writer, ever
    private int made;

    BlockPool(long mostBytes) {
        mostBlocks = (int) Math.min(mostBytes / Block.BYTES, MOST_SHARED);
        free = new ArrayBlockingQueue<>(mostBlocks);
        ready = new ArrayBlockingQueue<>(mostBlocks + MOST_SHARED);
    }

    /** How many blocks can be taken now, and even more later: only the feed thread takes. */
    int available() {
        return mostBlocks - (taken - given);
    }

    /** Whether so much is free again that it is worth going on after a loss. */
    boolean hasRecovered() {
        return 2 * available() >= mostBlocks;
    }

    /** A block for a file; there is one if {@link #available} said so. */
    Block take(RecordingFile file) {
        taken++;
        Block block = free.poll();
        if (block == null) {
            if (made == mostBlocks) {
                throw new IllegalStateException("no block is free");
            }
            made++;
            return Block.ofPool(file);
        }
        block.file = file;
        block.length = 0;
        block.isLast = false;
        return block;
    }

    /** Whether the writer has nothing to do. */
    boolean isIdle() {
        return ready.isEmpty();
    }

    /** Lets the writer have a block. */
    void hand(Block block) {
        ready.add(block);
    }

    /** The next block to write; null if none came in time. */
    @Nullable
    Block next(long patienceMs) throws InterruptedException {
        Block block = ready.poll();
        return block == null ? ready.poll(patienceMs, TimeUnit.MILLISECONDS) : block;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the writer alone gives back
    void giveBack(Block block) {
        if (block.isPooled) {
            free.add(block);
            given++;
        }
    }
}
