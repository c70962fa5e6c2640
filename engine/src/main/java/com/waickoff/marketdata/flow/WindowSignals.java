package com.waickoff.marketdata.flow;

import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.snapshot.SignalKind;
import com.waickoff.marketdata.window.Bar;
import com.waickoff.marketdata.window.InstrumentWindows;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;

/**
 * The signals that a window shows: a pure function of its rows and its bar, and of the bars of the
 * kept windows before it.
 *
 * <p>Bounded: of stacks the {@link #MOST_STACKS} longest, the lower of equals, buys first; all are
 * counted.
 *
 * <p>Threads: one study thread.
 */
final class WindowSignals {
    /** Most stacks told one by one. */
    static final int MOST_STACKS = 8;
    /** Most signals of a window: imbalances, stacks, and two extremes each of three kinds. */
    static final int MOST = 1 + MOST_STACKS + 2 + 2 + 2 + 1;
    /** A mean of fewer windows is none. */
    static final int LEAST_COMPARED = 3;

    private final FlowConfig config;
    private final long[] stackLow = new long[MOST_STACKS];
    private final long[] stackHigh = new long[MOST_STACKS];
    private final boolean[] stackBuys = new boolean[MOST_STACKS];
    private int stacks;
    private long minDifference;
    private long minVolume;

    WindowSignals(FlowConfig config) {
        this.config = config;
    }

    /** Puts the signals of a window that has rows into {@code found}. */
    void find(InstrumentWindows windows, Window window, Notional notional, SignalBuffer found) {
        found.clear();
        long price = window.bar().close();
        minDifference = notional.quantity(config.rows().minDifference(), price);
        minVolume = notional.quantity(config.rows().minVolume(), price);
        findImbalances(window, found);
        findUnfinishedAuctions(window, found);
        findExhaustion(window, found);
        findDivergences(windows, window, found);
        findAbsorption(windows, window, found);
    }

    private int imbalances(RowVolumes rows, long row) {
        return Imbalances.at(rows, row, config.rows().ratio(), minDifference, minVolume);
    }

