package com.waickoff.marketdata.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of the day with a name, in UTC: markets that never close have sessions by custom only.
 *
 * <p>Threads: immutable.
 *
 * @param name lower-case letters, digits and hyphens
 * @param fromMinute minute of the day at which it begins, 0 to 1,439
 * @param toMinute minute of the day at which it ends, excluded, 1 to 1,440; not after {@code
 *     fromMinute} where the session ends on the next day
 */
public record Session(String name, int fromMinute, int toMinute) {
    /** The day in four: Asia, London, New York, and what is left of it. */
    public static final String DEFAULTS = "asia=00:00-06:00,london=06:00-12:00,"
            + "new-york=12:00-20:00,evening=20:00-24:00";

    private static final int MAX_SESSIONS = 16;
    private static final int MAX_NAME_LENGTH = 24;
    private static final int MINUTES_PER_HOUR = 60;
    private static final int MINUTES_PER_DAY = 1_440;
    private static final long MS_PER_MINUTE = 60_000;
    private static final long MS_PER_DAY = MINUTES_PER_DAY * MS_PER_MINUTE;
    private static final Pattern FORM = Pattern.compile(
            "([a-z0-9][a-z0-9-]*)=(\\d{2}):(\\d{2})-(\\d{2}):(\\d{2})");

    /** Checks ranges. */
    public Session {
        if (fromMinute < 0 || fromMinute >= MINUTES_PER_DAY || toMinute < 1
                || toMinute > MINUTES_PER_DAY || fromMinute == toMinute) {
            throw new IllegalArgumentException("session " + name + " from " + clock(fromMinute)
                    + " to " + clock(toMinute) + " is none");
        }
    }

    /**
     * Reads sessions such as {@code asia=00:00-06:00,london=06:00-12:00}; they may overlap.
     *
     * @throws IllegalArgumentException if it is something else, saying what
     */
    public static List<Session> parse(String text) {
        List<Session> sessions = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Session session = parseOne(part.strip());
            if (sessions.stream().anyMatch(other -> other.name.equals(session.name))) {
                throw new IllegalArgumentException("session " + session.name + " is there twice");
            }
            sessions.add(session);
        }
        if (sessions.size() > MAX_SESSIONS) {
            throw new IllegalArgumentException(
                    sessions.size() + " sessions, allowed are 1 to " + MAX_SESSIONS);
        }
        return List.copyOf(sessions);
    }

    private static Session parseOne(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || matcher.group(1).length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("'" + text
                    + "' is no session: it takes name=HH:MM-HH:MM, such as asia=00:00-06:00");
        }
        return new Session(matcher.group(1), minute(text, matcher.group(2), matcher.group(3)),
                minute(text, matcher.group(4), matcher.group(5)));
    }

    private static int minute(String text, String hours, String minutes) {
        int minute = Integer.parseInt(hours) * MINUTES_PER_HOUR + Integer.parseInt(minutes);
        if (Integer.parseInt(minutes) >= MINUTES_PER_HOUR || minute > MINUTES_PER_DAY) {
            throw new IllegalArgumentException("session '" + text + "' has a time that no day has");
        }
        return minute;
    }

    /** How long it is, in ms. */
    public long lengthMs() {
        int minutes = toMinute - fromMinute;
        return (minutes > 0 ? minutes : minutes + MINUTES_PER_DAY) * MS_PER_MINUTE;
    }

    /**
     * Start of the session that began last, in ms since the epoch.
     *
     * @param momentMs included: a session that begins now has begun
     */
    public long startMs(long momentMs) {
        long offsetMs = fromMinute * MS_PER_MINUTE;
        return Math.floorDiv(momentMs - offsetMs, MS_PER_DAY) * MS_PER_DAY + offsetMs;
    }

    /** Its hours, such as {@code 00:00-06:00}. */
    public String hours() {
        return clock(fromMinute) + '-' + clock(toMinute);
    }

    private static String clock(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / MINUTES_PER_HOUR,
                minute % MINUTES_PER_HOUR);
    }
}
