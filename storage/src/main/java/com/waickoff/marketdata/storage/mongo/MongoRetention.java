package com.waickoff.marketdata.storage.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.result.DeleteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonDateTime;
import org.bson.conversions.Bson;

/**
 * Lets go of what has grown old: of trades whole days, which gives their disk back at once; of bars,
 * signals and states the documents, whose place is used again.
 *
 * <pre>
 *   plan(ages, now)   what would go: nothing is changed
 *   apply(plan)       it goes; what is gone already is no failure
 * </pre>
 *
 * <p>The embedded store finds such documents by looking at all of a collection: once an hour is often
 * enough.
 *
 * <p>Threads: one.
 */
public final class MongoRetention implements AutoCloseable {
    private static final long MS_PER_DAY = 86_400_000L;

    private final MongoDoor door;

    /**
     * What goes.
     *
     * @param collection of the database
     * @param isWhole whether all of the collection goes
     * @param beforeMs if not: documents whose time is before this, in ms since the epoch
     * @param documents how many that are
     */
    public record Goes(String collection, boolean isWhole, long beforeMs, long documents) {}

    /** The server did not do it, for a reason that passes. */
    public static final class RetentionFailedException extends Exception {
        private static final long serialVersionUID = 1;

        RetentionFailedException(Exception cause) {
            super("the database: " + MongoDoor.reason(cause), cause);
        }
    }

    /**
     * Retention in a database; connects when it is first asked something.
     *
     * @throws IllegalArgumentException if the connection string or the CA file is unusable
     */
    public MongoRetention(MongoSettings settings) {
        door = MongoDoor.open(settings);
    }

    /**
     * What is older than it may be.
     *
     * @param ages by collection, such as {@code bars_1m}, {@code signals}, or {@code trades} for all
     *     days; what is not named stays
     * @param nowMs in ms since the epoch
     */
    public List<Goes> plan(Map<String, Duration> ages, long nowMs)
            throws RetentionFailedException {
        try {
            List<Goes> plan = new ArrayList<>();
            List<String> there = door.ask(door.database().listCollectionNames());
            Duration ofTrades = ages.get("trades");
            for (String collection : there.stream().sorted().toList()) {
                Duration age = ages.get(collection);
                if (DocumentIds.isTradeCollection(collection)) {
                    long endMs = DocumentIds.dayOf(collection) + MS_PER_DAY;
                    if (ofTrades != null && endMs <= nowMs - ofTrades.toMillis()) {
                        plan.add(new Goes(collection, true, endMs,
                                count(collection, Filters.empty())));
                    }
                } else if (age != null && MongoSchema.standing().contains(collection)) {
                    long beforeMs = nowMs - age.toMillis();
                    long documents = count(collection, olderThan(beforeMs));
                    if (documents > 0) {
                        plan.add(new Goes(collection, false, beforeMs, documents));
                    }
                }
            }
            return plan;
        } catch (Answer.NoAnswerException | MongoException e) {
            throw new RetentionFailedException(e);
        }
    }

    private long count(String collection, Bson filter) throws Answer.NoAnswerException {
        return door.ask(door.collection(collection).countDocuments(filter)).getFirst();
    }

    private static Bson olderThan(long beforeMs) {
        return Filters.lt(Field.TIME, new BsonDateTime(beforeMs));
    }

    /**
     * Lets it go.
     *
     * @return documents that went
     */
    public long apply(List<Goes> plan) throws RetentionFailedException {
        long gone = 0;
        try {
            for (Goes goes : plan) {
                if (goes.isWhole()) {
                    door.ask(door.database().getCollection(goes.collection()).drop());
                    gone += goes.documents();
                } else {
                    List<DeleteResult> deleted = door.ask(door.collection(goes.collection())
                            .deleteMany(olderThan(goes.beforeMs())));
                    gone += deleted.getFirst().getDeletedCount();
                }
            }
            return gone;
        } catch (Answer.NoAnswerException | MongoException e) {
            throw new RetentionFailedException(e);
        }
    }

    /** Ends the connections. */
    @Override
    public void close() {
        door.close();
    }
}
