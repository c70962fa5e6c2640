package com.waickoff.marketdata.mcp.live;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which instrument a client means. */
public final class InstrumentNames {
    private static final int MOST_NAMED = 3;

    private record Near(String name, int distance) {}

    private InstrumentNames() {}

    /**
     * The name that is meant.
     *
     * @param given {@code venue:SYMBOL}, or a symbol that only one venue has
     * @param all names of the instruments there are
     * @throws ToolFailure if there is none or several, naming those that may have been meant
     */
    public static String find(String given, Collection<String> all) throws ToolFailure {
        if (all.contains(given)) {
            return given;
        }
        List<String> found = all.stream().filter(name -> symbol(name).equals(given)).sorted()
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.size() > 1) {
            throw new ToolFailure(ErrorCode.AMBIGUOUS_INSTRUMENT, found.size() + " venues have "
                    + ToolFailure.quoted(given) + ". Name one: "
                    + String.join(", ", found.subList(0, Math.min(2 * MOST_NAMED, found.size())))
                    + ".");
        }
        throw new ToolFailure(ErrorCode.UNKNOWN_INSTRUMENT,
                ToolFailure.quoted(given) + " is not tracked. " + advice(given, all));
    }

    private static String symbol(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    private static String advice(String given, Collection<String> all) {
        if (all.isEmpty()) {
            return "The engine knows no instrument yet: call ping, and ask again later.";
        }
        List<String> nearest = nearest(given, all);
        return (nearest.isEmpty() ? "" : "Nearest: " + String.join(", ", nearest) + ". ")
                + "Call list_instruments.";
    }

    private static List<String> nearest(String given, Collection<String> all) {
        String wanted = given.toLowerCase(Locale.ROOT);
        boolean bare = given.indexOf(':') < 0;
        int tolerated = Math.max(2, wanted.length() / 3);
        List<Near> near = new ArrayList<>();
        for (String name : all) {
            String symbol = symbol(name).toLowerCase(Locale.ROOT);
            int distance = bare ? edits(wanted, symbol)
                    : edits(wanted, name.toLowerCase(Locale.ROOT));
            // Half a symbol is nearer than another one of the same length.
            boolean begins = bare && wanted.length() > 1 && symbol.startsWith(wanted);
            if (begins || distance <= tolerated) {
                near.add(new Near(name, begins ? Math.min(distance, 1) : distance));
            }
        }
        near.sort(Comparator.comparingInt(Near::distance).thenComparing(Near::name));
        return near.stream().limit(MOST_NAMED).map(Near::name).toList();
    }

    /** Insertions, deletions and replacements that make one word of the other. */
    private static int edits(String a, String b) {
        int[] previous = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(previous[j], row[j - 1]));
            }
            int[] spare = previous;
            previous = row;
            row = spare;
        }
        return previous[b.length()];
    }
}
