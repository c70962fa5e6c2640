package com.waickoff.marketdata.feed.binance;

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
 * {@code exchangeInfo}:
 *
 * <pre>
 *   {"symbols":[{"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT","filters":[
 *    {"filterType":"PRICE_FILTER","tickSize":"0.01000000"},{"filterType":"LOT_SIZE","stepSize":"0.00001000"}]}]}
 * </pre>
 *
 * <p>Futures settled in coins add {@code "contractSize":100}, what a contract is worth in the quote,
 * and call the status {@code contractStatus}. {@code pricePrecision} is not looked at: it is not the
 * tick's. Cold: allocates.
 */
final class BinanceListings {
    private final Venue venue;
    private final Predicate<String> wanted;
    private final ListingPage page;
    private final JsonCursor cursor = new JsonCursor();
    private String symbol = "";
    private String status = "";
    private String base = "";
    private String quote = "";
    private @Nullable BigDecimal tick;
    private @Nullable BigDecimal lot;
    private @Nullable BigDecimal contractSize;

    BinanceListings(Venue venue, Predicate<String> wanted, ListingPage page) {
        this.venue = venue;
        this.wanted = wanted;
        this.page = page;
    }

    /** Reads the body; what stands before something unusable is kept. */
    void read(long address, int length) {
        cursor.wrap(address, length);
        if (cursor.next() != JsonCursor.BEGIN_OBJECT) {
            page.problem("exchangeInfo is no object");
            return;
        }
        while (cursor.next() == JsonCursor.KEY) {
            if (!cursor.textIs("symbols")) {
                cursor.skipValue();
            } else if (cursor.next() == JsonCursor.BEGIN_ARRAY) {
                while (cursor.next() == JsonCursor.BEGIN_OBJECT) {
                    readInstrument();
                }
            }
        }
        if (cursor.error() != JsonCursor.NO_ERROR) {
            page.problem("exchangeInfo is malformed");
        }
    }

    private void readInstrument() {
        symbol = "";
        status = "";
        base = "";
        quote = "";
        tick = null;
        lot = null;
        contractSize = null;
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
        } else if (cursor.textIs("status") || cursor.textIs("contractStatus")) {
            status = cursor.nextText();
        } else if (cursor.textIs("baseAsset")) {
            base = cursor.nextText();
        } else if (cursor.textIs("quoteAsset")) {
            quote = cursor.nextText();
        } else if (cursor.textIs("contractSize")) {
            contractSize = InstrumentSource.step(cursor.nextText());
        } else if (!cursor.textIs("filters")) {
            cursor.skipValue();
        } else if (cursor.next() == JsonCursor.BEGIN_ARRAY) {
            while (cursor.next() == JsonCursor.BEGIN_OBJECT) {
                readFilter();
            }
        }
    }

    /** A filter; its type may stand behind its values. */
    private void readFilter() {
        String type = "";
        String tickSize = "";
        String stepSize = "";
        while (cursor.next() == JsonCursor.KEY) {
            if (cursor.textIs("filterType")) {
                type = cursor.nextText();
            } else if (cursor.textIs("tickSize")) {
                tickSize = cursor.nextText();
            } else if (cursor.textIs("stepSize")) {
                stepSize = cursor.nextText();
            } else {
                cursor.skipValue();
            }
        }
        if (type.equals("PRICE_FILTER")) {
            tick = InstrumentSource.step(tickSize);
        } else if (type.equals("LOT_SIZE")) {
            lot = InstrumentSource.step(stepSize);
        }
    }

    private @Nullable Instrument definition() {
        if (tick == null || lot == null || base.isEmpty() || quote.isEmpty()
                || (venue.isInverse() && contractSize == null)) {
            return null;
        }
        try {
            return InstrumentSource.of(venue, symbol, tick, lot, base, quote,
                    contractSize == null ? BigDecimal.ONE : contractSize);
        } catch (IllegalArgumentException unusable) {
            return null;
        }
    }

    /** What is not told is not doubted. */
    private static InstrumentState state(String word) {
        return switch (word) {
            case "TRADING", "" -> InstrumentState.TRADING;
            case "PENDING_TRADING", "PRE_TRADING" -> InstrumentState.PENDING;
            case "DELIVERED", "CLOSE" -> InstrumentState.DELISTED;
            // END_OF_DAY, HALT, BREAK, CANCEL_ONLY; PRE_DELIVERING, DELIVERING, PRE_SETTLE, SETTLING
            default -> InstrumentState.HALTED;
        };
    }
}
