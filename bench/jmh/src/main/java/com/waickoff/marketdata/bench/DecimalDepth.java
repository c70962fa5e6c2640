package com.waickoff.marketdata.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What the depth study sums of a book, as it is written first: sorted maps of decimals. */
final class DecimalDepth {
    private static final int OFI_LEVELS = 5;
    private static final int[] TOPS = {5, 10, 20, 50};
    private static final int[] BANDS_BPS = {5, 10, 25, 50};
    private static final BigDecimal PPM = BigDecimal.valueOf(1_000_000);

    final NavigableMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
    final NavigableMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
    final BigDecimal[] orderFlow = zeros(OFI_LEVELS);
    private final BigDecimal[] imbalances = zeros(TOPS.length);
    private final BigDecimal[] within = zeros(2 * BANDS_BPS.length);
    private BigDecimal spreads = BigDecimal.ZERO;
    private BigDecimal mids = BigDecimal.ZERO;
    private BigDecimal weightedMids = BigDecimal.ZERO;
    private BigDecimal time = BigDecimal.ZERO;
    private Level[] bidsBefore = {};
    private Level[] asksBefore = {};

    private record Level(BigDecimal price, BigDecimal quantity) {}

    private static BigDecimal[] zeros(int count) {
        BigDecimal[] zeros = new BigDecimal[count];
        Arrays.fill(zeros, BigDecimal.ZERO);
        return zeros;
    }

    /** The first picture of the book is complete. */
    void begin() {
        bidsBefore = best(bids);
        asksBefore = best(asks);
    }

    void set(boolean bid, BigDecimal price, BigDecimal quantity) {
        if (quantity.signum() == 0) {
            (bid ? bids : asks).remove(price);
        } else {
            (bid ? bids : asks).put(price, quantity);
        }
    }

    /** The book lasted for a while as it is. */
    void pass(BigDecimal us) {
        BigDecimal bid = bids.firstKey();
        BigDecimal ask = asks.firstKey();
        BigDecimal bidQuantity = bids.firstEntry().getValue();
        BigDecimal askQuantity = asks.firstEntry().getValue();
        BigDecimal mid = bid.add(ask).divide(BigDecimal.TWO);
        time = time.add(us);
        spreads = spreads.add(ask.subtract(bid).multiply(us));
        mids = mids.add(mid.multiply(us));
        weightedMids = weightedMids.add(bid.multiply(askQuantity).add(ask.multiply(bidQuantity))
                .divide(bidQuantity.add(askQuantity), MathContext.DECIMAL64).multiply(us));
        for (int i = 0; i < TOPS.length; i++) {
            BigDecimal ofBids = top(bids, TOPS[i]);
            BigDecimal ofAsks = top(asks, TOPS[i]);
            imbalances[i] = imbalances[i].add(ofBids.subtract(ofAsks).multiply(PPM)
                    .divide(ofBids.add(ofAsks), 0, RoundingMode.DOWN).multiply(us));
        }
        for (int i = 0; i < BANDS_BPS.length; i++) {
            BigDecimal reach = mid.multiply(BigDecimal.valueOf(BANDS_BPS[i], 4));
            within[2 * i] = within[2 * i]
                    .add(sum(bids.headMap(mid.subtract(reach), true)).multiply(us));
            within[2 * i + 1] = within[2 * i + 1]
                    .add(sum(asks.headMap(mid.add(reach), true)).multiply(us));
        }
    }

    /** An update was applied. */
    void updated() {
        Level[] bidsNow = best(bids);
        Level[] asksNow = best(asks);
        for (int i = 0; i < OFI_LEVELS; i++) {
            int bid = bidsNow[i].price.compareTo(bidsBefore[i].price);
            int ask = asksNow[i].price.compareTo(asksBefore[i].price);
            BigDecimal flow = orderFlow[i];
            flow = bid >= 0 ? flow.add(bidsNow[i].quantity) : flow;
            flow = bid <= 0 ? flow.subtract(bidsBefore[i].quantity) : flow;
            flow = ask <= 0 ? flow.subtract(asksNow[i].quantity) : flow;
            flow = ask >= 0 ? flow.add(asksBefore[i].quantity) : flow;
            orderFlow[i] = flow;
        }
        bidsBefore = bidsNow;
        asksBefore = asksNow;
    }

    BigDecimal averageSpread() {
        return spreads.divide(time, MathContext.DECIMAL64);
    }

    BigDecimal averageBidsWithin(int band) {
        return within[2 * band].divide(time, MathContext.DECIMAL64);
    }

    private static Level[] best(NavigableMap<BigDecimal, BigDecimal> side) {
        Level[] best = new Level[OFI_LEVELS];
        int count = 0;
        for (Map.Entry<BigDecimal, BigDecimal> level : side.entrySet()) {
            if (count == OFI_LEVELS) {
                break;
            }
            best[count++] = new Level(level.getKey(), level.getValue());
        }
        return best;
    }

    private static BigDecimal top(NavigableMap<BigDecimal, BigDecimal> side, int levels) {
        BigDecimal sum = BigDecimal.ZERO;
        int left = levels;
        for (BigDecimal quantity : side.values()) {
            if (left-- == 0) {
                break;
            }
            sum = sum.add(quantity);
        }
        return sum;
    }

    private static BigDecimal sum(NavigableMap<BigDecimal, BigDecimal> levels) {
        BigDecimal sum = BigDecimal.ZERO;
        for (BigDecimal quantity : levels.values()) {
            sum = sum.add(quantity);
        }
        return sum;
    }
}
