package com.waickoff.marketdata.status;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.memory.TextField;
import com.waickoff.marketdata.status.StatusFormat.FeedEntry;
import org.agrona.BufferUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The state of one feed, as it shows it to others.
 *
 * <p>Threads: one writer, any number of readers in this and other processes.
 */
public final class FeedStatus {
    private final String name;
    private final AtomicBuffer buffer;
    private final int offset;
    private final SeqLock lock;

    FeedStatus(String name, AtomicBuffer buffer, int offset) {
        buffer.boundsCheck(offset, FeedEntry.LENGTH);
        this.name = name;
        this.buffer = buffer;
        this.offset = offset;
        lock = new SeqLock(buffer, offset + FeedEntry.LOCK_OFFSET);
    }

    /**
     * A status that belongs to no file, for tools and tests.
     *
     * @param name of the feed
     */
    public static FeedStatus onHeap(String name) {
        return new FeedStatus(name, new UnsafeBuffer(
                BufferUtil.allocateDirectAligned(FeedEntry.LENGTH, Long.BYTES)), 0);
    }

    /**
     * Shows a new state. Rare, and the detail is text: this may allocate.
     *
     * @param sinceNs when it began, in ns since the epoch
     * @param epoch counts the connections of the feed, from 1; 0 before the first
     * @param detail why, for people; empty where there is nothing to say, cut where too long
     */
    public void state(FeedState state, long sinceNs, long epoch, String detail) {
        lock.beginWrite();
        buffer.putInt(offset + FeedEntry.STATE_OFFSET_32, state.ordinal());
        buffer.putLong(offset + FeedEntry.SINCE_OFFSET_64, sinceNs);
        buffer.putLong(offset + FeedEntry.EPOCH_OFFSET_64, epoch);
        TextField.putCut(buffer, offset + FeedEntry.DETAIL_OFFSET, FeedEntry.DETAIL_LENGTH, detail);
        lock.endWrite(epoch);
    }

    /** A complete frame was received at this time, in ns since the epoch. */
    public void frame(long receiveTimeNs) {
        buffer.putLongRelease(offset + FeedEntry.LAST_FRAME_OFFSET_64, receiveTimeNs);
    }

    /** How often the state was shown anew; any thread may ask. */
    public long changes() {
        return lock.completedWrites();
    }

    /** What is shown now; any thread may ask. */
    public FeedReading read() {
        return FeedReading.copy(name, buffer, offset);
    }

    /** Name of the feed. */
    public String name() {
        return name;
    }

    /** Lets the next thread that writes become the single writer. */
    public void handOver() {
        lock.handOver();
    }
}
