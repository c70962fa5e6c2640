package com.waickoff.marketdata.storage.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.result.UpdateResult;
import com.waickoff.marketdata.storage.drain.EffectSink;
import com.waickoff.marketdata.storage.drain.PoisonEffectException;
import com.waickoff.marketdata.storage.drain.SinkFencedException;
import com.waickoff.marketdata.storage.drain.SinkUnavailableException;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Writes effects to MongoDB, each document so that it may be written again, or late, without harm.
 *
 * <pre>
 *   drain: { _id: "mongo", v, epoch, journal, sequence, generation }
 *            epoch       of the last drain that took over: a smaller one is fenced
 *            journal     whose place this is
 *            sequence    everything up to the effects of this event is there; never falls
 *            generation  changes when all of it is filled anew: cursors of readers end with it
 * </pre>
 *
 * <p>A window, a ledger or a definition replaces only what is not newer ({@link Header}); trades are
 * added to buckets that a later drain goes on with ({@link TradeBucket}). The place is noted after the
 * data, so that what is between the two comes again.
 *
 * <p>Threads: the lane's; {@link #close()} by any.
 */
public final class MongoSink implements EffectSink {
    static final String NAME = "mongo";
    static final String PLACES = "drain";
    static final String GENERATION = "generation";
    private static final String EPOCH = "epoch";
    private static final int DUPLICATE_KEY = 11_000;

    private final MongoSettings settings;
    private final RandomGenerator random;
    private final MongoDoor door;
    private final MongoSchema schema;
    private final BulkWriter bulks;
    private final EffectDocuments documents;
    private long epoch;

