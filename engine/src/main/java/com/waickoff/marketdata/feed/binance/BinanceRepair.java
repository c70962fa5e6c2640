package com.waickoff.marketdata.feed.binance;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.feed.FeedEvents;
import com.waickoff.marketdata.feed.JsonCursor;
import com.waickoff.marketdata.feed.RepairSettings;
import com.waickoff.marketdata.feed.TradeGaps;
import com.waickoff.marketdata.feed.TradeRepair;
import com.waickoff.marketdata.feed.VenueTransport;
import com.waickoff.marketdata.status.CounterBlock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Fetches missing trades by their ids:
 *
 * <pre>
 *   tape         market    asked for
 *   aggregates   any       aggTrades from the first missing id
 *   trades       spot      historicalTrades from the first missing id
 *   trades       futures   trades, the newest there are; where these begin after what is missing,
 *                          aggTrades from shortly before the last trade, then from aggregate to aggregate
 *                          (historicalTrades wants a key there)
 * </pre>
 *
 * <p>A request costs the same for one trade and for a thousand, so it asks for as many as there may be:
 * gaps that lie close together are filled by one answer.
 *
 * <p>Where aggregates stand in for trades, an aggregate that holds received trades too is told without
 * them: its quantity less theirs. Ids between two aggregates that follow each other, or between two of
 * the newest trades, belong to prints that are no book trades, which both leave out. An aggregate tells
 * the time of its first fill alone: where others of it may have been matched in the next minute it
 * cannot be said which window they are of, and they stay missing, declared.
 *
 * <p>Threads: the feed thread.
 */
final class BinanceRepair extends TradeRepair<BinanceInstrument> {
    private static final int MOST_ROWS = 1000;
    private static final int HEAD = 0;
    private static final long NS_PER_MS = 1_000_000L;
    /** Fills of an aggregate are told at the time of the first: others are so much later at most. */
    private static final long AGGREGATE_MS = 101;
    /** How much before the last trade is begun, because that may be within an aggregate. */
    private static final long BEFORE_MS = 200;
    /** How far back is looked where the time of the last trade is not known: after a restart. */
    private static final long UNKNOWN_START_MS = 600_000;
    /** The shortest windows. */
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long NONE = -1;
    private static final long MOST_FILLS = 1 << 16;

    private final Market market;
    private final boolean isAggregateTape;
    private final JsonCursor cursor = new JsonCursor();
    private HistoryRow row = new HistoryRow(); // the one at hand
    private HistoryRow ahead = new HistoryRow(); // the one behind it
    // Of the answer at hand.
    private int rows;
    private long firstFill;
    private long lastFill;
    private long lastAggregate;

    BinanceRepair(Market market, BinanceSettings settings, RepairSettings pace, FeedEvents events,
            VenueTransport transport, CounterBlock counters) {
        super(pace, events, transport, counters);
        this.market = market;
        this.isAggregateTape = settings.tape() == BinanceSettings.Tape.AGG_TRADE;
    }

    /** Whether a request is one for missing trades. */
    boolean isRequest(String url) {
        return url.contains(market.aggregatesPath) || url.contains(market.tradesPath)
                || url.contains(market.newestPath);
    }

    @Override
    protected boolean isWanted(BinanceInstrument instrument) {
        return instrument.gaps().count() > 0;
    }

    @Override
    protected int countAttempt(BinanceInstrument instrument) {
        instrument.nextAggregateId = BinanceInstrument.NO_AGGREGATE;
        instrument.gaps().missed(HEAD);
        return instrument.gaps().attempts(HEAD);
    }

    @Override
    protected void giveUp(BinanceInstrument instrument) {
        instrument.gaps().giveUp(HEAD);
    }

    @Override
    protected String request(BinanceInstrument instrument) {
        TradeGaps gaps = instrument.gaps();
        long first = gaps.firstId(HEAD);
        if (isAggregateTape) {
            return query(market.aggregatesPath, instrument, "fromId", first);
        }
        if (!market.isFutures()) {
            return query(market.tradesPath, instrument, "fromId", first);
        }
        if (gaps.lastId(HEAD) > instrument.beforeNewestId) {
            return market.newestPath + "?symbol=" + symbol(instrument) + "&limit=" + MOST_ROWS;
        }
        if (instrument.nextAggregateId != BinanceInstrument.NO_AGGREGATE) {
            return query(market.aggregatesPath, instrument, "fromId", instrument.nextAggregateId);
        }
        long startMs = gaps.fromNs(HEAD) > 0
                ? gaps.fromNs(HEAD) / NS_PER_MS - BEFORE_MS
                : gaps.toNs(HEAD) / NS_PER_MS - UNKNOWN_START_MS;
        return query(market.aggregatesPath, instrument, "startTime", Math.max(0, startMs));
    }

