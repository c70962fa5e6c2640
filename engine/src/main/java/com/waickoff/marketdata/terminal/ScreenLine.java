package com.waickoff.marketdata.terminal;

import com.waickoff.marketdata.terminal.Ink.Tone;
import org.jspecify.annotations.Nullable;

/**
 * A line of parts, from the left and at the right end. What does not fit is left out: the most
 * important parts come first.
 *
 * <p>Threads: one.
 */
public final class ScreenLine {
    private static final String GAP = "  ";

    private final int width;
    private final Ink ink;
    private final StringBuilder line = new StringBuilder();
    private int taken;

    public ScreenLine(int width, Ink ink) {
        this.width = width;
        this.ink = ink;
    }

    /** Adds a part. */
    public ScreenLine add(@Nullable Tone tone, String part) {
        return append(Shown.width(part), painted(tone, part));
    }

    /** Adds a figure after its label. */
    public ScreenLine add(String label, @Nullable Tone tone, String figure) {
        return append(Shown.width(label) + 1 + Shown.width(figure),
                ink.paint(Tone.FAINT, label) + ' ' + painted(tone, figure));
    }

    private ScreenLine append(int columns, String painted) {
        int gap = taken == 0 ? 0 : GAP.length();
        if (taken + gap + columns <= width) {
            line.append(GAP, 0, gap).append(painted);
            taken += gap + columns;
        }
        return this;
    }

    /**
     * The line with a part at its right end.
     *
     * @param parts of which the first that fits is taken
     */
    public String end(@Nullable Tone tone, String... parts) {
        for (String part : parts) {
            int free = width - taken - Shown.width(part);
            if (free >= GAP.length()) {
                return line + " ".repeat(free) + painted(tone, part);
            }
        }
        return line.toString();
    }

    @Override
    public String toString() {
        return line.toString();
    }

    private String painted(@Nullable Tone tone, String part) {
        return tone == null ? part : ink.paint(tone, part);
    }
}
