package com.waickoff.marketdata.status;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.status.StatusFormat.ClockEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * By how much the clock of a feed's venue differs from ours, as it was last measured.
 *
 * @param feed its name
 * @param offsetNs the venue's time minus ours; true to within half the round trip
 * @param roundTripNs of the request it was measured by
 * @param measuredNs when that was, in ns since the epoch; 0 for never
 */
public record ClockReading(String feed, long offsetNs, long roundTripNs, long measuredNs) {

    /** Whether there was a measurement. */
    public boolean isMeasured() {
        return measuredNs != 0;
    }

    static ClockReading copy(String feed, AtomicBuffer buffer, int offset) {
        ClockReading[] copied = new ClockReading[1];
        long read = new SeqLock(buffer, offset + ClockEntry.LOCK_OFFSET).read(
                () -> copied[0] = new ClockReading(feed,
                        buffer.getLong(offset + ClockEntry.OFFSET_OFFSET_64),
                        buffer.getLong(offset + ClockEntry.ROUND_TRIP_OFFSET_64),
                        buffer.getLong(offset + ClockEntry.MEASURED_OFFSET_64)));
        return read == SeqLock.RETRIES_EXHAUSTED ? new ClockReading(feed, 0, 0, 0) : copied[0];
    }
}
