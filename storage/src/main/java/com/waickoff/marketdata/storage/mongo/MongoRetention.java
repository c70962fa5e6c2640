package com.waickoff.marketdata.storage.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.result.DeleteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDateTime;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Lets go of what has grown old: of trades whole days, which gives their disk back at once; of bars,
 * signals and states the documents, whose place is used again.
 *
 * <pre>
 *   plan(ages, bytes, now)   what would go: nothing is changed
 *   apply(plan)              it goes; what is gone already is no failure
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
     * @param mostBytes of all documents, as the server counts them, beyond which the oldest days of
     *     trades go before their time; 0 for no bound
     * @param nowMs in ms since the epoch
     */
    public List<Goes> plan(Map<String, Duration> ages, long mostBytes, long nowMs)
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
            if (mostBytes > 0) {
                planByBytes(there, mostBytes, nowMs, plan);
            }
            return plan;
        } catch (Answer.NoAnswerException | MongoException e) {
            throw new RetentionFailedException(e);
        }
    }

    /** The oldest days first; today's stays. */
    private void planByBytes(List<String> there, long mostBytes, long nowMs, List<Goes> plan)
            throws Answer.NoAnswerException {
        Set<String> goes = new HashSet<>();
        plan.forEach(each -> goes.add(each.collection()));
        long bytes = 0;
        for (String collection : there) {
            bytes += goes.contains(collection) ? 0 : bytes(collection);
        }
        for (String collection : there.stream().sorted().toList()) {
            if (bytes <= mostBytes) {
                return;
            }
            if (DocumentIds.isTradeCollection(collection) && !goes.contains(collection)
                    && DocumentIds.dayOf(collection) + MS_PER_DAY <= nowMs) {
                bytes -= bytes(collection);
                plan.add(new Goes(collection, true, DocumentIds.dayOf(collection) + MS_PER_DAY,
                        count(collection, Filters.empty())));
            }
        }
    }

    private long bytes(String collection) throws Answer.NoAnswerException {
        Document stats = door.ask(door.database()
                .runCommand(new Document("collStats", collection))).getFirst();
        return stats.get("size") instanceof Number size ? size.longValue() : 0;
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
