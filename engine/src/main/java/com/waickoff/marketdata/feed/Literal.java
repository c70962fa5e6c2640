package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.decimal.Ascii;

/**
 * A fixed piece of a frame, such as {@code ","type":"delta","ts":}, compared eight bytes at a time:
 * what templates are made of. A record in a static final field, so that the compiler sees constants
 * and a comparison is a few instructions.
 *
 * <p>The words overlap where the length is no multiple of eight: the last one ends with the text.
 *
 * @param length of the text in bytes, 1 to {@link #MAX_LENGTH}
 * @param mask of the bytes of {@code first} that count
 */
public record Literal(int length, long mask, long first, long second, long third, long last) {
    /** Longest text. */
    public static final int MAX_LENGTH = 32;

    /** The literal {@code text}, in ASCII. */
    public static Literal of(String text) {
        int length = text.length();
        if (length < 1 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("a literal of " + length + " bytes: " + text);
        }
        return new Literal(length, Ascii.firstBytes(Math.min(length, 8)), Ascii.word(text),
                length > 16 ? Ascii.word(text.substring(8)) : 0,
                length > 24 ? Ascii.word(text.substring(16)) : 0,
                length > 8 ? Ascii.word(text.substring(length - 8)) : 0);
    }

    /**
     * Whether the bytes at {@code address} begin with the text. Loads do not reach beyond it, or
     * beyond eight bytes if it is shorter.
     */
    public boolean isAt(long address) {
        if (((Ascii.longAt(address) ^ first) & mask) != 0) {
            return false;
        }
        return length <= 8 || (Ascii.longAt(address + length - 8) == last
                && (length <= 16 || Ascii.longAt(address + 8) == second)
                && (length <= 24 || Ascii.longAt(address + 16) == third));
    }
}
