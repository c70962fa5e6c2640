package com.waickoff.venue.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** ASCII text that grows in a byte array; reused from frame to frame. Not thread safe. */
public final class WireText {
    private byte[] bytes = new byte[1024];
    private int length;

    /** The array behind the text; replaced when the text outgrows it. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public WireText clear() {
        length = 0;
        return this;
    }

    public WireText append(byte[] source) {
        return append(source, 0, source.length);
    }

    public WireText append(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
        return this;
    }

    /** Appends text of ASCII letters. */
    public WireText append(String text) {
        int count = text.length();
        reserve(count);
        for (int i = 0; i < count; i++) {
            bytes[length + i] = (byte) text.charAt(i);
        }
        length += count;
        return this;
    }

    public WireText append(char letter) {
        reserve(1);
        bytes[length++] = (byte) letter;
        return this;
    }

    /** Appends a number, 0 or above. */
    public WireText append(long number) {
        return appendDecimal(number, 0);
    }

    /** Appends {@code units × 10^-decimals} with all its decimals; units 0 or above. */
    public WireText appendDecimal(long units, int decimals) {
        // Room for every digit of a long, a point and the zero before it.
        reserve(22 + decimals);
        int digits = Math.max(digitsOf(units), decimals + 1);
        int end = length + digits + (decimals > 0 ? 1 : 0);
        int at = end;
        long left = units;
        for (int i = 0; i < digits; i++) {
            if (i == decimals && i > 0) {
                bytes[--at] = '.';
            }
            bytes[--at] = (byte) ('0' + left % 10);
            left /= 10;
        }
        length = end;
        return this;
    }

    /** Appends the 16 hexadecimal digits of a value. */
    public WireText appendHex(long value, int fromDigit, int toDigit) {
        reserve(toDigit - fromDigit);
        for (int digit = fromDigit; digit < toDigit; digit++) {
            int nibble = (int) (value >>> (60 - 4 * digit)) & 0xf;
            bytes[length++] = (byte) (nibble < 10 ? '0' + nibble : 'a' + nibble - 10);
        }
        return this;
    }

    /** Cuts the text to a length. */
    public WireText truncate(int newLength) {
        length = Math.min(length, newLength);
        return this;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
    }

    private static int digitsOf(long value) {
        int digits = 1;
        for (long bound = 10; digits < 19 && value >= bound; bound *= 10) {
            digits++;
        }
        return digits;
    }
}
