package com.waickoff.marketdata.storage.mongo;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * What a server has from before.
 *
 * <p>Threads: any.
 */
final class StoredInMongo implements EffectDocuments.Stored {
    private final MongoDoor door;

    StoredInMongo(MongoDoor door) {
        this.door = door;
    }

    @Override
    public Map<String, Integer> firstDefinitions(long journalId)
            throws Answer.NoAnswerException {
        Map<String, Integer> first = new HashMap<>();
        for (RawBsonDocument raw : door.ask(door.collection(LedgerDocument.INSTRUMENTS)
                .find(Filters.eq(Field.JOURNAL, journalId)))) {
            BsonDocument document = Documents.parse(raw);
            first.put(Documents.textOf(document, Field.ID),
                    Documents.intOf(document, LedgerDocument.FIRST_DEFINITION));
        }
        return first;
    }

    @Override
    public @Nullable RawBsonDocument lastBucket(String collection, String prefix, int definition)
            throws Answer.NoAnswerException {
        List<RawBsonDocument> last = door.ask(door.collection(collection)
                .find(Filters.and(Filters.gte(Field.ID, prefix),
                        Filters.lt(Field.ID, DocumentIds.behind(prefix)),
                        Filters.eq(Field.DEFINITION, definition)))
                .sort(Sorts.descending(Field.ID)).limit(1));
        return last.isEmpty() ? null : last.getFirst();
    }
}
