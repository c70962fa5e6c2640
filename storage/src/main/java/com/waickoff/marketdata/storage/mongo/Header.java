package com.waickoff.marketdata.storage.mongo;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * What every document begins with: version, where it comes from, and the units it is in; and the
 * conditions under which one may take the place of another.
 *
 * @param journalId of the journal it was derived from: a newer journal has a larger one
 * @param effect that led to it
 */
record Header(long journalId, EffectId effect) {
    /** With the id, for a document that is written whole. */
    void write(BsonBinaryWriter out, String id) {
        out.writeString(Field.ID, id);
        write(out);
    }

    /** Without the id, which never changes. */
    void write(BsonBinaryWriter out) {
        out.writeInt32(Field.V, Field.VERSION);
        out.writeInt64(Field.JOURNAL, journalId);
        out.writeInt64(Field.SEQUENCE, effect.sequence());
        out.writeInt32(Field.ORDINAL, effect.ordinal());
    }

    static void units(BsonBinaryWriter out, Instrument instrument) {
        out.writeInt32(Field.DEFINITION, instrument.id());
        out.writeInt32(Field.PRICE_SCALE, instrument.priceScale());
        out.writeInt32(Field.QUANTITY_SCALE, instrument.quantityScale());
    }

    static void times(BsonBinaryWriter out, Effect effect) {
        out.writeInt64(Field.MATCH_NS, effect.matchTimeNs());
        out.writeInt64(Field.RECEIVE_NS, effect.receiveTimeNs());
    }

    /**
     * Matches the document of this id unless it is newer: one of a newer journal, or of a later event
     * of the same. As the filter of an upsert, it is refused as a duplicate where the document is newer.
     */
    BsonDocument unlessNewer(String id) {
        BsonDocument olderJournal = new BsonDocument(Field.JOURNAL,
                new BsonDocument("$lt", new BsonInt64(journalId)));
        BsonDocument notLater = new BsonDocument(Field.JOURNAL, new BsonInt64(journalId))
                .append(Field.SEQUENCE, new BsonDocument("$lte", new BsonInt64(effect.sequence())));
        return new BsonDocument(Field.ID, new BsonString(id)).append("$or",
                new BsonArray(List.of(olderJournal, notLater)));
    }
}
