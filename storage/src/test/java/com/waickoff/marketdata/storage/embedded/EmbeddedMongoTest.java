package com.waickoff.marketdata.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class EmbeddedMongoTest {
    private static final int COUNT = 300;

    @TempDir
    Path directory;

    private static MongoCollection<Document> things(MongoClient client) {
        return client.getDatabase("market").getCollection("things");
    }

    private static void fill(MongoClient client) {
        List<Document> things = IntStream.range(0, COUNT)
                .mapToObj(i -> new Document("_id", "%04d".formatted(i)).append("n", i)).toList();
        Mono.from(things(client).insertMany(things)).block();
    }

    private static List<String> find(MongoClient client, Bson filter, Bson order, int limit) {
        return Flux.from(things(client).find(filter).sort(order).limit(limit))
                .map(document -> document.getString("_id")).collectList().block();
    }

    @Test
    void shouldFindByIdsAndRangesOfThem() throws Exception {
        try (EmbeddedMongo store = EmbeddedMongo.open(directory, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            fill(client);
            assertThat(find(client, Filters.and(Filters.gte("_id", "0010"),
                    Filters.lt("_id", "0013")), Sorts.ascending("_id"), 0))
                    .containsExactly("0010", "0011", "0012");
            assertThat(find(client, Filters.and(Filters.gt("_id", "0010"),
                    Filters.lte("_id", "0200")), Sorts.descending("_id"), 2))
                    .containsExactly("0200", "0199");
            assertThat(find(client, Filters.in("_id", "0007", "nothing", "0005"),
                    Sorts.descending("n"), 0)).containsExactly("0007", "0005");
            assertThat(find(client, Filters.and(Filters.eq("_id", "0007"), Filters.gt("n", 7)),
                    Sorts.ascending("_id"), 0)).isEmpty();
            assertThat(find(client, Filters.lt("n", 3), Sorts.descending("n"), 0))
                    .containsExactly("0002", "0001", "0000");
            assertThat(find(client, Filters.lt("_id", "0002"), Sorts.descending("n"), 0))
                    .containsExactly("0001", "0000");
            // Any other range than one of ids is looked for in all documents: the same is found.
            Random random = new Random(11);
            for (int i = 0; i < 20; i++) {
                int from = random.nextInt(COUNT);
                int to = random.nextInt(COUNT + 1);
                assertThat(find(client, Filters.and(Filters.gte("_id", "%04d".formatted(from)),
                        Filters.lt("_id", "%04d".formatted(to))), Sorts.ascending("_id"), 0))
                        .isEqualTo(find(client, Filters.and(Filters.gte("n", from),
                                Filters.lt("n", to)), Sorts.ascending("n"), 0));
            }
        }
    }

    @Test
    void shouldReplaceOnlyWhatMatches() throws Exception {
        try (EmbeddedMongo store = EmbeddedMongo.open(directory, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            fill(client);
            Mono.from(replace(client, "0005", 5, 50)).block();
            assertThatThrownBy(() -> Mono.from(replace(client, "0006", 5, 60)).block())
                    .isInstanceOfSatisfying(MongoBulkWriteException.class,
                            refused -> assertThat(refused.getWriteErrors().getFirst().getCode())
                                    .isEqualTo(11_000));
            Mono.from(replace(client, "new", 5, 70)).block();
            assertThat(Flux.from(things(client)
                    .find(Filters.in("_id", "0005", "0006", "new"))).collectList().block())
                    .extracting(document -> document.getInteger("n")).containsExactly(50, 6, 70);
        }
    }

    private static Publisher<?> replace(MongoClient client, String id,
            int most, int by) {
        return things(client).bulkWrite(List.of(new ReplaceOneModel<>(
                Filters.and(Filters.eq("_id", id), Filters.lte("n", most)),
                new Document("n", by), new ReplaceOptions().upsert(true))),
                new BulkWriteOptions().ordered(false));
    }

    @Test
    void shouldTellItsOwnerWhereItListensAsLongAsItDoes() throws Exception {
        Path uriFile = directory.resolve(EmbeddedMongo.URI_FILE);
        try (EmbeddedMongo store = EmbeddedMongo.open(directory, 0)) {
            assertThat(Files.readString(uriFile).strip()).isEqualTo(store.uri())
                    .startsWith("mongodb://127.0.0.1:");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(uriFile)))
                    .isEqualTo("rw-------");
            assertThatThrownBy(() -> EmbeddedMongo.open(directory, 0))
                    .isInstanceOf(IOException.class).hasMessageContaining("another process");
        }
        assertThat(uriFile).doesNotExist();
    }

    @Test
    void shouldHaveItAllWhenItIsOpenedAgain() throws Exception {
        try (EmbeddedMongo store = EmbeddedMongo.open(directory, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            fill(client);
            Mono.from(client.getDatabase("market").getCollection("gone")
                    .insertOne(new Document("_id", "x"))).block();
            Mono.from(client.getDatabase("market").getCollection("gone").drop()).block();
        }
        try (EmbeddedMongo store = EmbeddedMongo.open(directory, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            assertThat(find(client, Filters.empty(), Sorts.ascending("_id"), 0)).hasSize(COUNT);
            assertThat(Flux.from(client.getDatabase("market").listCollectionNames())
                    .collectList().block()).containsExactly("things");
        }
    }

    @Test
    void shouldSetAsideAFileThatItCannotRead() throws Exception {
        Path file = directory.resolve("mongo.mv");
        Files.writeString(file, "not a store ".repeat(2_000));
        try (EmbeddedMongo store = EmbeddedMongo.open(directory, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            fill(client);
        }
        assertThat(directory.resolve("mongo.mv.bad-1")).hasSize(24_000);
    }
}
