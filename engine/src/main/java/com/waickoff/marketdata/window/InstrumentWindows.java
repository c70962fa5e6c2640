package com.waickoff.marketdata.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one instrument in all timeframes, moved by its trades and by the clock.
 *
 * <p>Nearly every trade belongs to the newest window of each timeframe: because windows nest, one
 * comparison with the shortest one says so. If nothing else is special about it, it joins a
 * {@link TradeRun} that those windows take in together. All else goes the slow path, one by one: a
 * new window opens, a late trade finds its window and revises it, windows close behind the
 * watermark.
 *
 * <p>Threads: written by one study; read by others after it on the same thread.
 */
public final class InstrumentWindows {
    private static final int TIMEFRAMES = Timeframe.COUNT;
    private static final long NOTHING_TO_CLOSE = Long.MAX_VALUE;

    // Hot: touched by every trade.
    private final Window[] newest = new Window[TIMEFRAMES];
    private final TradeRun run;
    private final RunLimits limits;
    private long newestStartNs = Long.MAX_VALUE;
    private long newestEndNs = Long.MIN_VALUE;
    private long nextCloseNs = NOTHING_TO_CLOSE;
    private final PriceMoments value = new PriceMoments();
    private long cumulativeDelta;
    private long closedCount;
    private long revisedCount;
    private int olderVersion;

    private final int instrumentId;
    private final FloorDivisor rowHeight;
    private final long latenessNs;
    private final WindowListener listener;
    /** The delta up to a window takes a walk through all later ones. */
    private final boolean tellsRetired;
    private final WindowCloseListener closed;
    private final Watermark watermark = new Watermark();
    private final WindowSeries[] series = new WindowSeries[TIMEFRAMES];

    /**
     * Windows without trades.
     *
     * @param tick the instrument's tick in scaled price units
     */
    public InstrumentWindows(int instrumentId, long tick, WindowConfig config,
            WindowListener listener) {
        this(instrumentId, tick, config, listener, new WindowCloseListener() {
        });
    }

    /** As above, and what happens to closed windows is told to {@code closed}. */
    InstrumentWindows(int instrumentId, long tick, WindowConfig config, WindowListener listener,
            WindowCloseListener closed) {
        this.instrumentId = instrumentId;
        rowHeight = new FloorDivisor(Math.multiplyExact(tick, (long) config.rowTicks()));
        run = new TradeRun(rowHeight, newest);
        this.latenessNs = config.latenessMs() * 1_000_000L;
        this.listener = listener;
        tellsRetired = !listener.equals(WindowListener.NONE);
        this.closed = closed;
        limits = new RunLimits(newest, config.rowCapacity());
        RowPages pages = new RowPages(config.rowCapacity(), config.pageCount());
        for (Timeframe timeframe : Timeframe.ALL) {
            int i = timeframe.ordinal();
            series[i] = new WindowSeries(timeframe, config, run, pages, rowHeight.divisor());
            newest[i] = series[i].newest();
        }
    }

    /**
     * Takes in a trade of the book.
     *
     * @param traits bits such as {@link Bar#BUY}
     * @param tapeKey trade id where ids chain, else the match time
     * @param fills how many trades of the tape it stands for, at least 1
     * @return bits of {@link TradeOutcome}
     */
    public int onTrade(long matchTimeNs, long receiveTimeNs, long price, long quantity, int traits,
            long tapeKey, long fills) {
        if (!watermark.onTrade(matchTimeNs, receiveTimeNs)) {
            return suspectSlowPath(receiveTimeNs, price, quantity, traits, tapeKey, fills);
        }
        if (watermark.lastNs() >= nextCloseNs) {
            closeSlowPath(watermark.lastNs());
        }
        long baseRow = rowHeight.floor(price);
        boolean isInNewest = matchTimeNs >= newestStartNs && matchTimeNs < newestEndNs;
        if (isInNewest && limits.admit(baseRow, quantity, tapeKey)) {
            run.add(price, quantity, baseRow, traits, tapeKey, fills);
            cumulativeDelta += signed(quantity, traits);
            return TradeOutcome.ORDINARY;
        }
        return isInNewest
                ? oneByOneSlowPath(baseRow, price, quantity, traits, tapeKey, fills)
                : otherWindowSlowPath(matchTimeNs, receiveTimeNs, price, quantity, traits, tapeKey,
                        fills, TradeOutcome.ORDINARY);
    }

