package com.waickoff.marketdata.cli;

/**
 * The characters a drawing is made of.
 *
 * @param parts a cell filled from the left by one part, two parts and so on up to all of it
 * @param sellWithoutColor a cell of sell volume where colours cannot tell it from buy volume
 * @param inside the margin within the value area
 * @param outside the margin outside it
 * @param bullet before a verdict
 * @param dash between two times
 * @param rule a horizontal line
 * @param times between two factors
 */
record Glyphs(String parts, char sellWithoutColor, char inside, char outside, char bullet,
        char dash, char rule, char times) {
    /** Block characters in eighths, and box drawing. */
    static final Glyphs UNICODE = new Glyphs("▏▎▍▌▋▊▉█", '░', '┃', '│', '●', '–', '─', '×');
    /** What any terminal has. */
    static final Glyphs ASCII = new Glyphs("#", '-', '|', ':', '*', '-', '-', 'x');

    /** In how many parts a cell can be filled. */
    int partsPerCell() {
        return parts.length();
    }

    /** A cell of which {@code filled} parts are filled, 1 to {@link #partsPerCell()}. */
    String cell(int filled) {
        return parts.substring(filled - 1, filled);
    }

    /** A full cell. */
    String full() {
        return cell(partsPerCell());
    }
}
