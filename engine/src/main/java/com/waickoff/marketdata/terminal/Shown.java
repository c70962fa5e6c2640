package com.waickoff.marketdata.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * Text as a terminal shows it: how wide it is, where it breaks, and nothing in it that would steer
 * the terminal.
 *
 * <p>Threads: all methods are pure.
 */
public final class Shown {
    private static final int FIRST_WIDE = 0x1100;
    /** Blocks whose characters take two columns: Hangul, CJK, full-width forms, pictographs. */
    private static final int[][] WIDE = {{0x1100, 0x115f}, {0x2e80, 0xa4cf}, {0xac00, 0xd7a3},
            {0xf900, 0xfaff}, {0xfe30, 0xfe6f}, {0xff00, 0xff60}, {0xffe0, 0xffe6},
            {0x1f300, 0x1faff}, {0x20000, 0x3fffd}};

    private Shown() {}

    /** {@code text} with its control characters, which can steer a terminal, replaced. */
    public static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int kind = Character.getType(c);
            boolean shown = kind != Character.CONTROL && kind != Character.FORMAT
                    && kind != Character.SURROGATE && kind != Character.UNASSIGNED;
            plain.appendCodePoint(shown || c == '\n' ? c : '?');
        });
        return plain.toString();
    }

    /** Columns that {@code text} takes; it holds no escape sequences. */
    public static int width(String text) {
        return text.codePoints().map(Shown::width).sum();
    }

    /** {@code text} with blanks before it, {@code columns} wide if it was not wider. */
    public static String right(String text, int columns) {
        return " ".repeat(Math.max(0, columns - width(text))) + text;
    }

    /** {@code text} with blanks after it, {@code columns} wide if it was not wider. */
    public static String left(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }

    /** {@code text} broken into lines at blanks, and within a word only where it has to be. */
    public static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            StringBuilder line = new StringBuilder();
            for (String word : paragraph.split(" ", -1)) {
                if (!line.isEmpty() && width(line.toString()) + 1 + width(word) > columns) {
                    lines.add(line.toString());
                    line.setLength(0);
                } else if (!line.isEmpty()) {
                    line.append(' ');
                }
                appendWord(lines, line, word, columns);
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static void appendWord(List<String> lines, StringBuilder line, String word,
            int columns) {
        int[] characters = word.codePoints().toArray();
        for (int character : characters) {
            if (width(line.toString()) + width(character) > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.appendCodePoint(character);
        }
    }

    private static int width(int character) {
        if (character >= FIRST_WIDE) {
            for (int[] block : WIDE) {
                if (character >= block[0] && character <= block[1]) {
                    return 2;
                }
            }
        }
        int kind = Character.getType(character);
        return kind == Character.NON_SPACING_MARK || kind == Character.ENCLOSING_MARK ? 0 : 1;
    }
}
