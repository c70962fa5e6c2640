package com.waickoff.venue.wire;

/** Fills of one instrument that Binance tells as one trade: same side, same price. */
final class Aggregate {
    private final long mostAgeNs;
    private boolean open;
    private long firstTimeNs;
    long id;
    boolean buy;
    long priceTicks;
    long lots;
    long firstTradeId;
    long lastTradeId;
    long timeMs;

    /** @param mostAgeNs from the first fill on; 0 for the fills of one order only */
    Aggregate(long firstId, long mostAgeNs) {
        this.id = firstId - 1;
        this.mostAgeNs = mostAgeNs;
    }

    boolean isOpen() {
        return open;
    }

    /** Whether a fill cannot be told with what is open. */
    boolean endsBefore(long timeNs, boolean fillBuy, long fillTicks) {
        return open && (fillBuy != buy || fillTicks != priceTicks || isOver(timeNs));
    }

    boolean isOver(long timeNs) {
        return open && timeNs - firstTimeNs >= mostAgeNs && mostAgeNs > 0;
    }

    /** Whether it ends with the order that took, whatever comes next. */
    boolean endsWithOrder() {
        return mostAgeNs == 0;
    }

    void add(long timeNs, long tradeId, boolean fillBuy, long fillTicks, long fillLots) {
        if (!open) {
            open = true;
            id++;
            firstTimeNs = timeNs;
            timeMs = timeNs / VenueEncoder.NANOS_PER_MS;
            firstTradeId = tradeId;
            buy = fillBuy;
            priceTicks = fillTicks;
            lots = 0;
        }
        lastTradeId = tradeId;
        lots += fillLots;
    }

    void close() {
        open = false;
    }
}
