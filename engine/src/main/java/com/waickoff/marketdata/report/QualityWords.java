package com.waickoff.marketdata.report;

import com.waickoff.marketdata.report.WindowReport.Liveness;
import com.waickoff.marketdata.report.WindowReport.Quality;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Ink.Tone;
import java.util.ArrayList;
import java.util.List;

/**
 * What the quality of a window comes to in words that nobody can mistake.
 *
 * @param verdict one or more words, such as {@code INCOMPLETE}
 * @param tone how grave it is
 * @param reasons half a sentence for each word that is not good news
 */
public record QualityWords(String verdict, Tone tone, List<String> reasons) {
    private static final int WHOLE_PPM = 1_000_000;
    private static final long NS_PER_MS = 1_000_000L;

    /** The words for a window of this quality. */
    public static QualityWords of(Quality quality) {
        return of(quality, 0);
    }

    /** As above, where so much of the time asked for is in no window that is kept. */
    public static QualityWords of(Quality quality, long unkeptMs) {
        List<String> words = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        if (quality.coveragePpm() < WHOLE_PPM && !onlyUnordered(quality)) {
            words.add("INCOMPLETE");
            reasons.add(quality.coveragePpm() == 0 ? "all of it may lack trades"
                    : "parts of it may lack trades");
        }
        if (unkeptMs > 0) {
            words.add("PARTLY KEPT");
            reasons.add("no window that holds " + Figures.duration(unkeptMs * NS_PER_MS)
                    + " of it is kept with its rows");
        }
        if (quality.unordered()) {
            words.add("UNORDERED");
            reasons.add("trades came out of order: open, close and running delta may be off");
        }
        addStaleness(quality, words, reasons);
        if (quality.suspectTime()) {
            words.add("SUSPECT TIMES");
            reasons.add("trades with unbelievable times are counted where they say they belong");
        }
        if (quality.rowsEvicted()) {
            words.add("ROWS GIVEN UP");
            reasons.add("rows are kept for a bounded time, and this window is older");
        }
        if (quality.overflow()) {
            words.add("OVERFLOW");
            reasons.add("a sum left the range of 64 bits: volumes are too small");
        }
        if (words.isEmpty()) {
            return new QualityWords(quality.closed() ? "complete" : "complete so far", Tone.GOOD,
                    List.of());
        }
        Tone tone = quality.overflow() ? Tone.BAD : Tone.WARNING;
        return new QualityWords(String.join(", ", words), tone, List.copyOf(reasons));
    }

    private static void addStaleness(Quality quality, List<String> words, List<String> reasons) {
        if (quality.closed()) {
            return; // What is over cannot go stale.
        }
        if (quality.liveness() == Liveness.STOPPED) {
            words.add("STALE");
            reasons.add("the engine is not running");
        } else if (quality.liveness() == Liveness.INTERRUPTED) {
            words.add("STALE");
            reasons.add("the feed is down");
        } else if (quality.liveness() == Liveness.SILENT) {
            words.add("STALE");
            reasons.add("nothing arrives any more");
        }
    }

    /** An unordered window is never a whole million, even if no trade is missing. */
    private static boolean onlyUnordered(Quality quality) {
        return quality.unordered() && quality.coveragePpm() == WHOLE_PPM - 1
                && quality.gaps() == 0;
    }
}
