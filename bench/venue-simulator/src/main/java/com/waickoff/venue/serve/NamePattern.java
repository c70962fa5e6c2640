package com.waickoff.venue.serve;

import java.util.List;
import java.util.regex.Pattern;

/** Names of streams; a star stands for any letters. */
final class NamePattern {
    private final String text;
    private final Pattern pattern;

    NamePattern(String text) {
        this.text = text;
        this.pattern = Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q"));
    }

    /** Patterns with commas between them. */
    static List<NamePattern> list(String names) {
        return List.of(names.split(",", -1)).stream().map(NamePattern::new).toList();
    }

    static boolean anyMatches(List<NamePattern> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
