package com.waickoff.marketdata.depth;

import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.DepthSection;
import com.waickoff.marketdata.window.DepthBar;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What is measured on a book each time an update is complete: its best levels, and everything that
 * is averaged over the time until the next one.
 *
 * <p>The best levels are copied out once, for readers, imbalances and order flow alike: what comes
 * after costs the same however deep the book is.
 *
 * <p>Order-flow imbalance of an update, after Cont, Kukanov and Stoikov (Journal of Financial
 * Econometrics 12(1), 2014), for the prices P and quantities q of the best bid b and ask a before
 * (0) and after (1) it:
 *
 * <pre>
 *   e = [Pb1 ≥ Pb0] qb1 − [Pb1 ≤ Pb0] qb0 − [Pa1 ≤ Pa0] qa1 + [Pa1 ≥ Pa0] qa0
 * </pre>
 *
 * <p>and the same for the second to the fifth levels of both sides, by their index, after Xu, Gould
 * and Howison (arXiv 1907.06230). A level that is not there has quantity
 * 0 and is worse than any price.
 *
 * <p>Threads: one.
 */
final class MeasuredBook {
    /** Levels that imbalances need. */
    private static final int MIN_LEVELS = DepthBar.topLevels(DepthBar.TOPS - 1);
    private static final int OFI_LEVELS = DepthBar.OFI_LEVELS;
    private static final long NO_BID = Long.MIN_VALUE;
    private static final long NO_ASK = Long.MAX_VALUE;

    private final long[] bidPrices;
    private final long[] bidQuantities;
    private final long[] askPrices;
    private final long[] askQuantities;
    private int bidCount;
    private int askCount;
    /** The first {@link #OFI_LEVELS} of each before the last update. */
    private final long[] earlierBidPrices = new long[OFI_LEVELS];
    private final long[] earlierBidQuantities = new long[OFI_LEVELS];
    private final long[] earlierAskPrices = new long[OFI_LEVELS];
    private final long[] earlierAskQuantities = new long[OFI_LEVELS];

    private boolean synced;
    private boolean twoSided;
    private long spread;
    private long twiceMid;
    private long bestImbalancePpm;
    private final long[] imbalancesPpm = new long[DepthBar.TOPS];
    private final long[] bidsWithin = new long[DepthBar.BANDS];
    private final long[] asksWithin = new long[DepthBar.BANDS];
    private int bidsReach;
    private int asksReach;

    /** An empty book that follows no venue. */
    MeasuredBook(int shownLevels) {
        int levels = Math.max(MIN_LEVELS, shownLevels);
        bidPrices = new long[levels];
        bidQuantities = new long[levels];
        askPrices = new long[levels];
        askQuantities = new long[levels];
        Arrays.fill(bidPrices, NO_BID);
        Arrays.fill(askPrices, NO_ASK);
    }

    /** Takes the measure of a book, which is complete. */
    void measure(Book book) {
        System.arraycopy(bidPrices, 0, earlierBidPrices, 0, OFI_LEVELS);
        System.arraycopy(bidQuantities, 0, earlierBidQuantities, 0, OFI_LEVELS);
        System.arraycopy(askPrices, 0, earlierAskPrices, 0, OFI_LEVELS);
        System.arraycopy(askQuantities, 0, earlierAskQuantities, 0, OFI_LEVELS);
        bidCount = book.bids().copyBest(bidPrices, bidQuantities, bidPrices.length);
        askCount = book.asks().copyBest(askPrices, askQuantities, askPrices.length);
        for (int i = bidCount; i < OFI_LEVELS; i++) {
            bidPrices[i] = NO_BID;
            bidQuantities[i] = 0;
        }
        for (int i = askCount; i < OFI_LEVELS; i++) {
            askPrices[i] = NO_ASK;
            askQuantities[i] = 0;
        }
        synced = book.state() == BookState.SYNCED;
        twoSided = bidCount != 0 && askCount != 0;
        measureNearMid(book);
        if (twoSided) {
            spread = askPrices[0] - bidPrices[0];
            measureImbalances();
        }
    }

    private void measureNearMid(Book book) {
        twiceMid = book.twiceMid();
        bidsReach = 0;
        asksReach = 0;
        for (int band = 0; band < DepthBar.BANDS; band++) {
            int bps = DepthSection.bandBps(band);
            bidsWithin[band] = book.bidQuantityWithin(bps);
            asksWithin[band] = book.askQuantityWithin(bps);
            bidsReach |= book.bidsReach(bps) ? 1 << band : 0;
            asksReach |= book.asksReach(bps) ? 1 << band : 0;
        }
    }

    private void measureImbalances() {
        bestImbalancePpm = DepthMeasures.imbalancePpm(bidQuantities[0], askQuantities[0]);
        long bids = 0;
        long asks = 0;
        int from = 0;
        for (int top = 0; top < DepthBar.TOPS; top++) {
            int to = DepthBar.topLevels(top);
            bids = sum(bids, bidQuantities, from, Math.min(to, bidCount));
            asks = sum(asks, askQuantities, from, Math.min(to, askCount));
            imbalancesPpm[top] = DepthMeasures.imbalancePpm(bids, asks);
            from = to;
        }
    }

