package com.waickoff.marketdata.terminal;

/**
 * The characters a drawing is made of.
 *
 * @param parts a cell filled from the left by one part, two parts and so on up to all of it
 * @param heights a cell filled from below by one part, two parts and so on up to all of it
 * @param drops a cell filled from above by one part, two parts and so on up to all of it
 * @param sellWithoutColor a cell of sell volume where colours cannot tell it from buy volume
 * @param inside the margin within the value area
 * @param outside the margin outside it
 * @param pointer before what is pointed at
 * @param bullet before a verdict
 * @param dash between two times
 * @param rule a horizontal line
 * @param ruleDown a horizontal line from which a vertical one goes down
 * @param ruleUp a horizontal line on which a vertical one stands
 * @param times between two factors
 * @param micro before the unit of a millionth
 * @param sigma a standard deviation
 * @param imbalancedSell beside sell volume that outweighs, and so on
 */
public record Glyphs(String parts, String heights, String drops, char sellWithoutColor, char inside,
        char outside, char pointer, char bullet, char dash, char rule, char ruleDown, char ruleUp,
        char times, char micro, char sigma, String imbalancedSell, String imbalancedBuy,
        String stackedSell, String stackedBuy) {
    /** Block characters in eighths, and box drawing. */
    public static final Glyphs UNICODE = new Glyphs("▏▎▍▌▋▊▉█", "▁▂▃▄▅▆▇█", "▔▀█", '░', '┃', '│',
            '►',
            '●', '–', '─', '┬', '┴', '×', 'µ', 'σ', "‹", "›", "«", "»");
    /** What any terminal has. */
    public static final Glyphs ASCII = new Glyphs("#", "_.-=+*%#", "'^#", '-', '|', ':', '>', '*',
            '-',
            '-', '-', '-', 'x', 'u', 's', "<", ">", "[", "]");

    /** What this terminal can show. */
    public static Glyphs of(Terminal terminal) {
        return terminal.unicode() ? UNICODE : ASCII;
    }

    /** In how many parts a cell can be filled. */
    public int partsPerCell() {
        return parts.length();
    }

    /** A cell of which {@code filled} parts are filled, 1 to {@link #partsPerCell()}. */
    public String cell(int filled) {
        return parts.substring(filled - 1, filled);
    }

    /** A full cell. */
    public String full() {
        return cell(partsPerCell());
    }
}
