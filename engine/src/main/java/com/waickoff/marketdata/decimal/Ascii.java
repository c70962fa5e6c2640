package com.waickoff.marketdata.decimal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Bytes in native memory, one or eight at a time, and the questions a decoder asks of eight bytes
 * at once (SWAR: SIMD within a register).
 *
 * <p>Words are little-endian whatever the machine: the first byte in memory is the lowest byte of
 * the word, so "the first byte that …" is a count of trailing zeros.
 *
 * <p><b>Contract of every frame:</b> at least {@link #OVERRUN_BYTES} bytes after it can be read.
 * Loads may reach into them, decisions must not depend on them. Nothing here checks an address: a
 * wrong one ends the process.
 *
 * <p>Threads: all methods are pure reads or writes of memory, without fences.
 */
public final class Ascii {
    /** Readable bytes that must follow a frame. */
    public static final int OVERRUN_BYTES = 8;

    @SuppressWarnings("restricted") // all of native memory: that is what an address means
    private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long ZEROS = 0x3030303030303030L;
    private static final long ABOVE_NINE = 0x7676767676767676L;
    private static final long SPACES = 0x2020202020202020L;
    private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;
    private static final long QUOTES = 0x2222222222222222L;

    private Ascii() {}

    /** The byte at {@code address}. */
    public static byte byteAt(long address) {
        return MEMORY.get(ValueLayout.JAVA_BYTE, address);
    }

    /** The eight bytes from {@code address}, the first one lowest. */
    public static long longAt(long address) {
        return MEMORY.get(WORD, address);
    }

    /** Writes one byte. */
    public static void putByte(long address, byte value) {
        MEMORY.set(ValueLayout.JAVA_BYTE, address, value);
    }

    /** Copies {@code length} bytes from {@code address} into {@code target}. */
    public static void copy(long address, byte[] target, int offset, int length) {
        MemorySegment.copy(MEMORY, ValueLayout.JAVA_BYTE, address, target, offset, length);
    }

    /** Copies {@code length} bytes from {@code source} to {@code address}. */
    public static void copy(byte[] source, int offset, int length, long address) {
        MemorySegment.copy(source, offset, MEMORY, ValueLayout.JAVA_BYTE, address, length);
    }

    /** Copies {@code length} bytes within native memory; the ranges may overlap. */
    public static void copy(long fromAddress, long toAddress, long length) {
        MemorySegment.copy(MEMORY, fromAddress, MEMORY, toAddress, length);
    }

    /** The bytes as text; allocates, for people and cold paths only. */
    public static String text(long address, int length) {
        byte[] bytes = new byte[length];
        copy(address, bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * The first eight bytes of an ASCII literal as {@link #longAt} would load them, zero-filled:
     * what a template compares a load with.
     */
    public static long word(String literal) {
        long word = 0;
        for (int i = Math.min(8, literal.length()) - 1; i >= 0; i--) {
            word = (word << 8) | (literal.charAt(i) & 0xff);
        }
        return word;
    }

    /** A mask of the first {@code count} bytes of a word, {@code count} from 0 to 8. */
    public static long firstBytes(int count) {
        return count >= 8 ? -1L : (1L << (count << 3)) - 1;
    }

    /**
     * Marks the bytes of {@code word} that equal {@code value}: the lowest mark is exact, marks
     * above it may be false.
     *
     * @param value the byte, repeated eight times
     */
    public static long marksOf(long word, long value) {
        long difference = word ^ value;
        return (difference - LOW_BITS) & ~difference & HIGH_BITS;
    }

    /** The index of the lowest mark, or 8 if there is none. */
    public static int firstMark(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    /** The number of bytes before the next {@code "}, or 8 if the next eight hold none. */
    public static int bytesBeforeQuote(long word) {
        return firstMark(marksOf(word, QUOTES));
    }

    /**
     * The number of bytes from {@code address} before the next {@code "}, or 16 if the first
     * sixteen hold none.
     */
    public static int shortTextLength(long address) {
        int first = bytesBeforeQuote(longAt(address));
        return first < 8 ? first : 8 + bytesBeforeQuote(longAt(address + 8));
    }

    /**
     * The number of bytes from {@code address} before the next one that ends or interrupts the text
     * of a JSON string, or {@code most} if there are at least as many.
     *
     * @param most a multiple of 8
     */
    public static int plainTextLength(long address, int most) {
        int length = 0;
        int plain;
        do {
            plain = plainTextBytes(longAt(address + length));
            length += plain;
        } while (plain == 8 && length < most);
        return length;
    }

    /** The number of digits from {@code address} on, or 16 if there are at least as many. */
    public static int digitCount(long address) {
        int first = leadingDigits(longAt(address));
        return first < 8 ? first : 8 + leadingDigits(longAt(address + 8));
    }

    /**
     * Moves the first {@code count} bytes of digit values to the end of the word and puts zeros
     * before them: what {@link #eightDigits} takes.
     *
     * @param count 1 to 8
     */
    public static long lastBytes(long values, int count) {
        return values << (64 - (count << 3));
    }

    /** The number of digits {@code word} begins with, 0 to 8. */
    public static int leadingDigits(long word) {
        long values = word ^ ZEROS;
        return firstMark(marksAboveNine(values));
    }

    /** The number of digits that end before {@code address}, or 16 if there are as many. */
    public static int digitsBefore(long address) {
        int last = trailingDigits(longAt(address - 8));
        return last < 8 ? last : 8 + trailingDigits(longAt(address - 16));
    }

    /** The number of digits {@code word} ends with, 0 to 8: for reading backwards. */
    public static int trailingDigits(long word) {
        return Long.numberOfLeadingZeros(marksAboveNine(word ^ ZEROS)) >>> 3;
    }

    /**
     * The number of bytes before the next one that ends or interrupts the text of a JSON string, a
     * quote, a backslash or a control character, or 8 if the next eight hold none.
     */
    public static int plainTextBytes(long word) {
        long marks = marksOf(word, QUOTES) | marksOf(word, BACKSLASHES)
                | ((word - SPACES) & ~word & HIGH_BITS);
        return firstMark(marks);
    }

    /**
     * Whether every byte of {@code values} is at most nine: what a word of digits is after
     * {@link #digitValues}.
     */
    public static boolean areDigits(long values) {
        return marksAboveNine(values) == 0;
    }

    /** Turns digits into their values 0 to 9, and every other byte into something above nine. */
    public static long digitValues(long word) {
        return word ^ ZEROS;
    }

    /**
     * The number written by eight digit values, the first byte being the most significant.
     *
     * <p>Three multiplications fold neighbours: digits to pairs, pairs to quadruples, those to the
     * result.
     */
    public static long eightDigits(long values) {
        long pairs = ((values * 2561) >>> 8) & 0x00ff00ff00ff00ffL;
        long quadruples = ((pairs * 6553601) >>> 16) & 0x0000ffff0000ffffL;
        return (quadruples * 42949672960001L) >>> 32;
    }

    /**
     * The value of {@code length} plain digits.
     *
     * @param length 1 to 18; what the bytes are is the caller's knowledge ({@link #leadingDigits})
     */
    public static long digits(long address, int length) {
        if (length <= 8) {
            return eightDigits(lastBytes(digitValues(longAt(address)), length));
        }
        long high = eightDigits(digitValues(longAt(address)));
        if (length <= 16) {
            long low = lastBytes(digitValues(longAt(address + 8)), length - 8);
            return high * Decimal.powerOfTen(length - 8) + eightDigits(low);
        }
        long middle = eightDigits(digitValues(longAt(address + 8)));
        long low = lastBytes(digitValues(longAt(address + 16)), length - 16);
        return (high * 100_000_000 + middle) * Decimal.powerOfTen(length - 16) + eightDigits(low);
    }

    private static long marksAboveNine(long values) {
        return (values | ((values & ~HIGH_BITS) + ABOVE_NINE)) & HIGH_BITS;
    }
}
