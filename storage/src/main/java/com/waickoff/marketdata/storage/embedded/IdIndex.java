package com.waickoff.marketdata.storage.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The unique index on {@code _id}: no structure of its own, because the documents are kept by it.
 *
 * <p>Threads: those of its collection, one at a time.
 */
final class IdIndex extends AbstractUniqueIndex<Object> {
    private final MVMap<Object, byte[]> documents;

    IdIndex(String name, List<IndexKey> keys, MVMap<Object, byte[]> documents) {
        super(name, keys, false);
        this.documents = documents;
    }

    @Override
    protected @Nullable Object getPosition(KeyValue id) {
        Object key = id.get(0);
        return key != null && documents.containsKey(key) ? key : null;
    }

    @Override
    public void add(Document document, Object position, MongoCollection<Object> collection) {
        // The collection has put it, and had it checked before.
    }

    @Override
    protected @Nullable Object removeDocument(KeyValue id) {
        return getPosition(id); // the collection removes it
    }

    @Override
    protected boolean putKeyPosition(KeyValue id, Object position) {
        throw new IllegalStateException("the index has no entries of its own");
    }

    @Override
    protected Iterable<Entry<KeyValue, Object>> getIterable() {
        return documents.keySet().stream()
                .map(key -> Map.entry(
                        new KeyValue(key), key))
                .toList();
    }

    @Override
    public long getCount() {
        return documents.sizeAsLong();
    }

    @Override
    public boolean isEmpty() {
        return documents.isEmpty();
    }

    @Override
    public long getDataSize() {
        return 0;
    }
}