    private static String query(String path, BinanceInstrument instrument, String from,
            long value) {
        return path + "?symbol=" + symbol(instrument) + '&' + from + '=' + value + "&limit="
                + MOST_ROWS;
    }

    private static String symbol(BinanceInstrument instrument) {
        return URLEncoder.encode(instrument.definition().symbol(), StandardCharsets.UTF_8);
    }

    @Override
    protected @Nullable String take(BinanceInstrument instrument, String url, long address,
            int length) {
        boolean areAggregates = url.contains(market.aggregatesPath);
        if (isAggregateTape && !areAggregates) {
            return null;
        }
        TradeGaps gaps = instrument.gaps();
        long wantedFirst = gaps.count() == 0 ? 0 : gaps.firstId(HEAD);
        long wantedLast = gaps.count() == 0 ? 0 : gaps.lastId(HEAD);
        cursor.wrap(address, length);
        if (cursor.next() != JsonCursor.BEGIN_ARRAY) {
            return "past trades are no array";
        }
        rows = 0;
        firstFill = 0;
        lastFill = NONE;
        lastAggregate = BinanceInstrument.NO_AGGREGATE;
        if (areAggregates && !isAggregateTape) {
            takeFromAggregates(instrument);
        } else {
            takeOneByOne(instrument, url.contains(market.newestPath));
        }
        events.publishTrades();
        if (cursor.error() != JsonCursor.NO_ERROR) {
            return "past trades are malformed";
        }
        finish(instrument, wantedFirst, wantedLast,
                url.contains(market.newestPath) && firstFill > wantedFirst);
        return null;
    }

    private void takeOneByOne(BinanceInstrument instrument, boolean areNewest) {
        while (cursor.next() == JsonCursor.BEGIN_OBJECT) {
            row.read(cursor, instrument.priceScale(), instrument.quantityScale());
            if (isAggregateTape) {
                fillAggregate(instrument);
            } else {
                firstFill = rows == 0 ? row.firstId : firstFill;
                if (areNewest && rows != 0 && isFrom(instrument, lastFill + 1)) {
                    fillOffBook(instrument, lastFill + 1, row.firstId - 1);
                }
                fillTrade(instrument, areNewest ? firstFill : 0);
            }
            rows++;
            lastFill = row.lastId;
            lastAggregate = row.aggregateId;
        }
    }

    /** Whether the newest trades reach back to where the gap of an id begins. */
    private boolean isFrom(BinanceInstrument instrument, long id) {
        int gap = instrument.gaps().find(id);
        return gap == TradeGaps.NONE || instrument.gaps().firstId(gap) >= firstFill;
    }

    /** One is taken when the next one has told its time. */
    private void takeFromAggregates(BinanceInstrument instrument) {
        while (cursor.next() == JsonCursor.BEGIN_OBJECT) {
            ahead.read(cursor, instrument.priceScale(), instrument.quantityScale());
            if (rows != 0) {
                takeFromAggregate(instrument, ahead.matchTimeNs);
            }
            rows++;
            HistoryRow taken = row;
            row = ahead;
            ahead = taken;
        }
        if (rows != 0) {
            takeFromAggregate(instrument, NONE);
        }
    }

    private void takeFromAggregate(BinanceInstrument instrument, long nextTimeNs) {
        if (row.aggregateId >= 0 && row.aggregateId == lastAggregate + 1) {
            fillOffBook(instrument, lastFill + 1, row.firstId - 1);
        }
        fillFromAggregate(instrument, nextTimeNs);
        lastAggregate = row.aggregateId;
        lastFill = row.lastId;
    }

    /** Says whether the answer was of use, and from where to go on. */
    private void finish(BinanceInstrument instrument, long wantedFirst, long wantedLast,
            boolean isAfter) {
        TradeGaps gaps = instrument.gaps();
        boolean isSame = gaps.count() > 0 && gaps.lastId(HEAD) == wantedLast;
        boolean isBehind = lastAggregate >= 0 && lastFill < wantedLast && rows == MOST_ROWS;
        instrument.nextAggregateId = isSame && isBehind
                ? lastAggregate + 1
                : BinanceInstrument.NO_AGGREGATE;
        if (isAfter) {
            instrument.beforeNewestId = wantedLast;
        }
        if (isSame && gaps.firstId(HEAD) == wantedFirst && !isBehind && !isAfter) {
            missed(instrument);
        } else {
            advanced(instrument);
        }
    }

