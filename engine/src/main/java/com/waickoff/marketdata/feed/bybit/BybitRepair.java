package com.waickoff.marketdata.feed.bybit;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.feed.FeedEvents;
import com.waickoff.marketdata.feed.JsonCursor;
import com.waickoff.marketdata.feed.RepairSettings;
import com.waickoff.marketdata.feed.TradeRepair;
import com.waickoff.marketdata.feed.VenueTime;
import com.waickoff.marketdata.feed.VenueTransport;
import com.waickoff.marketdata.status.CounterBlock;
import org.jspecify.annotations.Nullable;

/**
 * Fetches missing trades by overlap: the venue tells its newest trades and nothing older, so a hole
 * can be filled only if the answer holds the last trade before it and the first one behind it. Then
 * everything unknown between the two is what was missing.
 *
 * <pre>
 *   {"execId":"…","symbol":"BTCUSDT","price":"16618.49","size":"0.00012","side":"Buy",
 *    "time":"1672052955758","isBlockTrade":false,"isRPITrade":false,"seq":"123456"}
 * </pre>
 *
 * <p>Threads: the feed thread.
 */
final class BybitRepair extends TradeRepair<BybitInstrument> {
    private static final int NOWHERE = -1;

    private final Category category;
    private final JsonCursor cursor = new JsonCursor();
    private final BybitRecentTrades recentTrades = new BybitRecentTrades(cursor, this::noteRow);
    private final long[] rows; // where they begin, newest first
    private int rowCount;
    // The row at hand.
    private long id64;
    private long matchTimeNs;
    private long price;
    private long quantity;
    private long sequence;
    private int flags;
    private boolean isSided;

    BybitRepair(Category category, RepairSettings pace, FeedEvents events,
            VenueTransport transport, CounterBlock counters) {
        super(pace, events, transport, counters);
        this.category = category;
        this.rows = new long[category.mostRecentTrades];
    }

    @Override
    protected boolean isWanted(BybitInstrument instrument) {
        return instrument.gap().isWanted();
    }

    @Override
    protected int countAttempt(BybitInstrument instrument) {
        return instrument.gap().missed();
    }

    @Override
    protected void giveUp(BybitInstrument instrument) {
        instrument.gap().end();
    }

    @Override
    protected String request(BybitInstrument instrument) {
        return BybitRecentTrades.path(category, instrument.definition().symbol()) + "&limit="
                + category.mostRecentTrades;
    }

    @Override
    protected @Nullable String take(BybitInstrument instrument, String url, long address,
            int length) {
        rowCount = 0;
        if (!recentTrades.read(address, length)) {
            return "recent trades are malformed or refused";
        }
        if (!instrument.gap().isWanted()) {
            advanced(instrument);
            return null;
        }
        long end = address + length;
        int before = find(instrument, instrument.gap().beforeId(), end);
        int after = find(instrument, instrument.gap().afterId(), end);
        if (before == NOWHERE && after != NOWHERE) {
            gaveUp(instrument); // it is too old by now, and gets older
        } else if (before == NOWHERE || after == NOWHERE || after > before) {
            missed(instrument);
        } else if (fill(instrument, before, after, end)) {
            events.filled(instrument, instrument.gap().fromNs());
            instrument.gap().end();
            advanced(instrument);
        } else {
            missed(instrument);
        }
        return null;
    }

    /**
     * Publishes what is unknown, oldest first, and says whether that was all: between the two rows, and
     * behind them what is older than the last trade, which should have been received by now.
     */
    private boolean fill(BybitInstrument instrument, int before, int after, long end) {
        boolean isWhole = true;
        for (int i = before - 1; i >= 0; i--) {
            readRow(instrument, rows[i], end);
            if (i <= after && matchTimeNs >= instrument.lastMatchNs()) {
                continue; // known, or on its way
            }
            boolean isUsable = isSided && matchTimeNs >= 0 && price >= 0 && quantity >= 0;
            if (!isUsable) {
                isWhole = false;
            } else if (events.isMissing(instrument, id64)) {
                boolean isOffBook = price == 0 || quantity == 0;
                events.fill(instrument, matchTimeNs, price, quantity, id64, sequence,
                        isOffBook ? flags | EventFlags.OFF_BOOK : flags);
            }
        }
        events.publishTrades();
        return isWhole;
    }

    private int find(BybitInstrument instrument, long wanted, long end) {
        for (int i = 0; i < rowCount; i++) {
            readRow(instrument, rows[i], end);
            if (id64 == wanted) {
                return i;
            }
        }
        return NOWHERE;
    }

    private void noteRow() {
        if (rowCount < rows.length) {
            rows[rowCount++] = cursor.position() - 1;
        }
        cursor.skipOut(1);
    }

    private void readRow(BybitInstrument instrument, long address, long end) {
        id64 = 0;
        matchTimeNs = -1;
        price = -1;
        quantity = -1;
        sequence = 0;
        flags = 0;
        isSided = false;
        cursor.wrap(address, (int) (end - address));
        cursor.next();
        while (cursor.next() == JsonCursor.KEY) {
            readMember(instrument);
        }
    }

    private void readMember(BybitInstrument instrument) {
        boolean isId = cursor.textIs("execId");
        boolean isTime = cursor.textIs("time");
        boolean isPrice = cursor.textIs("price");
        boolean isSize = cursor.textIs("size");
        boolean isSide = cursor.textIs("side");
        boolean isBlock = cursor.textIs("isBlockTrade");
        boolean isRpi = cursor.textIs("isRPITrade");
        boolean isSequence = cursor.textIs("seq");
        int token = cursor.next();
        long address = cursor.textAddress();
        int length = cursor.textLength();
        if (token == JsonCursor.BEGIN_OBJECT || token == JsonCursor.BEGIN_ARRAY) {
            cursor.skipOut(1);
        } else if (token == JsonCursor.TRUE) {
            flags |= (isBlock ? EventFlags.BLOCK : 0) | (isRpi ? EventFlags.RPI : 0);
        } else if (token != JsonCursor.STRING && token != JsonCursor.NUMBER) {
            return;
        } else if (isId) {
            id64 = TradeIds.of(address, length);
        } else if (isTime) {
            matchTimeNs = VenueTime.parse(address, length);
        } else if (isPrice) {
            price = Decimal.parse(address, length, instrument.priceScale());
        } else if (isSize) {
            quantity = Decimal.parse(address, length, instrument.quantityScale());
        } else if (isSide) {
            boolean isBuy = cursor.textWord() == Ascii.word("Buy");
            isSided = isBuy || cursor.textWord() == Ascii.word("Sell");
            flags |= isBuy ? EventFlags.BUY : 0;
        } else if (isSequence) {
            sequence = Math.max(0, Decimal.parse(address, length, 0));
        }
    }
}
