package com.waickoff.marketdata.feed.bybit;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.JsonCursor;
import com.waickoff.marketdata.feed.Listing;
import com.waickoff.marketdata.feed.ListingPage;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.status.InstrumentState;
import java.math.BigDecimal;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A page of {@code GET /v5/market/instruments-info}:
 *
 * <pre>
 *   {"retCode":0,"result":{"category":"linear","list":[{"symbol":"BTCUSDT","status":"Trading",
 *    "baseCoin":"BTC","quoteCoin":"USDT","priceFilter":{"tickSize":"0.10"},
 *    "lotSizeFilter":{"qtyStep":"0.001"}}],"nextPageCursor":""}}
 * </pre>
 *
 * <p>{@code priceScale} is not looked at: it is not the tick's. Cold: allocates.
 */
final class BybitListings {
    private final Venue venue;
    private final Predicate<String> wanted;
    private final ListingPage page;
    private final JsonCursor cursor = new JsonCursor();
    private String nextPage = "";
    private String symbol = "";
    private String status = "";
    private String base = "";
    private String quote = "";
    private @Nullable BigDecimal tick;
    private @Nullable BigDecimal lot;

    BybitListings(Venue venue, Predicate<String> wanted, ListingPage page) {
        this.venue = venue;
        this.wanted = wanted;
        this.page = page;
    }

    /** Reads the page; what stands before something unusable is kept. @return the next one's cursor */
    String read(long address, int length) {
        cursor.wrap(address, length);
        if (cursor.next() != JsonCursor.BEGIN_OBJECT) {
            page.problem("instruments-info is no object");
            return "";
        }
        while (cursor.next() == JsonCursor.KEY) {
            if (cursor.textIs("retCode")) {
                if (!cursor.nextText().equals("0")) {
                    page.problem("instruments-info was refused");
                }
            } else if (!cursor.textIs("result")) {
                cursor.skipValue();
            } else if (cursor.next() == JsonCursor.BEGIN_OBJECT) {
                readResult();
            }
        }
        if (cursor.error() != JsonCursor.NO_ERROR) {
            page.problem("instruments-info is malformed");
        }
        return nextPage;
    }

    private void readResult() {
        while (cursor.next() == JsonCursor.KEY) {
            if (cursor.textIs("nextPageCursor")) {
                nextPage = cursor.nextText();
            } else if (!cursor.textIs("list")) {
                cursor.skipValue();
            } else if (cursor.next() == JsonCursor.BEGIN_ARRAY) {
                while (cursor.next() == JsonCursor.BEGIN_OBJECT) {
                    readInstrument();
                }
            }
        }
    }

    private void readInstrument() {
        symbol = "";
        status = "";
        base = "";
        quote = "";
        tick = null;
        lot = null;
        boolean isWanted = true;
        while (isWanted && cursor.next() == JsonCursor.KEY) {
            boolean isNamed = !symbol.isEmpty();
            readMember();
            isWanted = isNamed || symbol.isEmpty() || wanted.test(symbol);
        }
        if (!isWanted) {
            cursor.skipOut(1); // most of a long list is nobody's business
        }
        if (cursor.error() != JsonCursor.NO_ERROR || symbol.isEmpty()) {
            return; // cut off in the middle, perhaps of a number
        }
        if (isWanted) {
            page.add(new Listing(symbol, state(status), status, definition()));
        } else {
            page.addOther(symbol);
        }
    }

    private void readMember() {
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

    private @Nullable Instrument definition() {
        if (tick == null || lot == null || base.isEmpty() || quote.isEmpty()) {
            return null;
        }
        try {
            return InstrumentSource.of(venue, symbol, tick, lot, base, quote);
        } catch (IllegalArgumentException unusable) {
            return null;
        }
    }

    /** Spot knows {@code Trading} only; what is not told is not doubted. */
    private static InstrumentState state(String word) {
        return switch (word) {
            case "Trading", "" -> InstrumentState.TRADING;
            case "PreLaunch", "PendingOpen" -> InstrumentState.PENDING;
            case "Closed" -> InstrumentState.DELISTED;
            default -> InstrumentState.HALTED; // Settling, Delivering
        };
    }
}