    /** Closes what the time that passed has made due. */
    public void onClock(long receiveTimeNs) {
        long nowNs = watermark.at(receiveTimeNs);
        if (nowNs >= nextCloseNs) {
            closeSlowPath(nowNs);
        }
    }

    /** Changes whenever a window other than the newest ones may have changed, or a newest did by time. */
    public int olderVersion() {
        return olderVersion;
    }

    /**
     * The newest kept window whose index differs from the newest window's in its last bit, or null:
     * the other one of the two that readers are shown.
     */
    public @Nullable Window shownBeside(Window newestWindow) {
        Timeframe timeframe = newestWindow.timeframe();
        long parity = timeframe.indexOf(newestWindow.startNs()) & 1;
        for (Window window = before(newestWindow); window != null; window = before(window)) {
            if ((timeframe.indexOf(window.startNs()) & 1) != parity) {
                return window;
            }
        }
        return null;
    }

    /** The feed came up again: the next trade sets the watermark. */
    public void onFeedUp() {
        watermark.onFeedUp();
    }

    /** Trades are missing behind the last one; they may come later. */
    public void onGap() {
        for (Window window : newest) {
            window.bar().onGap();
        }
        limits.forget();
    }

    private int oneByOneSlowPath(long baseRow, long price, long quantity, int traits, long tapeKey,
            long fills) {
        run.settle();
        value.set(price, quantity);
        int outcome = TradeOutcome.ORDINARY;
        for (Window window : newest) {
            outcome |= add(window, baseRow, price, quantity, traits, tapeKey, fills);
        }
        cumulativeDelta += signed(quantity, traits);
        learn(baseRow, outcome);
        return outcome;
    }

    private void learn(long baseRow, int outcome) {
        if ((outcome & TradeOutcome.MERGED) != 0) {
            limits.forget();
        }
        limits.learn(baseRow);
    }

    private int add(Window window, long baseRow, long price, long quantity, int traits,
            long tapeKey, long fills) {
        if (!window.bar().fits(quantity)) {
            return overflowSlowPath(window);
        }
        int outcome = TradeOutcome.ORDINARY;
        while (!window.has(Window.ROWS_EVICTED) && window.rows().lacksPagesFor(baseRow)) {
            evictSlowPath();
            outcome = TradeOutcome.EVICTED;
        }
        if (!window.bar().add(price, quantity, value, traits, tapeKey, fills)) {
            window.addFlag(Window.UNORDERED);
            outcome |= TradeOutcome.OUT_OF_ORDER;
        }
        if (window.flags() != 0) {
            return outcome | addToFlaggedSlowPath(window, baseRow, quantity, traits);
        }
        window.markDirty();
        return outcome | addRow(window, baseRow, quantity, traits);
    }

    private int overflowSlowPath(Window window) {
        window.addFlag(Window.OVERFLOW);
        return TradeOutcome.OVERFLOW | reviseIfClosed(window);
    }

    private int addToFlaggedSlowPath(Window window, long baseRow, long quantity, int traits) {
        int outcome = TradeOutcome.TOO_LATE;
        window.markDirty();
        if (window.has(Window.ROWS_EVICTED)) {
            window.addFlag(Window.OUTDATED);
        } else {
            outcome = addRow(window, baseRow, quantity, traits);
        }
        return outcome | reviseIfClosed(window);
    }

    private int reviseIfClosed(Window window) {
        if (!window.has(Window.CLOSED)) {
            return TradeOutcome.ORDINARY;
        }
        window.revise();
        revisedCount++;
        closed.onRevised(instrumentId, window);
        return TradeOutcome.REVISED;
    }

