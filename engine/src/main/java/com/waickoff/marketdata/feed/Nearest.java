package com.waickoff.marketdata.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * What a person may have meant by a word that is none: a symbol that no venue trades, a setting that
 * there is not. Cold: allocates. Threads: pure.
 */
public final class Nearest {
    private static final int MOST = 3;

    private Nearest() {}

    /**
     * The words nearest to a mistyped one, nearest first; none if all are far away.
     *
     * @param words what there is
     */
    public static List<String> to(String mistyped, Collection<String> words) {
        String wanted = mistyped.toLowerCase(Locale.ROOT);
        int tolerated = Math.max(2, wanted.length() / 3);
        List<List<String>> byDistance = new ArrayList<>();
        for (int distance = 0; distance <= tolerated; distance++) {
            byDistance.add(new ArrayList<>());
        }
        for (String word : words) {
            // A venue has thousands of symbols, and most differ too much in length alone.
            boolean isFarLonger = word.length() - wanted.length() > tolerated
                    && !isPart(wanted, word.toLowerCase(Locale.ROOT));
            if (!isFarLonger && wanted.length() - word.length() <= tolerated) {
                int distance = distance(wanted, word, tolerated);
                if (distance <= tolerated) {
                    byDistance.get(distance).add(word);
                }
            }
        }
        return byDistance.stream().flatMap(List::stream).limit(MOST).toList();
    }

    /** The nearest words as they are put into a sentence; empty if there are none. */
    public static String hint(String mistyped, Collection<String> words) {
        List<String> near = to(mistyped, words);
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }

    /** Edits between two words; a part of a dotted word is as near as the whole, but one edit. */
    private static int distance(String wanted, String word, int tolerated) {
        String other = word.toLowerCase(Locale.ROOT);
        int distance = edits(wanted, other);
        return isPart(wanted, other) ? Math.min(distance, Math.min(1, tolerated)) : distance;
    }

    private static boolean isPart(String wanted, String other) {
        return (wanted.length() > 1 && (other.endsWith('.' + wanted)
                || other.endsWith('-' + wanted) || other.startsWith(wanted + '-')))
                || (wanted.length() > 2 && other.startsWith(wanted));
    }

    /** Insertions, deletions, replacements and swaps of neighbours (Damerau, restricted). */
    private static int edits(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[a.length()][b.length()];
    }
}
