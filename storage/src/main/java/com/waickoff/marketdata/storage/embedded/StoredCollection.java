package com.waickoff.marketdata.storage.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Iterator;
import java.util.List;
import java.util.Map.Entry;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection whose documents are kept as BSON in the order of their ids, so that what a query says
 * of {@code _id} (one, some, or a range of them) is found without looking at the others.
 *
 * <p>Documents are kept as bytes, not as objects: who reads one gets one of his own, and memory can be
 * counted.
 *
 * <p>Threads: any; one at a time.
 */
final class StoredCollection extends AbstractSynchronizedMongoCollection<Object> {
    private static final String ID = "_id";
    private static final String DATA_SIZE = "dataSize";

    private final MVMap<Object, byte[]> documents;
    private final MVMap<String, Long> sizes;

    StoredCollection(MongoDatabase database, String name, CollectionOptions options,
            CursorRegistry cursors, MVMap<Object, byte[]> documents, MVMap<String, Long> sizes) {
        super(database, name, options, cursors);
        this.documents = documents;
        this.sizes = sizes;
    }

    @Override
    protected QueryResult queryDocuments(Document query, @Nullable Document orderBy, int skip,
            int limit, int batchSize, @Nullable Document fields) {
        IdRange range = IdRange.of(query.get(ID));
        if (range == null) {
            return matchDocuments(query, orderBy, skip, limit, batchSize, fields);
        }
        List<String> exact = range.exact();
        if (exact != null) {
            Stream<Document> found = exact.stream().sorted().distinct().map(documents::get)
                    .filter(bytes -> bytes != null).map(StoredCollection::decode);
            return matchDocumentsFromStream(found, query, orderBy, skip, limit, batchSize, fields);
        }
        boolean byId = orderBy != null && orderBy.size() == 1 && orderBy.get(ID) != null;
        boolean descending = byId && orderBy != null
                && orderBy.get(ID) instanceof Number direction && direction.intValue() < 0;
        Cursor<Object, byte[]> cursor = descending
                ? documents.cursor(range.to(), range.from(), true)
                : documents.cursor(range.from(), range.to(), false);
        return matchDocumentsFromStream(read(cursor), query, byId ? null : orderBy, skip, limit,
                batchSize, fields);
    }

    @Override
    protected QueryResult matchDocuments(Document query, @Nullable Document orderBy, int skip,
            int limit, int batchSize, @Nullable Document fields) {
        Cursor<Object, byte[]> all = documents.cursor(null, null, isNaturalDescending(orderBy));
        return matchDocumentsFromStream(read(all), query, orderBy, skip, limit, batchSize, fields);
    }

    private static Stream<Document> read(Cursor<Object, byte[]> cursor) {
        Iterator<Document> found = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return cursor.hasNext();
            }

            @Override
            public Document next() {
                cursor.next();
                return decode(cursor.getValue());
            }
        };
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(found, Spliterator.ORDERED), false);
    }

    @Override
    protected @Nullable Document getDocument(Object position) {
        byte[] bytes = documents.get(position);
        return bytes == null ? null : decode(bytes);
    }

    @Override
    protected Object addDocumentInternal(Document document) {
        Object id = getIdField() == null ? UUID.randomUUID() : document.get(getIdField());
        Object key = new KeyValue(id).normalized().get(0);
        documents.put(key, encode(document));
        return key;
    }

    @Override
    protected void handleUpdate(Object position, Document before, Document after) {
        documents.put(position, encode(after));
    }

    @Override
    protected void removeDocument(Object position) {
        documents.remove(position);
    }

    @Override
    protected Stream<DocumentWithPosition<Object>> streamAllDocumentsWithPosition() {
        return documents.entrySet().stream()
                .map((Entry<Object, byte[]> entry) -> new DocumentWithPosition<>(
                        decode(entry.getValue()), entry.getKey()));
    }

    @Override
    protected void updateDataSize(int difference) {
        sizes.put(DATA_SIZE, size() + difference);
    }

    @Override
    protected int getDataSize() {
        return (int) Math.min(Integer.MAX_VALUE, size());
    }

    private long size() {
        return sizes.getOrDefault(DATA_SIZE, 0L);
    }

    @Override
    public int count() {
        return documents.size();
    }

    @Override
    public boolean isEmpty() {
        return documents.isEmpty();
    }

    private static byte[] encode(Document document) {
        ByteBuf buffer = Unpooled.buffer(512);
        try {
            BsonEncoder.encodeDocument(document, buffer);
            byte[] bytes = new byte[buffer.readableBytes()];
            buffer.readBytes(bytes);
            return bytes;
        } finally {
            buffer.release();
        }
    }

    private static Document decode(byte[] bytes) {
        return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
    }
}
