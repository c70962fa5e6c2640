package com.waickoff.marketdata.status;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.status.StatusFormat.ClockEntry;
import org.agrona.BufferUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * By how much the clock of a feed's venue differs from ours. It is shown, and applied nowhere.
 *
 * <p>Threads: one writer, any number of readers in this and other processes.
 */
public final class ClockStatus {
    private final String feed;
    private final AtomicBuffer buffer;
    private final int offset;
    private final SeqLock lock;

    ClockStatus(String feed, AtomicBuffer buffer, int offset) {
        buffer.boundsCheck(offset, ClockEntry.LENGTH);
        this.feed = feed;
        this.buffer = buffer;
        this.offset = offset;
        lock = new SeqLock(buffer, offset + ClockEntry.LOCK_OFFSET);
    }

    /**
     * A status that belongs to no file, for tools and tests.
     *
     * @param feed its name
     */
    public static ClockStatus onHeap(String feed) {
        return new ClockStatus(feed, new UnsafeBuffer(
                BufferUtil.allocateDirectAligned(ClockEntry.LENGTH, Long.BYTES)), 0);
    }

    /**
     * Shows a measurement.
     *
     * @param offsetNs the venue's time minus ours
     * @param roundTripNs of the request it was measured by
     * @param measuredNs when that was, in ns since the epoch
     */
    public void measured(long offsetNs, long roundTripNs, long measuredNs) {
        lock.beginWrite();
        buffer.putLong(offset + ClockEntry.OFFSET_OFFSET_64, offsetNs);
        buffer.putLong(offset + ClockEntry.ROUND_TRIP_OFFSET_64, roundTripNs);
        buffer.putLong(offset + ClockEntry.MEASURED_OFFSET_64, measuredNs);
        lock.endWrite(0);
    }

    /** What is shown now; any thread may ask. */
    public ClockReading read() {
        return ClockReading.copy(feed, buffer, offset);
    }

    /** Lets the next thread that writes become the single writer. */
    public void handOver() {
        lock.handOver();
    }
}
