package com.waickoff.venue.serve;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to befall streams by name, for ever or so many times: each name has its own count. Belongs
 * to the event loop.
 */
final class Befalling {
    /** For ever. */
    static final int ALWAYS = -1;

    private static final class Rule {
        final NamePattern pattern;
        int left;

        Rule(NamePattern pattern, int left) {
            this.pattern = pattern;
            this.left = left;
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    /** Forgets what was to befall, and lets this befall so many times. */
    void replace(List<NamePattern> patterns, int times) {
        rules.clear();
        patterns.forEach(pattern -> rules.add(new Rule(pattern, times)));
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** Whether it befalls a name now, once less from then on. */
    boolean take(String name) {
        for (Rule rule : rules) {
            if (rule.left != 0 && rule.pattern.matches(name)) {
                rule.left -= rule.left > 0 ? 1 : 0;
                return true;
            }
        }
        return false;
    }
}