    /**
     * A trade. A gap is filled from its beginning or not at all: what came before would otherwise be
     * told behind what came after.
     *
     * @param leastId at which a gap may begin
     */
    private void fillTrade(BinanceInstrument instrument, long leastId) {
        int gap = instrument.gaps().find(row.firstId);
        if (gap != TradeGaps.NONE && instrument.gaps().firstId(gap) >= leastId && row.isUsable()) {
            if (instrument.fills != null) {
                instrument.fills.add(row.firstId, row.quantity);
            }
            events.fill(instrument, gap, row.matchTimeNs, row.price, row.quantity, row.firstId, 1,
                    0,
                    flags());
        }
    }

    /** An aggregate in a tape of aggregates. */
    private void fillAggregate(BinanceInstrument instrument) {
        int gap = instrument.gaps().find(row.aggregateId);
        if (gap != TradeGaps.NONE && row.isUsable()) {
            events.fill(instrument, gap, row.matchTimeNs, row.price, row.quantity, row.aggregateId,
                    1, row.lastId - row.firstId + 1, flags() | EventFlags.AGGREGATE);
        }
    }

    /**
     * What is missing of an aggregate in a tape of trades. Where its missing ids are not in one piece
     * the first piece bears the quantity of all.
     */
    private void fillFromAggregate(BinanceInstrument instrument, long nextTimeNs) {
        TradeGaps gaps = instrument.gaps();
        if (!row.isUsable() || gaps.firstTouching(row.firstId, row.lastId) == TradeGaps.NONE) {
            return;
        }
        long quantity = missingQuantity(instrument);
        if (quantity <= 0) {
            return; // it cannot be told what has been received of it
        }
        int gap = gaps.firstTouching(row.firstId, row.lastId);
        while (gap != TradeGaps.NONE) {
            long first = Math.max(row.firstId, gaps.firstId(gap));
            long last = Math.min(row.lastId, gaps.lastId(gap));
            long count = last - first + 1;
            if (last > row.firstId && !isWindowSure(nextTimeNs,
                    row.lastId == gaps.lastId(gap) ? gaps.toNs(gap) : 0)) {
                return;
            }
            long matchTimeNs = first == gaps.firstId(gap)
                    ? Math.max(row.matchTimeNs, gaps.fromNs(gap))
                    : row.matchTimeNs;
            events.fill(instrument, gap, matchTimeNs, row.price, quantity, first, count, count,
                    flags() | EventFlags.AGGREGATE | EventFlags.SPAN);
            quantity = 0;
            gap = gaps.firstTouching(last + 1, row.lastId);
        }
    }

    /**
     * Whether all fills of an aggregate were matched in one minute.
     *
     * @param nextTimeNs when the first fill of the next one was matched, negative where unknown
     * @param behindTimeNs the same of the trade behind its last fill, 0 where unknown
     */
    private boolean isWindowSure(long nextTimeNs, long behindTimeNs) {
        long latestNs = row.matchTimeNs + AGGREGATE_MS * NS_PER_MS;
        latestNs = nextTimeNs < 0 ? latestNs : Math.min(latestNs, nextTimeNs);
        latestNs = behindTimeNs <= 0 ? latestNs : Math.min(latestNs, behindTimeNs);
        return row.matchTimeNs / MINUTE_NS >= latestNs / MINUTE_NS;
    }

    private long missingQuantity(BinanceInstrument instrument) {
        TradeGaps gaps = instrument.gaps();
        RecentFills fills = instrument.fills;
        int gap = gaps.find(row.firstId);
        if (gap != TradeGaps.NONE && row.lastId <= gaps.lastId(gap)) {
            return row.quantity;
        }
        if (fills == null || row.lastId - row.firstId >= MOST_FILLS) {
            return RecentFills.UNKNOWN;
        }
        long missing = row.quantity;
        for (long id = row.firstId; id <= row.lastId; id++) {
            if (gaps.find(id) == TradeGaps.NONE) {
                long received = fills.quantity(id);
                if (received == RecentFills.UNKNOWN) {
                    return RecentFills.UNKNOWN;
                }
                missing -= received;
            }
        }
        return missing;
    }

    /** Ids that no aggregate has. */
    private void fillOffBook(BinanceInstrument instrument, long firstId, long lastId) {
        TradeGaps gaps = instrument.gaps();
        int gap = gaps.firstTouching(firstId, lastId);
        while (gap != TradeGaps.NONE) {
            long first = Math.max(firstId, gaps.firstId(gap));
            long last = Math.min(lastId, gaps.lastId(gap));
            events.fill(instrument, gap, row.matchTimeNs, 0, 0, first, last - first + 1,
                    last - first + 1, EventFlags.OFF_BOOK | EventFlags.SPAN);
            gap = gaps.firstTouching(last + 1, lastId);
        }
    }

    private int flags() {
        return (row.buyerIsMaker ? 0 : EventFlags.BUY) | (row.isRpi ? EventFlags.RPI : 0);
    }
}
