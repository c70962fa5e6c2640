package com.waickoff.marketdata.status;

import com.waickoff.marketdata.memory.SingleWriter;
import com.waickoff.marketdata.status.StatusFormat.LatencyEntry;
import org.agrona.BufferUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The histogram of one latency of one owner. It lies in the status file itself: to record is to
 * publish, there is nothing to hand over at intervals, and readers compute what they want.
 *
 * <p>Threads: one writer, any number of readers in this and other processes.
 */
public final class LatencyRecorder {
    private final AtomicBuffer buffer;
    private final int offset;
    private final SingleWriter writer = new SingleWriter();

    LatencyRecorder(AtomicBuffer buffer, int offset) {
        buffer.boundsCheck(offset, LatencyEntry.LENGTH);
        this.buffer = buffer;
        this.offset = offset;
    }

    /** A recorder that belongs to no file, for tools and tests. */
    public static LatencyRecorder onHeap() {
        return new LatencyRecorder(new UnsafeBuffer(
                BufferUtil.allocateDirectAligned(LatencyEntry.LENGTH, Long.BYTES)), 0);
    }

    /**
     * Records one measurement.
     *
     * @param valueNs negative counts as 0, 2^40 (18 minutes) and more as the largest
     */
    public void record(long valueNs) {
        assert writer.isThisThread() : writer.cure("latencies");
        long value = Math.max(valueNs, 0);
        int count = offset + LatencyEntry.COUNTS_OFFSET + Buckets.indexOf(value) * Long.BYTES;
        int sum = offset + LatencyEntry.SUM_OFFSET_64;
        int max = offset + LatencyEntry.MAX_OFFSET_64;
        if (value > buffer.getLong(max)) {
            buffer.putLong(max, value);
        }
        buffer.putLong(sum, buffer.getLong(sum) + value);
        buffer.putLongRelease(count, buffer.getLong(count) + 1);
    }

    /** What was recorded so far; any thread may ask. */
    public LatencyReading read() {
        return LatencyReading.copy(buffer, offset);
    }

    /** Lets the next thread that records become the single writer. */
    public void handOver() {
        writer.handOver();
    }
}
