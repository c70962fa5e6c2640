package com.waickoff.marketdata.storage.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Objects;
import org.h2.mvstore.MVStore;

/**
 * All databases of one file.
 *
 * <p>A write that asks for {@code j: true} is answered once it has been handed to the operating system:
 * it survives the death of this process at any moment, though not a loss of power. Other writes follow
 * within a second.
 *
 * <p>Threads: any.
 */
final class StoredBackend extends AbstractMongoBackend {
    private final MVStore store;

    StoredBackend(MVStore store) {
        this.store = store;
        for (String map : List.copyOf(store.getMapNames())) {
            if (map.startsWith(StoredDatabase.DOCUMENTS)) {
                int start = StoredDatabase.DOCUMENTS.length();
                resolveDatabase(map.substring(start, map.indexOf('.', start)));
            }
        }
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new StoredDatabase(name, store, getCursorRegistry());
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command,
            Document query) {
        if (isNeedless(database, command, query)) {
            return new Document("ok", 1.0);
        }
        Document answer = super.handleCommand(channel, database, command, query);
        if (query.get("writeConcern") instanceof Document concern
                && Objects.equals(concern.get("j"), true)) {
            store.commit();
        }
        return answer;
    }

    /** There are no indexes but on {@code _id}; and what is not there need not be dropped. */
    private boolean isNeedless(String database, String command, Document query) {
        return command.equals("createIndexes") || (command.equals("drop")
                && query.get(command) instanceof String name
                && resolveDatabase(database).resolveCollection(name, false) == null);
    }

    @Override
    public void close() {
        super.close();
        store.close();
    }
}
