package com.waickoff.marketdata.feed;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What venues say was traded of their symbols. Cold: allocates. Threads: pure. */
public final class Turnovers {
    private static final String SYMBOL = "symbol";
    private static final Pattern PLAIN = Pattern.compile("[0-9]{1,24}(\\.[0-9]{1,24})?");

    private Turnovers() {}

    /**
     * Reads an array of objects, before which the cursor stands: {@code [{"symbol":"BTCUSDT",…},…]}.
     *
     * @param key of the amount in each object
     * @return by symbol; what is no plain number counts as nothing
     */
    public static Map<String, BigDecimal> read(JsonCursor cursor, String key) {
        Map<String, BigDecimal> turnovers = new HashMap<>();
        if (cursor.next() != JsonCursor.BEGIN_ARRAY) {
            return turnovers;
        }
        while (cursor.next() == JsonCursor.BEGIN_OBJECT) {
            String symbol = "";
            String amount = "";
            while (cursor.next() == JsonCursor.KEY) {
                if (cursor.textIs(SYMBOL)) {
                    symbol = cursor.nextText();
                } else if (cursor.textIs(key)) {
                    amount = cursor.nextText();
                } else {
                    cursor.skipValue();
                }
            }
            turnovers.put(symbol, PLAIN.matcher(amount).matches() ? new BigDecimal(amount)
                    : BigDecimal.ZERO);
        }
        return turnovers;
    }
}
