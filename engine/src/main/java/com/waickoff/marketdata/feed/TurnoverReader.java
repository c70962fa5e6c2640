package com.waickoff.marketdata.feed;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads what a venue says was traded of its symbols: {@code [{"symbol":"BTCUSDT",…},…]}.
 *
 * <p>Cold: allocates. Threads: the feed thread.
 */
public final class TurnoverReader extends AnswerReader {
    private static final String SYMBOL = "symbol";
    private static final Pattern PLAIN = Pattern.compile("[0-9]{1,24}(\\.[0-9]{1,24})?");

    private final String amountKey;
    private final String[] way;
    private Map<String, BigDecimal> turnovers = new HashMap<>();
    private boolean isEntered;

    /**
     * A reader of nothing yet.
     *
     * @param amountKey of the amount in each object
     * @param way keys of the objects around the array, the outermost first
     */
    public TurnoverReader(String amountKey, String... way) {
        this.amountKey = amountKey;
        this.way = way.clone();
    }

    @Override
    public void begin(long address, int length) {
        super.begin(address, length);
        turnovers = new HashMap<>();
        isEntered = false;
    }

    /** By symbol; what is no plain number counts as nothing. Empty if it cannot be read. */
    public Map<String, BigDecimal> turnovers() {
        return turnovers;
    }

    @Override
    protected boolean enterArray() {
        if (isEntered) {
            return false;
        }
        isEntered = true;
        for (String key : way) {
            if (cursor.next() != JsonCursor.BEGIN_OBJECT || !cursor.seekMember(key)) {
                return false;
            }
        }
        return cursor.next() == JsonCursor.BEGIN_ARRAY;
    }

    @Override
    protected void readObject() {
        String symbol = "";
        String amount = "";
        while (cursor.next() == JsonCursor.KEY) {
            if (cursor.textIs(SYMBOL)) {
                symbol = cursor.nextText();
            } else if (cursor.textIs(amountKey)) {
                amount = cursor.nextText();
            } else {
                cursor.skipValue();
            }
        }
        turnovers.put(symbol, PLAIN.matcher(amount).matches() ? new BigDecimal(amount)
                : BigDecimal.ZERO);
    }
}
