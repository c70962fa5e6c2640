package com.waickoff.marketdata.storage.history;

import com.waickoff.marketdata.storage.history.HistoryException.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * Where a page ended, as text that means nothing to whoever carries it: it outlives restarts of both
 * sides, belongs to one question, and expires.
 *
 * <pre>
 *   version (1) | CRC-32C of the question (4) | generation (8) | issued, s (4) | position | CRC (4)
 * </pre>
 *
 * @param generation of what was asked: filling it anew changes it
 * @param issuedMs when, in ms since the epoch; kept in whole seconds
 * @param position where the next page begins, as the store understands it
 */
public record Cursor(long generation, long issuedMs, String position) {
    /** For how long it can be used. */
    public static final long LIFE_MS = 24 * 3_600_000L;

    private static final byte VERSION = 1;
    private static final int HEADER = 1 + Integer.BYTES + Long.BYTES + Integer.BYTES;
    private static final long MS_PER_S = 1_000;

    /**
     * As text.
     *
     * @param question what was asked, without limits and deadline
     */
    public String encode(String question) {
        byte[] place = position.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + place.length + Integer.BYTES);
        bytes.put(VERSION).putInt(crc(question.getBytes(StandardCharsets.UTF_8)))
                .putLong(generation).putInt((int) (issuedMs / MS_PER_S)).put(place);
        bytes.putInt(crc(Arrays.copyOf(bytes.array(), bytes.position())));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * Reads a cursor.
     *
     * @param question that it must be of
     * @param generation of what is asked now
     * @throws HistoryException if it is of another question, or too old
     */
    public static Cursor decode(String text, String question, long generation, long nowMs)
            throws HistoryException {
        ByteBuffer bytes = bytesOf(text);
        if (bytes.get() != VERSION || bytes.getInt() != crc(
                question.getBytes(StandardCharsets.UTF_8))) {
            throw new HistoryException(Kind.BAD_CURSOR,
                    "this cursor is of another question: ask without it");
        }
        long ofGeneration = bytes.getLong();
        long issuedMs = Integer.toUnsignedLong(bytes.getInt()) * MS_PER_S;
        if (ofGeneration != generation) {
            throw new HistoryException(Kind.CURSOR_EXPIRED,
                    "the history was filled anew since this cursor was given: ask without it");
        }
        if (nowMs - issuedMs > LIFE_MS) {
            throw new HistoryException(Kind.CURSOR_EXPIRED, "this cursor is older than "
                    + LIFE_MS / 3_600_000L + " hours: ask without it");
        }
        byte[] place = new byte[bytes.remaining() - Integer.BYTES];
        bytes.get(place);
        return new Cursor(ofGeneration, issuedMs, new String(place, StandardCharsets.UTF_8));
    }

    private static ByteBuffer bytesOf(String text) throws HistoryException {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw new HistoryException(Kind.BAD_CURSOR, "this is no cursor", notBase64);
        }
        int length = bytes.length - Integer.BYTES;
        boolean whole = length >= HEADER && ByteBuffer.wrap(bytes).getInt(length) == crc(
                Arrays.copyOf(bytes, length));
        if (!whole) {
            throw new HistoryException(Kind.BAD_CURSOR,
                    "this is no cursor, or not the whole of one");
        }
        return ByteBuffer.wrap(bytes);
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
