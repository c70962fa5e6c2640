package com.waickoff.marketdata.report;

import com.waickoff.marketdata.report.WindowReport.Liveness;
import com.waickoff.marketdata.report.WindowReport.Quality;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.DepthView;
import java.util.Locale;

/** How good an answer is, as the member {@code quality} that every answer in JSON has. */
final class QualityStamp {
    private static final long NS_PER_MS = 1_000_000L;

    private QualityStamp() {}

    /** Of a window: what of it is covered, and how fresh it is. */
    static void write(Json json, WindowReport window) {
        Quality quality = window.quality();
        json.begin("quality", '{')
                .text("verdict",
                        QualityWords.of(quality, window.span().unkeptMs()).verdict())
                .begin("coverage", '{').number("from_ms", window.span().startMs())
                .number("to_ms", quality.coveredToMs()).number("ppm", quality.coveragePpm())
                .number("gaps", quality.gaps()).number("repaired", quality.repaired()).end('}');
        freshness(json, quality.bookState(), quality.liveness(), quality.asOfMs(),
                quality.ageMs());
        json.number("revision", quality.revision()).number("sequence", quality.sequence())
                .end('}');
    }

    /** Of a book: whether it follows its venue, and how fresh it is. */
    static void write(Json json, DepthReport report) {
        DepthView book = report.book();
        json.begin("quality", '{');
        freshness(json, book.state(), report.liveness(), report.asOfMs(), report.ageMs());
        json.number("match_time_ms", book.matchTimeNs() / NS_PER_MS)
                .number("sequence", book.sequence()).end('}');
    }

    private static void freshness(Json json, BookState bookState, Liveness liveness, long asOfMs,
            long ageMs) {
        json.text("book_state", bookState.label())
                .text("source", liveness.name().toLowerCase(Locale.ROOT))
                .number("as_of_ms", asOfMs).number("age_ms", ageMs);
    }
}
