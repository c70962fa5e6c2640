package com.waickoff.marketdata.feed.socket;

import com.waickoff.marketdata.decimal.Ascii;

/**
 * Whether bytes are UTF-8 by RFC 3629. What venues send is ASCII but for a rare symbol, so 32 bytes
 * at a time are asked whether any of them is not; only what follows the first such byte is decoded,
 * byte by byte, by a state that says how many bytes are missing and what the next one may be.
 *
 * <p>Threads: pure.
 */
final class Utf8 {
    /** No character is unfinished. */
    static final int WHOLE = 0;
    /** No text goes on like this. */
    static final int INVALID = -1;

    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int LEAST_TWO = 0xc2; // c0 and c1 would only be longer ways to write ASCII
    private static final int LEAST_THREE = 0xe0;
    private static final int LEAST_FOUR = 0xf0;
    private static final int MOST_FOUR = 0xf4;
    private static final int CONTINUATION = 0x80;
    private static final int LAST_CONTINUATION = 0xbf;
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
        return after(WHOLE, from, end - from) == WHOLE;
    }

    /**
     * Goes on where a part of a text ended, maybe within a character.
     *
     * @param state {@link #WHOLE} at the beginning, or what this returned for the part before
     * @return {@link #WHOLE} if no character is unfinished, {@link #INVALID} if no text can go on like
     *     this, or another state
     */
    static int after(int state, long address, long length) {
        int reached = state;
        long at = address;
        long end = address + length;
        while (at < end && reached != INVALID) {
            if (reached == WHOLE && end - at >= 8 && (Ascii.longAt(at) & HIGH_BITS) == 0) {
                at += 8;
            } else {
                int next = Ascii.byteAt(at) & 0xff;
                reached = reached == WHOLE ? first(next) : follower(reached, next);
                at++;
            }
        }
        return reached;
    }

    /** The state after the first byte of a character. */
    private static int first(int value) {
        if (value < CONTINUATION) {
            return WHOLE;
        }
        if (value < LEAST_TWO || value > MOST_FOUR) {
            return INVALID;
        }
        return switch (value) {
            case LEAST_THREE -> expecting(2, 0xa0, LAST_CONTINUATION);
            case SURROGATES -> expecting(2, CONTINUATION, 0x9f);
            case LEAST_FOUR -> expecting(3, 0x90, LAST_CONTINUATION);
            case MOST_FOUR -> expecting(3, CONTINUATION, 0x8f);
            default -> expecting(value < LEAST_THREE ? 1 : value < LEAST_FOUR ? 2 : 3,
                    CONTINUATION, LAST_CONTINUATION);
        };
    }

    /** The state after one more byte of an unfinished character. */
    private static int follower(int state, int value) {
        if (value < ((state >>> 8) & 0xff) || value > state >>> 16) {
            return INVALID;
        }
        int more = (state & 0xff) - 1;
        return more == 0 ? WHOLE : expecting(more, CONTINUATION, LAST_CONTINUATION);
    }

    /** So many bytes are missing, the next one between two bounds. */
    private static int expecting(int count, int least, int most) {
        return count | least << 8 | most << 16;
    }
}
