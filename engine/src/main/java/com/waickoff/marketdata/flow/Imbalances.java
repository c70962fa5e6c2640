package com.waickoff.marketdata.flow;

import com.waickoff.marketdata.window.RowVolumes;

/**
 * Diagonal imbalances: what aggressors bought in a row against what they sold in the row below, and
 * what they sold in a row against what they bought in the row above.
 *
 * <pre>
 *   A(k), B(k)   bought, sold in row k;  r, d, v   the rule
 *   buy  at k    A(k) ≥ r · B(k−1)  and  A(k) − B(k−1) ≥ d        B(k−1) = 0: A(k) ≥ v too
 *   sell at k    B(k) ≥ r · A(k+1)  and  B(k) − A(k+1) ≥ d        A(k+1) = 0: B(k) ≥ v too
 * </pre>
 *
 * <p>Only the neighbouring row of the grid counts, and only within the profile: the lowest row has no
 * buy imbalance and the highest none of sells. A row without volume within it is a row with 0.
 *
 * <p>A pure function of the rows, so readers find the same in a window that is still open. Exact: r
 * is a number of thousandths, products have 128 bits.
 */
public final class Imbalances {
    /** More was bought than sold below. */
    public static final int BUY = 1;
    /** More was sold than bought above. */
    public static final int SELL = 2;

    private static final long THOUSANDTHS = FlowConfig.ONE;

    /**
     * From when on one side outweighs the other.
     *
     * @param ratio r in thousandths, at least 1,000
     * @param minDifference d, scaled quantity
     * @param minVolume v, scaled quantity
     */
    public record Rule(long ratio, long minDifference, long minVolume) {
        /**
         * The rule that a configuration comes to at a price.
         *
         * @param price scaled; of the window's last trade
         */
        public static Rule of(FlowConfig.Rows rows, Notional notional, long price) {
            return new Rule(rows.ratio(), notional.quantity(rows.minDifference(), price),
                    notional.quantity(rows.minVolume(), price));
        }
    }

    private Imbalances() {}

    /** Bits {@link #BUY} and {@link #SELL} of a row; 0 for none. */
    public static int at(RowVolumes rows, long row, Rule rule) {
        return at(rows, row, rule.ratio, rule.minDifference, rule.minVolume);
    }

    static int at(RowVolumes rows, long row, long ratio, long minDifference, long minVolume) {
        boolean buy = row > rows.lowRow() && row <= rows.highRow()
                && outweighs(rows.buyVolume(row), rows.sellVolume(row - 1), ratio, minDifference,
                        minVolume);
        boolean sell = row < rows.highRow() && row >= rows.lowRow()
                && outweighs(rows.sellVolume(row), rows.buyVolume(row + 1), ratio, minDifference,
                        minVolume);
        return (buy ? BUY : 0) | (sell ? SELL : 0);
    }

    static boolean outweighs(long own, long opposite, long ratio, long minDifference,
            long minVolume) {
        if (own <= 0 || own - opposite < minDifference || (opposite == 0 && own < minVolume)) {
            return false;
        }
        return Wide.compareProducts(own, THOUSANDTHS, opposite, ratio) >= 0;
    }
}
