package com.waickoff.marketdata.feed.binance;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.JsonCursor;
import com.waickoff.marketdata.feed.Venue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code exchangeInfo}: definitions of the symbols that are wanted.
 *
 * <pre>
 *   {"symbols":[{"symbol":"BTCUSDT","baseAsset":"BTC","quoteAsset":"USDT","filters":[
 *    {"filterType":"PRICE_FILTER","tickSize":"0.01000000"},{"filterType":"LOT_SIZE","stepSize":"0.00001000"}]}]}
 * </pre>
 *
 * <p>Futures settled in coins add {@code "contractSize":100}: what a contract is worth in the quote.
 * {@code pricePrecision} is not looked at: it is not the tick's. Cold: allocates.
 */
final class BinanceMetadata {
    private final Venue venue;
    private final Set<String> wanted;
    private final JsonCursor cursor = new JsonCursor();
    private final List<Instrument> definitions = new ArrayList<>();
    private String problem = "";
    private String symbol = "";
    private String base = "";
    private String quote = "";
    private @Nullable BigDecimal tick;
    private @Nullable BigDecimal lot;
    private @Nullable BigDecimal contractSize;

    BinanceMetadata(Venue venue, List<String> wanted) {
        this.venue = venue;
        this.wanted = new HashSet<>(wanted);
    }

    /** The definitions found. */
    List<Instrument> definitions() {
        return definitions;
    }

    /** What is wrong where {@link #read} says so. */
    String problem() {
        return problem;
    }

    /** Reads the body; what stands before something unusable is kept. */
    boolean read(long address, int length) {
        cursor.wrap(address, length);
        if (cursor.next() != JsonCursor.BEGIN_OBJECT) {
            problem = "exchangeInfo is no object";
            return false;
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
            problem = "exchangeInfo is malformed";
        }
        return problem.isEmpty();
    }

    private void readInstrument() {
        symbol = "";
        base = "";
        quote = "";
        tick = null;
        lot = null;
        contractSize = null;
        while (cursor.next() == JsonCursor.KEY) {
            if (cursor.textIs("symbol")) {
                symbol = text();
            } else if (cursor.textIs("baseAsset")) {
                base = text();
            } else if (cursor.textIs("quoteAsset")) {
                quote = text();
            } else if (cursor.textIs("contractSize")) {
                contractSize = InstrumentSource.step(text());
            } else if (!cursor.textIs("filters")) {
                cursor.skipValue();
            } else if (cursor.next() == JsonCursor.BEGIN_ARRAY) {
                while (cursor.next() == JsonCursor.BEGIN_OBJECT) {
                    readFilter();
                }
            }
        }
        if (wanted.contains(symbol)) {
            define();
        }
    }

    /** A filter; its type may stand behind its values. */
    private void readFilter() {
        String type = "";
        String tickSize = "";
        String stepSize = "";
        while (cursor.next() == JsonCursor.KEY) {
            if (cursor.textIs("filterType")) {
                type = text();
            } else if (cursor.textIs("tickSize")) {
                tickSize = text();
            } else if (cursor.textIs("stepSize")) {
                stepSize = text();
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

    private void define() {
        if (tick == null || lot == null || base.isEmpty() || quote.isEmpty()
                || (venue.isInverse() && contractSize == null)) {
            problem = "exchangeInfo lacks tick, step or currency of a wanted symbol";
            return;
        }
        try {
            definitions.add(InstrumentSource.of(venue, symbol, tick, lot, base, quote,
                    contractSize == null ? BigDecimal.ONE : contractSize));
        } catch (IllegalArgumentException e) {
            problem = "exchangeInfo has an unusable tick or step of a wanted symbol";
        }
    }

    /** The text of the value that comes next; empty if it is none. */
    private String text() {
        int token = cursor.next();
        if (token == JsonCursor.BEGIN_OBJECT || token == JsonCursor.BEGIN_ARRAY) {
            cursor.skipOut(1);
        }
        return token == JsonCursor.STRING || token == JsonCursor.NUMBER
                ? Ascii.text(cursor.textAddress(), cursor.textLength())
                : "";
    }
}
