package com.waickoff.marketdata.feed.binance;

import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.JsonCursor;
import com.waickoff.marketdata.feed.ListingReader;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.status.InstrumentState;
import java.math.BigDecimal;

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
 * tick's.
 */
final class BinanceListings extends ListingReader {
    BinanceListings(Venue venue) {
        super(venue, "exchangeInfo", venue.isInverse() ? null : BigDecimal.ONE);
    }

    @Override
    protected boolean enterArray() {
        return cursor.seekMember("symbols") && cursor.next() == JsonCursor.BEGIN_ARRAY;
    }

    @Override
    protected void readMember() {
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

    @Override
    protected InstrumentState state(String word) {
        return switch (word) {
            case "TRADING", "" -> InstrumentState.TRADING;
            case "PENDING_TRADING", "PRE_TRADING" -> InstrumentState.PENDING;
            case "DELIVERED", "CLOSE" -> InstrumentState.DELISTED;
            // END_OF_DAY, HALT, BREAK, CANCEL_ONLY; PRE_DELIVERING, DELIVERING, PRE_SETTLE, SETTLING
            default -> InstrumentState.HALTED;
        };
    }
}
