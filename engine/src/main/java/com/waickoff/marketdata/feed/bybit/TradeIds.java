package com.waickoff.marketdata.feed.bybit;

import com.waickoff.marketdata.decimal.Ascii;

/**
 * Bybit's trade ids as 64 bits.
 *
 * <p>A UUID (derivatives) becomes the exclusive or of its two halves:
 * {@code uuid.getMostSignificantBits() ^ uuid.getLeastSignificantBits()}. A decimal number below
 * 2<sup>64</sup> (spot) stays what it is, as an unsigned long. Anything else becomes its FNV-1a hash.
 *
 * <p>Threads: pure.
 */
final class TradeIds {
    static final int UUID_LENGTH = 36;

    private static final long LOW_NIBBLES = 0x0f0f0f0f0f0f0f0fL;
    private static final long ONES = 0x0101010101010101L;
    private static final long FOUR_BYTES = 0xffffffffL;
    private static final int MOST_DIGITS = 20;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private TradeIds() {}

    /** The 64 bits of any id. */
    static long of(long address, int length) {
        if (length == UUID_LENGTH && isLowerCaseUuid(address)) {
            return foldUuid(address);
        }
        return ofSlowPath(address, length);
    }

    /** Whether the 36 bytes are a UUID as Bybit writes it: hexadecimal digits in lower case. */
    static boolean isLowerCaseUuid(long address) {
        long wrong = wrongDigits(Ascii.longAt(address)) | wrongDigits(secondWord(address))
                | wrongDigits(thirdWord(address)) | wrongDigits(Ascii.longAt(address + 28));
        return wrong == 0 && Ascii.byteAt(address + 8) == '-' && Ascii.byteAt(address + 13) == '-'
                && Ascii.byteAt(address + 18) == '-' && Ascii.byteAt(address + 23) == '-';
    }

    /** The exclusive or of the halves of the UUID in the 36 bytes, which is one. */
    static long foldUuid(long address) {
        long high = (thirtyTwoBits(Ascii.longAt(address)) << 32)
                | thirtyTwoBits(secondWord(address));
        long low = (thirtyTwoBits(thirdWord(address)) << 32)
                | thirtyTwoBits(Ascii.longAt(address + 28));
        return high ^ low;
    }

    /** The digits of the second and third group: {@code ········-XXXX-XXXX-}. */
    private static long secondWord(long address) {
        return (Ascii.longAt(address + 9) & FOUR_BYTES) | (Ascii.longAt(address + 14) << 32);
    }

    /** The fourth group and the first digits of the fifth. */
    private static long thirdWord(long address) {
        return (Ascii.longAt(address + 19) & FOUR_BYTES) | (Ascii.longAt(address + 24) << 32);
    }

    /** Eight hexadecimal digits, the first in memory being the most significant. */
    private static long thirtyTwoBits(long digits) {
        return Long.compress(Long.reverseBytes(nibbles(digits)), LOW_NIBBLES);
    }

    private static long nibbles(long digits) {
        return (digits & LOW_NIBBLES) + 9 * ((digits >>> 6) & ONES);
    }

    /** Zero if all bytes are digits or {@code a} to {@code f}: if the nibbles spell the bytes. */
    private static long wrongDigits(long digits) {
        long nibbles = nibbles(digits);
        long letters = ((nibbles + 6 * ONES) >>> 4) & ONES;
        long spelled = nibbles + 0x30 * ONES + 0x27 * letters;
        return (spelled ^ digits) | (nibbles & ~LOW_NIBBLES);
    }

    private static long ofSlowPath(long address, int length) {
        if (isUuid(address, length)) {
            long halves = 0;
            long half = 0;
            int digits = 0;
            for (int i = 0; i < length; i++) {
                if (Ascii.byteAt(address + i) != '-') {
                    half = (half << 4) | Character.digit(Ascii.byteAt(address + i), 16);
                    if (++digits % 16 == 0) {
                        halves ^= half;
                    }
                }
            }
            return halves;
        }
        long number = 0;
        long hash = FNV_OFFSET;
        boolean isNumber = length >= 1 && length <= MOST_DIGITS;
        for (int i = 0; i < length; i++) {
            byte next = Ascii.byteAt(address + i);
            hash = (hash ^ (next & 0xff)) * FNV_PRIME;
            int digit = next - '0';
            isNumber = isNumber && digit >= 0 && digit <= 9 && fits(number, digit);
            number = number * 10 + digit;
        }
        return isNumber ? number : hash;
    }

    private static boolean fits(long number, int digit) {
        return Long.compareUnsigned(number, Long.divideUnsigned(-1L - digit, 10)) <= 0;
    }

    private static boolean isUuid(long address, int length) {
        if (length != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            byte next = Ascii.byteAt(address + i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? next != '-' : Character.digit(next, 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
