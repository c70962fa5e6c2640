package com.waickoff.venue.market;

/**
 * Hears what happens in the markets, as it happens. All calls come from the thread that plays the
 * market; instruments are numbered from 0 in the order they were listed.
 */
public interface MarketListener {
    /**
     * A fill, before the levels it took from change.
     *
     * @param timeNs match time, ns since the epoch
     * @param takerSequence number of the order that took; all its fills bear the same
     * @param block a block trade, agreed away from the book: takes from no level
     */
    void onTrade(int instrument, long timeNs, long takerSequence, boolean buy, boolean block,
            long priceTicks, long lots);

    /** A level has a new quantity; 0 if it is gone. */
    void onLevel(int instrument, long timeNs, boolean bid, long priceTicks, long lots);

    /** All that one order did has been told: the book is whole. */
    void onActionEnd(int instrument, long timeNs);

    /** A listener that tells this one first, then another. */
    default MarketListener andThen(MarketListener other) {
        MarketListener first = this;
        return new MarketListener() {
            @Override
            public void onTrade(int instrument, long timeNs, long takerSequence, boolean buy,
                    boolean block, long priceTicks, long lots) {
                first.onTrade(instrument, timeNs, takerSequence, buy, block, priceTicks, lots);
                other.onTrade(instrument, timeNs, takerSequence, buy, block, priceTicks, lots);
            }

            @Override
            public void onLevel(int instrument, long timeNs, boolean bid, long priceTicks,
                    long lots) {
                first.onLevel(instrument, timeNs, bid, priceTicks, lots);
                other.onLevel(instrument, timeNs, bid, priceTicks, lots);
            }

            @Override
            public void onActionEnd(int instrument, long timeNs) {
                first.onActionEnd(instrument, timeNs);
                other.onActionEnd(instrument, timeNs);
            }
        };
    }
}
