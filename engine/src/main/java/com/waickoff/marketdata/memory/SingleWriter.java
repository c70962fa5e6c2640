package com.waickoff.marketdata.memory;

import org.jspecify.annotations.Nullable;

/**
 * The claim that one thread writes, made checkable: {@code assert writer.isThisThread() :
 * writer.cure("counters of x")}. With assertions off it costs nothing.
 *
 * <p>The first thread that writes becomes the writer. A part that really moves to another thread,
 * such as from the start-up thread to the event loop, is handed over by {@link #handOver()}.
 */
public final class SingleWriter {
    private @Nullable Thread writer;

    /** Whether the calling thread is the writer; the first one to ask becomes it. */
    public boolean isThisThread() {
        Thread current = Thread.currentThread();
        if (writer == null) {
            writer = current;
        }
        return writer.equals(current);
    }

    /**
     * Lets the next thread that writes become the writer. The old writer must have finished, and
     * the new one must know it by a start, a join or a queue.
     */
    public void handOver() {
        writer = null;
    }

    /**
     * The message of a failed assertion: what happened and what to do about it.
     *
     * @param what the thing that has one writer
     */
    public String cure(String what) {
        Thread owner = writer;
        return what + ": written by thread '" + Thread.currentThread().getName()
                + "' but its single writer is '" + (owner == null ? "nobody" : owner.getName())
                + "'. Write it from that thread only, or call handOver() where it moves to another";
    }
}
