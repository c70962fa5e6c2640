package com.waickoff.marketdata.storage.mongo;

import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.storage.history.CoverageLedger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** What is known by now of the completeness of an instrument's tape, for each of its definitions. */
final class Ledgers {
    private final Map<Of, CoverageLedger> ledgers = new HashMap<>();
    private @Nullable CoverageLedger newest;

    private record Of(long journal, int definition) {}

    Ledgers(List<BsonDocument> documents) {
        long newestJournal = Long.MIN_VALUE;
        long newestSequence = Long.MIN_VALUE;
        for (BsonDocument document : documents) {
            CoverageLedger ledger = LedgerDocument.coverage(document);
            long journal = Documents.longOf(document, Field.JOURNAL);
            long sequence = Documents.longOf(document, Field.SEQUENCE);
            ledgers.put(new Of(journal, Documents.intOf(document, Field.DEFINITION)), ledger);
            if (journal > newestJournal
                    || (journal == newestJournal && sequence > newestSequence)) {
                newestJournal = journal;
                newestSequence = sequence;
                newest = ledger;
            }
        }
    }

    /** Of the definition that was heard of last. */
    @Nullable
    CoverageLedger newest() {
        return newest;
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