    private static long sum(long before, long[] quantities, int from, int to) {
        long sum = before;
        for (int i = from; i < to; i++) {
            sum = DepthMeasures.saturatingAdd(sum, quantities[i]);
        }
        return sum;
    }

    /** Adds to a window that this book lasted for a while, in µs. */
    void addTo(DepthBar bar, long us) {
        if (!synced) {
            return;
        }
        bar.addCovered(us);
        if (!twoSided) {
            return;
        }
        bar.addMeasured(us, spread, twiceMid, bestImbalancePpm);
        for (int top = 0; top < DepthBar.TOPS; top++) {
            bar.addImbalance(top, imbalancesPpm[top], us);
        }
        int reach = bidsReach & asksReach;
        for (int band = 0; band < DepthBar.BANDS; band++) {
            bar.addWithin(band, bidsWithin[band], asksWithin[band], (reach >>> band & 1) != 0, us);
        }
    }

    /** Adds to a window what the last update contributed to the order-flow imbalances. */
    void addUpdateTo(DepthBar bar) {
        bar.addUpdate();
        for (int i = 0; i < OFI_LEVELS; i++) {
            bar.addOrderFlow(i, bidFlow(i));
            bar.addOrderFlow(i, askFlow(i));
        }
    }

    /** The part of e that the bids of a level make; that of both sides might not fit a long. */
    private long bidFlow(int level) {
        long price = bidPrices[level];
        long earlier = earlierBidPrices[level];
        return (price >= earlier ? bidQuantities[level] : 0)
                - (price <= earlier ? earlierBidQuantities[level] : 0);
    }

    /** The part of e that the asks of a level make. */
    private long askFlow(int level) {
        long price = askPrices[level];
        long earlier = earlierAskPrices[level];
        return (price >= earlier ? earlierAskQuantities[level] : 0)
                - (price <= earlier ? askQuantities[level] : 0);
    }

    /** Whether the book followed its venue. */
    boolean isSynced() {
        return synced;
    }

    /** Shows the levels and the sums near the mid in an open picture of the book. */
    void show(DepthSection section) {
        section.bids(bidPrices, bidQuantities, Math.min(bidCount, section.capacity()));
        section.asks(askPrices, askQuantities, Math.min(askCount, section.capacity()));
        for (int band = 0; band < DepthBar.BANDS; band++) {
            section.within(band, bidsWithin[band], (bidsReach >>> band & 1) != 0,
                    asksWithin[band], (asksReach >>> band & 1) != 0);
        }
    }

    /** Writes what the next stretch of time and the next update need. */
    void writeTo(DataOutput out) throws IOException {
        writeLevels(out, bidCount, bidPrices, bidQuantities);
        writeLevels(out, askCount, askPrices, askQuantities);
        out.writeBoolean(synced);
        out.writeBoolean(twoSided);
        out.writeLong(spread);
        out.writeLong(twiceMid);
        out.writeLong(bestImbalancePpm);
        for (long ppm : imbalancesPpm) {
            out.writeLong(ppm);
        }
        for (int band = 0; band < DepthBar.BANDS; band++) {
            out.writeLong(bidsWithin[band]);
            out.writeLong(asksWithin[band]);
        }
        out.writeInt(bidsReach);
        out.writeInt(asksReach);
    }

    /** Replaces it by what {@link #writeTo} wrote. */
    void readFrom(DataInput in) throws IOException {
        bidCount = readLevels(in, bidPrices, bidQuantities, NO_BID);
        askCount = readLevels(in, askPrices, askQuantities, NO_ASK);
        synced = in.readBoolean();
        twoSided = in.readBoolean();
        spread = in.readLong();
        twiceMid = in.readLong();
        bestImbalancePpm = in.readLong();
        for (int top = 0; top < DepthBar.TOPS; top++) {
            imbalancesPpm[top] = in.readLong();
        }
        for (int band = 0; band < DepthBar.BANDS; band++) {
            bidsWithin[band] = in.readLong();
            asksWithin[band] = in.readLong();
        }
        bidsReach = in.readInt();
        asksReach = in.readInt();
    }

    private static void writeLevels(DataOutput out, int count, long[] prices, long[] quantities)
            throws IOException {
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            out.writeLong(prices[i]);
            out.writeLong(quantities[i]);
        }
    }

    private static int readLevels(DataInput in, long[] prices, long[] quantities, long noPrice)
            throws IOException {
        int count = in.readInt();
        if (count < 0 || count > prices.length) {
            throw new IOException(count + " levels measured, room is for " + prices.length);
        }
        Arrays.fill(prices, noPrice);
        Arrays.fill(quantities, 0);
        for (int i = 0; i < count; i++) {
            prices[i] = in.readLong();
            quantities[i] = in.readLong();
        }
        return count;
    }
}
