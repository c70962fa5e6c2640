package com.waickoff.venue.serve;

import java.math.BigDecimal;

/** The words of an order, one after the other. */
final class Words {
    private final String line;
    private final String[] words;
    private int at;

    Words(String line) {
        this.line = line.strip();
        this.words = this.line.isEmpty() ? new String[0] : this.line.split("\\s+", -1);
    }

    String line() {
        return line;
    }

    String next(String what) {
        if (at == words.length) {
            throw new IllegalArgumentException(what + " is missing: " + line);
        }
        return words[at++];
    }

    String nextOr(String otherwise) {
        return at == words.length ? otherwise : words[at++];
    }

    /** {@code x3} is three times. */
    int times(int otherwise) {
        if (at == words.length) {
            return otherwise;
        }
        String word = words[at++];
        if (!word.startsWith("x")) {
            throw new IllegalArgumentException("xN, how many times, is not " + word + ": " + line);
        }
        return whole(word.substring(1));
    }

    long number(String what) {
        return whole(next(what));
    }

    BigDecimal decimal(String what) {
        String word = next(what);
        try {
            return new BigDecimal(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("no number: " + word + ": " + line, e);
        }
    }

    void end() {
        if (at < words.length) {
            throw new IllegalArgumentException("too many words at " + words[at] + ": " + line);
        }
    }

    static int whole(String word) {
        if (!word.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("no whole number: " + word);
        }
        return Integer.parseInt(word);
    }
}
