package com.waickoff.marketdata.feed.bybit;

import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.JsonCursor;
import com.waickoff.marketdata.feed.ListingReader;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.status.InstrumentState;
import java.math.BigDecimal;
import java.util.function.UnaryOperator;

/**
 * A page of {@code GET /v5/market/instruments-info}:
 *
 * <pre>
 *   {"retCode":0,"result":{"category":"linear","list":[{"symbol":"BTCUSDT","status":"Trading",
 *    "baseCoin":"BTC","quoteCoin":"USDT","priceFilter":{"tickSize":"0.10"},
 *    "lotSizeFilter":{"qtyStep":"0.001"}}],"nextPageCursor":""}}
 * </pre>
 *
 * <p>{@code priceScale} is not looked at: it is not the tick's.
 */
final class BybitListings extends ListingReader {
    private final UnaryOperator<String> pageAt;
    private boolean isInResult;

    /** @param pageAt path and query of the page at a cursor of the venue */
    BybitListings(Venue venue, UnaryOperator<String> pageAt) {
        super(venue, "instruments-info", BigDecimal.ONE);
        this.pageAt = pageAt;
    }

    @Override
    public void begin(long address, int length) {
        super.begin(address, length);
        isInResult = false;
    }

    @Override
    protected boolean enterArray() {
        int token = cursor.next();
        while (token == JsonCursor.KEY || (token == JsonCursor.END_OBJECT && isInResult)) {
            if (token == JsonCursor.END_OBJECT) {
                isInResult = false;
            } else if (isInResult && cursor.textIs("list")) {
                return cursor.next() == JsonCursor.BEGIN_ARRAY;
            } else if (isInResult && cursor.textIs("nextPageCursor")) {
                String next = cursor.nextText();
                page().nextPage(next.isEmpty() ? "" : pageAt.apply(next));
            } else if (!isInResult && cursor.textIs("result")) {
                isInResult = cursor.next() == JsonCursor.BEGIN_OBJECT;
            } else if (!isInResult && cursor.textIs("retCode")) {
                if (!cursor.nextText().equals("0")) {
                    refused();
                }
            } else {
                cursor.skipValue();
            }
            token = cursor.next();
        }
        return false;
    }

    @Override
    protected void readMember() {
        if (cursor.textIs("symbol")) {
            symbol = cursor.nextText();
        } else if (cursor.textIs("status")) {
            status = cursor.nextText();
        } else if (cursor.textIs("baseCoin")) {
            base = cursor.nextText();
        } else if (cursor.textIs("quoteCoin")) {
            quote = cursor.nextText();
        } else if (cursor.textIs("priceFilter") || cursor.textIs("lotSizeFilter")) {
            readFilter();
        } else {
            cursor.skipValue();
        }
    }

    private void readFilter() {
        if (cursor.next() != JsonCursor.BEGIN_OBJECT) {
            return;
        }
        while (cursor.next() == JsonCursor.KEY) {
            if (cursor.textIs("tickSize")) {
                tick = InstrumentSource.step(cursor.nextText());
            } else if (cursor.textIs("qtyStep") || cursor.textIs("basePrecision")) {
                lot = InstrumentSource.step(cursor.nextText());
            } else {
                cursor.skipValue();
            }
        }
    }

    /** Spot knows {@code Trading} only. */
    @Override
    protected InstrumentState state(String word) {
        return switch (word) {
            case "Trading", "" -> InstrumentState.TRADING;
            case "PreLaunch", "PendingOpen" -> InstrumentState.PENDING;
            case "Closed" -> InstrumentState.DELISTED;
            default -> InstrumentState.HALTED; // Settling, Delivering
        };
    }
}
