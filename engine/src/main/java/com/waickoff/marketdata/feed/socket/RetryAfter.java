package com.waickoff.marketdata.feed.socket;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** When a venue wants to be asked again: seconds, or a date, or it does not say. */
final class RetryAfter {
    /** Pause where a venue has had enough and does not say for how long. */
    static final long UNSAID_MS = 60_000;

    private static final long MS_PER_S = 1_000;
    private static final long NS_PER_S = 1_000_000_000;
    private static final long MOST_S = 4L * 24 * 60 * 60;

    private RetryAfter() {}

    /** The pause in ms that the header asks for; {@link #UNSAID_MS} without one. */
    static long ms(@Nullable String header, long nowNs) {
        if (header == null) {
            return UNSAID_MS;
        }
        String value = header.strip();
        try {
            return Math.clamp(Long.parseLong(value), 0, MOST_S) * MS_PER_S;
        } catch (NumberFormatException e) {
            return untilMs(value, nowNs);
        }
    }

    private static long untilMs(String date, long nowNs) {
        try {
            Instant then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            long seconds = then.getEpochSecond() - Math.floorDiv(nowNs, NS_PER_S);
            return Math.clamp(seconds, 0, MOST_S) * MS_PER_S;
        } catch (DateTimeParseException e) {
            return UNSAID_MS;
        }
    }
}
