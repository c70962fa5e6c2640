package com.waickoff.marketdata.terminal;

import com.waickoff.marketdata.terminal.Ink.Tone;
import java.util.List;

/**
 * Small pictures of a series, a cell for each value.
 *
 * <p>Threads: immutable.
 */
public final class Spark {
    private static final String REVERSED = "\033[7m";
    private static final String RESET = "\033[0m";

    private final Ink ink;
    private final Glyphs glyphs;

    public Spark(Ink ink, Glyphs glyphs) {
        this.ink = ink;
        this.glyphs = glyphs;
    }

    /** A line between the lowest and the highest value; as wide as there are values. */
    public String line(List<Long> values) {
        long low = values.stream().mapToLong(Long::longValue).min().orElse(0);
        long high = values.stream().mapToLong(Long::longValue).max().orElse(0);
        StringBuilder line = new StringBuilder();
        int steps = glyphs.heights().length() - 1;
        for (long value : values) {
            double share = high == low ? 0.5 : ((double) value - low) / ((double) high - low);
            line.append(glyphs.heights().charAt((int) Math.round(share * steps)));
        }
        return line.toString();
    }

    /** What is above zero, as bars that stand; the largest of either sign fills a cell. */
    public String rises(List<Long> values) {
        StringBuilder line = new StringBuilder();
        long largest = largest(values);
        for (long value : values) {
            line.append(value <= 0 ? ' '
                    : glyphs.heights().charAt(parts(value, largest, glyphs.heights()) - 1));
        }
        return ink.paint(Tone.BUY, line.toString());
    }

    /** What is below zero, as bars that hang; the largest of either sign fills a cell. */
    public String falls(List<Long> values) {
        StringBuilder line = new StringBuilder();
        long largest = largest(values);
        boolean exact = ink.hasColors() && glyphs.partsPerCell() > 1;
        for (long value : values) {
            if (value >= 0) {
                line.append(' ');
            } else if (exact) {
                line.append(hanging(parts(-value, largest, glyphs.heights())));
            } else {
                line.append(ink.paint(Tone.SELL, glyphs.drops()
                        .substring(parts(-value, largest, glyphs.drops()) - 1,
                                parts(-value, largest, glyphs.drops()))));
            }
        }
        return line.toString();
    }

    /** No character hangs from the top by eighths: what stands below is left out of a full one. */
    private String hanging(int filled) {
        int most = glyphs.heights().length();
        return filled == most ? ink.paint(Tone.SELL, glyphs.full())
                : REVERSED + ink.paint(Tone.SELL,
                        glyphs.heights().substring(most - filled - 1, most - filled)) + RESET;
    }

    private static long largest(List<Long> values) {
        return values.stream().mapToLong(value -> Math.abs(value)).max().orElse(0);
    }

    /** Whatever is not nothing can be seen. */
    private static int parts(long size, long largest, String cells) {
        return Math.clamp(Math.round((double) size / largest * cells.length()), 1,
                cells.length());
    }
}
