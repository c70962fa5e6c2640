package com.waickoff.marketdata.status;

import com.waickoff.marketdata.memory.SingleWriter;
import org.agrona.BufferUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The counters of one owner: a feed, the journal, a study thread.
 *
 * <p>Threads: one writer, any number of readers in this and other processes. A value is stored with
 * release order: who sees it also sees what was done before.
 */
public final class CounterBlock {
    private final String owner;
    private final AtomicBuffer buffer;
    private final int offset;
    private final SingleWriter writer = new SingleWriter();

    /**
     * A block over memory that holds {@link Counter#PLACES} longs.
     *
     * @param owner whose counters these are
     * @param offset of the first counter in {@code buffer}, a multiple of 8
     */
    CounterBlock(String owner, AtomicBuffer buffer, int offset) {
        buffer.boundsCheck(offset, Counter.PLACES * Long.BYTES);
        this.owner = owner;
        this.buffer = buffer;
        this.offset = offset;
    }

    /**
     * A block that belongs to no file, for tools and tests.
     *
     * @param owner whose counters these are
     */
    public static CounterBlock onHeap(String owner) {
        return new CounterBlock(owner,
                new UnsafeBuffer(BufferUtil.allocateDirectAligned(Counter.PLACES * Long.BYTES,
                        Long.BYTES)),
                0);
    }

    /** The values as they are now, in a block that outlives the file of this one. */
    public CounterBlock copy() {
        CounterBlock copy = onHeap(owner);
        for (Counter counter : Counter.values()) {
            copy.add(counter, get(counter));
        }
        return copy;
    }

    /** Counts one. */
    public void increment(Counter counter) {
        add(counter, 1);
    }

    /**
     * Counts {@code amount}.
     *
     * @param amount at least 0
     */
    public void add(Counter counter, long amount) {
        assert writer.isThisThread() : writer.cure("counters of " + owner);
        int index = offset + counter.id() * Long.BYTES;
        buffer.putLongRelease(index, buffer.getLong(index) + amount);
    }

    /** The value now; any thread may ask. */
    public long get(Counter counter) {
        return buffer.getLongVolatile(offset + counter.id() * Long.BYTES);
    }

    /** Whose counters these are. */
    public String owner() {
        return owner;
    }

    /** Lets the next thread that counts become the single writer. */
    public void handOver() {
        writer.handOver();
    }
}
