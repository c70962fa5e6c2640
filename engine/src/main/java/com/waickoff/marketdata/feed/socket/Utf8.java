package com.waickoff.marketdata.feed.socket;

import com.waickoff.marketdata.decimal.Ascii;

/**
 * Whether bytes are UTF-8 by RFC 3629. What venues send is ASCII but for a rare symbol, so 32 bytes
 * at a time are asked whether any of them is not; only what follows the first such byte is decoded.
 *
 * <p>Threads: pure.
 */
final class Utf8 {
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int LEAST_TWO = 0xc2; // c0 and c1 would only be longer ways to write ASCII
    private static final int LEAST_THREE = 0xe0;
    private static final int LEAST_FOUR = 0xf0;
    private static final int MOST_FOUR = 0xf4;
    private static final int CONTINUATION = 0x80;
    private static final int SURROGATES = 0xed;

    private Utf8() {}

    /** Whether {@code length} bytes are valid; reads up to seven bytes beyond them. */
    static boolean isValid(long address, int length) {
        long at = address;
        long end = address + length;
        for (; end - at >= 32; at += 32) {
            if (((Ascii.longAt(at) | Ascii.longAt(at + 8) | Ascii.longAt(at + 16)
                    | Ascii.longAt(at + 24)) & HIGH_BITS) != 0) {
                return isValidSlowPath(at, end);
            }
        }
        for (; end - at >= 8; at += 8) {
            if ((Ascii.longAt(at) & HIGH_BITS) != 0) {
                return isValidSlowPath(at, end);
            }
        }
        return (Ascii.longAt(at) & HIGH_BITS & Ascii.firstBytes((int) (end - at))) == 0
                || isValidSlowPath(at, end);
    }

    private static boolean isValidSlowPath(long from, long end) {
        long at = from;
        while (at < end) {
            int first = Ascii.byteAt(at) & 0xff;
            int followers = followers(first);
            if (followers < 0 || followers >= end - at
                    || (followers > 0 && !follow(at, first, followers))) {
                return false;
            }
            at += followers + 1;
        }
        return true;
    }

    /** How many bytes follow this one in its character, or -1 if none begins with it. */
    private static int followers(int first) {
        if (first < CONTINUATION) {
            return 0;
        }
        if (first < LEAST_TWO || first > MOST_FOUR) {
            return -1;
        }
        return first < LEAST_THREE ? 1 : first < LEAST_FOUR ? 2 : 3;
    }

    /** Whether what follows {@code first} are continuations that make a character it may begin. */
    private static boolean follow(long at, int first, int followers) {
        for (int i = 1; i <= followers; i++) {
            if ((Ascii.byteAt(at + i) & 0xc0) != CONTINUATION) {
                return false;
            }
        }
        int second = Ascii.byteAt(at + 1) & 0xff;
        return switch (first) {
            case LEAST_THREE -> second >= 0xa0;
            case SURROGATES -> second < 0xa0;
            case LEAST_FOUR -> second >= 0x90;
            case MOST_FOUR -> second < 0x90;
            default -> true;
        };
    }
}
