package com.waickoff.marketdata.mcp.answer;

import com.waickoff.marketdata.decimal.Decimal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers as JSON on one line of UTF-8. They are made of maps, lists, texts, truths, whole
 * numbers and decimals: to ask a general mapper how each of a thousand numbers is written takes longer
 * than to write it.
 *
 * <p>Threads: one.
 */
public final class JsonText {
    private static final int FIRST_BYTES = 1 << 13;
    private static final int LONGEST_ESCAPE = 6;
    private static final int LONG_DIGITS = 18;
    private static final byte[] HEX = ascii("0123456789ABCDEF");
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    /** By character: how it is escaped by one letter, if so. */
    private static final byte[] SHORT_ESCAPES = shortEscapes();

    private byte[] bytes;
    private int length;

    private JsonText(int capacity) {
        bytes = new byte[capacity];
    }

    /**
     * Writes JSON.
     *
     * @throws IllegalArgumentException if there is anything in it that answers are not made of
     */
    public static byte[] of(Object json) {
        JsonText text = new JsonText(FIRST_BYTES);
        text.value(json);
        return Arrays.copyOf(text.bytes, text.length);
    }

    /** A text, given as UTF-8, as JSON: in quotes. */
    public static byte[] quoted(byte[] utf8) {
        JsonText text = new JsonText(utf8.length + utf8.length / 4 + 2);
        text.quote(utf8);
        return text.bytes.length == text.length ? text.bytes
                : Arrays.copyOf(text.bytes, text.length);
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> put(NULL);
            case String text -> text(text);
            case BigDecimal decimal -> decimal(decimal);
            case Long whole -> whole(whole);
            case Integer whole -> whole(whole);
            case Boolean truth -> put(truth ? TRUE : FALSE);
            case List<?> list -> list(list);
            case Map<?, ?> map -> map(map);
            default -> throw new IllegalArgumentException(
                    "answers are not made of " + value.getClass());
        }
    }

    private void list(List<?> list) {
        put('[');
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                put(',');
            }
            value(list.get(i));
        }
        put(']');
    }

    private void map(Map<?, ?> map) {
        put('{');
        boolean isFirst = true;
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (!isFirst) {
                put(',');
            }
            isFirst = false;
            text(String.valueOf(member.getKey()));
            put(':');
            value(member.getValue());
        }
        put('}');
    }

    private void whole(long whole) {
        reserve(Decimal.MAX_FORMATTED_LENGTH);
        length += Decimal.format(whole, 0, bytes, length);
    }

    /** All digits as they are given, without an exponent. */
    private void decimal(BigDecimal decimal) {
        int scale = decimal.scale();
        if (scale >= 0 && scale <= Decimal.MAX_SCALE && decimal.precision() <= LONG_DIGITS) {
            long digits = decimal.unscaledValue().longValue();
            if (scale == 0 || digits % 10 != 0) {
                reserve(Decimal.MAX_FORMATTED_LENGTH);
                length += Decimal.format(digits, scale, bytes, length);
                return;
            }
        }
        put(ascii(decimal.toPlainString()));
    }

    private void text(String text) {
        int characters = text.length();
        reserve(characters + 2);
        int start = length;
        bytes[length++] = '"';
        for (int i = 0; i < characters; i++) {
            char c = text.charAt(i);
            if (!isPlain(c)) {
                length = start;
                quote(text.getBytes(StandardCharsets.UTF_8));
                return;
            }
            bytes[length++] = (byte) c;
        }
        bytes[length++] = '"';
    }

    /** Whether a character stands for itself, in one byte. */
    private static boolean isPlain(int c) {
        return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
    }

    private void quote(byte[] utf8) {
        put('"');
        int from = 0;
        for (int i = 0; i < utf8.length; i++) {
            byte b = utf8[i];
            if (b >= 0 && !isPlain(b)) {
                put(utf8, from, i - from);
                escape(b);
                from = i + 1;
            }
        }
        put(utf8, from, utf8.length - from);
        put('"');
    }

    private void escape(byte b) {
        reserve(LONGEST_ESCAPE);
        bytes[length++] = '\\';
        if (SHORT_ESCAPES[b] != 0) {
            bytes[length++] = SHORT_ESCAPES[b];
            return;
        }
        bytes[length++] = 'u';
        bytes[length++] = '0';
        bytes[length++] = '0';
        bytes[length++] = HEX[b >> 4];
        bytes[length++] = HEX[b & 0xF];
    }

    private void put(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
    }

    private void put(byte[] ascii) {
        put(ascii, 0, ascii.length);
    }

    private void put(byte[] from, int offset, int count) {
        reserve(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    private static byte[] shortEscapes() {
        byte[] escapes = new byte[0x80];
        escapes['"'] = '"';
        escapes['\\'] = '\\';
        escapes['\b'] = 'b';
        escapes['\t'] = 't';
        escapes['\n'] = 'n';
        escapes['\f'] = 'f';
        escapes['\r'] = 'r';
        return escapes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
