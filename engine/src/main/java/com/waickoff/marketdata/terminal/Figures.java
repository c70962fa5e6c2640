package com.waickoff.marketdata.terminal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Numbers and times as people read them: groups of three digits, units, UTC.
 *
 * <p>Threads: all methods are pure.
 */
public final class Figures {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter
            .ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECOND = DateTimeFormatter
            .ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final String[] THOUSANDS = {"", " k", " M", " G", " T", " P", " E"};
    private static final int GROUP = 3;
    private static final int PPM_TO_PERCENT_DECIMALS = 4;
    private static final double KIBI = 1024;
    private static final double THOUSAND = 1000;
    private static final double THREE_DIGITS = 100;
    private static final double TWO_DIGITS = 10;
    private static final long NS_PER_MS = 1_000_000L;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long SECONDS_PER_MINUTE = 60;
    private static final long SECONDS_PER_HOUR = 3600;
    private static final long SECONDS_PER_DAY = 86_400;

    private Figures() {}

    /** A count: {@code 1,234,567}. */
    public static String count(long value) {
        return grouped(BigDecimal.valueOf(value));
    }

    /** A scaled value, exactly, without trailing zeros: {@code 118,034.1}. */
    public static String exact(long value, int scale) {
        BigDecimal decimal = BigDecimal.valueOf(value, scale).stripTrailingZeros();
        return grouped(decimal.scale() < 0 ? decimal.setScale(0, RoundingMode.UNNECESSARY)
                : decimal);
    }

    /** A scaled value with this many decimals, rounded half even. */
    public static String fixed(long value, int scale, int decimals) {
        return grouped(BigDecimal.valueOf(value, scale).setScale(decimals, RoundingMode.HALF_EVEN));
    }

    /** A plus in front of what is positive. */
    public static String signed(long value, String figure) {
        return value > 0 ? '+' + figure : figure;
    }

    /** Groups of three digits before the point. */
    public static String grouped(BigDecimal value) {
        String plain = value.toPlainString();
        int start = plain.startsWith("-") ? 1 : 0;
        int point = plain.indexOf('.');
        int end = point < 0 ? plain.length() : point;
        StringBuilder grouped = new StringBuilder(plain.length() + end / GROUP);
        grouped.append(plain, 0, start);
        for (int i = start; i < end; i++) {
            if (i > start && (end - i) % GROUP == 0) {
                grouped.append(',');
            }
            grouped.append(plain.charAt(i));
        }
        return grouped.append(plain, end, plain.length()).toString();
    }

    /** Parts per million as percent, exactly, so that only a million is {@code 100 %}. */
    public static String percentOfPpm(long ppm) {
        return exact(ppm, PPM_TO_PERCENT_DECIMALS) + " %";
    }

    /** A part of a whole, in percent with one decimal, never 100 unless it is all. */
    public static String percent(long part, long whole) {
        if (whole == 0) {
            return "0 %";
        }
        BigDecimal percent = BigDecimal.valueOf(part).movePointRight(2)
                .divide(BigDecimal.valueOf(whole), 1, RoundingMode.FLOOR);
        return percent.stripTrailingZeros().toPlainString() + " %";
    }

    /** A length of time: {@code 812 ms}, {@code 4.2 s}, {@code 3 min 12 s}, {@code 2 d 4 h}. */
    public static String duration(long ns) {
        if (ns < 0) {
            return '-' + duration(ns == Long.MIN_VALUE ? Long.MAX_VALUE : -ns);
        }
        long seconds = ns / NS_PER_SECOND;
        if (ns < NS_PER_MS) {
            return threeDigits(ns / THOUSAND) + " µs";
        }
        if (ns < NS_PER_SECOND) {
            return threeDigits((double) ns / NS_PER_MS) + " ms";
        }
        if (seconds < SECONDS_PER_MINUTE) {
            return threeDigits((double) ns / NS_PER_SECOND) + " s";
        }
        if (seconds < SECONDS_PER_HOUR) {
            return seconds / SECONDS_PER_MINUTE + " min " + seconds % SECONDS_PER_MINUTE + " s";
        }
        if (seconds < SECONDS_PER_DAY) {
            return seconds / SECONDS_PER_HOUR + " h "
                    + seconds % SECONDS_PER_HOUR / SECONDS_PER_MINUTE + " min";
        }
        return count(seconds / SECONDS_PER_DAY) + " d "
                + seconds % SECONDS_PER_DAY / SECONDS_PER_HOUR + " h";
    }

    /** A number of bytes: {@code 12.3 MiB}. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= KIBI && unit < BYTE_UNITS.length - 1) {
            value /= KIBI;
            unit++;
        }
        return (unit == 0 ? Long.toString(bytes) : threeDigits(value)) + ' ' + BYTE_UNITS[unit];
    }

    /** How many in a second: {@code 1.23 M}. */
    public static String perSecond(long count, long ns) {
        return ns <= 0 ? "-" : thousands(count * (double) NS_PER_SECOND / ns);
    }

    /** A number to three digits and a unit: {@code 350 k}. */
    public static String thousands(double number) {
        double value = number;
        int unit = 0;
        while (value >= THOUSAND && unit < THOUSANDS.length - 1) {
            value /= THOUSAND;
            unit++;
        }
        return threeDigits(value) + THOUSANDS[unit];
    }

    /** A moment to the minute, in UTC: {@code 2026-08-09 11:00}. */
    public static String minute(long epochMs) {
        return MINUTE.format(utc(epochMs));
    }

    /** A moment to the second, in UTC: {@code 2026-08-09 11:26:43}. */
    public static String second(long epochMs) {
        return SECOND.format(utc(epochMs));
    }

    private static LocalDateTime utc(long epochMs) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(epochMs), ZoneOffset.UTC);
    }

    private static String threeDigits(double value) {
        int decimals = value >= THREE_DIGITS ? 0 : value >= TWO_DIGITS ? 1 : 2;
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
        if (rounded.signum() == 0) {
            return "0";
        }
        return rounded.scale() > 0 && rounded.stripTrailingZeros().scale() <= 0
                ? rounded.setScale(0, RoundingMode.UNNECESSARY).toPlainString()
                : rounded.toPlainString();
    }
}
