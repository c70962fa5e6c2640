package com.waickoff.venue.reference;

import java.math.BigDecimal;

/**
 * One window of one instrument: the bar and its profile. Trades are added in tape order. Not thread
 * safe.
 */
public final class ReferenceWindow {
    private final String instrument;
    private final ReferenceTimeframe timeframe;
    private final long startMs;
    private final BigDecimal cvdBefore;
    private final ReferenceProfile profile;
    private BigDecimal open = BigDecimal.ZERO;
    private BigDecimal high = BigDecimal.ZERO;
    private BigDecimal low = BigDecimal.ZERO;
    private BigDecimal close = BigDecimal.ZERO;
    private BigDecimal buyVolume = BigDecimal.ZERO;
    private BigDecimal sellVolume = BigDecimal.ZERO;
    private BigDecimal minDelta = BigDecimal.ZERO;
    private BigDecimal maxDelta = BigDecimal.ZERO;
    private long trades;

    ReferenceWindow(String instrument, ReferenceTimeframe timeframe, long startMs,
            BigDecimal cvdBefore, BigDecimal rowSize) {
        this.instrument = instrument;
        this.timeframe = timeframe;
        this.startMs = startMs;
        this.cvdBefore = cvdBefore;
        this.profile = new ReferenceProfile(rowSize);
    }

    void add(ReferenceTrade trade) {
        BigDecimal price = trade.price();
        if (trades == 0) {
            open = price;
            high = price;
            low = price;
        }
        high = high.max(price);
        low = low.min(price);
        close = price;
        if (trade.buy()) {
            buyVolume = buyVolume.add(trade.quantity());
        } else {
            sellVolume = sellVolume.add(trade.quantity());
        }
        minDelta = minDelta.min(delta());
        maxDelta = maxDelta.max(delta());
        trades++;
        profile.add(price, trade.quantity(), trade.buy());
    }

    public String instrument() {
        return instrument;
    }

    public ReferenceTimeframe timeframe() {
        return timeframe;
    }

    /** Start of the window, ms since the epoch. */
    public long startMs() {
        return startMs;
    }

    public BigDecimal open() {
        return open;
    }

    public BigDecimal high() {
        return high;
    }

    public BigDecimal low() {
        return low;
    }

    public BigDecimal close() {
        return close;
    }

    public BigDecimal volume() {
        return buyVolume.add(sellVolume);
    }

    public BigDecimal buyVolume() {
        return buyVolume;
    }

    public BigDecimal sellVolume() {
        return sellVolume;
    }

    /** Bought minus sold by takers. */
    public BigDecimal delta() {
        return buyVolume.subtract(sellVolume);
    }

    /** Lowest value of the running delta, at most 0. */
    public BigDecimal minDelta() {
        return minDelta;
    }

    /** Highest value of the running delta, at least 0. */
    public BigDecimal maxDelta() {
        return maxDelta;
    }

    /** Sum of the deltas of all windows of this timeframe up to and with this one. */
    public BigDecimal cvd() {
        return cvdBefore.add(delta());
    }

    public long trades() {
        return trades;
    }

    public ReferenceProfile profile() {
        return profile;
    }
}
