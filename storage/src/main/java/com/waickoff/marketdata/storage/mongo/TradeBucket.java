package com.waickoff.marketdata.storage.mongo;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.storage.effect.EffectId;
import com.waickoff.marketdata.storage.effect.TradeProcessed;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.RawBsonDocument;

/**
 * Neighbouring trades of one instrument and one UTC day, in the order of their sequences: a document
 * that grows with each batch until it is full. Whoever writes it next, be it after a crash, goes on
 * with what is there; so its boundaries are always the same.
 *
 * <p>Threads: one.
 */
final class TradeBucket {
    static final String INSTRUMENT = "instrument";
    static final String FIRST_TIME = "first_time";
    static final String LAST_TIME = "last_time";
    private static final String LAST_SEQUENCE = "last_sequence";
    private static final String LAST_ORDINAL = "last_ordinal";
    private static final String EPOCH = "epoch";
    private static final String COUNT = "count";
    private static final String CRC = "crc";
    private static final String COLUMNS = "columns";
    private static final long NS_PER_MS = 1_000_000L;

    private final String collection;
    private final String suffix;
    private final long journalId;
    private final TradeColumns trades;
    private String id = "";
    private long firstMs = Long.MAX_VALUE;
    private long lastMs = Long.MIN_VALUE;

    private TradeBucket(String collection, String suffix, long journalId, TradeColumns trades) {
        this.collection = collection;
        this.suffix = suffix;
        this.journalId = journalId;
        this.trades = trades;
    }

    static TradeBucket empty(String collection, String suffix, long journalId) {
        return new TradeBucket(collection, suffix, journalId, new TradeColumns());
    }

    /** One that is there. */
    static TradeBucket of(String collection, String suffix, BsonDocument document) {
        TradeBucket bucket = new TradeBucket(collection, suffix,
                Documents.longOf(document, Field.JOURNAL), columns(document));
        bucket.id = Documents.textOf(document, Field.ID);
        for (int i = 0; i < bucket.trades.count(); i++) {
            bucket.cover(bucket.trades.matchNs(i));
        }
        return bucket;
    }

    static TradeColumns columns(BsonDocument document) {
        byte[] bytes = Documents.bytesOf(document, COLUMNS);
        if (bytes == null) {
            throw new UnreadableDocumentException("a bucket without trades");
        }
        return TradeColumns.unpack(bytes, Documents.intOf(document, COUNT),
                Documents.intOf(document, CRC));
    }

    /** Whether this trade, or a later one, is in it. */
    boolean has(EffectId trade) {
        return trades.count() > 0 && !last().isBefore(trade);
    }

    private EffectId last() {
        int last = trades.count() - 1;
        return new EffectId(trades.sequence(last), trades.ordinal(last));
    }

    boolean isFull() {
        return trades.count() == TradeColumns.CAPACITY;
    }

    boolean isOf(long journal) {
        return journalId == journal;
    }

    int count() {
        return trades.count();
    }

    void add(TradeProcessed trade) {
        if (trades.count() == 0) {
            id = DocumentIds.bucket(trade.instrument().name(), journalId,
                    trade.id().sequence(), suffix);
        }
        trades.add(trade.id().sequence(), trade.id().ordinal(), trade.matchTimeNs(),
                trade.receiveTimeNs(), trade.price(), trade.quantity(), trade.tradeId(),
                trade.aux(), trade.flags());
        cover(trade.matchTimeNs());
    }

    private void cover(long matchNs) {
        long ms = Math.floorDiv(matchNs, NS_PER_MS);
        firstMs = Math.min(firstMs, ms);
        lastMs = Math.max(lastMs, ms);
    }

    /** The bucket as it is now, in place of one of a drain with the same or a smaller epoch. */
    Write write(Instrument instrument, long epoch) {
        TradeColumns.Packed packed = trades.pack();
        EffectId last = last();
        Header header = new Header(journalId,
                new EffectId(trades.sequence(0), trades.ordinal(0)));
        RawBsonDocument document = Documents.document(out -> {
            header.write(out, id);
            Header.units(out, instrument);
            out.writeString(INSTRUMENT, instrument.name());
            out.writeInt64(EPOCH, epoch);
            out.writeDateTime(FIRST_TIME, firstMs);
            out.writeDateTime(LAST_TIME, lastMs);
            out.writeInt64(LAST_SEQUENCE, last.sequence());
            out.writeInt32(LAST_ORDINAL, last.ordinal());
            out.writeInt32(COUNT, trades.count());
            out.writeInt32(CRC, packed.crc());
            Documents.binary(out, COLUMNS, packed.bytes());
        });
        return new Write(collection, id, unlessNewer(epoch, last), document, true, last);
    }

    private BsonDocument unlessNewer(long epoch, EffectId last) {
        BsonDocument olderDrain = new BsonDocument(EPOCH, less("$lt", epoch));
        BsonDocument notLonger = new BsonDocument(EPOCH, new BsonInt64(epoch))
                .append(LAST_SEQUENCE, less("$lte", last.sequence()));
        return new BsonDocument(Field.ID, new BsonString(id)).append("$or",
                new BsonArray(List.of(olderDrain, notLonger)));
    }

    private static BsonDocument less(String operator, long than) {
        return new BsonDocument(operator, new BsonInt64(than));
    }
}
