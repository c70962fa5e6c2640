package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.decimal.Decimal;

/** A row as a line: plain decimals without trailing zeros, separated by commas. Threads: one. */
final class CsvRow implements TableRow {
    private final StringBuilder line = new StringBuilder();
    private boolean hasColumn;

    private StringBuilder next() {
        if (hasColumn) {
            line.append(',');
        }
        hasColumn = true;
        return line;
    }

    @Override
    public TableRow text(String value) {
        next().append(value);
        return this;
    }

    @Override
    public TableRow integer(long value) {
        next().append(value);
        return this;
    }

    @Override
    public TableRow decimal(long unscaled, int scale) {
        Decimal.append(next(), unscaled, scale);
        return this;
    }

    @Override
    public TableRow flag(boolean value) {
        next().append(value);
        return this;
    }

    @Override
    public TableRow empty() {
        next();
        return this;
    }

    /** The line so far; the next one begins. */
    String take() {
        String text = line.toString();
        line.setLength(0);
        hasColumn = false;
        return text;
    }
}