    /**
     * A sink that connects when it is first asked something.
     *
     * @param random for the name of a generation
     * @throws IllegalArgumentException if the connection string or the CA file is unusable
     */
    public MongoSink(MongoSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
        door = MongoDoor.open(settings);
        schema = new MongoSchema(door, settings);
        bulks = new BulkWriter(door, settings.bulk());
        documents = new EffectDocuments(new StoredInMongo(door), settings.keepsTrades());
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Documents that the server confirmed, each time it did. */
    public long written() {
        return bulks.written();
    }

    /** Documents that were not written because a newer one was there. */
    public long superseded() {
        return bulks.superseded();
    }

    @Override
    public EffectId resumeAfter(long ofJournal, long ofEpoch)
            throws SinkUnavailableException, SinkFencedException {
        try {
            BsonDocument place = takeOver(ofJournal, ofEpoch);
            for (String collection : MongoSchema.standing()) {
                schema.prepare(collection);
            }
            documents.begin(ofJournal);
            long sequence = Documents.longOf(place, Field.SEQUENCE);
            return sequence == 0 ? EffectId.NONE : EffectId.lastOf(sequence);
        } catch (Answer.NoAnswerException | MongoException | UnreadableDocumentException e) {
            throw unavailable(e);
        } catch (IllegalStateException e) {
            throw closedOr(e);
        }
    }

    private BsonDocument takeOver(long ofJournal, long ofEpoch)
            throws Answer.NoAnswerException, SinkFencedException {
        BsonDocument filter = new BsonDocument(Field.ID, new BsonString(NAME)).append(EPOCH,
                new BsonDocument("$lte", new BsonInt64(ofEpoch)));
        BsonDocument initial = new BsonDocument(Field.V, new BsonInt32(Field.VERSION))
                .append(GENERATION, new BsonInt64(random.nextLong()));
        BsonDocument place;
        try {
            place = Documents.parse(door.ask(door.collection(PLACES).findOneAndUpdate(filter,
                    new BsonDocument("$set", new BsonDocument(EPOCH, new BsonInt64(ofEpoch)))
                            .append("$setOnInsert", initial),
                    new FindOneAndUpdateOptions().upsert(true)
                            .returnDocument(ReturnDocument.AFTER)))
                    .getFirst());
        } catch (MongoCommandException e) {
            if (e.getErrorCode() == DUPLICATE_KEY) {
                throw fenced();
            }
            throw e;
        }
        if (Documents.intOf(place, Field.V) > Field.VERSION) {
            throw new UnreadableDocumentException("the database was filled by a newer program:"
                    + " documents of version " + Documents.intOf(place, Field.V)
                    + ", this one knows "
                    + Field.VERSION);
        }
        epoch = ofEpoch;
        boolean isSame = place.containsKey(Field.JOURNAL)
                && Documents.longOf(place, Field.JOURNAL) == ofJournal;
        if (!isSame) {
            set(new BsonDocument(Field.JOURNAL, new BsonInt64(ofJournal)).append(Field.SEQUENCE,
                    new BsonInt64(0)));
            place.append(Field.SEQUENCE, new BsonInt64(0));
        }
        return place;
    }

    private void set(BsonDocument fields) throws Answer.NoAnswerException, SinkFencedException {
        update(new BsonDocument("$set", fields));
    }

    /** Changes the place, if it is still ours. */
    private void update(BsonDocument change)
            throws Answer.NoAnswerException, SinkFencedException {
        BsonDocument ours = new BsonDocument(Field.ID, new BsonString(NAME)).append(EPOCH,
                new BsonInt64(epoch));
        UpdateResult result = door.ask(door.collection(PLACES).updateOne(ours, change))
                .getFirst();
        if (result.getMatchedCount() == 0) {
            throw fenced();
        }
    }

    @Override
    public void write(List<Effect> batch)
            throws SinkUnavailableException, PoisonEffectException, SinkFencedException {
        boolean complete = false;
        try {
            List<Effect> rest = batch;
            while (!rest.isEmpty()) {
                // As many as need no document twice.
                int taken = documents.take(rest);
                flush();
                rest = rest.subList(taken, rest.size());
            }
            complete = true;
        } catch (Answer.NoAnswerException | MongoException | UnreadableDocumentException
                | BulkWriter.BulkFailedException e) {
            throw unavailable(e);
        } catch (IllegalStateException e) {
            throw closedOr(e);
        } finally {
            if (!complete) {
                documents.forget();
            }
        }
    }

    private void flush() throws Answer.NoAnswerException, PoisonEffectException,
            BulkWriter.BulkFailedException {
        List<Write> whole = documents.writes();
        List<Write> trades = documents.tradeWrites(epoch);
        for (Write write : trades) {
            schema.prepare(write.collection());
        }
        bulks.write(whole, trades);
        documents.written();
    }

    @Override
    public void cursor(long sequence) throws SinkUnavailableException, SinkFencedException {
        try {
            update(new BsonDocument("$max",
                    new BsonDocument(Field.SEQUENCE, new BsonInt64(sequence))));
        } catch (Answer.NoAnswerException | MongoException e) {
            throw unavailable(e);
        } catch (IllegalStateException e) {
            throw closedOr(e);
        }
    }

    @Override
    public void clear(long ofJournal, long ofEpoch)
            throws SinkUnavailableException, SinkFencedException {
        try {
            takeOver(ofJournal, ofEpoch);
            set(new BsonDocument(Field.SEQUENCE, new BsonInt64(0)).append(GENERATION,
                    new BsonInt64(random.nextLong())));
            List<String> own = new ArrayList<>(MongoSchema.standing());
            for (String name : door.ask(door.database().listCollectionNames())) {
                if (DocumentIds.isTradeCollection(name)) {
                    own.add(name);
                }
            }
            for (String name : own) {
                door.ask(door.database().getCollection(name).drop());
            }
            schema.forget();
            documents.begin(ofJournal);
        } catch (Answer.NoAnswerException | MongoException | UnreadableDocumentException e) {
            throw unavailable(e);
        } catch (IllegalStateException e) {
            throw closedOr(e);
        }
    }

    @Override
    public void close() {
        door.close();
    }

    private SinkFencedException fenced() {
        return new SinkFencedException("a drain with a larger epoch than " + epoch
                + " writes to the database " + settings.database());
    }

    /** What the driver says when it was closed in the middle of something. */
    private SinkUnavailableException closedOr(IllegalStateException e) {
        if (door.isClosed()) {
            return new SinkUnavailableException("the sink was closed", e);
        }
        throw e;
    }

    private static SinkUnavailableException unavailable(Exception e) {
        @Nullable
        Throwable cause = e.getCause();
        return new SinkUnavailableException(MongoDoor.reason(e), cause == null ? e : cause);
    }
}
