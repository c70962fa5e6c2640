package com.waickoff.venue.serve;

import com.waickoff.venue.wire.WireText;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * A book as it has been told, level by level in the venue's own letters. Belongs to the event loop.
 */
final class KeptBook {
    private static final byte[] BIDS = WireScan.key("b");
    private static final byte[] ASKS = WireScan.key("a");
    private static final byte[] ANSWER_BIDS = WireScan.key("bids");
    private static final byte[] ANSWER_ASKS = WireScan.key("asks");
    /** Decimals of a price that tell levels apart. */
    private static final int PRICE_DECIMALS = 10;
    private static final byte[] NOTHING = new byte[0];
    private static final int LEVEL_MARKS = "[\"\",\"\"]".length();

    private final TreeMap<Long, byte[]> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, byte[]> asks = new TreeMap<>();
    private long key;
    private byte[] level = NOTHING;
    private int quantityAt;

    void clear() {
        bids.clear();
        asks.clear();
    }

    boolean isEmpty() {
        return bids.isEmpty() && asks.isEmpty();
    }

    /** Sets the levels of a frame; what cannot be read ends the side it stands in. */
    void apply(byte[] bytes, int from, int to) {
        applySide(bids, bytes, WireScan.value(bytes, from, to, BIDS), to);
        applySide(asks, bytes, WireScan.value(bytes, from, to, ASKS), to);
    }

    /** Sets the levels of the answer to a REST request. */
    void applyAnswer(byte[] bytes, int from, int to) {
        applySide(bids, bytes, WireScan.value(bytes, from, to, ANSWER_BIDS), to);
        applySide(asks, bytes, WireScan.value(bytes, from, to, ANSWER_ASKS), to);
    }

    /** Appends a side as a list of levels, best first, without the brackets around it. */
    void append(WireText text, boolean bid, int most) {
        int count = 0;
        for (byte[] item : (bid ? bids : asks).values()) {
            if (count == most) {
                return;
            }
            if (count++ > 0) {
                text.append(',');
            }
            text.append(item);
        }
    }

    /** A side as text, for messages and tests. */
    String side(boolean bid, int most) {
        WireText text = new WireText();
        append(text, bid, most);
        return new String(text.bytes(), 0, text.length(), StandardCharsets.UTF_8);
    }

    int levels(boolean bid) {
        return (bid ? bids : asks).size();
    }

    /** The level so many places from the best one, as it is written; empty if there is none. */
    byte[] levelAt(boolean bid, int place) {
        int i = 0;
        for (byte[] item : (bid ? bids : asks).values()) {
            if (i++ == place) {
                return item.clone();
            }
        }
        return NOTHING;
    }

    /**
     * Finds, among the levels that a frame sets, the one farthest from the top of the book but within
     * its reach.
     *
     * @return where its quantity begins, or {@link WireScan#MISSING}
     */
    int quantityNearTop(byte[] bytes, int from, int to, int reach) {
        int found = WireScan.MISSING;
        int farthest = -1;
        for (boolean bid : new boolean[]{true, false}) {
            int at = WireScan.value(bytes, from, to, bid ? BIDS : ASKS);
            at = at == WireScan.MISSING ? to : WireScan.skipSpace(bytes, at + 1, to);
            while (at < to && bytes[at] == '[') {
                int end = readLevel(bytes, at, to);
                if (end == WireScan.MISSING) {
                    return found;
                }
                int place = level.length == 0 ? reach : place(bid, reach);
                if (place < reach && place > farthest) {
                    farthest = place;
                    found = quantityAt;
                }
                at = WireScan.skipSpace(bytes, end, to);
                if (at < to && bytes[at] == ',') {
                    at = WireScan.skipSpace(bytes, at + 1, to);
                }
            }
        }
        return found;
    }

    /** How far the price that was read last is from the best one; at least the reach if beyond. */
    private int place(boolean bid, int reach) {
        int place = 0;
        for (Long price : (bid ? bids : asks).keySet()) {
            if (place == reach || price == key) {
                return place;
            }
            place++;
        }
        return reach;
    }

    private void applySide(Map<Long, byte[]> side, byte[] bytes, int from, int to) {
        if (from == WireScan.MISSING || from >= to || bytes[from] != '[') {
            return;
        }
        int at = WireScan.skipSpace(bytes, from + 1, to);
        while (at < to && bytes[at] == '[') {
            int end = readLevel(bytes, at, to);
            if (end == WireScan.MISSING) {
                return;
            }
            if (level.length == 0) {
                side.remove(key);
            } else {
                side.put(key, level);
            }
            at = WireScan.skipSpace(bytes, end, to);
            if (at < to && bytes[at] == ',') {
                at = WireScan.skipSpace(bytes, at + 1, to);
            }
        }
    }

    /** Reads {@code ["price","quantity"]}; a level of quantity 0 is empty. */
    private int readLevel(byte[] bytes, int from, int to) {
        int price = WireScan.skipSpace(bytes, from + 1, to) + 1;
        int priceEnd = decimalEnd(bytes, price, to);
        int comma = WireScan.skipSpace(bytes, priceEnd + 1, to);
        int quantity = WireScan.skipSpace(bytes, comma + 1, to) + 1;
        int quantityEnd = decimalEnd(bytes, quantity, to);
        int end = WireScan.skipSpace(bytes, quantityEnd + 1, to);
        if (end >= to || priceEnd == price || quantityEnd == quantity || bytes[comma] != ','
                || bytes[end] != ']') {
            return WireScan.MISSING;
        }
        key = key(bytes, price, priceEnd);
        quantityAt = quantity;
        level = isZero(bytes, quantity, quantityEnd)
                ? NOTHING
                : level(bytes, price, priceEnd, quantity, quantityEnd);
        return end + 1;
    }

    private static byte[] level(byte[] bytes, int price, int priceEnd, int quantity,
            int quantityEnd) {
        int priceLength = priceEnd - price;
        int quantityLength = quantityEnd - quantity;
        byte[] text = new byte[priceLength + quantityLength + LEVEL_MARKS];
        text[0] = '[';
        text[1] = '"';
        System.arraycopy(bytes, price, text, 2, priceLength);
        int at = 2 + priceLength;
        text[at++] = '"';
        text[at++] = ',';
        text[at++] = '"';
        System.arraycopy(bytes, quantity, text, at, quantityLength);
        at += quantityLength;
        text[at++] = '"';
        text[at] = ']';
        return text;
    }

    private static int decimalEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && ((bytes[at] >= '0' && bytes[at] <= '9') || bytes[at] == '.')) {
            at++;
        }
        return Math.min(at, to);
    }

    private static long key(byte[] bytes, int from, int to) {
        long units = 0;
        int decimals = -1;
        for (int i = from; i < to && decimals < PRICE_DECIMALS; i++) {
            if (bytes[i] == '.') {
                decimals = 0;
            } else {
                units = units * 10 + (bytes[i] - '0');
                decimals += decimals < 0 ? 0 : 1;
            }
        }
        for (int i = Math.max(0, decimals); i < PRICE_DECIMALS; i++) {
            units *= 10;
        }
        return units;
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != '0' && bytes[i] != '.') {
                return false;
            }
        }
        return true;
    }
}
