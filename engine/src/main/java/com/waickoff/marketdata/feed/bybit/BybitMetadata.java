package com.waickoff.marketdata.feed.bybit;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.JsonCursor;
import com.waickoff.marketdata.feed.Venue;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page of {@code GET /v5/market/instruments-info}: definitions of the symbols that are wanted.
 *
 * <pre>
 *   {"retCode":0,"result":{"category":"linear","list":[{"symbol":"BTCUSDT","baseCoin":"BTC",
 *    "quoteCoin":"USDT","priceFilter":{"tickSize":"0.10"},"lotSizeFilter":{"qtyStep":"0.001"}}],
 *    "nextPageCursor":""}}
 * </pre>
 *
 * <p>{@code priceScale} is not looked at: it is not the tick's. Cold: allocates.
 */
final class BybitMetadata {
    static final String PATH = "/v5/market/instruments-info";

    private static final Pattern ENCODED = Pattern
            .compile("([A-Za-z0-9._~:,*-]|%[0-9A-Fa-f]{2})+");

    private final Venue venue;
    private final Set<String> wanted;
    private final JsonCursor cursor = new JsonCursor();
    private final List<Instrument> definitions = new ArrayList<>();
    private String nextPage = "";
    private String problem = "";
    private @Nullable String symbol;
    private @Nullable String base;
    private @Nullable String quote;
    private @Nullable BigDecimal tick;
    private @Nullable BigDecimal lot;

    BybitMetadata(Venue venue, List<String> wanted) {
        this.venue = venue;
        this.wanted = new HashSet<>(wanted);
    }

    /** What to ask for; {@code page} is the cursor of the page before, empty for the first. */
    static String path(Category category, String page) {
        String path = PATH + "?category=" + category.code + "&limit=1000";
        if (page.isEmpty()) {
            return path;
        }
        // The venue gives cursors in the form that is to be asked for; older ones needed encoding.
        boolean isEncoded = ENCODED.matcher(page).matches();
        return path + "&cursor="
                + (isEncoded ? page : URLEncoder.encode(page, StandardCharsets.UTF_8));
    }

    /** Definitions on this page. */
    List<Instrument> definitions() {
        return definitions;
    }

    /** Cursor of the next page; empty after the last. */
    String nextPage() {
        return nextPage;
    }

    /** What is wrong where {@link #read} says so. */
    String problem() {
        return problem;
    }

    /** Reads a page; what stands before something unusable is kept. */
    boolean read(long address, int length) {
        cursor.wrap(address, length);
        if (cursor.next() != JsonCursor.BEGIN_OBJECT) {
            problem = "instruments-info is no object";
            return false;
        }
        while (cursor.next() == JsonCursor.KEY) {
            if (cursor.textIs("retCode")) {
                if (!text().equals("0")) {
                    problem = "instruments-info was refused";
                }
            } else if (!cursor.textIs("result")) {
                cursor.skipValue();
            } else if (cursor.next() == JsonCursor.BEGIN_OBJECT) {
                readResult();
            }
        }
        if (cursor.error() != JsonCursor.NO_ERROR) {
            problem = "instruments-info is malformed";
        }
        return problem.isEmpty();
    }

    private void readResult() {
        while (cursor.next() == JsonCursor.KEY) {
            if (cursor.textIs("nextPageCursor")) {
                nextPage = text();
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
        symbol = null;
        base = null;
        quote = null;
        tick = null;
        lot = null;
        while (cursor.next() == JsonCursor.KEY) {
            if (cursor.textIs("symbol")) {
                symbol = text();
            } else if (cursor.textIs("baseCoin")) {
                base = text();
            } else if (cursor.textIs("quoteCoin")) {
                quote = text();
            } else if (cursor.textIs("priceFilter") || cursor.textIs("lotSizeFilter")) {
                readFilter();
            } else {
                cursor.skipValue();
            }
        }
        if (symbol != null && wanted.contains(symbol)) {
            define(symbol);
        }
    }

    private void readFilter() {
        if (cursor.next() != JsonCursor.BEGIN_OBJECT) {
            return;
        }
        while (cursor.next() == JsonCursor.KEY) {
            if (cursor.textIs("tickSize")) {
                tick = step();
            } else if (cursor.textIs("qtyStep") || cursor.textIs("basePrecision")) {
                lot = step();
            } else {
                cursor.skipValue();
            }
        }
    }

    private void define(String known) {
        if (tick == null || lot == null || base == null || quote == null) {
            problem = "instruments-info lacks tick, step or currency of a wanted symbol";
            return;
        }
        try {
            definitions.add(InstrumentSource.of(venue, known, tick, lot, base, quote));
        } catch (IllegalArgumentException e) {
            problem = "instruments-info has an unusable tick or step of a wanted symbol";
        }
    }

    private @Nullable BigDecimal step() {
        return InstrumentSource.step(text());
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
