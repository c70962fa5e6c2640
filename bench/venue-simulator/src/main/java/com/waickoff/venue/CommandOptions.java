package com.waickoff.venue;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Options of a command line: {@code --name value}, and switches, {@code --name}. */
final class CommandOptions {
    private CommandOptions() {}

    /**
     * Values by names; those of switches are empty.
     *
     * @throws IllegalArgumentException if there is anything else, or a value is missing
     */
    static Map<String, String> parse(String[] args, Set<String> switches, Set<String> options) {
        Map<String, String> parsed = new TreeMap<>();
        for (int i = 0; i < args.length; i++) {
            if (switches.contains(args[i])) {
                parsed.put(args[i], "");
            } else if (options.contains(args[i]) && i + 1 < args.length) {
                parsed.put(args[i], args[++i]);
            } else {
                throw new IllegalArgumentException(
                        "not an option, or its value is missing: " + args[i]);
            }
        }
        return parsed;
    }
}
