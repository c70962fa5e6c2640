package com.waickoff.marketdata.config;

import com.waickoff.marketdata.terminal.Shown;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In which line of a YAML file each key is, so that a complaint can say where; and which keys stand
 * there twice, which the parser lets pass.
 *
 * <p>Knows block mappings, which is what a configuration file is made of; a key written otherwise
 * has no line.
 */
final class YamlOutline {
    private static final Pattern ENTRY = Pattern
            .compile("( *)(\"[^\"]*\"|'[^']*'|[^\\s#'\"\\[\\]{},&*!|>%@`][^:#]*?) *:(?: +(.*))?");
    private static final Pattern BLOCK_TEXT = Pattern.compile("[|>][-+0-9]*( +#.*)?");

    private final Map<String, Integer> lines = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private boolean anything;

    private record Level(int indent, String path) {}

    /** The outline of a file's text. */
    YamlOutline(String text) {
        Deque<Level> levels = new ArrayDeque<>();
        int textIndent = -1;
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String stripped = line.strip();
            int indent = line.length() - line.stripLeading().length();
            if (stripped.isEmpty() || stripped.startsWith("#")
                    || (textIndent >= 0 && indent > textIndent)) {
                continue;
            }
            textIndent = -1;
            if (stripped.startsWith("---") && anything) {
                problems.add("line " + number + ": a second document begins; one is allowed");
            }
            anything |= !stripped.startsWith("---");
            Matcher entry = ENTRY.matcher(line.stripTrailing());
            if (entry.matches() && !stripped.startsWith("- ")) {
                add(levels, indent, unquoted(entry.group(2)), number);
                String value = entry.group(3);
                textIndent = value != null && BLOCK_TEXT.matcher(value).matches() ? indent : -1;
            }
        }
    }

    /** The line of a key, from 1 on; 0 if it is unknown. */
    int lineOf(String key) {
        return lines.getOrDefault(key, 0);
    }

    /** What the parser would let pass. */
    List<String> problems() {
        return problems;
    }

    /** Whether the file holds something, but no keys. */
    boolean isForeign() {
        return anything && lines.isEmpty();
    }

    private void add(Deque<Level> levels, int indent, String key, int number) {
        while (!levels.isEmpty() && levels.element().indent() >= indent) {
            levels.pop();
        }
        String path = levels.isEmpty() ? key : levels.element().path() + '.' + key;
        levels.push(new Level(indent, path));
        Integer first = lines.putIfAbsent(path, number);
        if (first != null) {
            problems.add("line " + number + ": " + Shown.plain(path)
                    + " is there already, in line " + first);
        }
    }

    private static String unquoted(String key) {
        boolean quoted = key.length() >= 2 && (key.startsWith("\"") || key.startsWith("'"));
        return quoted ? key.substring(1, key.length() - 1) : key;
    }
}
