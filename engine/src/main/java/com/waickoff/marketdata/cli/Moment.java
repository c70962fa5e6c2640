package com.waickoff.marketdata.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment as people write it: ISO-8601 in UTC, or ms since the epoch. */
final class Moment implements ITypeConverter<Instant> {
    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,15}");

    @Override
    public Instant convert(String text) {
        if (MILLISECONDS.matcher(text).matches()) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException notIso) {
            throw new TypeConversionException("it takes a moment such as 2026-01-05T14:00:00Z, or"
                    + " milliseconds since the epoch");
        }
    }
}
