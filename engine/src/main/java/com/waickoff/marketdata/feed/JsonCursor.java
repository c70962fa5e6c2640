package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.decimal.Ascii;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A pull scanner over JSON text where it lies: it hands out one token after the other and holds no
 * more than where it stands. Any order of keys, unknown keys, white space and escapes are read as the
 * grammar (RFC 8259) says; whether bytes are valid UTF-8 is not asked. Whatever else the bytes are,
 * the answer is {@link #ERROR}, never an exception.
 *
 * <pre>
 *   cursor.wrap(address, length);
 *   if (cursor.next() == BEGIN_OBJECT) {
 *       while (cursor.next() == KEY) {
 *           if (cursor.textWord() == PRICE) { cursor.next(); … cursor.textAddress() … }
 *           else { cursor.skipValue(); }
 *       }
 *   }
 * </pre>
 *
 * <p>Loads reach at most {@link Ascii#OVERRUN_BYTES} beyond the text, decisions never do. Nesting is
 * bounded by {@link #MAX_DEPTH}. Threads: one at a time; nothing is allocated after construction.
 */
public final class JsonCursor {
    /** Only white space was left after the value. */
    public static final int END = 0;
    /** The text is no JSON, or ends too early; see {@link #error()}. */
    public static final int ERROR = 1;
    /** <code>{</code>. */
    public static final int BEGIN_OBJECT = 2;
    /** <code>}</code>. */
    public static final int END_OBJECT = 3;
    /** {@code [}. */
    public static final int BEGIN_ARRAY = 4;
    /** {@code ]}. */
    public static final int END_ARRAY = 5;
    /** A key of an object and its colon; the text is the key. */
    public static final int KEY = 6;
    /** A string; the text is what stands between its quotes. */
    public static final int STRING = 7;
    /** A number; the text is its digits, sign, point and exponent. */
    public static final int NUMBER = 8;
    /** {@code true}. */
    public static final int TRUE = 9;
    /** {@code false}. */
    public static final int FALSE = 10;
    /** {@code null}. */
    public static final int NULL = 11;

    /** Nothing is wrong. */
    public static final int NO_ERROR = 0;
    /** The text breaks the grammar. */
    public static final int MALFORMED = 1;
    /** The text ends within the value. */
    public static final int TRUNCATED = 2;
    /** The text is nested deeper than {@link #MAX_DEPTH}. */
    public static final int TOO_DEEP = 3;

    /** Deepest nesting of objects and arrays. */
    public static final int MAX_DEPTH = 63;
    /**
     * Bytes of text with escapes that one frame can hold resolved; beyond it such a text is handed
     * out as it stands.
     */
    public static final int UNESCAPED_CAPACITY = 4096;

    private static final long TRUE_WORD = Ascii.word("true");
    private static final long FALSE_WORD = Ascii.word("false");
    private static final long NULL_WORD = Ascii.word("null");

    private static final int EXPECT_VALUE = 0;
    private static final int EXPECT_VALUE_OR_END = 1;
    private static final int EXPECT_KEY_OR_END = 2;
    private static final int EXPECT_COMMA_OR_END = 3;

    private long position;
    private long end;
    private long textAddress;
    private int textLength;
    private int expected;
    private int depth;
    private long objects; // bit d: the container at depth d is an object
    private int error;
    private int unescapedUsed;
    private final MemorySegment unescaped = Arena.ofAuto()
            .allocate(UNESCAPED_CAPACITY + Ascii.OVERRUN_BYTES);

    /** Starts over with another text. */
    public void wrap(long address, int length) {
        position = address;
        end = address + length;
        textAddress = address;
        textLength = 0;
        expected = EXPECT_VALUE;
        depth = 0;
        error = NO_ERROR;
        unescapedUsed = 0;
    }

    /**
     * Starts within {@code count} objects, one in the other, behind a member of the innermost: for
     * the rest of a text whose beginning somebody else has read.
     *
     * @param count 1 to {@link #MAX_DEPTH}
     */
    public void wrapRest(long address, int length, int count) {
        wrap(address, length);
        expected = EXPECT_COMMA_OR_END;
        depth = count;
        objects = -1L;
    }

    /** The next token. After {@link #END} or {@link #ERROR} it stays the same. */
    public int next() {
        long at = skipSpace(position);
        if (at >= end) {
            return atEnd();
        }
        byte first = Ascii.byteAt(at);
        return switch (expected) {
            case EXPECT_COMMA_OR_END -> first == ',' && depth > 0
                    ? afterComma(skipSpace(at + 1))
                    : close(at, first);
            case EXPECT_KEY_OR_END -> first == '}' ? close(at, first) : key(at);
            case EXPECT_VALUE_OR_END -> first == ']' ? close(at, first) : value(at, first);
            default -> value(at, first);
        };
    }

    /**
     * Skips the value that comes next, with all that is in it: the value of a key, or an element. Where
     * a container ends instead, its end is skipped.
     *
     * @return whether the text was in order so far; else see {@link #error()}
     */
    public boolean skipValue() {
        int outer = depth;
        int token = next();
        while (depth > outer) {
            token = next();
        }
        return token != ERROR;
    }

    /** Skips what is left of the innermost {@code count} containers, with their ends. */
    public boolean skipOut(int count) {
        int outer = depth - count;
        while (depth > outer) {
            next();
        }
        return error == NO_ERROR;
    }

    /**
     * Goes before the value of a member of the object at hand, among those not read yet.
     *
     * @return false if there is none; the object is read to its end then
     */
    public boolean seekMember(String key) {
        while (next() == KEY) {
            if (textIs(key)) {
                return true;
            }
            skipValue();
        }
        return false;
    }

    /** Where the next token begins; the end of the text if only white space is left. */
    public long nextAddress() {
        position = skipSpace(position);
        return position;
    }

    /**
     * Goes on after a value that somebody else has read.
     *
     * @param address behind the value that was to come next
     */
    public void resume(long address) {
        position = address;
        expected = EXPECT_COMMA_OR_END;
    }

    /** Where the cursor stands: behind the last token. */
    public long position() {
        return position;
    }

    /** Number of containers the cursor is in. */
    public int depth() {
        return depth;
    }

    /** What is wrong, or {@link #NO_ERROR}. */
    public int error() {
        return error;
    }

    /** Where the text of the last token lies; valid until the next {@link #wrap}. */
    public long textAddress() {
        return textAddress;
    }

    /** Length of the text of the last token in bytes. */
    public int textLength() {
        return textLength;
    }

    /**
     * The text of the last token as {@link Ascii#word} gives it, if it is no longer than eight bytes;
     * -1 if it is, which no text is.
     */
    public long textWord() {
        return textLength > 8 ? -1 : Ascii.longAt(textAddress) & Ascii.firstBytes(textLength);
    }

    /** Whether the text of the last token is {@code ascii}: for names longer than a word. */
    public boolean textIs(String ascii) {
        if (textLength != ascii.length()) {
            return false;
        }
        for (int i = 0; i < textLength; i++) {
            if (Ascii.byteAt(textAddress + i) != (byte) ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The value that comes next as text, if it is a string or a number; empty if it is anything else,
     * which is left behind. Cold: allocates.
     */
    public String nextText() {
        int token = next();
        if (token == BEGIN_OBJECT || token == BEGIN_ARRAY) {
            skipOut(1);
        }
        return token == STRING || token == NUMBER ? Ascii.text(textAddress, textLength) : "";
    }

    private int afterComma(long at) {
        if (at >= end) {
            return fail(TRUNCATED);
        }
        return isInObject() ? key(at) : value(at, Ascii.byteAt(at));
    }

    private int key(long at) {
        if (Ascii.byteAt(at) != '"') {
            return fail(MALFORMED);
        }
        long colon = string(at + 1);
        if (colon == 0) {
            return ERROR;
        }
        if (colon >= end || Ascii.byteAt(colon) != ':') {
            colon = skipSpace(colon);
            if (colon >= end) {
                return fail(TRUNCATED);
            }
            if (Ascii.byteAt(colon) != ':') {
                return fail(MALFORMED);
            }
        }
        position = colon + 1;
        expected = EXPECT_VALUE;
        return KEY;
    }

    private int value(long at, byte first) {
        return switch (first) {
            case '"' -> stringValue(at);
            case '{' -> open(at, true);
            case '[' -> open(at, false);
            case 't' -> literal(at, 4, TRUE_WORD, TRUE);
            case 'f' -> literal(at, 5, FALSE_WORD, FALSE);
            case 'n' -> literal(at, 4, NULL_WORD, NULL);
            default -> number(at);
        };
    }

    private int stringValue(long at) {
        long behind = string(at + 1);
        if (behind == 0) {
            return ERROR;
        }
        position = behind;
        expected = EXPECT_COMMA_OR_END;
        return STRING;
    }

    private int open(long at, boolean object) {
        if (depth == MAX_DEPTH) {
            return fail(TOO_DEEP);
        }
        depth++;
        objects = object ? objects | (1L << depth) : objects & ~(1L << depth);
        position = at + 1;
        expected = object ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;
        return object ? BEGIN_OBJECT : BEGIN_ARRAY;
    }

    private int close(long at, byte bracket) {
        boolean object = isInObject();
        if (depth == 0 || bracket != (object ? '}' : ']')) {
            return fail(MALFORMED);
        }
        depth--;
        position = at + 1;
        expected = EXPECT_COMMA_OR_END;
        return object ? END_OBJECT : END_ARRAY;
    }

    private int literal(long at, int length, long word, int token) {
        long available = Math.min(length, end - at);
        long mask = Ascii.firstBytes((int) available);
        if (((Ascii.longAt(at) ^ word) & mask) != 0) {
            return fail(MALFORMED);
        }
        if (available < length) {
            return fail(TRUNCATED);
        }
        return scalar(at, length, token);
    }

    /** {@code -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?}. */
    private int number(long at) {
        long p = at;
        if (Ascii.byteAt(p) == '-') {
            p++;
        }
        boolean zero = p < end && Ascii.byteAt(p) == '0';
        long digits = skipDigits(p);
        if (digits == p || (zero && digits > p + 1)) {
            return fail(p >= end ? TRUNCATED : MALFORMED);
        }
        p = digits;
        if (p < end && Ascii.byteAt(p) == '.') {
            digits = skipDigits(p + 1);
            if (digits == p + 1) {
                return fail(digits >= end ? TRUNCATED : MALFORMED);
            }
            p = digits;
        }
        if (p < end && (Ascii.byteAt(p) | 0x20) == 'e') {
            p++;
            if (p < end && (Ascii.byteAt(p) == '+' || Ascii.byteAt(p) == '-')) {
                p++;
            }
            digits = skipDigits(p);
            if (digits == p) {
                return fail(p >= end ? TRUNCATED : MALFORMED);
            }
            p = digits;
        }
        return scalar(at, (int) (p - at), NUMBER);
    }

    private int scalar(long at, int length, int token) {
        textAddress = at;
        textLength = length;
        position = at + length;
        expected = EXPECT_COMMA_OR_END;
        return token;
    }

    /** Finds the end of a string that begins at {@code at}; 0 if there is none. */
    private long string(long at) {
        long p = at;
        while (p < end) {
            int plain = Ascii.plainTextBytes(Ascii.longAt(p));
            p += plain;
            if (plain < 8) {
                break;
            }
        }
        if (p >= end) {
            return failString(TRUNCATED);
        }
        if (Ascii.byteAt(p) != '"') {
            return stringSlowPath(at, p);
        }
        textAddress = at;
        textLength = (int) (p - at);
        return p + 1;
    }

    /** A string with an escape, or a control character, at {@code p}. */
    private long stringSlowPath(long at, long from) {
        long p = from;
        while (p < end && Ascii.byteAt(p) != '"') {
            byte next = Ascii.byteAt(p);
            if (next >= 0 && next < ' ') {
                return failString(MALFORMED);
            }
            p++;
            if (next == '\\') {
                if (p >= end) {
                    return failString(TRUNCATED);
                }
                int digits = Ascii.byteAt(p) == 'u' ? 4 : 0;
                if (digits == 0 && unescape(Ascii.byteAt(p)) == 0) {
                    return failString(MALFORMED);
                }
                p++;
                for (int i = 0; i < digits; i++, p++) {
                    if (p >= end) {
                        return failString(TRUNCATED);
                    }
                    if (Character.digit(Ascii.byteAt(p), 16) < 0) {
                        return failString(MALFORMED);
                    }
                }
            }
        }
        if (p >= end) {
            return failString(TRUNCATED);
        }
        textAddress = at;
        textLength = (int) (p - at);
        if (textLength <= UNESCAPED_CAPACITY - unescapedUsed) {
            resolveEscapes(at, p);
        }
        return p + 1;
    }

    /** Writes the text from {@code at} to {@code to} without its escapes, which are all valid. */
    private void resolveEscapes(long at, long to) {
        long start = unescaped.address() + unescapedUsed;
        long out = start;
        long p = at;
        while (p < to) {
            byte next = Ascii.byteAt(p++);
            if (next != '\\') {
                Ascii.putByte(out++, next);
                continue;
            }
            byte escaped = Ascii.byteAt(p++);
            if (escaped != 'u') {
                Ascii.putByte(out++, unescape(escaped));
                continue;
            }
            int code = hex(p);
            p += 4;
            boolean pair = code >> 10 == 0xd800 >> 10 && to - p >= 6 && Ascii.byteAt(p) == '\\'
                    && Ascii.byteAt(p + 1) == 'u' && hex(p + 2) >> 10 == 0xdc00 >> 10;
            if (pair) {
                code = Character.toCodePoint((char) code, (char) hex(p + 2));
                p += 6;
            }
            out = putUtf8(out, code);
        }
        textAddress = start;
        textLength = (int) (out - start);
        unescapedUsed += textLength;
    }

    /** NUL takes two bytes, as in Java's own files, so that no text holds a zero byte. */
    private static long putUtf8(long out, int code) {
        long p = out;
        if (code > 0 && code < 0x80) {
            Ascii.putByte(p++, (byte) code);
        } else if (code < 0x800) {
            Ascii.putByte(p++, (byte) (0xc0 | (code >> 6)));
            Ascii.putByte(p++, (byte) (0x80 | (code & 0x3f)));
        } else {
            if (code < 0x10000) {
                Ascii.putByte(p++, (byte) (0xe0 | (code >> 12)));
            } else {
                Ascii.putByte(p++, (byte) (0xf0 | (code >> 18)));
                Ascii.putByte(p++, (byte) (0x80 | ((code >> 12) & 0x3f)));
            }
            Ascii.putByte(p++, (byte) (0x80 | ((code >> 6) & 0x3f)));
            Ascii.putByte(p++, (byte) (0x80 | (code & 0x3f)));
        }
        return p;
    }

    private static int hex(long at) {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            code = (code << 4) | Character.digit(Ascii.byteAt(at + i), 16);
        }
        return code;
    }

    /** What the letter behind a backslash stands for; 0 if for nothing. */
    private static byte unescape(byte letter) {
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> 0;
        };
    }

    private long skipSpace(long at) {
        long p = at;
        while (p < end) {
            byte next = Ascii.byteAt(p);
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                break;
            }
            p++;
        }
        return p;
    }

    private long skipDigits(long at) {
        long p = at;
        while (p < end && Ascii.byteAt(p) >= '0' && Ascii.byteAt(p) <= '9') {
            p++;
        }
        return p;
    }

    private boolean isInObject() {
        return ((objects >>> depth) & 1) != 0 && depth > 0;
    }

    private int atEnd() {
        if (error != NO_ERROR) {
            return ERROR;
        }
        return depth == 0 && expected == EXPECT_COMMA_OR_END ? END : fail(TRUNCATED);
    }

    private long failString(int code) {
        fail(code);
        return 0;
    }

    /** Puts the cursor where it stays: at the end, outside of everything. */
    private int fail(int code) {
        error = code;
        depth = 0;
        position = end;
        return ERROR;
    }
}
