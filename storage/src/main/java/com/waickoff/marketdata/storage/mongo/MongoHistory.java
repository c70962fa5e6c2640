package com.waickoff.marketdata.storage.mongo;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.waickoff.marketdata.storage.history.CoverageLedger;
import com.waickoff.marketdata.storage.history.Cursor;
import com.waickoff.marketdata.storage.history.History;
import com.waickoff.marketdata.storage.history.HistoryException;
import com.waickoff.marketdata.storage.history.HistoryException.Kind;
import com.waickoff.marketdata.storage.history.HistoryInstrument;
import com.waickoff.marketdata.storage.history.HistorySignal;
import com.waickoff.marketdata.storage.history.HistoryTrade;
import com.waickoff.marketdata.storage.history.HistoryWindow;
import com.waickoff.marketdata.storage.history.Page;
import com.waickoff.marketdata.storage.history.PageRequest;
import com.waickoff.marketdata.window.Timeframe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The history as {@link MongoSink} wrote it. Every question is a range of {@code _id}, read in its
 * order until the page is full, and no further.
 *
 * <p>Threads: any.
 */
public final class MongoHistory implements History {
    private static final int MOST_INSTRUMENTS = 10_000;
    private static final int MOST_BYTES = 64 << 20;

    private final MongoDoor door;
    private final LongSupplier epochMs;
    private final Duration deadline;

    /**
     * A history that connects when it is first asked.
     *
     * @param epochMs the time, in ms since the epoch: cursors expire by it
     * @throws IllegalArgumentException if the connection string or the CA file is unusable
     */
    public MongoHistory(MongoSettings settings, LongSupplier epochMs) {
        door = MongoDoor.open(settings);
        deadline = settings.deadline();
        this.epochMs = epochMs;
    }

    /** How the documents of a page become its items. */
    private interface Reading<T> {
        List<T> of(List<BsonDocument> documents) throws HistoryException;
    }

    @Override
    public List<HistoryInstrument> instruments() throws HistoryException {
        Questions questions = new Questions(door, deadline);
        return readable(() -> questions.ask(LedgerDocument.INSTRUMENTS, Filters.empty(),
                Sorts.ascending(Field.ID), MOST_INSTRUMENTS, MOST_BYTES).stream()
                .map(LedgerDocument::instrument).toList());
    }

    @Override
    public Page<HistoryWindow> bars(String instrument, Timeframe timeframe, PageRequest request)
            throws HistoryException {
        return windows(instrument, timeframe, request, false);
    }

    @Override
    public Page<HistoryWindow> windows(String instrument, Timeframe timeframe,
            PageRequest request) throws HistoryException {
        return windows(instrument, timeframe, request, true);
    }

    private Page<HistoryWindow> windows(String instrument, Timeframe timeframe,
            PageRequest request, boolean withRows) throws HistoryException {
        Questions questions = new Questions(door, request.deadline());
        WindowReading reading = new WindowReading(questions, instrument, timeframe);
        return page(questions, new Range(DocumentIds.barCollection(timeframe),
                DocumentIds.bar(instrument, timeframe, request.fromMs(), ""),
                DocumentIds.bar(instrument, timeframe, request.toMs(), ""), withRows), request,
                reading::windows);
    }

    @Override
    public Page<HistorySignal> signals(String instrument, PageRequest request)
            throws HistoryException {
        Questions questions = new Questions(door, request.deadline());
        return page(questions, new Range(EventDocument.SIGNALS,
                DocumentIds.at(instrument, request.fromMs()),
                DocumentIds.at(instrument, request.toMs()), true), request, documents -> {
                    List<HistorySignal> signals = new ArrayList<>();
                    for (BsonDocument document : documents) {
                        HistorySignal signal = EventDocument.signal(document);
                        if (signal != null) { // of a kind that this program knows
                            signals.add(signal);
                        }
                    }
                    return signals;
                });
    }

    /**
     * Documents of neighbouring ids.
     *
     * @param from included
     * @param to excluded
     * @param withRows whether rows are read, where there are such
     */
    private record Range(String collection, String from, String to, boolean withRows) {}

    private <T> Page<T> page(Questions questions, Range range, PageRequest request,
            Reading<T> reading) throws HistoryException {
        String question = range.toString();
        String cursor = request.cursor();
        Bson after = Filters.gte(Field.ID, range.from());
        if (cursor != null) {
            after = Filters.gt(Field.ID, Cursor.decode(cursor, question, questions.generation(),
                    epochMs.getAsLong()).position());
        }
        List<BsonDocument> documents = questions.ask(range.collection(),
                Filters.and(after, Filters.lt(Field.ID, range.to())),
                Sorts.ascending(Field.ID), request.limit() + 1, request.maxBytes(),
                range.withRows() ? null : BarDocument.ROWS);
        int fitting = questions.fitting(request.limit());
        @Nullable
        String next = null;
        if (fitting < documents.size()) {
            String last = Documents.textOf(documents.get(fitting - 1), Field.ID);
            next = new Cursor(questions.generation(), epochMs.getAsLong(), last).encode(question);
        }
        List<BsonDocument> page = documents.subList(0, fitting);
        List<T> items = readable(() -> reading.of(page));
        return new Page<>(items, next);
    }

    @Override
    public Page<HistoryTrade> trades(String instrument, PageRequest request)
            throws HistoryException {
        Questions questions = new Questions(door, request.deadline());
        return readable(() -> new TradeReading(questions, instrument, epochMs).page(request));
    }

    @Override
    public Optional<CoverageLedger> coverage(String instrument) throws HistoryException {
        Questions questions = new Questions(door, deadline);
        return readable(() -> Optional.ofNullable(questions.ledgers(instrument).common()));
    }

    private interface Read<T> {
        T get() throws HistoryException;
    }

    private static <T> T readable(Read<T> read) throws HistoryException {
        try {
            return read.get();
        } catch (UnreadableDocumentException e) {
            throw new HistoryException(Kind.UNREADABLE, "the database holds " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        door.close();
    }
}
