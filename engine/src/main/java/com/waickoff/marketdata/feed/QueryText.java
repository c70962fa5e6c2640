package com.waickoff.marketdata.feed;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** What stands in the query of a REST request, by which its answer is known. Cold: allocates. */
public final class QueryText {
    private static final int MOST_DIGITS = 9;

    private QueryText() {}

    /** The value of {@code symbol} in a query; empty without one. */
    public static String symbolOf(String url) {
        return decode(valueOf(url, "symbol="));
    }

    /** The value of {@code limit} in a query; 0 without one that is a number. */
    public static int limitOf(String url) {
        String value = valueOf(url, "limit=");
        return value.isEmpty() || value.length() > MOST_DIGITS
                || !value.chars().allMatch(Character::isDigit) ? 0 : Integer.parseInt(value);
    }

    private static String valueOf(String url, String name) {
        String query = url.substring(url.indexOf('?') + 1);
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith(name)) {
                return parameter.substring(name.length());
            }
        }
        return "";
    }

    private static String decode(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value; // not encoded at all
        }
    }
}
