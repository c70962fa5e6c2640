package com.waickoff.marketdata.memory;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Text in a field of fixed length: the number of its UTF-8 bytes (4), then the bytes, then zeroes.
 */
public final class TextField {
    private static final byte[] CUT = "…".getBytes(StandardCharsets.UTF_8);
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;

    private TextField() {}

    /** Most bytes of text that a field of {@code fieldLength} bytes holds. */
    public static int capacity(int fieldLength) {
        return fieldLength - Integer.BYTES;
    }

    /**
     * Writes text into a field that was all zeroes. The length becomes visible last, with release
     * order: a reader that finds one finds the bytes too.
     *
     * @param name what the text is, for the message
     * @throws IllegalArgumentException if it is empty or too long
     */
    public static void put(AtomicBuffer buffer, int offset, int fieldLength, String name,
            String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > capacity(fieldLength)) {
            throw new IllegalArgumentException(name + " '" + text + "' is " + bytes.length
                    + " bytes long, allowed is 1 to " + capacity(fieldLength));
        }
        buffer.putBytes(offset + Integer.BYTES, bytes);
        buffer.putIntRelease(offset, bytes.length);
    }

    /** As {@link #put}, but takes any text: what does not fit is cut off and replaced by “…”. */
    public static void putCut(AtomicBuffer buffer, int offset, int fieldLength, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length;
        if (length > capacity(fieldLength)) {
            length = capacity(fieldLength) - CUT.length;
            while (length > 0 && (bytes[length] & CONTINUATION_MASK) == CONTINUATION) {
                length--;
            }
            buffer.putBytes(offset + Integer.BYTES + length, CUT);
            buffer.putBytes(offset + Integer.BYTES, bytes, 0, length);
            length += CUT.length;
        } else {
            buffer.putBytes(offset + Integer.BYTES, bytes);
        }
        buffer.putIntRelease(offset, length);
    }

    /** The text of a field; empty where none was written or the field cannot be one. */
    public static String get(DirectBuffer buffer, int offset, int fieldLength) {
        int length = buffer.getInt(offset);
        if (length <= 0 || length > capacity(fieldLength)) {
            return "";
        }
        byte[] bytes = new byte[length];
        buffer.getBytes(offset + Integer.BYTES, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
