package com.waickoff.marketdata.terminal;

import java.util.ArrayList;
import java.util.List;

/** Short parts one after the other, broken into lines between them. */
public final class Flow {
    private static final String INDENT = "  ";
    private static final String SEPARATOR = ", ";

    private Flow() {}

    /**
     * The parts after their head.
     *
     * @param head begins the first line; no comma follows it if it is a word of its own
     */
    public static List<String> of(String head, List<String> parts, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(head);
        boolean first = true;
        for (String part : parts) {
            String separator = first ? INDENT : SEPARATOR;
            if (Shown.width(line.toString()) + separator.length() + Shown.width(part) > columns) {
                lines.add(line.toString());
                List<String> broken = Shown.wrap(part, columns - INDENT.length());
                broken.subList(0, broken.size() - 1).forEach(piece -> lines.add(INDENT + piece));
                line = new StringBuilder(INDENT).append(broken.getLast());
            } else {
                line.append(separator).append(part);
            }
            first = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
