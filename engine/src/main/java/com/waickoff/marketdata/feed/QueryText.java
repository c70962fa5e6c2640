package com.waickoff.marketdata.feed;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** What stands in the query of a REST request, by which its answer is known. Cold: allocates. */
public final class QueryText {
    private static final String SYMBOL = "symbol=";

    private QueryText() {}

    /** The value of {@code symbol} in a query; empty without one. */
    public static String symbolOf(String url) {
        String query = url.substring(url.indexOf('?') + 1);
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith(SYMBOL)) {
                return decode(parameter.substring(SYMBOL.length()));
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
