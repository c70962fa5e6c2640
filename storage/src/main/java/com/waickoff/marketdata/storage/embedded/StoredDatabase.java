package com.waickoff.marketdata.storage.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.List;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.ObjectDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * A database in a file: two maps for each collection, its documents by id and its size.
 *
 * <p>Threads: any.
 */
final class StoredDatabase extends AbstractSynchronizedMongoDatabase<Object> {
    /** The maps of documents begin with it; then database, a point, and collection. */
    static final String DOCUMENTS = "documents.";
    private static final String SIZES = "sizes.";

    private final MVStore store;

    StoredDatabase(String name, MVStore store, CursorRegistry cursors) {
        super(name, cursors);
        this.store = store;
        initializeNamespacesAndIndexes();
    }

    private MVMap<Object, byte[]> documents(String collection) {
        return store.openMap(DOCUMENTS + getDatabaseName() + '.' + collection,
                new MVMap.Builder<Object, byte[]>().keyType(new ObjectDataType())
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    private MVMap<String, Long> sizes(String collection) {
        return store.openMap(SIZES + getDatabaseName() + '.' + collection,
                new MVMap.Builder<String, Long>().keyType(StringDataType.INSTANCE)
                        .valueType(LongDataType.INSTANCE));
    }

    @Override
    protected MongoCollection<Object> openOrCreateCollection(String name,
            CollectionOptions options) {
        return new StoredCollection(this, name, options, cursorRegistry, documents(name),
                sizes(name));
    }

    @Override
    protected Index<Object> openOrCreateUniqueIndex(String collection, String index,
            List<IndexKey> keys, boolean sparse) {
        if (keys.size() != 1 || !keys.getFirst().getKey().equals("_id")) {
            throw new MongoServerException("only _id can be unique in the embedded store");
        }
        return new IdIndex(index, keys, documents(collection));
    }

    @Override
    public void dropCollection(String collection, Oplog oplog) {
        super.dropCollection(collection, oplog);
        store.removeMap(documents(collection));
        store.removeMap(sizes(collection));
    }

    @Override
    public void drop(Oplog oplog) {
        super.drop(oplog);
        for (String name : List.copyOf(store.getMapNames())) {
            if (name.startsWith(DOCUMENTS + getDatabaseName() + '.')
                    || name.startsWith(SIZES + getDatabaseName() + '.')) {
                store.removeMap(name);
            }
        }
    }

    @Override
    public void moveCollection(MongoDatabase from, MongoCollection<?> collection, String to) {
        throw new MongoServerException("the embedded store renames no collections");
    }

    @Override
    protected long getStorageSize() {
        FileStore<?> file = store.getFileStore();
        return file == null ? 0 : file.size();
    }

    @Override
    protected long getFileSize() {
        return getStorageSize();
    }
}
