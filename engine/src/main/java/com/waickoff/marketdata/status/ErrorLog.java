package com.waickoff.marketdata.status;

import com.waickoff.marketdata.memory.NativeMemory;
import com.waickoff.marketdata.memory.TextField;
import com.waickoff.marketdata.status.StatusFormat.ErrorEntry;
import com.waickoff.marketdata.status.StatusFormat.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.BufferUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Each distinct error once, with how often and when: a storm of bad frames is one entry and a large
 * count, not a million lines of a log.
 *
 * <p>Errors are the same if owner, code and detail are. So the detail comes from a bounded set (an
 * instrument, an HTTP status), never from the refused value itself: for that there is the sample,
 * kept of the first one. What finds no room is counted together in the last entry. To record an
 * error that is known already allocates nothing.
 *
 * <p>Threads: any; recording is rare enough for a lock.
 */
public final class ErrorLog {
    private static final String OVERFLOW_OWNER = "status";
    private static final String OVERFLOW_CODE = "too_many_distinct_errors";
    private static final long NO_SAMPLE = 0;

    private final AtomicBuffer buffer;
    private final int offset;
    private final int capacity;
    private final LongSupplier clockNs;
    private final String[] owners;
    private final String[] codes;
    private final String[] details;
    private int known;

    ErrorLog(AtomicBuffer buffer, int offset, int capacity, LongSupplier clockNs) {
        buffer.boundsCheck(offset, capacity * ErrorEntry.LENGTH);
        this.buffer = buffer;
        this.offset = offset;
        this.capacity = capacity;
        this.clockNs = clockNs;
        owners = new String[capacity];
        codes = new String[capacity];
        details = new String[capacity];
    }

    /**
     * A log that belongs to no file, for tools and tests.
     *
     * @param clockNs ns since the epoch
     */
    public static ErrorLog onHeap(LongSupplier clockNs) {
        int capacity = Region.ERRORS.entries();
        return new ErrorLog(new UnsafeBuffer(
                BufferUtil.allocateDirectAligned(capacity * ErrorEntry.LENGTH, Long.BYTES)), 0,
                capacity, clockNs);
    }

    /**
     * Records an error.
     *
     * @param owner whose error it is: a feed, the journal
     * @param code what kind, in snake_case
     * @param detail what about, from a bounded set of texts
     */
    public void record(String owner, String code, String detail) {
        record(owner, code, detail, NO_SAMPLE, 0);
    }

    /**
     * Records an error and, the first time, the beginning of the bytes that caused it.
     *
     * @param owner whose error it is: a feed, the journal
     * @param code what kind, in snake_case
     * @param detail what about, from a bounded set of texts
     * @param sampleAddress of the first byte in native memory
     * @param sampleLength in bytes; what is beyond the first 124 is not kept
     */
    public synchronized void record(String owner, String code, String detail, long sampleAddress,
            int sampleLength) {
        long nowNs = clockNs.getAsLong();
        int index = indexOf(owner, code, detail);
        if (index == known) {
            addSlowPath(owner, code, detail, nowNs, sampleAddress, sampleLength);
        }
        int entry = offset + index * ErrorEntry.LENGTH;
        int count = entry + ErrorEntry.COUNT_OFFSET_64;
        buffer.putLong(entry + ErrorEntry.LAST_TIME_OFFSET_64, nowNs);
        buffer.putLongRelease(count, buffer.getLong(count) + 1);
    }

    /** The entry of an error; the next free one, or the last one when all are taken. */
    private int indexOf(String owner, String code, String detail) {
        for (int i = 0; i < known; i++) {
            if (details[i].equals(detail) && codes[i].equals(code) && owners[i].equals(owner)) {
                return i;
            }
        }
        return Math.min(known, capacity - 1);
    }

    private void addSlowPath(String owner, String code, String detail, long nowNs,
            long sampleAddress, int sampleLength) {
        boolean last = known == capacity - 1;
        owners[known] = last ? OVERFLOW_OWNER : owner;
        codes[known] = last ? OVERFLOW_CODE : code;
        details[known] = last ? "first: " + owner + ' ' + code + ' ' + detail : detail;
        int entry = offset + known * ErrorEntry.LENGTH;
        buffer.putLong(entry + ErrorEntry.FIRST_TIME_OFFSET_64, nowNs);
        TextField.putCut(buffer, entry + ErrorEntry.OWNER_OFFSET, StatusFormat.NAME_LENGTH,
                owners[known]);
        TextField.putCut(buffer, entry + ErrorEntry.CODE_OFFSET, StatusFormat.NAME_LENGTH,
                codes[known]);
        TextField.putCut(buffer, entry + ErrorEntry.DETAIL_OFFSET, ErrorEntry.DETAIL_LENGTH,
                details[known]);
        int kept = Math.min(sampleLength, ErrorEntry.SAMPLE_LENGTH);
        for (int i = 0; i < kept; i++) {
            buffer.putByte(entry + ErrorEntry.SAMPLE_OFFSET + i,
                    NativeMemory.byteAt(sampleAddress + i));
        }
        buffer.putInt(entry + ErrorEntry.SAMPLE_LENGTH_OFFSET_32, kept);
        known++;
    }

    /** All errors so far, in the order of their first occurrence; any thread may ask. */
    public List<ErrorReading> read() {
        return readAll(buffer, offset, capacity, ErrorEntry.LENGTH);
    }

    static List<ErrorReading> readAll(AtomicBuffer buffer, int offset, int entries,
            int entryLength) {
        List<ErrorReading> errors = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            int entry = offset + i * entryLength;
            if (buffer.getLongVolatile(entry + ErrorEntry.COUNT_OFFSET_64) == 0) {
                break;
            }
            errors.add(ErrorReading.copy(buffer, entry));
        }
        return errors;
    }
}
