package com.waickoff.marketdata.report;

import com.waickoff.marketdata.flow.Imbalances;
import com.waickoff.marketdata.window.RowVolumes;

/**
 * What was sold at the bid and bought at the ask in the rows of a window, and which of them are out
 * of balance: alone, or as part of a stack.
 *
 * <p>Threads: immutable.
 */
public final class Footprint {
    private final RowVolumes rows;
    private final Imbalances.Rule rule;
    private final int stackedRows;

    /** How a side of a row is marked. */
    public enum Mark {
        /** In balance. */
        NONE,
        /** Out of balance. */
        IMBALANCE,
        /** Out of balance, as are enough neighbours. */
        STACKED
    }

    /**
     * The footprint of these rows.
     *
     * @param stackedRows neighbours that make a stack
     */
    public Footprint(RowVolumes rows, Imbalances.Rule rule, int stackedRows) {
        this.rows = rows;
        this.rule = rule;
        this.stackedRows = stackedRows;
    }

    /** The rows. */
    public RowVolumes rows() {
        return rows;
    }

    /** The mark of what was bought in a row. */
    public Mark buy(long row) {
        return mark(row, Imbalances.BUY);
    }

    /** The mark of what was sold in a row. */
    public Mark sell(long row) {
        return mark(row, Imbalances.SELL);
    }

    private Mark mark(long row, int side) {
        if (!tips(row, side)) {
            return Mark.NONE;
        }
        long low = row;
        while (tips(low - 1, side)) {
            low--;
        }
        long high = row;
        while (tips(high + 1, side)) {
            high++;
        }
        return high - low + 1 >= stackedRows ? Mark.STACKED : Mark.IMBALANCE;
    }

    private boolean tips(long row, int side) {
        return (Imbalances.at(rows, row, rule) & side) != 0;
    }
}
