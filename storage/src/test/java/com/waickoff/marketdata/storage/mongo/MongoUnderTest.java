package com.waickoff.marketdata.storage.mongo;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.waickoff.marketdata.storage.embedded.EmbeddedMongo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The server that the tests of this package run against: that of {@code -Dmongo.uri}, or the embedded
 * one. A database of its own, dropped in the end.
 */
final class MongoUnderTest implements AutoCloseable {
    /** Nothing here takes so long; a busy machine may for a while. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final AtomicLong NUMBER = new AtomicLong();

    private final @Nullable EmbeddedMongo embedded;
    private final String uri;
    private final String database = "waickoff_test_" + ProcessHandle.current().pid() + '_'
            + NUMBER.incrementAndGet();
    private final MongoClient client;

    private MongoUnderTest(@Nullable EmbeddedMongo embedded, String uri) {
        this.embedded = embedded;
        this.uri = uri;
        client = MongoClients.create(uri);
    }

    static MongoUnderTest open(Path directory) throws IOException {
        String given = System.getProperty("mongo.uri");
        if (given != null) {
            return new MongoUnderTest(null, given);
        }
        EmbeddedMongo embedded = EmbeddedMongo.open(directory.resolve("drain"), 0);
        return new MongoUnderTest(embedded, embedded.uri());
    }

    static boolean isReal() {
        return System.getProperty("mongo.uri") != null;
    }

    String uri() {
        return uri;
    }

    MongoSettings settings() {
        return MongoSettings.of(uri, database).within(PATIENCE);
    }

    long count(String collection) {
        Long count = Mono.from(client.getDatabase(database).getCollection(collection)
                .countDocuments()).block();
        return count == null ? 0 : count;
    }

    List<RawBsonDocument> all(String collection) {
        return Flux.from(client.getDatabase(database)
                .getCollection(collection, RawBsonDocument.class).find()).collectList().block();
    }

    List<String> collections() {
        return Flux.from(client.getDatabase(database).listCollectionNames()).collectList()
                .block();
    }

    List<Document> indexes(String collection) {
        return Flux.from(client.getDatabase(database).getCollection(collection).listIndexes())
                .collectList().block();
    }

    MongoClient client() {
        return client;
    }

    String database() {
        return database;
    }

    @Override
    public void close() throws IOException {
        Mono.from(client.getDatabase(database).drop()).block();
        client.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
