package com.waickoff.marketdata.status;

import com.waickoff.marketdata.memory.TextField;
import com.waickoff.marketdata.status.StatusFormat.ErrorEntry;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A copy of a distinct error.
 *
 * @param owner whose error it is
 * @param code what kind, in snake_case
 * @param detail what about
 * @param count how often it happened
 * @param firstNs when it happened first, in ns since the epoch
 * @param lastNs when it happened last, in ns since the epoch
 * @param sample the beginning of what caused it the first time, made printable; may be empty
 */
public record ErrorReading(String owner, String code, String detail, long count, long firstNs,
        long lastNs, String sample) {
    private static final String UNPRINTABLE = "[^ -~]";

    static ErrorReading copy(AtomicBuffer buffer, int entry) {
        long count = buffer.getLongVolatile(entry + ErrorEntry.COUNT_OFFSET_64);
        int sampleLength = Math.clamp(buffer.getInt(entry + ErrorEntry.SAMPLE_LENGTH_OFFSET_32), 0,
                ErrorEntry.SAMPLE_LENGTH);
        byte[] sample = new byte[sampleLength];
        buffer.getBytes(entry + ErrorEntry.SAMPLE_OFFSET, sample);
        return new ErrorReading(
                TextField.get(buffer, entry + ErrorEntry.OWNER_OFFSET, StatusFormat.NAME_LENGTH),
                TextField.get(buffer, entry + ErrorEntry.CODE_OFFSET, StatusFormat.NAME_LENGTH),
                TextField.get(buffer, entry + ErrorEntry.DETAIL_OFFSET, ErrorEntry.DETAIL_LENGTH),
                count, buffer.getLong(entry + ErrorEntry.FIRST_TIME_OFFSET_64),
                buffer.getLong(entry + ErrorEntry.LAST_TIME_OFFSET_64),
                new String(sample, StandardCharsets.ISO_8859_1).replaceAll(UNPRINTABLE, "."));
    }
}
