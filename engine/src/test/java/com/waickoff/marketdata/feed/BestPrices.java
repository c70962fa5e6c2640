package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.MarketEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A book in sorted maps, fed by events: the best prices after each update, by its id. */
public final class BestPrices {
    private final TreeMap<Long, Long> bids = new TreeMap<>();
    private final TreeMap<Long, Long> asks = new TreeMap<>();
    private final Map<Long, String> byUpdateId = new HashMap<>();
    private boolean isReady;
    private boolean isSnapshotBegun;

    /** Best bid and ask with quantities, scaled, as text. */
    public static String text(long bid, long bidQuantity, long ask, long askQuantity) {
        return bid + "x" + bidQuantity + " " + ask + "x" + askQuantity;
    }

    /** Best prices after the update with this id; null if there was none while the book was ready. */
    public Map<Long, String> byUpdateId() {
        return byUpdateId;
    }

    /** Applies events of one instrument. */
    public void apply(List<MarketEvent> events) {
        for (MarketEvent event : events) {
            switch (event.kind()) {
                case EventKind.BOOK_RESET -> isReady = false;
                case EventKind.BOOK_READY -> isReady = true;
                case EventKind.BOOK_LEVEL -> apply(event);
                default -> {
                }
            }
        }
    }

    private void apply(MarketEvent level) {
        if (level.has(EventFlags.FIRST) && level.has(EventFlags.SNAPSHOT)) {
            bids.clear();
            asks.clear();
            isSnapshotBegun = true;
        }
        TreeMap<Long, Long> side = level.has(EventFlags.BID) ? bids : asks;
        if (level.quantity() == 0) {
            side.remove(level.price());
        } else {
            side.put(level.price(), level.quantity());
        }
        if (level.has(EventFlags.LAST) && isReady && isSnapshotBegun && !bids.isEmpty()
                && !asks.isEmpty()) {
            byUpdateId.put(level.updateId(), text(bids.lastKey(), bids.lastEntry().getValue(),
                    asks.firstKey(), asks.firstEntry().getValue()));
        }
    }
}
