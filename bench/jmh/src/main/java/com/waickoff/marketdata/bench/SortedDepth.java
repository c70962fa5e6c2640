package com.waickoff.marketdata.bench;

import com.waickoff.marketdata.depth.DepthMeasures;

/**
 * What the depth study sums of a book, over sorted arrays of longs; sums of 64 bits, which the
 * study's are not.
 */
final class SortedDepth {
    private static final int OFI_LEVELS = 5;
    private static final int[] TOPS = {5, 10, 20, 50};
    private static final int[] BANDS_BPS = {5, 10, 25, 50};

    final SortedSide bids;
    final SortedSide asks;
    final long[] orderFlow = new long[OFI_LEVELS];
    private final long[] imbalances = new long[TOPS.length];
    private final long[] within = new long[2 * BANDS_BPS.length];
    private final long[] bidPrices = new long[OFI_LEVELS];
    private final long[] bidQuantities = new long[OFI_LEVELS];
    private final long[] askPrices = new long[OFI_LEVELS];
    private final long[] askQuantities = new long[OFI_LEVELS];
    private long spreads;
    private long twiceMids;
    private long leans;

    SortedDepth(int capacity) {
        bids = new SortedSide(true, capacity);
        asks = new SortedSide(false, capacity);
    }

    /** The first picture of the book is complete. */
    void begin() {
        remember();
    }

    /** The book lasted for a while as it is. */
    void pass(long us) {
        long bid = bids.price(0);
        long ask = asks.price(0);
        long twiceMid = bid + ask;
        spreads += (ask - bid) * us;
        twiceMids += twiceMid * us;
        leans += (ask - bid) * (DepthMeasures.imbalancePpm(bids.quantity(0), asks.quantity(0))
                * us);
        for (int i = 0; i < TOPS.length; i++) {
            imbalances[i] += DepthMeasures.imbalancePpm(bids.quantityOfBest(TOPS[i]),
                    asks.quantityOfBest(TOPS[i])) * us;
        }
        for (int i = 0; i < BANDS_BPS.length; i++) {
            within[2 * i] += us * bids
                    .quantityUpTo(DepthMeasures.lowestBidWithin(twiceMid, BANDS_BPS[i]));
            within[2 * i + 1] += us * asks
                    .quantityUpTo(DepthMeasures.highestAskWithin(twiceMid, BANDS_BPS[i]));
        }
    }

    /** An update was applied. */
    void updated() {
        for (int i = 0; i < OFI_LEVELS; i++) {
            long bid = bids.price(i);
            long ask = asks.price(i);
            orderFlow[i] += (bid >= bidPrices[i] ? bids.quantity(i) : 0)
                    - (bid <= bidPrices[i] ? bidQuantities[i] : 0)
                    - (ask <= askPrices[i] ? asks.quantity(i) : 0)
                    + (ask >= askPrices[i] ? askQuantities[i] : 0);
        }
        remember();
    }

    /** All sums in one, so that none is for nothing. */
    long digest() {
        long digest = spreads + twiceMids + leans;
        for (long sum : imbalances) {
            digest += sum;
        }
        for (long sum : within) {
            digest += sum;
        }
        return digest;
    }

    private void remember() {
        for (int i = 0; i < OFI_LEVELS; i++) {
            bidPrices[i] = bids.price(i);
            bidQuantities[i] = bids.quantity(i);
            askPrices[i] = asks.price(i);
            askQuantities[i] = asks.quantity(i);
        }
    }
}
