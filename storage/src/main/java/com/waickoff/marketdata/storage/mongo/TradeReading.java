package com.waickoff.marketdata.storage.mongo;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.waickoff.marketdata.storage.effect.EffectId;
import com.waickoff.marketdata.storage.history.Cursor;
import com.waickoff.marketdata.storage.history.HistoryException;
import com.waickoff.marketdata.storage.history.HistoryException.Kind;
import com.waickoff.marketdata.storage.history.HistoryTrade;
import com.waickoff.marketdata.storage.history.Page;
import com.waickoff.marketdata.storage.history.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Trades of one instrument, day after day and bucket after bucket.
 *
 * <p>Threads: one.
 */
final class TradeReading {
    /** Longest range: each day is another collection. */
    private static final long MOST_DAYS = 31;
    private static final long MS_PER_DAY = 86_400_000L;
    private static final long NS_PER_MS = 1_000_000L;
    private static final int BUCKETS_AT_ONCE = 4;
    private static final int BUCKET_BYTES = 1 << 20;
    /** What a trade counts for in a page. */
    private static final int TRADE_BYTES = 72;

    private final Questions questions;
    private final String instrument;
    private final LongSupplier epochMs;
    private final List<HistoryTrade> trades = new ArrayList<>();
    private @Nullable Place last;

    /** A trade that was given out: its collection, its bucket, and which one of that it is. */
    private record Place(String collection, String bucket, EffectId trade) {
        private static final String MARK = "|";

        String toText() {
            return collection + MARK + bucket + MARK + trade;
        }

        static Place of(String text) throws HistoryException {
            String[] parts = text.split("\\" + MARK, -1);
            if (parts.length != 3) {
                throw new HistoryException(Kind.BAD_CURSOR, "this cursor is no trades'");
            }
            return new Place(parts[0], parts[1], EffectId.parse(parts[2]));
        }
    }

    TradeReading(Questions questions, String instrument, LongSupplier epochMs) {
        this.questions = questions;
        this.instrument = instrument;
        this.epochMs = epochMs;
    }

    Page<HistoryTrade> page(PageRequest request) throws HistoryException {
        long firstDay = Math.floorDiv(request.fromMs(), MS_PER_DAY);
        long endDay = Math.ceilDiv(request.toMs(), MS_PER_DAY);
        if (endDay - firstDay > MOST_DAYS) {
            throw new HistoryException(Kind.RANGE_TOO_LARGE, "trades of " + (endDay - firstDay)
                    + " days were asked for; at most " + MOST_DAYS + " are answered");
        }
        String question = "trades " + instrument + ' ' + request.fromMs() + ' ' + request.toMs();
        int most = Math.min(request.limit(), Math.max(1, request.maxBytes() / TRADE_BYTES));
        Place after = after(request.cursor(), question);
        for (long day = firstDay; day < endDay; day++) {
            String collection = DocumentIds.tradeCollection(day * MS_PER_DAY);
            int order = after == null ? 1 : collection.compareTo(after.collection());
            if (order >= 0 && readDay(collection, request, order == 0 ? after : null, most)) {
                Place place = last;
                return new Page<>(trades, place == null ? null
                        : new Cursor(questions.generation(), epochMs.getAsLong(), place.toText())
                                .encode(question));
            }
        }
        return new Page<>(trades, null);
    }

    private @Nullable Place after(@Nullable String cursor, String question)
            throws HistoryException {
        if (cursor == null) {
            return null;
        }
        Place after = Place.of(Cursor.decode(cursor, question, questions.generation(),
                epochMs.getAsLong()).position());
        boolean isThere = !questions.askOnly(after.collection(),
                Filters.eq(Field.ID, after.bucket()), Sorts.ascending(Field.ID), 1,
                List.of(Field.V)).isEmpty();
        if (!isThere) {
            throw new HistoryException(Kind.CURSOR_EXPIRED,
                    "the trades that this cursor pointed into are no longer kept");
        }
        return after;
    }

    /** Whether there is more than fits, in this day. */
    private boolean readDay(String collection, PageRequest request, @Nullable Place after,
            int most) throws HistoryException {
        String from = after == null ? instrument + ':' : after.bucket();
        boolean included = true;
        while (true) {
            List<BsonDocument> buckets = questions.ask(collection, Filters.and(
                    included ? Filters.gte(Field.ID, from) : Filters.gt(Field.ID, from),
                    Filters.lt(Field.ID, DocumentIds.behind(instrument + ':')),
                    Filters.eq(TradeBucket.INSTRUMENT, instrument),
                    Filters.gte(TradeBucket.LAST_TIME, new BsonDateTime(request.fromMs())),
                    Filters.lt(TradeBucket.FIRST_TIME, new BsonDateTime(request.toMs()))),
                    Sorts.ascending(Field.ID), BUCKETS_AT_ONCE, BUCKET_BYTES);
            for (BsonDocument bucket : buckets) {
                from = Documents.textOf(bucket, Field.ID);
                boolean isFirst = after != null && from.equals(after.bucket());
                if (read(collection, bucket, request, isFirst ? after : null, most)) {
                    return true;
                }
            }
            included = false;
            if (buckets.isEmpty()) {
                return false;
            }
        }
    }

    private boolean read(String collection, BsonDocument bucket, PageRequest request,
            @Nullable Place after, int most) {
        TradeColumns columns = TradeBucket.columns(bucket);
        String id = Documents.textOf(bucket, Field.ID);
        int priceScale = Documents.intOf(bucket, Field.PRICE_SCALE);
        int quantityScale = Documents.intOf(bucket, Field.QUANTITY_SCALE);
        for (int i = 0; i < columns.count(); i++) {
            EffectId trade = new EffectId(columns.sequence(i), columns.ordinal(i));
            long matchMs = Math.floorDiv(columns.matchNs(i), NS_PER_MS);
            boolean wanted = matchMs >= request.fromMs() && matchMs < request.toMs()
                    && (after == null || after.trade().isBefore(trade));
            if (wanted) {
                if (trades.size() == most) {
                    return true;
                }
                last = new Place(collection, id, trade);
                trades.add(new HistoryTrade(trade.sequence(), trade.ordinal(),
                        columns.matchNs(i), columns.receiveNs(i), columns.price(i),
                        columns.quantity(i), columns.tradeId(i), columns.aux(i),
                        columns.flags(i), priceScale, quantityScale));
            }
        }
        return false;
    }
}
