package com.waickoff.venue.reference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All trades of a run, in any order of arrival, and the windows they make.
 *
 * <p>Windows are built in tape order: by trade id where ids chain, else by match time, then
 * arrival. The tape keeps every trade (some 150 bytes each). Not thread safe.
 */
public final class ReferenceTape {
    private static final Comparator<ReferenceTrade> TAPE_ORDER = Comparator
            .comparingLong(t -> t.chainId().orElse(t.matchTimeMs()));

    private final Map<String, BigDecimal> tickSizes;
    private final int rowTicks;
    private final Map<String, List<ReferenceTrade>> trades = new TreeMap<>();

    /**
     * @param tickSizes tick size by instrument ({@code venue:SYMBOL})
     * @param rowTicks height of a profile's row, in ticks, at least 1
     */
    public ReferenceTape(Map<String, BigDecimal> tickSizes, int rowTicks) {
        if (rowTicks < 1) {
            throw new IllegalArgumentException("row ticks must be at least 1: " + rowTicks);
        }
        this.tickSizes = Map.copyOf(tickSizes);
        this.rowTicks = rowTicks;
    }

    /**
     * Takes a trade.
     *
     * @throws IllegalArgumentException if the tick size of the instrument is not known
     */
    public void add(ReferenceTrade trade) {
        if (!tickSizes.containsKey(trade.instrument())) {
            throw new IllegalArgumentException("no tick size for " + trade.instrument());
        }
        trades.computeIfAbsent(trade.instrument(), i -> new ArrayList<>()).add(trade);
    }

    /** Moves the match times of all trades so far. */
    public void shiftTimes(long shiftMs) {
        trades.values().forEach(list -> list.replaceAll(trade -> trade.shifted(shiftMs)));
    }

    /** Number of trades of all instruments. */
    public int size() {
        return trades.values().stream().mapToInt(List::size).sum();
    }

    /** Trades of one instrument in tape order. */
    public List<ReferenceTrade> inTapeOrder(String instrument) {
        List<ReferenceTrade> sorted = new ArrayList<>(
                trades.getOrDefault(instrument, Collections.emptyList()));
        sorted.sort(TAPE_ORDER);
        return sorted;
    }

    /** Every window that holds a trade, sorted by instrument, timeframe label, start. */
    public List<ReferenceWindow> windows() {
        List<ReferenceWindow> windows = new ArrayList<>();
        for (String instrument : trades.keySet()) {
            for (ReferenceTimeframe timeframe : ReferenceTimeframe.values()) {
                windows.addAll(windows(instrument, timeframe));
            }
        }
        windows.sort(Comparator.comparing(ReferenceWindow::instrument)
                .thenComparing(w -> w.timeframe().label())
                .thenComparingLong(ReferenceWindow::startMs));
        return windows;
    }

    /** The windows of one instrument and timeframe that hold a trade, by start. */
    public List<ReferenceWindow> windows(String instrument, ReferenceTimeframe timeframe) {
        TreeMap<Long, List<ReferenceTrade>> byStart = new TreeMap<>();
        for (ReferenceTrade trade : inTapeOrder(instrument)) {
            byStart.computeIfAbsent(timeframe.startOf(trade.matchTimeMs()), s -> new ArrayList<>())
                    .add(trade);
        }
        List<ReferenceWindow> windows = new ArrayList<>();
        BigDecimal cvd = BigDecimal.ZERO;
        for (Map.Entry<Long, List<ReferenceTrade>> entry : byStart.entrySet()) {
            ReferenceWindow window = new ReferenceWindow(instrument, timeframe, entry.getKey(), cvd,
                    rowSize(instrument));
            entry.getValue().forEach(window::add);
            cvd = window.cvd();
            windows.add(window);
        }
        return windows;
    }

    private BigDecimal rowSize(String instrument) {
        BigDecimal tickSize = tickSizes.get(instrument);
        if (tickSize == null) {
            throw new IllegalArgumentException("no tick size for " + instrument);
        }
        return tickSize.multiply(BigDecimal.valueOf(rowTicks));
    }
}
