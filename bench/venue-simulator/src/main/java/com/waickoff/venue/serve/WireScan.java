package com.waickoff.venue.serve;

import java.nio.charset.StandardCharsets;

/**
 * Finds single members in JSON texts without reading the rest. What is looked for must not stand in
 * a string before it, which in market data it does not.
 */
final class WireScan {
    /** Not there. */
    static final int MISSING = -1;

    private static final int TIME_DIGITS = 13;
    private static final byte[] CTS = "cts".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "end".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] START = "start".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TIMESTAMP = "timestamp".getBytes(StandardCharsets.US_ASCII);

    private WireScan() {}

    /** A member's name in its quotes. */
    static byte[] key(String name) {
        return ('"' + name + '"').getBytes(StandardCharsets.US_ASCII);
    }

    /** Where the value of a key begins, or {@link #MISSING}. */
    static int value(byte[] bytes, int from, int to, byte[] key) {
        int last = to - key.length;
        for (int i = from; i <= last; i++) {
            if (bytes[i] == '"' && isAt(bytes, i, key)) {
                int colon = skipSpace(bytes, i + key.length, to);
                if (colon < to && bytes[colon] == ':') {
                    return skipSpace(bytes, colon + 1, to);
                }
            }
        }
        return MISSING;
    }

    /** The number of a key, quoted or not; -1 without one. */
    static long number(byte[] bytes, int from, int to, byte[] key) {
        int at = value(bytes, from, to, key);
        if (at == MISSING || at == to) {
            return -1;
        }
        if (bytes[at] == '"') {
            at++;
        }
        int end = digitsEnd(bytes, at, to);
        return end == at ? -1 : number(bytes, at, end);
    }

    /** The text of a key's string without its quotes; empty without one. */
    static String text(byte[] bytes, int from, int to, byte[] key) {
        int at = value(bytes, from, to, key);
        if (at == MISSING || at == to || bytes[at] != '"') {
            return "";
        }
        int end = at + 1;
        while (end < to && bytes[end] != '"') {
            end++;
        }
        return new String(bytes, at + 1, end - at - 1, StandardCharsets.UTF_8);
    }

    /** Whether the value at a place begins with letters. */
    static boolean isAt(byte[] bytes, int at, byte[] letters) {
        if (at < 0 || at + letters.length > bytes.length) {
            return false;
        }
        for (int i = 0; i < letters.length; i++) {
            if (bytes[at + i] != letters[i]) {
                return false;
            }
        }
        return true;
    }

    static int skipSpace(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] <= ' ') {
            at++;
        }
        return at;
    }

    static int digitsEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    static long number(byte[] bytes, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + (bytes[i] - '0');
        }
        return number;
    }

    /**
     * The next time in ms: a bare number of 13 digits whose key is one the venues give to times.
     *
     * @return where its digits begin, or {@link #MISSING}
     */
    static int nextTime(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == ':' && i > 1 && isTimeKey(bytes, i)) {
                int at = skipSpace(bytes, i + 1, to);
                if (digitsEnd(bytes, at, to) - at == TIME_DIGITS) {
                    return at;
                }
            }
        }
        return MISSING;
    }

    /** Adds to the 13 digits at a place. */
    static void shiftTime(byte[] bytes, int at, long shiftMs) {
        long time = number(bytes, at, at + TIME_DIGITS) + shiftMs;
        for (int i = at + TIME_DIGITS - 1; i >= at; i--) {
            bytes[i] = (byte) ('0' + time % 10);
            time /= 10;
        }
    }

    private static boolean isTimeKey(byte[] bytes, int colon) {
        int end = colon - 1;
        while (end > 0 && bytes[end] <= ' ') {
            end--;
        }
        if (bytes[end] != '"') {
            return false;
        }
        int start = end - 1;
        while (start > 0 && bytes[start] != '"') {
            start--;
        }
        int length = end - start - 1;
        byte first = bytes[start + 1];
        return switch (length) {
            case 1 -> first == 'E' || first == 'T';
            case 2 -> first == 't' && bytes[start + 2] == 's';
            case 3 -> isAt(bytes, start + 1, CTS) || isAt(bytes, start + 1, END);
            case 5 -> isAt(bytes, start + 1, START);
            case 9 -> isAt(bytes, start + 1, TIMESTAMP);
            default -> false;
        };
    }
}
