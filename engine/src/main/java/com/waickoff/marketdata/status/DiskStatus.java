package com.waickoff.marketdata.status;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.status.StatusFormat.DiskEntry;
import org.agrona.BufferUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What room the disk of the journal has.
 *
 * <p>Threads: one writer, any number of readers in this and other processes.
 */
public final class DiskStatus {
    private final AtomicBuffer buffer;
    private final int offset;
    private final SeqLock lock;

    DiskStatus(AtomicBuffer buffer, int offset) {
        buffer.boundsCheck(offset, DiskEntry.LENGTH);
        this.buffer = buffer;
        this.offset = offset;
        lock = new SeqLock(buffer, offset + DiskEntry.LOCK_OFFSET);
    }

    /** A status that belongs to no file, for tools and tests. */
    public static DiskStatus onHeap() {
        return new DiskStatus(new UnsafeBuffer(
                BufferUtil.allocateDirectAligned(DiskEntry.LENGTH, Long.BYTES)), 0);
    }

    /** Shows what the free space is held against, as in {@link DiskReading}. */
    public void marks(long pauseBytes, long resumeBytes, long stopBytes) {
        lock.beginWrite();
        buffer.putLong(offset + DiskEntry.PAUSE_OFFSET_64, pauseBytes);
        buffer.putLong(offset + DiskEntry.RESUME_OFFSET_64, resumeBytes);
        buffer.putLong(offset + DiskEntry.STOP_OFFSET_64, stopBytes);
        lock.endWrite(0);
    }

    /**
     * Shows what was seen, as in {@link DiskReading}. Allocates nothing.
     *
     * @param lookedNs ns since the epoch
     */
    public void show(DiskLevel level, long freeBytes, long lookedNs) {
        lock.beginWrite();
        buffer.putInt(offset + DiskEntry.LEVEL_OFFSET_32, level.ordinal());
        buffer.putLong(offset + DiskEntry.FREE_OFFSET_64, freeBytes);
        buffer.putLong(offset + DiskEntry.LOOKED_OFFSET_64, lookedNs);
        lock.endWrite(0);
    }

    /** What is shown now; any thread may ask. */
    public DiskReading read() {
        return DiskReading.copy(buffer, offset);
    }

    /** Lets the next thread that writes become the single writer. */
    public void handOver() {
        lock.handOver();
    }
}
