package com.waickoff.marketdata.storage.history;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a range is wanted.
 *
 * @param fromMs included, in ms since the epoch
 * @param toMs excluded
 * @param limit most items of a page, 1 to {@link #MAX_LIMIT}
 * @param maxBytes a page ends before it would be larger than these, but has one item at least; 1,024
 *     to {@link #MAX_BYTES}: of what is read, not of what is made of it
 * @param cursor where the page before ended; null for the first one
 * @param deadline after which there is no answer any more
 */
public record PageRequest(long fromMs, long toMs, int limit, int maxBytes,
        @Nullable String cursor, Duration deadline) {
    /** Most items of a page. */
    public static final int MAX_LIMIT = 10_000;
    /** Most bytes of a page. */
    public static final int MAX_BYTES = 16 << 20;
    private static final int MIN_BYTES = 1 << 10;
    private static final int USUAL_LIMIT = 500;
    private static final int USUAL_BYTES = 4 << 20;
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(5);

    /** Checks ranges. */
    public PageRequest {
        if (fromMs < 0 || toMs < fromMs) {
            throw new IllegalArgumentException(
                    "from " + fromMs + " to " + toMs + " ms is no range of time");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "limit is " + limit + ", allowed is 1 to " + MAX_LIMIT);
        }
        if (maxBytes < MIN_BYTES || maxBytes > MAX_BYTES) {
            throw new IllegalArgumentException("max bytes is " + maxBytes + ", allowed is "
                    + MIN_BYTES + " to " + MAX_BYTES);
        }
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline is " + deadline + ", allowed is > 0");
        }
    }

    /** The first page of a range: 500 items, 4 MiB, five seconds. */
    public static PageRequest of(long fromMs, long toMs) {
        return new PageRequest(fromMs, toMs, USUAL_LIMIT, USUAL_BYTES, null, USUAL_DEADLINE);
    }

    /** With another number of items. */
    public PageRequest withLimit(int most) {
        return new PageRequest(fromMs, toMs, most, maxBytes, cursor, deadline);
    }

    /** With another number of bytes. */
    public PageRequest withMaxBytes(int most) {
        return new PageRequest(fromMs, toMs, limit, most, cursor, deadline);
    }

    /** The page behind a cursor. */
    public PageRequest after(@Nullable String newCursor) {
        return new PageRequest(fromMs, toMs, limit, maxBytes, newCursor, deadline);
    }

    /** With another deadline. */
    public PageRequest within(Duration newDeadline) {
        return new PageRequest(fromMs, toMs, limit, maxBytes, cursor, newDeadline);
    }
}