    private static int addRow(Window window, long baseRow, long quantity, int traits) {
        boolean merged = window.rows().add(baseRow, quantity, (traits & Bar.BUY) != 0);
        return merged ? TradeOutcome.MERGED : TradeOutcome.ORDINARY;
    }

    private static long signed(long quantity, int traits) {
        return (traits & Bar.BUY) != 0 ? quantity : -quantity;
    }

    private int suspectSlowPath(long receiveTimeNs, long price, long quantity, int traits,
            long tapeKey, long fills) {
        onClock(receiveTimeNs);
        return otherWindowSlowPath(watermark.at(receiveTimeNs), receiveTimeNs, price, quantity,
                traits,
                tapeKey, fills, TradeOutcome.SUSPECT_TIME);
    }

    private int otherWindowSlowPath(long timeNs, long receiveTimeNs, long price, long quantity,
            int traits, long tapeKey, long fills, int known) {
        run.settle();
        olderVersion++;
        int outcome = known;
        long baseRow = rowHeight.floor(price);
        value.set(price, quantity);
        for (int i = 0; i < TIMEFRAMES; i++) {
            Window window = windowAt(Timeframe.at(i), timeNs, watermark.at(receiveTimeNs));
            if (window == null) {
                outcome |= TradeOutcome.TOO_LATE;
                closed.onTooLate(instrumentId, Timeframe.at(i), Timeframe.at(i).startOf(timeNs),
                        price, quantity, traits, tapeKey, fills);
                continue;
            }
            if (known == TradeOutcome.SUSPECT_TIME) {
                window.addFlag(Window.SUSPECT_TIME);
            }
            outcome |= add(window, baseRow, price, quantity, traits, tapeKey, fills);
        }
        takeNewest();
        cumulativeDelta += signed(quantity, traits);
        learn(baseRow, outcome);
        return outcome;
    }

    /** The kept window that holds {@code timeNs}, opened if need be; null if it is too old. */
    private @Nullable Window windowAt(Timeframe timeframe, long timeNs, long nowNs) {
        WindowSeries kept = series[timeframe.ordinal()];
        long index = timeframe.indexOf(timeNs);
        if (kept.isOlderThanKept(index)) {
            return null;
        }
        Window window = kept.find(index);
        if (window != null) {
            return window;
        }
        retireBefore(kept, index);
        window = kept.open(index);
        if (dueNs(window) <= nowNs) {
            window.close();
        } else {
            nextCloseNs = Math.min(nextCloseNs, dueNs(window));
        }
        return window;
    }

    private void retireBefore(WindowSeries kept, long index) {
        for (Window old = kept.nextToRetire(index); old != null; old = kept.nextToRetire(index)) {
            closed.onLeaving(instrumentId, old);
            retire(old);
            old.clear();
        }
    }

    private void retire(Window window) {
        if (tellsRetired && !window.has(Window.ROWS_EVICTED)) {
            listener.onRetired(instrumentId, window, cumulativeDelta(window));
        }
    }

    private void takeNewest() {
        for (int i = 0; i < TIMEFRAMES; i++) {
            newest[i] = series[i].newest();
        }
        limits.forget();
        newestStartNs = newest[0].startNs();
        newestEndNs = newest[0].endNs();
    }

    private void closeSlowPath(long nowNs) {
        run.settle();
        limits.forget();
        olderVersion++;
        nextCloseNs = NOTHING_TO_CLOSE;
        for (WindowSeries kept : series) {
            for (Window window = kept.oldestOpen(); window != null; window = kept.after(window)) {
                if (window.has(Window.CLOSED)) {
                    continue;
                }
                if (dueNs(window) <= nowNs) {
                    window.close();
                    closedCount++;
                    closed.onClosed(instrumentId, window);
                } else {
                    nextCloseNs = Math.min(nextCloseNs, dueNs(window));
                }
            }
        }
    }

