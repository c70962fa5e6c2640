package com.waickoff.marketdata.bench;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.venue.Venue;
import com.waickoff.venue.VenueSession;
import com.waickoff.venue.market.Listing;
import com.waickoff.venue.market.MarketListener;
import com.waickoff.venue.market.SyntheticMarket;

/**
 * Trades of one invented market, to be taken round and round; the same seed gives the same trades.
 *
 * <p>The distribution is that of {@link SyntheticMarket} playing a liquid perpetual (BTCUSDT, tick
 * 0.10): a price that walks in ticks around trends, orders whose size has a heavy tail and that take
 * up to forty levels, fills of one order at one price or neighbouring ones, and spells of quiet and
 * of bursts. So neighbouring trades hit the same or neighbouring rows, as they do in a real tape.
 *
 * <p>Time goes on from one round to the next: minutes begin at the market's own pace, and no trade is
 * ever late.
 */
final class TradeTape implements MarketListener {
    /** Number of trades of a round. */
    static final int LENGTH = 1 << 18;

    /** Scale of prices: that of the tick. */
    static final int PRICE_SCALE = 1;
    /** Scale of quantities: that of the lot, and two more. */
    static final int QUANTITY_SCALE = 5;

    private static final long SCALED_LOT = 100;
    private static final long TRANSIT_NS = 3_000_000;

    /** Prices in ticks, which are the scaled prices too. */
    final long[] prices = new long[LENGTH];
    /** Scaled quantities. */
    final long[] quantities = new long[LENGTH];
    /** Whether the aggressor bought. */
    final boolean[] buys = new boolean[LENGTH];

    private final long[] firstTimesNs = new long[LENGTH];
    private final long roundNs;
    private int length;
    private int next;
    private long lateNs;

    TradeTape(long seed) {
        Listing listing = Venue.BYBIT_LINEAR.listing("BTCUSDT");
        SyntheticMarket market = new SyntheticMarket(0, listing, Venue.BYBIT_LINEAR.liquid(), seed,
                VenueSession.DEFAULT_START_NS, this);
        while (length < LENGTH) {
            market.step();
        }
        long spanNs = firstTimesNs[LENGTH - 1] - firstTimesNs[0];
        roundNs = spanNs + spanNs / LENGTH;
    }

    /**
     * Takes the next trades.
     *
     * @param count a divisor of {@link #LENGTH}, always the same
     * @return index of the first of them
     */
    int advance(int count) {
        int from = next;
        if (from == LENGTH) {
            from = 0;
            lateNs += roundNs;
        }
        next = from + count;
        return from;
    }

    /** Match time of a trade in the round that is being taken, in ns since the epoch. */
    long timeNs(int trade) {
        return firstTimesNs[trade] + lateNs;
    }

    /** When it was received. */
    static long receiveTimeNs(long timeNs) {
        return timeNs + TRANSIT_NS;
    }

    /** Makes a slot this trade of instrument 0. */
    void fill(MarketEvent event, int trade) {
        long timeNs = timeNs(trade);
        event.trade(0, timeNs, receiveTimeNs(timeNs), prices[trade], quantities[trade], trade, 0,
                buys[trade] ? EventFlags.BUY : 0);
    }

    @Override
    public void onTrade(int instrument, long timeNs, long takerSequence, boolean buy,
            boolean block, long priceTicks, long lots) {
        if (length < LENGTH) {
            firstTimesNs[length] = timeNs;
            prices[length] = priceTicks;
            quantities[length] = lots * SCALED_LOT;
            buys[length] = buy;
            length++;
        }
    }

    @Override
    public void onLevel(int instrument, long timeNs, boolean bid, long priceTicks, long lots) {
        // The tape holds trades alone.
    }

    @Override
    public void onActionEnd(int instrument, long timeNs) {
        // The tape holds trades alone.
    }
}