    private void findImbalances(Window window, SignalBuffer found) {
        RowVolumes rows = window.rows();
        long buys = 0;
        long sells = 0;
        long largest = -1; // at a ratio of 1 equal volumes are out of balance too, by nothing
        long largestRow = rows.lowRow();
        for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
            int sides = imbalances(rows, row);
            if ((sides & Imbalances.BUY) != 0) {
                buys++;
                long difference = rows.buyVolume(row) - rows.sellVolume(row - 1);
                largestRow = difference > largest ? row : largestRow;
                largest = Math.max(largest, difference);
            }
            if ((sides & Imbalances.SELL) != 0) {
                sells++;
                long difference = rows.sellVolume(row) - rows.buyVolume(row + 1);
                largestRow = difference > largest ? row : largestRow;
                largest = Math.max(largest, difference);
            }
        }
        if (buys + sells == 0) {
            return;
        }
        stacks = 0;
        int allStacks = findStacks(rows, Imbalances.BUY)
                + findStacks(rows, Imbalances.SELL);
        begin(found, SignalKind.IMBALANCES, window, largestRow * rows.rowSize(),
                Long.signum(buys - sells)).inputs(buys, sells, allStacks, largest)
                .parameters(config.rows().ratio(), minDifference, minVolume,
                        rows.rowSize(), config.rows().stackedRows());
        for (int i = 0; i < stacks; i++) {
            addStack(window, i, allStacks, found);
        }
    }

    private int findStacks(RowVolumes rows, int side) {
        int all = 0;
        for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
            if ((imbalances(rows, row) & side) != 0) {
                long end = row;
                while (end < rows.highRow() && (imbalances(rows, end + 1) & side) != 0) {
                    end++;
                }
                if (end - row + 1 >= config.rows().stackedRows()) {
                    all++;
                    keepStack(row, end, side == Imbalances.BUY);
                }
                row = end;
            }
        }
        return all;
    }

    /** Keeps the longest, those found first among equals. */
    private void keepStack(long low, long high, boolean buys) {
        int place = stacks;
        while (place > 0 && high - low > stackHigh[place - 1] - stackLow[place - 1]) {
            place--;
        }
        if (place == MOST_STACKS) {
            return;
        }
        stacks = Math.min(stacks + 1, MOST_STACKS);
        for (int i = stacks - 1; i > place; i--) {
            stackLow[i] = stackLow[i - 1];
            stackHigh[i] = stackHigh[i - 1];
            stackBuys[i] = stackBuys[i - 1];
        }
        stackLow[place] = low;
        stackHigh[place] = high;
        stackBuys[place] = buys;
    }

    private void addStack(Window window, int stack, int allStacks, SignalBuffer found) {
        RowVolumes rows = window.rows();
        long volume = 0;
        for (long row = stackLow[stack]; row <= stackHigh[stack]; row++) {
            volume += stackBuys[stack] ? rows.buyVolume(row) : rows.sellVolume(row);
        }
        begin(found, SignalKind.STACKED_IMBALANCE, window, stackLow[stack] * rows.rowSize(),
                stackBuys[stack] ? Signal.BUY : Signal.SELL)
                .inputs(stackHigh[stack] - stackLow[stack] + 1,
                        stackHigh[stack] * rows.rowSize(), volume, allStacks)
                .parameters(config.rows().ratio(), minDifference, minVolume,
                        rows.rowSize(), config.rows().stackedRows());
    }

    private void findUnfinishedAuctions(Window window, SignalBuffer found) {
        RowVolumes rows = window.rows();
        addUnfinished(window, rows.highRow(), Signal.BUY, found);
        addUnfinished(window, rows.lowRow(), Signal.SELL, found);
    }

    /** The side that pushed there traded more than the least volume, and the other at all. */
    private void addUnfinished(Window window, long row, int side, SignalBuffer found) {
        RowVolumes rows = window.rows();
        long buy = rows.buyVolume(row);
        long sell = rows.sellVolume(row);
        long pushing = side == Signal.BUY ? buy : sell;
        if (buy > 0 && sell > 0 && pushing > minVolume) {
            begin(found, SignalKind.UNFINISHED_AUCTION, window, row * rows.rowSize(), side)
                    .inputs(buy, sell, 0, 0)
                    .parameters(minVolume, rows.rowSize(), 0, 0, 0);
        }
    }

    private void findExhaustion(Window window, SignalBuffer found) {
        RowVolumes rows = window.rows();
        int count = config.rows().exhaustionRows();
        if (rows.highRow() - rows.lowRow() + 1 < count) {
            return;
        }
        boolean high = true;
        boolean low = true;
        for (int i = 1; i < count; i++) {
            high &= rows.buyVolume(rows.highRow() - i) > rows.buyVolume(rows.highRow() - i + 1);
            low &= rows.sellVolume(rows.lowRow() + i) > rows.sellVolume(rows.lowRow() + i - 1);
        }
        if (high) {
            long extreme = rows.highRow();
            addExhaustion(window, extreme, Signal.BUY, rows.buyVolume(extreme),
                    rows.buyVolume(extreme - count + 1), found);
        }
        if (low) {
            long extreme = rows.lowRow();
            addExhaustion(window, extreme, Signal.SELL, rows.sellVolume(extreme),
                    rows.sellVolume(extreme + count - 1), found);
        }
    }

    private void addExhaustion(Window window, long row, int side, long volume, long before,
            SignalBuffer found) {
        long rowSize = window.rows().rowSize();
        begin(found, SignalKind.EXHAUSTION, window, row * rowSize, side)
                .inputs(volume, before, 0, 0)
                .parameters(config.rows().exhaustionRows(), rowSize, 0, 0, 0);
    }

    /** Extremes of the cumulative delta are counted from the start of the window. */
    private void findDivergences(InstrumentWindows windows, Window window, SignalBuffer found) {
        Bar bar = window.bar();
        long highest = Long.MIN_VALUE;
        long highestDelta = 0;
        long highestAgo = 0;
        long lowest = Long.MAX_VALUE;
        long lowestDelta = 0;
        long lowestAgo = 0;
        long cumulative = 0;
        int compared = 0;
        for (Window past = windows.before(window); past != null
                && compared < config.windows().lookback(); past = windows.before(past)) {
            compared++;
            Bar earlier = past.bar();
            cumulative -= earlier.delta();
            if (earlier.high() > highest) {
                highest = earlier.high();
                highestDelta = cumulative + earlier.maxDelta();
                highestAgo = compared;
            }
            if (earlier.low() < lowest) {
                lowest = earlier.low();
                lowestDelta = cumulative + earlier.minDelta();
                lowestAgo = compared;
            }
        }
        if (compared == 0) {
            return;
        }
        if (bar.high() > highest && bar.maxDelta() < highestDelta) {
            begin(found, SignalKind.DELTA_DIVERGENCE, window, bar.high(), Signal.SELL)
                    .inputs(highest, bar.maxDelta() - highestDelta, highestAgo, compared)
                    .parameters(config.windows().lookback(), 0, 0, 0, 0);
        }
        if (bar.low() < lowest && bar.minDelta() > lowestDelta) {
            begin(found, SignalKind.DELTA_DIVERGENCE, window, bar.low(), Signal.BUY)
                    .inputs(lowest, bar.minDelta() - lowestDelta, lowestAgo, compared)
                    .parameters(config.windows().lookback(), 0, 0, 0, 0);
        }
    }

    private void findAbsorption(InstrumentWindows windows, Window window, SignalBuffer found) {
        long deltas = 0;
        long moves = 0;
        int compared = 0;
        for (Window past = windows.before(window); past != null
                && compared < config.windows().lookback(); past = windows.before(past)) {
            compared++;
            deltas = sum(deltas, Math.abs(past.bar().delta()));
            moves = sum(moves, Math.abs(past.bar().close() - past.bar().open()));
        }
        Bar bar = window.bar();
        long delta = bar.delta();
        long progress = (bar.close() - bar.open()) * Long.signum(delta);
        long count = (long) compared * FlowConfig.ONE;
        int deltaFactor = config.windows().absorptionDelta();
        int progressFactor = config.windows().absorptionProgress();
        boolean much = compared >= LEAST_COMPARED && delta != 0
                && Wide.compareProducts(Math.abs(delta), count, deltas, deltaFactor) >= 0;
        if (much && Wide.compareProducts(progress, count, moves, progressFactor) <= 0) {
            begin(found, SignalKind.ABSORPTION, window, bar.close(), Long.signum(delta))
                    .inputs(delta, deltas / compared, progress, moves / compared)
                    .parameters(compared, deltaFactor, progressFactor,
                            config.windows().lookback(), 0);
        }
    }

    private static long sum(long a, long b) {
        return a + b < 0 ? Long.MAX_VALUE : a + b;
    }

    private static Signal begin(SignalBuffer found, SignalKind kind, Window window, long price,
            int side) {
        return begin(found.next(), kind, window, price, side);
    }

    /** Begins a signal of a window. */
    static Signal begin(Signal signal, SignalKind kind, Window window, long price, int side) {
        Timeframe timeframe = window.timeframe();
        return signal.ofWindow(kind, timeframe, window.startNs() / 1_000_000L, window.endNs(),
                window.revision(), price, side);
    }
}
