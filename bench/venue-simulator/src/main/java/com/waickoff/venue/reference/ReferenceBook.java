package com.waickoff.venue.reference;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/** An order book of price levels, best first on either side. Not thread safe. */
public final class ReferenceBook {
    private final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();

    public void clear() {
        bids.clear();
        asks.clear();
    }

    /** Sets the quantity at a price; quantity 0 removes the level, known or not. */
    public void set(boolean bid, BigDecimal price, BigDecimal quantity) {
        TreeMap<BigDecimal, BigDecimal> side = bid ? bids : asks;
        if (quantity.signum() == 0) {
            side.remove(price);
        } else {
            side.put(price, quantity);
        }
    }

    /** Quantity by price, highest price first. */
    public NavigableMap<BigDecimal, BigDecimal> bids() {
        return bids;
    }

    /** Quantity by price, lowest price first. */
    public NavigableMap<BigDecimal, BigDecimal> asks() {
        return asks;
    }

    /** Whether the best bid is at or above the best ask. */
    public boolean isCrossed() {
        return !bids.isEmpty() && !asks.isEmpty()
                && bids.firstKey().compareTo(asks.firstKey()) >= 0;
    }
}