    private long dueNs(Window window) {
        return window.endNs() + latenessNs;
    }

    /** Frees the rows of the closed window that ended first, the shortest among equals. */
    private void evictSlowPath() {
        Window victim = null;
        for (WindowSeries kept : series) {
            Window window = kept.oldestToEvict();
            if (window != null && (victim == null || window.endNs() < victim.endNs())) {
                victim = window;
            }
        }
        if (victim == null) {
            throw new IllegalStateException("instrument " + instrumentId
                    + ": the newest windows alone outgrew the row pages");
        }
        closed.onLeaving(instrumentId, victim);
        retire(victim);
        victim.rows().clear();
        victim.addFlag(Window.ROWS_EVICTED);
    }

    /** The newest window, or null before the first trade. */
    public @Nullable Window newest(Timeframe timeframe) {
        Window window = series[timeframe.ordinal()].newest();
        return window.isUsed() ? window : null;
    }

    /** The kept window next before {@code window}, or null. */
    public @Nullable Window before(Window window) {
        return series[window.timeframe().ordinal()].before(window);
    }

    /** The kept window next after {@code window}, or null. */
    public @Nullable Window after(Window window) {
        return series[window.timeframe().ordinal()].after(window);
    }

    /** The oldest kept window, or null before the first trade. */
    public @Nullable Window oldest(Timeframe timeframe) {
        return series[timeframe.ordinal()].oldest();
    }

    /** Whether a closed window changed since it was recorded. */
    public boolean hasUnrecorded() {
        for (WindowSeries kept : series) {
            for (Window window = kept.oldest(); window != null; window = kept.after(window)) {
                if (window.isUnrecorded()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Most windows that are kept. */
    public int keptWindows(Timeframe timeframe) {
        return series[timeframe.ordinal()].capacity();
    }

    /** Buy minus sell quantity of all trades since the anchor. */
    public long cumulativeDelta() {
        return cumulativeDelta;
    }

    /**
     * Cumulative delta at the end of a kept window: that of all trades less the deltas of the
     * windows after it, so that a revision carries forward by itself.
     */
    public long cumulativeDelta(Window window) {
        long later = 0;
        for (Window next = after(window); next != null; next = after(next)) {
            later += next.bar().delta();
        }
        return cumulativeDelta - later;
    }

    /** The watermark at a receive time, or {@link Watermark#NONE}. */
    public long watermarkNs(long receiveTimeNs) {
        return watermark.at(receiveTimeNs);
    }

    /** Number of windows that closed behind the watermark so far. */
    public long closedCount() {
        return closedCount;
    }

    /** Number of changes of windows that had closed. */
    public long revisedCount() {
        return revisedCount;
    }

    /** Retires every kept window, oldest first: the end of a replay. */
    public void retireAll() {
        for (WindowSeries kept : series) {
            for (Window window = kept.oldest(); window != null; window = kept.after(window)) {
                retire(window);
            }
        }
    }

    /** Writes the whole state. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeLong(rowHeight.divisor());
        out.writeLong(cumulativeDelta);
        out.writeLong(closedCount);
        out.writeLong(revisedCount);
        watermark.writeTo(out);
        for (WindowSeries kept : series) {
            kept.writeTo(out);
        }
    }

    /**
     * Replaces the state by what {@link #writeTo} wrote.
     *
     * @throws IOException if it was written with another row height, capacity or history
     */
    public void readFrom(DataInput in) throws IOException {
        run.settle();
        long writtenBaseSize = in.readLong();
        if (writtenBaseSize != rowHeight.divisor()) {
            throw new IOException(
                    "rows of " + writtenBaseSize + " price units cannot become rows of "
                            + rowHeight.divisor());
        }
        cumulativeDelta = in.readLong();
        closedCount = in.readLong();
        revisedCount = in.readLong();
        watermark.readFrom(in);
        for (WindowSeries kept : series) {
            kept.readFrom(in);
        }
        takeNewest();
        closeSlowPath(Watermark.NONE);
    }
}
