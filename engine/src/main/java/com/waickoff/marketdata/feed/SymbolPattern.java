package com.waickoff.marketdata.feed;

import java.util.regex.Pattern;

/**
 * Symbols that look alike: {@code *USDT}, {@code BTC*}, {@code *PERP}. A star stands for any number
 * of characters, everything else for itself.
 *
 * <p>Threads: immutable.
 */
public final class SymbolPattern {
    private static final String STAR = "*";

    private final String text;
    private final Pattern pattern;

    /** A pattern, or a plain symbol, which matches itself. */
    public SymbolPattern(String text) {
        this.text = text;
        StringBuilder regex = new StringBuilder();
        for (String part : text.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** Whether a word of the configuration is a pattern, and no symbol. */
    public static boolean isPattern(String word) {
        return word.contains(STAR);
    }

    /** Whether a symbol looks like this. */
    public boolean matches(String symbol) {
        return pattern.matcher(symbol).matches();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SymbolPattern pattern && pattern.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it stands in the configuration. */
    @Override
    public String toString() {
        return text;
    }
}
