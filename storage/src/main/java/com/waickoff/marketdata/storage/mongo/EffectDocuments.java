package com.waickoff.marketdata.storage.mongo;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.storage.effect.BookStateChanged;
import com.waickoff.marketdata.storage.effect.CoverageChanged;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.FeedStateChanged;
import com.waickoff.marketdata.storage.effect.InstrumentChanged;
import com.waickoff.marketdata.storage.effect.SignalRaised;
import com.waickoff.marketdata.storage.effect.TradeProcessed;
import com.waickoff.marketdata.storage.effect.WindowClosed;
import com.waickoff.marketdata.storage.effect.WindowRevised;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Which documents effects become. Of several effects of one document only the last is written; trades
 * go to the buckets that are being filled.
 *
 * <p>Threads: one.
 */
final class EffectDocuments {
    /** Trades in buckets that are kept in memory to be added to, of all instruments: about 30 MB. */
    private static final int MOST_TRADES = 400_000;
    private static final long NS_PER_MS = 1_000_000L;

    private final Stored stored;
    private final boolean keepsTrades;
    private final Map<String, Write> pending = new LinkedHashMap<>();
    private final Map<Place, Open> buckets = new LinkedHashMap<>(16, 0.75F, true);
    private final List<Open> changed = new ArrayList<>();
    private final Map<String, Integer> firstDefinitions = new HashMap<>();
    private long journalId;
    private int trades;

    /** Where trades of one kind go, one bucket after the other. */
    private record Place(String collection, int definition) {}

    private static final class Open {
        private final Instrument instrument;
        private TradeBucket bucket;
        private final List<TradeBucket> full = new ArrayList<>();
        private boolean isChanged;

        private Open(Instrument instrument, TradeBucket bucket) {
            this.instrument = instrument;
            this.bucket = bucket;
        }
    }

    /** What is there from before. */
    interface Stored {
        /** The ids of the first definitions that a journal has, by instrument. */
        Map<String, Integer> firstDefinitions(long journalId) throws Answer.NoAnswerException;

        /** The last bucket of a collection for a definition; null if there is none. */
        @Nullable
        RawBsonDocument lastBucket(String collection, String prefix, int definition)
                throws Answer.NoAnswerException;
    }

    EffectDocuments(Stored stored, boolean keepsTrades) {
        this.stored = stored;
        this.keepsTrades = keepsTrades;
    }

    /** Begins to write from a journal: what is there is looked up again. */
    void begin(long ofJournal) throws Answer.NoAnswerException {
        forget();
        firstDefinitions.clear();
        journalId = ofJournal;
        firstDefinitions.putAll(stored.firstDefinitions(ofJournal));
    }

    /** Nothing is known any more of which documents are there. */
    void forget() {
        pending.clear();
        buckets.clear();
        changed.clear();
        trades = 0;
    }

    /**
     * Takes effects, in order, until one would change a document that was taken whole in parts, or the
     * other way round.
     *
     * @return how many were taken: at least one
     */
    int take(List<Effect> effects) throws Answer.NoAnswerException {
        int taken = 0;
        for (Effect effect : effects) {
            if (effect instanceof TradeProcessed trade) {
                if (keepsTrades) {
                    take(trade);
                }
            } else {
                Write write = write(effect);
                Write before = pending.get(write.collection() + '/' + write.id());
                if (before != null && !write.isWhole()) {
                    break;
                }
                pending.put(write.collection() + '/' + write.id(), write);
            }
            taken++;
        }
        return taken;
    }

    private Write write(Effect effect) {
        Header header = new Header(journalId, effect.id());
        Instrument instrument = effect.instrument();
        return switch (effect) {
            case WindowClosed closed -> BarDocument.write(header, instrument, suffix(instrument),
                    closed.window());
            case WindowRevised revised -> BarDocument.write(header, instrument,
                    suffix(instrument), revised.window());
            case SignalRaised signal -> EventDocument.write(header, signal);
            case BookStateChanged book -> EventDocument.write(header, book);
            case FeedStateChanged feed -> EventDocument.write(header, feed);
            case CoverageChanged ledger -> LedgerDocument.write(header, ledger);
            case InstrumentChanged defined -> LedgerDocument.write(header, instrument,
                    firstDefinition(instrument));
            case TradeProcessed trade -> throw new IllegalArgumentException(
                    "trade " + trade.id() + " has no document of its own");
        };
    }

    private int firstDefinition(Instrument instrument) {
        return firstDefinitions.computeIfAbsent(instrument.name(), name -> instrument.id());
    }

    /** Empty for the first definition that the journal has of an instrument. */
    private String suffix(Instrument instrument) {
        return firstDefinition(instrument) == instrument.id() ? ""
                : DocumentIds.definition(instrument.id());
    }

    private void take(TradeProcessed trade) throws Answer.NoAnswerException {
        Open open = open(trade);
        if (open.bucket.has(trade.id())) {
            return; // it is there: the place was noted later
        }
        if (open.bucket.isFull()) {
            if (open.isChanged) {
                open.full.add(open.bucket);
            }
            trades -= open.bucket.count();
            open.bucket = TradeBucket.empty(collection(trade), suffix(trade.instrument()),
                    journalId);
        }
        open.bucket.add(trade);
        trades++;
        if (!open.isChanged) {
            open.isChanged = true;
            changed.add(open);
        }
    }

    private static String collection(TradeProcessed trade) {
        return DocumentIds.tradeCollection(Math.floorDiv(trade.matchTimeNs(), NS_PER_MS));
    }

    private Open open(TradeProcessed trade) throws Answer.NoAnswerException {
        Instrument instrument = trade.instrument();
        Place place = new Place(collection(trade), instrument.id());
        Open known = buckets.get(place);
        if (known != null) {
            return known;
        }
        String prefix = DocumentIds.bucketsOf(instrument.name(), journalId);
        RawBsonDocument last = stored.lastBucket(place.collection(), prefix, instrument.id());
        TradeBucket bucket = last == null
                ? TradeBucket.empty(place.collection(), suffix(instrument), journalId)
                : TradeBucket.of(place.collection(), suffix(instrument), Documents.parse(last));
        Open open = new Open(instrument, bucket);
        buckets.put(place, open);
        trades += bucket.count();
        return open;
    }

    /** The documents of what was taken, without trades. */
    List<Write> writes() {
        return List.copyOf(pending.values());
    }

    /** The buckets that trades were added to: those of an instrument in the order of its trades. */
    List<Write> tradeWrites(long epoch) {
        List<Write> writes = new ArrayList<>();
        for (Open open : changed) {
            open.full.forEach(full -> writes.add(full.write(open.instrument, epoch)));
            writes.add(open.bucket.write(open.instrument, epoch));
        }
        return writes;
    }

    /** All of it was confirmed. */
    void written() {
        pending.clear();
        for (Open open : changed) {
            open.full.clear();
            open.isChanged = false;
        }
        changed.clear();
        Iterator<Open> eldest = buckets.values().iterator();
        while (trades > MOST_TRADES && eldest.hasNext()) {
            trades -= eldest.next().bucket.count();
            eldest.remove();
        }
    }
}
