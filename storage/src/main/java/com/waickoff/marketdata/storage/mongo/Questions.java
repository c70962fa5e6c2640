package com.waickoff.marketdata.storage.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.waickoff.marketdata.storage.history.HistoryException;
import com.waickoff.marketdata.storage.history.HistoryException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What one call asks the server, all of it within one deadline.
 *
 * <p>Threads: one.
 */
final class Questions {
    private static final BsonInt32 OLDEST = new BsonInt32(Field.VERSION);
    private static final int BATCH = 256;
    private static final int MOST_LEDGERS = 64;
    private static final int SMALL = 16 << 20;

    private final MongoDoor door;
    private final Duration whole;
    private final long startNs = System.nanoTime();
    private int withinBytes;
    private @Nullable Long generation;

    Questions(MongoDoor door, Duration whole) {
        this.door = door;
        this.whole = whole;
    }

    private Duration left() throws HistoryException {
        Duration left = whole.minusNanos(System.nanoTime() - startNs);
        if (left.toMillis() < 1) {
            throw new HistoryException(Kind.UNAVAILABLE,
                    "the database did not answer within " + whole.toMillis() + " ms");
        }
        return left;
    }

    List<BsonDocument> ask(String collection, Bson filter, Bson order, int limit, int maxBytes)
            throws HistoryException {
        return ask(collection, filter, order, limit, maxBytes, null);
    }

    /**
     * Asks for documents until there are enough: the last one may be beyond {@code maxBytes}.
     *
     * @param without a field that is not read; null for all
     */
    List<BsonDocument> ask(String collection, Bson filter, Bson order, int limit, int maxBytes,
            @Nullable String without) throws HistoryException {
        FindPublisher<RawBsonDocument> question = door.collection(collection).find(filter)
                .sort(order).limit(limit).batchSize(Math.min(limit, BATCH));
        if (without != null) {
            question.projection(Projections.exclude(without));
        }
        return ask(question, maxBytes);
    }

    /** Only these fields, and the id. */
    List<BsonDocument> askOnly(String collection, Bson filter, Bson order, int limit,
            List<String> fields) throws HistoryException {
        return ask(door.collection(collection).find(filter).sort(order).limit(limit)
                .batchSize(BATCH).projection(Projections.include(fields)), SMALL);
    }

    private List<BsonDocument> ask(FindPublisher<RawBsonDocument> question, int maxBytes)
            throws HistoryException {
        Duration left = left();
        long[] bytes = {0};
        withinBytes = 0;
        try {
            List<BsonDocument> documents = new ArrayList<>();
            for (RawBsonDocument raw : door.ask(
                    question.maxTime(left.toMillis(), TimeUnit.MILLISECONDS), left, document -> {
                        bytes[0] += Documents.length(document);
                        return bytes[0] <= maxBytes;
                    })) {
                documents.add(known(Documents.parse(raw)));
            }
            withinBytes = bytes[0] <= maxBytes ? documents.size()
                    : Math.max(1, documents.size() - 1);
            return documents;
        } catch (Answer.NoAnswerException none) {
            throw new HistoryException(Kind.UNAVAILABLE, "the database: " + none.getMessage(),
                    none);
        } catch (MongoException e) {
            throw new HistoryException(Kind.UNAVAILABLE,
                    "the database: " + MongoDoor.reason(e), e);
        }
    }

    private static BsonDocument known(BsonDocument document) throws HistoryException {
        int version = document.getNumber(Field.V, OLDEST).intValue();
        if (version > Field.VERSION) {
            throw new HistoryException(Kind.UNREADABLE, "the database holds documents of version "
                    + version + ", this program knows " + Field.VERSION + ": use a newer one");
        }
        return document;
    }

    /** How many of the documents of the last answer a page of this limit has. */
    int fitting(int limit) {
        return Math.min(limit, withinBytes);
    }

    /** Changes when the history is filled anew; 0 if nothing was ever written. */
    long generation() throws HistoryException {
        Long known = generation;
        if (known == null) {
            int within = withinBytes;
            List<BsonDocument> places = ask(MongoSink.PLACES,
                    Filters.eq(Field.ID, MongoSink.NAME), Sorts.ascending(Field.ID), 1, SMALL);
            withinBytes = within;
            known = places.isEmpty() ? 0L : places.getFirst()
                    .getNumber(MongoSink.GENERATION, new BsonInt64(0)).longValue();
            generation = known;
        }
        return known;
    }

    /** The ledgers of all definitions of an instrument. */
    Ledgers ledgers(String instrument) throws HistoryException {
        String prefix = instrument + DocumentIds.DEFINITION_MARK;
        return new Ledgers(ask(LedgerDocument.COVERAGE, Filters.and(
                Filters.gte(Field.ID, prefix), Filters.lt(Field.ID, DocumentIds.behind(prefix))),
                Sorts.ascending(Field.ID), MOST_LEDGERS, SMALL));
    }
}
