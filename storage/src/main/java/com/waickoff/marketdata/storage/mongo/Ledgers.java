package com.waickoff.marketdata.storage.mongo;

import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.storage.history.CoverageLedger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** What is known by now of the completeness of an instrument's tape, for each of its definitions. */
final class Ledgers {
    private final Map<Of, CoverageLedger> ledgers = new HashMap<>();
    private final @Nullable CoverageLedger common;

    private record Of(long journal, int definition) {}

    Ledgers(List<BsonDocument> documents) {
        long newest = Long.MIN_VALUE;
        for (BsonDocument document : documents) {
            long journal = Documents.longOf(document, Field.JOURNAL);
            ledgers.put(new Of(journal, Documents.intOf(document, Field.DEFINITION)),
                    LedgerDocument.coverage(document));
            newest = Math.max(newest, journal);
        }
        common = documents.isEmpty() ? null : CoverageLedger.common(of(newest));
    }

    private List<CoverageLedger> of(long journal) {
        return ledgers.entrySet().stream().filter(entry -> entry.getKey().journal == journal)
                .sorted(Comparator.comparingInt(entry -> entry.getKey().definition))
                .map(Map.Entry::getValue).toList();
    }

    /**
     * Of all definitions of the newest journal: what one that was never closed knows of later times
     * is worth nothing. Null if there is none.
     */
    @Nullable
    CoverageLedger common() {
        return common;
    }

    /**
     * How complete a window is: by the ledger of its journal and definition, or, if that is no longer
     * there, as was known when it was written.
     */
    CoverageStamp stamp(BsonDocument bar, long startMs, long endMs, int flags,
            CoverageStamp written) {
        CoverageLedger ledger = ledgers.get(new Of(Documents.longOf(bar, Field.JOURNAL),
                Documents.intOf(bar, Field.DEFINITION)));
        return ledger == null ? written : ledger.stamp(startMs, endMs, flags);
    }
}
