package com.waickoff.marketdata.storage.mongo;

import com.mongodb.WriteConcern;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoDatabase;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.WindowRows;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What the sink costs beside the driver alone, and how many bytes a day takes.
 *
 * <p>Input: {@link SyntheticEffects}, 2 M trades a day of one instrument in bursts, with all windows
 * and their rows, and signals; in batches of 1,000 effects, as a drain that catches up gives them. The
 * payload of both sides is the same: every version of every document that the sink sends. The bare
 * driver replaces by id, in unordered bulks of the same sizes; and inserts the last versions.
 *
 * <p>Arguments: trades a round, rounds. Runs against {@code -Dmongo.uri}, or the embedded store in this
 * process.
 */
final class MongoBench {
    private static final long JOURNAL = 1L;
    private static final int BATCH = 1_000;
    private static final int TRADES_A_DAY = 2_000_000;

    /** An empty database. */
    private static final class NothingStored implements EffectDocuments.Stored {
        @Override
        public Map<String, Integer> firstDefinitions(long journalId) {
            return Map.of();
        }

        @Override
        public @Nullable RawBsonDocument lastBucket(String collection, String prefix,
                int definition) {
            return null;
        }
    }

    private MongoBench() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        int trades = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        day();
        Path directory = Files.createTempDirectory("mongo-bench");
        try (MongoUnderTest server = MongoUnderTest.open(directory)) {
            System.out.printf(Locale.ROOT, "%n%s, %d trades a round%n%8s %14s %14s %14s %14s%n",
                    MongoUnderTest.isReal() ? "a real server" : "the embedded store", trades,
                    "round", "effects/s", "documents/s", "bare upserts/s", "bare inserts/s");
            List<Effect> effects = new SyntheticEffects(1, "BTCUSDT", 0, TRADES_A_DAY).begin()
                    .trades(trades).take();
            for (int round = 0; round < rounds; round++) {
                round(server, effects, round);
            }
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void round(MongoUnderTest server, List<Effect> effects, int round)
            throws Exception {
        MongoSettings settings = MongoSettings.of(server.uri(), server.database() + round);
        double sinkSeconds;
        long documents;
        List<List<Write>> sent = new ArrayList<>();
        try (MongoSink sink = new MongoSink(settings, new Random(1))) {
            sink.resumeAfter(JOURNAL, 1);
            long start = System.nanoTime();
            for (int i = 0; i < effects.size(); i += BATCH) {
                List<Effect> batch = effects.subList(i, Math.min(effects.size(), i + BATCH));
                sink.write(batch);
                sink.cursor(batch.getLast().id().sequence());
            }
            sinkSeconds = (System.nanoTime() - start) / 1e9;
            documents = sink.written();
        }
        EffectDocuments made = new EffectDocuments(new NothingStored(), true);
        for (int i = 0; i < effects.size(); i += BATCH) {
            take(made, effects.subList(i, Math.min(effects.size(), i + BATCH)), sent);
        }
        MongoDatabase bare = server.client().getDatabase(server.database() + "bare" + round)
                .withWriteConcern(WriteConcern.JOURNALED);
        double upsertSeconds = upsert(bare, sent);
        Mono.from(bare.drop()).block();
        Map<String, Write> last = new LinkedHashMap<>();
        sent.forEach(batch -> batch.forEach(write -> last.put(write.id(), write)));
        double insertSeconds = insert(bare, List.copyOf(last.values()));
        Mono.from(bare.drop()).block();
        Mono.from(server.client().getDatabase(server.database() + round).drop()).block();
        long bareDocuments = sent.stream().mapToLong(List::size).sum();
        System.out.printf(Locale.ROOT, "%8d %14.0f %14.0f %14.0f %14.0f   %.2f of bare upserts%n",
                round, effects.size() / sinkSeconds, documents / sinkSeconds,
                bareDocuments / upsertSeconds, last.size() / insertSeconds,
                documents / sinkSeconds / (bareDocuments / upsertSeconds));
    }

    /** What rows take as they are written, and as three arrays; and both in deflated pages. */
    private static void rows(List<RawBsonDocument> documents) {
        ByteArrayOutputStream binary = new ByteArrayOutputStream();
        ByteArrayOutputStream arrays = new ByteArrayOutputStream();
        for (RawBsonDocument document : documents) {
            byte[] bytes = Documents.bytesOf(document, BarDocument.ROWS);
            if (bytes != null) {
                binary.writeBytes(bytes);
                byte[] array = array(RowsBinary.decode(bytes));
                arrays.write(array, 0, array.length);
            }
        }
        System.out.printf(Locale.ROOT, "rows: %d bytes as binary, %d as arrays; in deflated pages"
                + " of 32 KiB %d and %d%n", binary.size(), arrays.size(),
                deflated(binary.toByteArray()), deflated(arrays.toByteArray()));
    }

    private static byte[] array(WindowRows rows) {
        RawBsonDocument document = Documents.document(out -> {
            out.writeStartArray("row");
            for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
                out.writeInt32((int) row);
            }
            out.writeEndArray();
            for (boolean buy : new boolean[]{true, false}) {
                out.writeStartArray(buy ? "buy" : "sell");
                for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
                    out.writeInt64(buy ? rows.buyVolume(row) : rows.sellVolume(row));
                }
                out.writeEndArray();
            }
        });
        byte[] bytes = new byte[Documents.length(document)];
        document.getByteBuffer().get(bytes);
        return bytes;
    }

    private static long deflated(byte[] bytes) {
        long sum = 0;
        byte[] out = new byte[64 << 10];
        for (int at = 0; at < bytes.length; at += 32 << 10) {
            try (Deflater deflater = new Deflater()) {
                deflater.setInput(bytes, at, Math.min(32 << 10, bytes.length - at));
                deflater.finish();
                sum += deflater.deflate(out);
            }
        }
        return sum;
    }

    /** What the sink would send, one list for each time that it waits. */
    private static void take(EffectDocuments made, List<Effect> effects, List<List<Write>> sent)
            throws Answer.NoAnswerException {
        List<Effect> rest = effects;
        while (!rest.isEmpty()) {
            rest = rest.subList(made.take(rest), rest.size());
            List<Write> writes = new ArrayList<>(made.writes());
            writes.addAll(made.tradeWrites(1));
            sent.add(writes);
            made.written();
        }
    }

    private static double upsert(MongoDatabase bare, List<List<Write>> sent) {
        long start = System.nanoTime();
        for (List<Write> batch : sent) {
            Map<String, List<WriteModel<RawBsonDocument>>> models = new LinkedHashMap<>();
            for (Write write : batch) {
                models.computeIfAbsent(write.collection(), name -> new ArrayList<>())
                        .add(new ReplaceOneModel<>(Filters.eq(Field.ID, write.id()),
                                write.document(), new ReplaceOptions().upsert(true)));
            }
            Flux.fromIterable(models.entrySet()).flatMap(entry -> bare
                    .getCollection(entry.getKey(), RawBsonDocument.class).bulkWrite(
                            entry.getValue(), new BulkWriteOptions().ordered(false)),
                    4)
                    .blockLast();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double insert(MongoDatabase bare, List<Write> writes) {
        Map<String, List<RawBsonDocument>> documents = new TreeMap<>();
        writes.forEach(write -> documents.computeIfAbsent(write.collection(),
                name -> new ArrayList<>()).add(write.document()));
        long start = System.nanoTime();
        documents.forEach((name, all) -> {
            for (int i = 0; i < all.size(); i += BATCH) {
                Mono.from(bare.getCollection(name, RawBsonDocument.class).insertMany(
                        all.subList(i, Math.min(all.size(), i + BATCH)),
                        new InsertManyOptions().ordered(false))).block();
            }
        });
        return (System.nanoTime() - start) / 1e9;
    }

    /** Bytes of the documents that a day of one instrument leaves, as they are sent. */
    private static void day() throws Exception {
        SyntheticEffects market = new SyntheticEffects(2, "BTCUSDT", 0, TRADES_A_DAY).begin();
        Map<String, long[]> sizes = new TreeMap<>();
        Map<String, Write> last = new LinkedHashMap<>();
        long sentBytes = 0;
        EffectDocuments made = new EffectDocuments(new NothingStored(), true);
        List<List<Write>> sent = new ArrayList<>();
        for (int i = 0; i < TRADES_A_DAY; i += BATCH) {
            take(made, market.trades(BATCH).take(), sent);
            for (List<Write> batch : sent) {
                for (Write write : batch) {
                    sentBytes += write.length();
                    last.put(write.id(), write);
                }
            }
            sent.clear();
        }
        for (Write write : last.values()) {
            String kind = DocumentIds.isTradeCollection(write.collection()) ? "trades"
                    : write.collection();
            long[] size = sizes.computeIfAbsent(kind, key -> new long[2]);
            size[0]++;
            size[1] += write.length();
        }
        long all = 0;
        System.out.printf(Locale.ROOT, "a day of %d trades%n%12s %10s %14s %12s%n", TRADES_A_DAY,
                "", "documents", "bytes", "a document");
        for (Map.Entry<String, long[]> entry : sizes.entrySet()) {
            long[] size = entry.getValue();
            all += size[1];
            System.out.printf(Locale.ROOT, "%12s %10d %14d %12.1f%n", entry.getKey(), size[0],
                    size[1], (double) size[1] / size[0]);
        }
        rows(last.values().stream().map(Write::document).toList());
        long trades = sizes.getOrDefault("trades", new long[2])[1];
        System.out.printf(Locale.ROOT, "with trades %d bytes, without %d; %.2f bytes a trade; "
                + "sent in batches of %d effects: %d bytes%n", all, all - trades,
                (double) trades / TRADES_A_DAY, BATCH, sentBytes);
    }
}
