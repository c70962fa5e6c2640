package com.waickoff.marketdata.replay;

/**
 * Takes the values of a row, column by column.
 *
 * <p>Threads: one.
 */
interface TableRow {
    /** The next column is this text. */
    TableRow text(String value);

    /** The next column is this number. */
    TableRow integer(long value);

    /** The next column is {@code unscaled / 10^scale}. */
    TableRow decimal(long unscaled, int scale);

    /** The next column is true or false. */
    TableRow flag(boolean value);

    /** The next column is empty. */
    TableRow empty();
}
