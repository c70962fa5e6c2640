package com.waickoff.marketdata.storage.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.ValidationOptions;
import com.waickoff.marketdata.window.Timeframe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The collections as they have to be: validators where the server knows such, and the indexes that
 * {@code docs/storage/mongodb.md} lists with their questions.
 *
 * <p>Threads: one.
 */
final class MongoSchema {
    private static final Logger LOG = LoggerFactory.getLogger(MongoSchema.class);
    private static final int NAMESPACE_EXISTS = 48;
    private static final int VALIDATION_FAILED = 121;
    private static final String PROBE = "waickoff_probe";
    private static final String TTL_NAME = "expiry";

    private final MongoDoor door;
    private final MongoSettings settings;
    private final Set<String> ready = new HashSet<>();
    private boolean probed;
    private boolean validates;

    MongoSchema(MongoDoor door, MongoSettings settings) {
        this.door = door;
        this.settings = settings;
    }

    /** The collections that always exist. */
    static List<String> standing() {
        List<String> names = new ArrayList<>();
        Timeframe.ALL.forEach(timeframe -> names.add(DocumentIds.barCollection(timeframe)));
        names.addAll(List.of(EventDocument.SIGNALS, EventDocument.STATES,
                LedgerDocument.INSTRUMENTS, LedgerDocument.COVERAGE));
        return names;
    }

    /** Whether the server refuses documents that are not as they should be: tried, not believed. */
    boolean validates() throws Answer.NoAnswerException {
        if (!probed) {
            validates = probe();
            probed = true;
            LOG.info("documents are {} by the server",
                    validates ? "validated" : "not validated: it does not know how");
        }
        return validates;
    }

    private boolean probe() throws Answer.NoAnswerException {
        door.ask(door.database().getCollection(PROBE).drop());
        try {
            door.ask(door.database().createCollection(PROBE, validated("events")));
            door.ask(door.collection(PROBE).insertOne(
                    Documents.document(out -> out.writeString(Field.ID, "without a version"))));
            return false;
        } catch (MongoException refused) {
            if (refused.getCode() == VALIDATION_FAILED) {
                return true;
            }
            throw refused;
        } finally {
            door.ask(door.database().getCollection(PROBE).drop());
        }
    }

    /** Makes what is not there; does nothing for a collection that this object has seen to. */
    void prepare(String collection) throws Answer.NoAnswerException {
        if (ready.contains(collection)) {
            return;
        }
        CreateCollectionOptions options = validates() ? validated(collection)
                : new CreateCollectionOptions();
        if (!door.ask(door.database().listCollectionNames()).contains(collection)) {
            try {
                door.ask(door.database().createCollection(collection, options));
            } catch (MongoException e) {
                if (e.getCode() != NAMESPACE_EXISTS) { // another one was faster
                    throw e;
                }
            }
        }
        index(collection);
        ready.add(collection);
    }

    private void index(String collection) throws Answer.NoAnswerException {
        boolean ofTrades = DocumentIds.isTradeCollection(collection);
        if (ofTrades) {
            door.ask(door.collection(collection).createIndex(
                    new BsonDocument(TradeBucket.INSTRUMENT, new BsonInt32(1))
                            .append(TradeBucket.LAST_TIME, new BsonInt32(1)),
                    new IndexOptions().name("instrument_time")));
        }
        expire(collection, ofTrades ? TradeBucket.LAST_TIME : Field.TIME);
    }

    /** An index of another expiry would stay as it is, and refuse to be made anew. */
    private void expire(String collection, String field) throws Answer.NoAnswerException {
        Duration expiry = settings.expiryOf(collection);
        @Nullable
        Long wanted = expiry == null ? null : expiry.toSeconds();
        @Nullable
        Long there = null;
        for (Document index : door.ask(door.database().getCollection(collection)
                .listIndexes())) {
            if (TTL_NAME.equals(index.getString("name"))) {
                there = index.get("expireAfterSeconds") instanceof Number seconds
                        ? seconds.longValue() : -1L;
            }
        }
        if (there != null && !there.equals(wanted)) {
            door.ask(door.collection(collection).dropIndex(TTL_NAME));
        }
        if (wanted != null && !wanted.equals(there)) {
            door.ask(door.collection(collection).createIndex(
                    new BsonDocument(field, new BsonInt32(1)), new IndexOptions().name(TTL_NAME)
                            .expireAfter(wanted, TimeUnit.SECONDS)));
        }
    }

    /** Collections have gone: they are looked at again. */
    void forget() {
        ready.clear();
    }

    private static CreateCollectionOptions validated(String collection) {
        return new CreateCollectionOptions().validationOptions(new ValidationOptions()
                .validator(new BsonDocument("$jsonSchema", schema(collection))));
    }

    /** The fields that a collection's documents must have: more may be added within a version. */
    static BsonDocument schema(String collection) {
        BsonDocument fields = new BsonDocument();
        BsonArray required = new BsonArray();
        put(fields, required, Field.ID, "string");
        put(fields, required, Field.V, "int");
        put(fields, required, Field.JOURNAL, "long");
        put(fields, required, Field.SEQUENCE, "long");
        put(fields, required, Field.ORDINAL, "int");
        put(fields, required, Field.PRICE_SCALE, "int");
        put(fields, required, Field.QUANTITY_SCALE, "int");
        if (collection.startsWith("bars_")) {
            put(fields, required, Field.TIME, "date");
            for (String name : List.of("open", "high", "low", "close", "volume", "buy_volume",
                    "trades", "cvd")) {
                put(fields, required, name, "long");
            }
        }
        fields.append("metadata", new BsonDocument("bsonType", new BsonString("object")));
        return new BsonDocument("bsonType", new BsonString("object"))
                .append("required", required).append("properties", fields);
    }

    private static void put(BsonDocument fields, BsonArray required, String name, String type) {
        fields.append(name, new BsonDocument("bsonType", new BsonString(type)));
        required.add(new BsonString(name));
    }
}
