package com.waickoff.marketdata.storage.mongo;

import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import com.waickoff.marketdata.storage.effect.EffectId;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/**
 * One document to be written.
 *
 * @param collection where
 * @param id of the document
 * @param filter that it must match to be replaced
 * @param document the whole of it, or its changed fields
 * @param isWhole whether {@code document} takes the place of what is there
 * @param effect the last one it comes from
 */
record Write(String collection, String id, BsonDocument filter, RawBsonDocument document,
        boolean isWhole, EffectId effect) {
    /** Written if it is not there yet or matches. */
    WriteModel<RawBsonDocument> upsert() {
        return model(true);
    }

    /** Written only if it is there and matches. */
    WriteModel<RawBsonDocument> update() {
        return model(false);
    }

    private WriteModel<RawBsonDocument> model(boolean upsert) {
        if (isWhole) {
            return new ReplaceOneModel<>(filter, document, new ReplaceOptions().upsert(upsert));
        }
        return new UpdateOneModel<>(filter, new BsonDocument("$set", document),
                new UpdateOptions().upsert(upsert));
    }

    int length() {
        return Documents.length(document);
    }
}
