package com.waickoff.marketdata.status;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.status.StatusFormat.DiskEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * What room the disk of the journal has, as it was last seen.
 *
 * @param level what follows from it
 * @param freeBytes what this user may still write
 * @param pauseBytes below that, book levels are left out
 * @param resumeBytes from there on they are journaled again
 * @param stopBytes below that, the engine stops
 * @param lookedNs when it was looked at, in ns since the epoch; 0 for never
 */
public record DiskReading(DiskLevel level, long freeBytes, long pauseBytes, long resumeBytes,
        long stopBytes, long lookedNs) {
    /** Of a file in which nobody has noted anything. */
    static final DiskReading NOTHING_KNOWN = new DiskReading(DiskLevel.UNKNOWN, 0, 0, 0, 0, 0);

    /** Whether somebody has looked. */
    public boolean isKnown() {
        return lookedNs != 0;
    }

    static DiskReading copy(AtomicBuffer buffer, int offset) {
        DiskReading[] copied = new DiskReading[1];
        long read = new SeqLock(buffer, offset + DiskEntry.LOCK_OFFSET).read(
                () -> copied[0] = new DiskReading(
                        DiskLevel.of(buffer.getInt(offset + DiskEntry.LEVEL_OFFSET_32)),
                        buffer.getLong(offset + DiskEntry.FREE_OFFSET_64),
                        buffer.getLong(offset + DiskEntry.PAUSE_OFFSET_64),
                        buffer.getLong(offset + DiskEntry.RESUME_OFFSET_64),
                        buffer.getLong(offset + DiskEntry.STOP_OFFSET_64),
                        buffer.getLong(offset + DiskEntry.LOOKED_OFFSET_64)));
        return read == SeqLock.RETRIES_EXHAUSTED ? NOTHING_KNOWN : copied[0];
    }
}
